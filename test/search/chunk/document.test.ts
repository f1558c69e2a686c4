import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blocksOf } from '../../../src/search/chunk/blocks.ts';
import { CHUNK_SIZE, type Chunk } from '../../../src/search/chunk/chunk.ts';
import { chunkNote, titleOfNote } from '../../../src/search/chunk/document.ts';
import { replayed } from '../../harness/replay.ts';
import { chunksOf, dense, HEADER, isWithin, markdown, prose } from './texts.ts';

const shown = (chunks: readonly Chunk[]) =>
  chunks.map(({ headings, lines }) => [headings.join(' › '), ...lines]);
const section = (title: string, length: number) => `${title}\n\n${prose(length)}`;

describe('markdown by its headings', () => {
  test('a section of fitting size is a chunk, with its headings and its lines in the file', () => {
    const body = [section('# Ledger', 1_000), section('## Rows', 1_200), section('## Locks', 900)].join(
      '\n\n',
    );
    const chunks = chunksOf(body);
    expect(shown(chunks)).toEqual([
      ['Ledger', 5, 7],
      ['Ledger › Rows', 9, 11],
      ['Ledger › Locks', 13, 15],
    ]);
    expect(chunks[1]?.text).toBe(section('## Rows', 1_200));
  });

  test('small sections are together, under the headings that they share', () => {
    const rows = ['## One', '## Two', '## Three'].map((title) => section(title, 300)).join('\n\n');
    const body = `${section('# Ledger', 1_500)}\n\n${rows}`;
    expect(shown(chunksOf(body))).toEqual([
      ['Ledger', 5, 7],
      ['Ledger', 9, 19],
    ]);
  });

  test('a long section is cut between paragraphs, into parts of about the same size', () => {
    const paragraphs = Array.from({ length: 8 }, (_, n) => prose(300, n)).join('\n\n');
    const chunks = chunksOf(`## Ledger\n\n${paragraphs}\n\n## Next\n\n${prose(1_500)}`);
    expect(shown(chunks)).toEqual([
      ['Ledger', 5, 13],
      ['Ledger', 15, 21],
      ['Next', 23, 25],
    ]);
  });

  test('a heading stays with the text below it', () => {
    const body = `# A\n\n## B\n\n${section('### C', 1_590)}\n\n${section('### D', 1_590)}`;
    const chunks = chunksOf(body);
    expect(chunks[0]?.text.startsWith('# A\n\n## B\n\n### C\n\n0 The')).toBe(true);
    expect(shown(chunks)).toEqual([
      ['A › B › C', 5, 11],
      ['A › B › D', 13, 15],
    ]);
  });

  test('what looks like a heading in code, comments and HTML is none', () => {
    const body = `\`\`\`sh\n# one\n\`\`\`\n\n<!--\n\n# two\n-->\n\n<div>\n# three\n</div>\n\n    # four\n\n${prose(1_500)}\n\n# Real\n\n${prose(1_000)}`;
    expect(chunksOf(body).map(({ headings }) => headings)).toEqual([[], ['Real']]);
  });

  test('headings are read without their marks', () => {
    const body = '## The `save_all` **rule**: [see _this_](https://x.example) \\#1 ##\n\nText';
    expect(chunksOf(body)[0]?.headings).toEqual(['The save_all rule: see this #1']);
  });

  test('the title of the document is no heading of its chunks', () => {
    const body = `# Title\n\n${section('## One', 1_500)}\n\n${section('## Two', 1_500)}`;
    expect(chunksOf(body).map(({ headings }) => headings)).toEqual([['One'], ['Two']]);
  });

  test('a document without text has one chunk without text', () => {
    expect(chunksOf('')).toEqual([{ headings: [], text: '', lines: [1, 5] }]);
    expect(chunkNote('')).toEqual([{ headings: [], text: '', lines: [1, 1] }]);
  });
});

