import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { expect, test } from 'vitest';
import { describe } from '../../src/frontmatter/describe.ts';

const describeMarkdown = (markdown: string) =>
  describe(fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }));

test.each([
  ['the first sentence', '# Title\n\nOne is here. Two is not.\n', 'One is here.'],
  [
    'without markdown',
    'See **the** *[guide](https://x.example/a)* and `code_x`.',
    'See the guide and code_x.',
  ],
  ['past code, tables and rules', '```js\nlet a;\n```\n\n| a |\n| - |\n| b |\n\n---\n\nProse.', 'Prose.'],
  ['inside a quote', '> Mind the **gap**.\n', 'Mind the gap.'],
  ['a list gives its first item', '- [ ] Buy milk\n- Sell it\n', 'Buy milk'],
  ['past an image', '![A diagram](a.png)\n\nThe text.', 'The text.'],
  ['lines are joined', 'One\ntwo.', 'One two.'],
])('%s', (_, markdown, expected) => expect(describeMarkdown(markdown)).toBe(expected));

test('past a head', () => {
  const tree = fromMarkdown('- To: Ann\n\nHello.');
  const [head] = tree.children;
  if (head?.type !== 'list') throw new Error('no list');
  head.data = { isHead: true };
  expect(describe(tree)).toBe('Hello.');
});

test.each(['', '# Only a title\n', '```\ncode\n```\n', '| a |\n| - |\n'])('no prose in %j', (markdown) => {
  expect(describeMarkdown(markdown)).toBeUndefined();
});

test('a long sentence is cut at a word', () => {
  const description = describeMarkdown(`${'word '.repeat(60)}end.`) ?? '';
  expect(description).toMatch(/^(?:word )+word…$/);
  expect(description.length).toBeLessThanOrEqual(160);
});

test('any text gives one line of at most 160 units, or nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 600 }), (value) => {
      const description = describe({
        type: 'root',
        children: [{ type: 'paragraph', children: [{ type: 'text', value }] }],
      });
      if (description === undefined) return;
      expect(description.length).toBeGreaterThan(0);
      expect(description.length).toBeLessThanOrEqual(160);
      expect(description).not.toMatch(/[\n\r]/);
    }),
  );
});
