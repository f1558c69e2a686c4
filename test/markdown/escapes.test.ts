import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Link, Nodes, PhrasingContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { describe, expect, it } from 'vitest';
import { fromAdf, fromStorage, linkDocument, writeMarkdown } from '../../src/markdown/index.ts';
import { context, parse, written } from './render.ts';

const CORPUS = join(import.meta.dirname, '../../../shared/corpus');
const present = existsSync(CORPUS);
if (!present) process.stderr.write(`skipped: no corpus at ${CORPUS}\n`);
const files = present
  ? globSync(['confluence-pages/*/*/page.{xhtml,adf}', 'storage-macros/**/*.{xml,html}', 'adf/*/*.json'], {
      cwd: CORPUS,
    }).sort()
  : [];

function markdownOf(file: string): string {
  const source = readFileSync(join(CORPUS, file), 'utf8');
  const isAdf = /\.(?:adf|json)$/.test(file);
  return written(isAdf ? fromAdf(JSON.parse(source), context) : fromStorage(source, context));
}

/** What each escaped character would otherwise be, in some place where real documents have it. */
const REASONS: Readonly<Record<string, string>> = {
  '#': 'a heading at the beginning of a line',
  '-': 'a list item or a rule at the beginning of a line',
  '+': 'a list item at the beginning of a line',
  '.': 'a number before it at the beginning of a line: an ordered item',
  ')': 'a number before it at the beginning of a line: an ordered item',
  '>': 'a quote at the beginning of a line',
  '=': 'an underline that makes a heading of the line above',
  ':': 'an address that would take in the syntax after it',
  '|': 'the end of a cell',
  '*': 'emphasis that a later one closes, or a list item',
  _: 'emphasis that a later one closes, or a rule',
  '~': 'a deletion that a later one closes',
  '`': 'code that a later one closes',
  '<': 'inline HTML or an autolink',
  '&': 'a character reference',
  '[': 'a box of a task, a definition, or a bracket in a label without its partner',
  ']': 'the end of a link’s label',
  '!': 'an image of the link after it',
  '\\': 'an escape of the character after it',
};

/** Where the backslashes stand that are escapes, as the grammar sees them. */
function escapesIn(markdown: string): number[] {
  const found: number[] = [];
  fromMarkdown(markdown, {
    extensions: [gfm()],
    mdastExtensions: [
      gfmFromMarkdown(),
      { exit: { characterEscape: ({ start }) => void found.push(start.offset) } },
    ],
  });
  return found;
}

function shape(node: Nodes): unknown {
  const { position: _, ...rest } = node;
  return 'children' in node ? { ...rest, children: node.children.map(shape) } : rest;
}

/** Escapes without which the markdown reads the same. */
function needless(markdown: string, escapes: readonly number[]): string[] {
  const whole = JSON.stringify(shape(parse(markdown)));
  return escapes
    .filter((at) => {
      const without = markdown.slice(0, at) + markdown.slice(at + 1);
      return JSON.stringify(shape(parse(without))) === whole;
    })
    .map((at) => markdown.slice(Math.max(0, at - 20), at + 20));
}

/** Blocks are parsed alone: each escape is judged by its own. */
function blocksOf(markdown: string): string[] {
  if (!markdown.includes('\\')) return [];
  return parse(markdown)
    .children.map(({ position }) => markdown.slice(position?.start.offset, position?.end.offset))
    .filter((block) => block.includes('\\'));
}

describe.skipIf(!present)('escapes in real documents', () => {
  it('are few, each for a reason that is known, and none can be left out', () => {
    const counts = new Map<string, number>();
    const left: string[] = [];
    for (const file of files) {
      for (const block of blocksOf(markdownOf(file))) {
        const escapes = escapesIn(block);
        for (const at of escapes) {
          const character = block.charAt(at + 1);
          counts.set(character, (counts.get(character) ?? 0) + 1);
        }
        // The first few of a long block stand for the rest.
        left.push(...needless(block, escapes.slice(0, 4)).map((text) => `${file}: ${text}`));
      }
    }
    expect([...counts.keys()].filter((character) => !(character in REASONS))).toEqual([]);
    expect(left).toEqual([]);
  });
});