describe('what is too long for a chunk', () => {
  test('code is cut at its lines, and every part is fenced', () => {
    const code = Array.from({ length: 120 }, (_, n) => `const value${n} = compute(${n});`);
    const chunks = chunksOf(['~~~ts', ...code, '~~~'].join('\n'));
    expect(chunks).toHaveLength(3);
    for (const { text } of chunks) expect(text).toMatch(/^~~~ts\nconst[^~]*;\n~~~$/);
    expect(chunks.flatMap(({ text }) => text.split('\n').slice(1, -1))).toEqual(code);
    expect(chunks.map(({ lines }) => lines[1] + 1).slice(0, -1)).toEqual(
      chunks.map(({ lines }) => lines[0]).slice(1),
    );
    expect([chunks[0]?.lines[0], chunks.at(-1)?.lines[1]]).toEqual([5, 126]);
  });

  test('code in a quoted list keeps its place when it is cut', () => {
    const code = Array.from({ length: 60 }, (_, n) => `>   const value${n} = compute(${n});`);
    const chunks = chunksOf(['> - ```ts', ...code, '>   ```'].join('\n'));
    expect(chunks.length).toBeGreaterThan(1);
    expect(chunks[0]?.text).toMatch(/^> - ```ts\n> {3}const[^`]*\n> {3}```$/);
    expect(chunks[1]?.text).toMatch(/^> {3}```ts\n> {3}const[^`]*\n> {3}```$/);
  });

  test('what follows the fence of code in a list stays in the list, however long it is', () => {
    const code = `- ~~~${'info '.repeat(200)}\n${'  const a = 1;\n'.repeat(200)}  ~~~`;
    const chunks = chunksOf(code);
    expect(chunks.length).toBeGreaterThan(1);
    for (const { text } of chunks)
      expect(blocksOf(text.split('\n')).filter(({ fence }) => fence && !fence.isClosed)).toEqual([]);
    expect(chunks[0]?.text).toContain('\n  info info');
  });

  test('a quote that is cut keeps its empty lines', () => {
    const paragraphs = Array.from({ length: 12 }, (_, n) => `> ${prose(300, n)}`);
    const chunks = chunksOf(paragraphs.join('\n>\n'));
    expect(chunks.map(({ text }) => text).join('\n>\n')).toBe(paragraphs.join('\n>\n'));
    expect(chunks).toHaveLength(3);
  });

  test('each part of a table has its head', () => {
    const rows = Array.from({ length: 80 }, (_, n) => `| order ${n} | ${prose(20, n)} |`);
    const chunks = chunksOf(['| Order | Text |', '| --- | --- |', ...rows].join('\n'));
    expect(chunks.length).toBeGreaterThan(1);
    for (const { text } of chunks)
      expect(text.startsWith('| Order | Text |\n| --- | --- |\n| order')).toBe(true);
    expect(chunks.flatMap(({ text }) => text.split('\n').slice(2))).toEqual(rows);
  });

  test('a list is cut between its items, and an item between those within it', () => {
    const items = Array.from({ length: 30 }, (_, n) => `- ${prose(70, n)}\n  - ${prose(70, n)}`);
    for (const { text } of chunksOf(items.join('\n')))
      expect(text).toMatch(/^- .*\n {2}- .*(\n- .*\n {2}- .*)*$/);
    const inner = Array.from({ length: 40 }, (_, n) => `  - ${prose(70, n)}\n    ${prose(40, n)}`);
    const [, ...later] = chunksOf(`- outer\n${inner.join('\n')}`);
    expect(later.length).toBeGreaterThan(0);
    for (const { text } of later) expect(text).toMatch(/^ {2}- .*\n {4}\d/);
  });

  test('a line without end is cut at sentences, and never within a character', () => {
    const sentences = chunksOf(prose(10_000)).map(({ text }) => text);
    expect(sentences.slice(0, -1).every((text) => text.endsWith('fetched. '))).toBe(true);
    const flowers = chunksOf('🌻'.repeat(500_000));
    expect(flowers).toHaveLength(625);
    expect(flowers.every(({ text }) => text.isWellFormed() && text.length === 1_600)).toBe(true);
  });
});

describe('notes', () => {
  test('their first heading is their title, and facts at their beginning are no heading', () => {
    const note = `---\ntags: [stock]\n---\n\n# Ledger\n\n${section('## Rows', 1_500)}\n\n${section('## Locks', 1_500)}`;
    expect(titleOfNote(note)).toBe('Ledger');
    expect(shown(chunkNote(note))).toEqual([
      ['', 1, 9],
      ['Locks', 11, 13],
    ]);
  });

  test('several headings of the first level are no title', () => {
    expect(titleOfNote('# One\n\n# Two\n')).toBeUndefined();
    expect(titleOfNote('## One\n\n# Two\n')).toBeUndefined();
    expect(titleOfNote('Text\n')).toBeUndefined();
    expect(titleOfNote('One\n===\n')).toBe('One');
  });

  test('lines may end as on Windows', () => {
    expect(chunkNote('# A\r\n\r\n```\r\nx\r\n```\r\n\r\ntext\r\n')).toEqual([
      { headings: [], text: '# A\n\n```\nx\n```\n\ntext', lines: [1, 7] },
    ]);
  });
});

describe('of whatever markdown', () => {
  const types = fc.constantFrom('page', 'thread', 'day', 'ticket', 'file');

  test('nothing is lost, nothing is out of order, nothing is too large', () => {
    fc.assert(
      fc.property(markdown, types, (body, type) => {
        const chunks = chunksOf(body, { type });
        const lines = `${HEADER}${body}`.split('\n');
        const covered = new Set<number>();
        let before = 0;
        for (const {
          lines: [first, last],
          text,
        } of chunks) {
          expect(first).toBeGreaterThanOrEqual(before);
          expect(last).toBeGreaterThanOrEqual(first);
          before = last;
          for (let line = first; line <= last; line += 1) covered.add(line);
          expect(text.length).toBeLessThan(2 * CHUNK_SIZE.most);
          expect(blocksOf(text.split('\n')).filter(({ fence }) => fence && !fence.isClosed)).toEqual([]);
        }
        const missing = lines.flatMap((line, n) =>
          n < 4 || line.trim() === '' || covered.has(n + 1) ? [] : [line],
        );
        expect(missing).toEqual([]);
        expect(isWithin(dense(body), dense(chunks.map(({ text }) => text).join('')))).toBe(true);
      }),
      replayed({ runs: 60 }),
    );
  });

  test('nothing stands twice where nothing is repeated', () => {
    const plain = markdown.map((text) => text.replace(/[`~|]/g, '/'));
    fc.assert(
      fc.property(plain, (body) => {
        expect(
          dense(
            chunksOf(body)
              .map(({ text }) => text)
              .join(''),
          ),
        ).toBe(dense(body));
      }),
      replayed({ runs: 60 }),
    );
  });
});
