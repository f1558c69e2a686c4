import type { Root } from 'mdast';
import { expect, test } from 'vitest';
import { stripTree } from '../../src/markdown/invisible.ts';
import { linkDocument } from '../../src/markdown/links.ts';
import { writeMarkdown } from '../../src/markdown/write.ts';

const text = (value: string) => ({ type: 'text' as const, value });
const written = (children: Root['children']) => {
  const { tree, removed } = stripTree({ type: 'root', children });
  return { markdown: linkDocument(writeMarkdown(tree), (url) => url), removed };
};

test('text, code, addresses and labels are cleaned alike', () => {
  expect(
    written([
      {
        type: 'paragraph',
        children: [
          text('a\u200Bb '),
          { type: 'inlineCode', value: 'c\u202Ed' },
          text(' '),
          { type: 'link', url: 'https://x.example/\u2060y', title: 't\u00ADu', children: [text('e\uFEFFf')] },
        ],
      },
      { type: 'code', lang: 's\u200Bh', value: 'x \u2066y\u2069\n' },
      { type: 'html', value: '<b>\u200Bz</b>' },
    ]),
  ).toEqual({
    markdown: 'ab `cd` [ef](https://x.example/y "tu")\n\n```sh\nx y\n\n```\n\n<b>z</b>\n',
    removed: 9,
  });
});

test('what goes brings nothing together that then means more', () => {
  const { markdown } = written([
    { type: 'paragraph', children: [{ type: 'strong', children: [text('\u200B')] }] },
    { type: 'paragraph', children: [text('\u200B# no heading')] },
    { type: 'paragraph', children: [text('<\u200Bscript>')] },
    { type: 'paragraph', children: [{ type: 'link', url: 'https://x.example', children: [text('\u2060')] }] },
  ]);
  expect(markdown).toBe('\\# no heading\n\n\\<script>\n\n[https://x.example](https://x.example)\n');
});

test("a tree without invisible characters is the tree itself, and an author's noncharacters are no marks", () => {
  const root: Root = { type: 'root', children: [{ type: 'paragraph', children: [text('plain')] }] };
  expect(stripTree(root)).toEqual({ tree: root, removed: 0 });
  expect(stripTree(root).tree).toBe(root);
  expect(
    writeMarkdown({
      type: 'root',
      children: [
        { type: 'code', value: '\uFDD0x\uFDD1' },
        { type: 'html', value: 'a\uFDD0b\uFDD1' },
      ],
    }),
  ).toBe('```\nx\n```\n\nab\n');
});