/** All text, of whatever it is made. */
function plain(node: Nodes): string {
  if (node.type === 'text') return node.value;
  return 'children' in node ? node.children.map(plain).join('') : '';
}

describe('text', () => {
  const paragraph = (value: string) =>
    linkDocument(
      writeMarkdown({ type: 'root', children: [{ type: 'paragraph', children: [{ type: 'text', value }] }] }),
      (url) => url,
    ).trimEnd();

  it.each([
    'Version 2.0, section 1.2.3 and 2) in a line',
    'https://host.example/a_b_c?x=1&y=2#top, www.host.example and a.b_c@host.example',
    'snake_case_name, 2 * 3 * 4, a ~ b, ~5 and ~/.bashrc',
    'arrays[0][1], [x] done, [note] and C:\\Users\\me',
    'a < b, x<5, a <- b, R&D and &c',
    'issue #12, C#, 50 + 50 = 100, - not a list, | not a table |',
    '100% | 50%',
    'an asterisk* and another *',
    '$HOME, {{x}}, {y}, ^, "quoted" and \'this\'',
    '[label]: is not a definition here',
  ])('is written as it is: %s', (value) => {
    expect(paragraph(value)).toBe(value);
  });

  it.each([
    ['1. one', '1\\. one'],
    ['# one', '\\# one'],
    ['- one', '\\- one'],
    ['*one* two', '\\*one* two'],
    ['__init__.py', '\\_\\_init__.py'],
    ['1~2 and 3~4', '1\\~2 and 3~4'],
    ['a `b` c', 'a \\`b` c'],
    ['[a](b)', '[a\\](b)'],
    ['<b>', '\\<b>'],
    ['&lt;', '\\&lt;'],
    ['--- a', '\\--- a'],
    ['[a]: b', '\\[a]: b'],
  ])('has an escape where it would be syntax: %s', (value, expected) => {
    expect(paragraph(value)).toBe(expected);
    expect(
      needless(
        expected,
        escapesIn(expected).filter(() => !value.startsWith('---')),
      ),
    ).toEqual([]);
  });

  it.each<[string, PhrasingContent[], string]>([
    [
      'both brackets of a footnote are text, at the beginning of a line',
      [{ type: 'text', value: 'a' }, { type: 'break' }, { type: 'text', value: '[^1]: b' }],
      'a\\\n\\[^1\\]: b',
    ],
    [
      'code is no end of a definition',
      [{ type: 'inlineCode', value: 'a]: b' }],
      '<code>a&#93;&#58; b</code>',
    ],
  ])('in the label of a link %s', (_, children, label) => {
    const link = { type: 'link' as const, url: 'https://a.example', children };
    const markdown = writeMarkdown({
      type: 'root',
      children: [{ type: 'paragraph', children: [link as Link] }],
    });
    expect(linkDocument(markdown, (url) => url)).toBe(`[${label}](https://a.example)\n`);
    expect(parse(markdown).children).toMatchObject([{ children: [{ type: 'link' }] }]);
  });

  it('keeps an address apart from what follows it', () => {
    const bold = (value: string) => ({
      type: 'strong' as const,
      children: [{ type: 'text' as const, value }],
    });
    const markdown = writeMarkdown({
      type: 'root',
      children: [
        { type: 'paragraph', children: [bold('https://a.example/b'), { type: 'text', value: '을' }] },
        {
          type: 'paragraph',
          children: [
            { type: 'text', value: 'https://a.example' },
            { type: 'break' },
            { type: 'text', value: 'b' },
          ],
        },
        {
          type: 'paragraph',
          children: [
            { type: 'text', value: 'www.a.example' },
            { type: 'inlineCode', value: 'b' },
          ],
        },
        {
          type: 'paragraph',
          children: [{ type: 'emphasis', children: [{ type: 'text', value: 'a@b.example' }] }],
        },
      ],
    });
    expect(markdown).toBe(
      '<strong>https://a.example/b</strong>을\n\nhttps://a.example \\\nb\n\nwww\\.a.example`b`\n\n*a@b.example*\n',
    );
  });

  it('writes footnotes, and what would name one as text', () => {
    const text = (value: string) => ({ type: 'text' as const, value });
    const markdown = writeMarkdown({
      type: 'root',
      children: [
        {
          type: 'paragraph',
          children: [text('a'), { type: 'footnoteReference', identifier: 'n 1' }, text(' [^n-1] [^2]')],
        },
        {
          type: 'footnoteDefinition',
          identifier: 'n 1',
          children: [
            { type: 'paragraph', children: [text('b')] },
            { type: 'code', value: 'c' },
          ],
        },
      ],
    });
    expect(markdown).toBe('a[^n-1] \\[^n-1] [^2]\n\n[^n-1]: b\n\n    ```\n    c\n    ```\n');
  });

  it.each([
    ['~~~a~~a', '\\~\\~\\~a~~a'],
    ['[a]: <b>c', '\\[a]: \\<b>c'],
    ['[a](b)]: c', '\\[a](b)]: c'],
    ['a\u00A0www.b.example**c** d', 'a\u00A0www.b.example\\*\\*c** d'],
    ['www.a@b.example*c* d', 'www\\.a@b.example\\*c* d'],
    ['<ab:c\u00A0d>', '\\<ab:c\u00A0d>'],
    ['a@b.example-http://c.example/d*e*', 'a@b.example-http\\://c.example/d\\*e*'],
  ])('means the same beside other syntax: %s', (value, expected) => {
    const written = paragraph(value);
    expect(written).toBe(expected);
    expect(plain(parse(written))).toBe(value);
  });

  it('keeps code that is a formula between its dollar signs, and what only looks like one as text', () => {
    const formula = writeMarkdown({
      type: 'root',
      children: [
        {
          type: 'paragraph',
          children: [
            { type: 'text', value: '$' },
            { type: 'inlineCode', value: 'x' },
            { type: 'text', value: '$' },
          ],
        },
      ],
    });
    expect(formula).toBe('$`x`$\n');
    expect(paragraph('$`x`$')).toBe('$\\`x`$');
  });

  it('joins code that touches, and keeps what stands for a thing apart from it', () => {
    const code = (value: string) => ({ type: 'inlineCode' as const, value });
    const thing = (value: string) => ({ ...code(value), data: { label: true } });
    const markdown = writeMarkdown({
      type: 'root',
      children: [
        { type: 'paragraph', children: [code('a'), code('b'), thing('[c]'), thing('[d]'), code('e')] },
        {
          type: 'paragraph',
          children: [
            { type: 'strong', children: [thing('f')] },
            { type: 'strong', children: [thing('g')] },
          ],
        },
      ],
    });
    expect(markdown).toBe('`ab` `[c]` `[d]` `e`\n\n**`f` `g`**\n');
  });

  it('leaves no white space on the empty lines of code in a footnote', () => {
    const markdown = writeMarkdown({
      type: 'root',
      children: [
        {
          type: 'footnoteDefinition',
          identifier: '1',
          children: [{ type: 'blockquote', children: [{ type: 'code', value: 'a\n  \n  b' }] }],
        },
      ],
    });
    expect(markdown).toBe('[^1]: > ```\n    > a\n    >\n    >   b\n    > ```\n');
  });

  it('is written the same each time', () => {
    const value = '*a* _b_ ~c~ `d` [e](f) <g> &amp; https://h.example/i_j';
    expect(paragraph(value)).toBe(paragraph(value));
  });
});
