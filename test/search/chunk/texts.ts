import fc from 'fast-check';
import type { Facts } from '../../../src/core/document.ts';
import type { ReadDocument } from '../../../src/frontmatter/read.ts';
import type { Chunk } from '../../../src/search/chunk/chunk.ts';
import { chunkDocument } from '../../../src/search/chunk/document.ts';

export const HEADER = ['---', 'id: "1"', '---', '', ''].join('\n');

/** A document that was read: its header is four lines. */
export function chunksOf(body: string, facts: Partial<Facts> = {}): Chunk[] {
  const document: ReadDocument = {
    facts: { id: '1', source: 'wiki', type: 'page', title: 'Title', url: 'https://x.example/1', ...facts },
    body,
  };
  return chunkDocument(`${HEADER}${body}`, document);
}

const SENTENCE = 'The ledger keeps what each maker is owed until the order is fetched. ';

/** Words of about so many characters, which differ by their number. */
export function prose(length: number, n = 0): string {
  return `${n} ${SENTENCE.repeat(Math.ceil(length / SENTENCE.length))}`.slice(0, length).trimEnd();
}

const word = fc.constantFrom(
  'stock',
  'ledger',
  'Größe',
  '在庫',
  'a_b',
  '`x`',
  '#',
  '-',
  '|',
  '>',
  '1.',
  '🌻',
  '*',
);
const line = fc.array(word, { minLength: 1, maxLength: 12 }).map((words) => `w ${words.join(' ')}`);
const lines = (most: number) => fc.array(line, { minLength: 1, maxLength: most });
const long = fc.integer({ min: 1, max: 4_000 }).map((length) => prose(length));
const unbroken = fc.integer({ min: 1, max: 4_000 }).map((length) => '在🌻x'.repeat(length / 4 + 1));

const heading = fc
  .tuple(fc.integer({ min: 1, max: 6 }), line)
  .map(([n, title]) => `${'#'.repeat(n)} ${title}`);
const fence = fc
  .tuple(fc.constantFrom('```', '````', '~~~'), fc.constantFrom('', 'ts', 'a b'), lines(90), fc.boolean())
  .map(([marker, info, code, blank]) =>
    [`${marker}${info}`, '# no heading', ...code, ...(blank ? ['', '\tend'] : []), marker].join('\n'),
  );
const table = lines(90).map((rows) =>
  ['| a | b |', '| --- | --: |', ...rows.map((row) => `| ${row.replaceAll('|', '/')} | 1 |`)].join('\n'),
);
const indented = (text: string) => text.replace(/^(?=.)/gm, '  ').trimStart();
const list = fc
  .array(
    fc.oneof(
      line,
      long,
      fence,
      lines(5).map((all) => all.join('\n\n')),
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((items) => items.map((item) => `- ${indented(item)}`).join('\n'));
const quote = fc
  .oneof(
    lines(30).map((all) => all.join('\n')),
    fence,
    list,
  )
  .map((text) => text.replace(/^/gm, '> '));

export const block = fc.oneof(
  { arbitrary: heading, weight: 4 },
  { arbitrary: lines(8).map((all) => all.join('\n')), weight: 4 },
  long,
  unbroken,
  fence,
  table,
  list,
  quote,
);

/** Markdown in which every fence is closed. */
export const markdown = fc.array(block, { maxLength: 30 }).map((blocks) => blocks.join('\n\n'));

/** Without blanks, and without lines that have only the marks of a quote. */
export const dense = (text: string) => text.replace(/^[>\s]+$/gm, '').replace(/\s+/g, '');

/** Whether the characters of the one stand in the other, in their order. */
export function isWithin(wanted: string, text: string): boolean {
  let at = 0;
  for (const sign of text) if (wanted.startsWith(sign, at)) at += sign.length;
  return at === wanted.length;
}
