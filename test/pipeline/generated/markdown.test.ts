import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linkDocument } from '../../../src/markdown/links.ts';
import { writeMarkdown } from '../../../src/markdown/write.ts';
import { linkLine, textLine } from '../../../src/pipeline/generated/markdown.ts';
import { replayed } from '../../harness/replay.ts';

const text = (value: string) => ({ type: 'text' as const, value });
const link = (label: string, url: string) => ({ type: 'link' as const, url, children: [text(label)] });

/** As the one writer of markdown has it in a list. */
function written(child: ReturnType<typeof text> | ReturnType<typeof link>): string {
  const item = {
    type: 'listItem' as const,
    spread: false,
    children: [{ type: 'paragraph' as const, children: [child] }],
  };
  const markdown = writeMarkdown({
    type: 'root',
    children: [{ type: 'list', ordered: false, spread: false, children: [item] }],
  });
  return linkDocument(markdown, (each) => each).slice('- '.length, -1);
}

test('a link or a name that is written by itself is what the writer of markdown writes', () => {
  const word = fc.oneof(
    fc.constantFrom(
      'www.',
      'http:',
      'http://x',
      '://',
      'a.b',
      'ADR-7',
      '1.',
      '1)',
      '- a',
      '# b',
      '(c)',
      'x: y',
      '…',
      '’s',
    ),
    fc.string({ unit: fc.constantFrom(..."aZ9é日ß́ ,'’()–—/#-:."), maxLength: 8 }),
    fc.string({ unit: 'grapheme', maxLength: 4 }),
  );
  const label = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(' '));
  const path = fc.array(fc.string({ unit: fc.constantFrom(...'aé日._~- ()%'), minLength: 1, maxLength: 6 }), {
    minLength: 1,
    maxLength: 3,
  });
  fc.assert(
    fc.property(label, path, (words, names) => {
      const url = `${names.join('/')}.md`;
      expect(linkLine(words, url)).toBe(written(link(words, url)));
      for (const name of names) expect(textLine(name)).toBe(written(text(name)));
    }),
    replayed({ runs: 500 }),
  );
});
