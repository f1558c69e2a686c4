import fc from 'fast-check';
import type { PhrasingContent, Root, RootContent } from 'mdast';
import { describe, expect, it } from 'vitest';
import { linkDocument, markLinks, writeMarkdown } from '../../src/markdown/index.ts';
import { prepare } from '../../src/markdown/write/prepare.ts';
import { parse } from './render.ts';
import { seen } from './seen.ts';

const PIECES = [
  'a',
  'word',
  'B',
  '1',
  '2',
  ' ',
  '  ',
  '.',
  ')',
  '(',
  '[',
  ']',
  '!',
  '*',
  '**',
  '_',
  '__',
  '~',
  '~~',
  '`',
  '``',
  '```',
  '#',
  '##',
  '>',
  '<',
  '<b>',
  '</b>',
  '<!--',
  '&',
  '&amp;',
  '&lt;',
  '\\',
  '|',
  '-',
  '--',
  '---',
  '+',
  '=',
  '===',
  ':',
  '"',
  "'",
  'x',
  '[x] ',
  '[ ] ',
  '](',
  '[a]: ',
  '1. ',
  '- ',
  '한국어',
  '「',
  '」',
  '。',
  '🚀',
  'é',
  '—',
  '“',
  '”',
  '\u00A0',
  '\n',
  '\t',
  '$',
  '@',
  '/',
  'snake_case_name',
  '[^1]',
  '[^1]: ',
  '&nbsp;',
  '&#42;',
  '*a*',
  '**a**',
  '_a_',
  '~~a~~',
  '`a`',
  '[a](b)',
  '![a](b)',
  '<div>',
  '<table',
  '<?',
  '<!',
  '|-|',
  ':-:',
  'שלום',
  '\u200B',
  '\u200F',
  '👩‍💻',
  'a'.repeat(200),
  'www.a.example',
  'http://a.example/b_c_d*e*',
  'a@b.example',
  '<https://a.example>',
];
const words = fc
  .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 6 })
  .map((parts) => parts.join(''));
const url = fc
  .array(
    fc.constantFrom(
      'a',
      'b',
      '/',
      '(',
      ')',
      ' ',
      '<',
      '&amp;',
      '&',
      '%20',
      '?',
      '"',
      '|',
      '`',
      '\\',
      '*',
      '_',
      'é',
      ']',
    ),
    {
      minLength: 1,
      maxLength: 6,
    },
  )
  .map((parts) => `https://h.example/${parts.join('')}z`);

const { phrasing } = fc.letrec<{ phrasing: PhrasingContent[]; node: PhrasingContent }>((tie) => ({
  phrasing: fc.array(tie('node'), { minLength: 1, maxLength: 4 }),
  node: fc.oneof(
    { maxDepth: 2, depthSize: 'small' },
    words.map((value): PhrasingContent => ({ type: 'text', value })),
    words.map((value): PhrasingContent => ({ type: 'inlineCode', value: value.replace(/\s+/g, ' ') })),
    fc.constant<PhrasingContent>({ type: 'break' }),
    fc.constantFrom<PhrasingContent[]>(
      { type: 'html', value: '<sub title="*`_">' },
      { type: 'html', value: '</sub>' },
      { type: 'html', value: '<a href="u*_x">' },
      { type: 'footnoteReference', identifier: '1' },
      { type: 'footnoteReference', identifier: 'undefined' },
    ),
    fc.record({
      type: fc.constantFrom('strong', 'emphasis', 'delete'),
      children: tie('phrasing'),
    }) as fc.Arbitrary<PhrasingContent>,
    fc.record({
      type: fc.constant('link' as const),
      url,
      title: fc.option(words),
      children: tie('phrasing'),
    }),
    fc.record({ type: fc.constant('image' as const), url, alt: words, title: fc.option(words) }),
  ),
}));

const { flow } = fc.letrec<{ flow: RootContent[]; block: RootContent }>((tie) => ({
  flow: fc.array(tie('block'), { minLength: 1, maxLength: 4 }),
  block: fc.oneof(
    { maxDepth: 2, depthSize: 'small' },
    phrasing.map((children): RootContent => ({ type: 'paragraph', children })),
    fc
      .record({ depth: fc.integer({ min: 1, max: 6 }), children: phrasing })
      .map((heading) => ({ type: 'heading', ...heading }) as RootContent),
    fc
      .record({ value: words, lang: fc.option(fc.constantFrom('js', 'c++')) })
      .map((code): RootContent => ({ type: 'code', ...code })),
    fc.constant<RootContent>({ type: 'thematicBreak' }),
    tie('flow').map((children) => ({ type: 'blockquote', children }) as RootContent),
    fc
      .record({
        ordered: fc.boolean(),
        start: fc.integer({ min: 0, max: 12 }),
        items: fc.array(fc.record({ checked: fc.option(fc.boolean()), children: tie('flow') }), {
          minLength: 1,
          maxLength: 3,
        }),
      })
      .map(
        ({ ordered, start, items }) =>
          ({
            type: 'list',
            ordered,
            start: ordered ? start : null,
            children: items.map((item) => ({ type: 'listItem', ...item })),
          }) as RootContent,
      ),
    fc
      .constantFrom('<div>', '<details>\n<summary>a *b*</summary>', '</details>', '<!-- - a -->', '<td>\na')
      .map((value): RootContent => ({ type: 'html', value, data: { block: true } })),
    fc
      .array(
        fc.array(fc.oneof({ weight: 1, arbitrary: fc.constant([]) }, { weight: 4, arbitrary: phrasing }), {
          minLength: 2,
          maxLength: 2,
        }),
        { minLength: 1, maxLength: 3 },
      )
      .map(
        (rows) =>
          ({
            type: 'table',
            children: rows.map((cells) => ({
              type: 'tableRow',
              children: cells.map((children) => ({ type: 'tableCell', children })),
            })),
          }) as RootContent,
      ),
  ),
}));

/** A longer search for corners: `RUNS=4000`. */
const RUNS = Number(process.env.RUNS ?? 80);

describe('writeMarkdown', () => {
  it(
    'writes any tree so that GitHub’s grammar reads the same tree',
    () => {
      fc.assert(
        fc.property(flow, phrasing, flow, (children, note, more) => {
          const footnote = {
            type: 'footnoteDefinition',
            identifier: '1',
            children: [{ type: 'paragraph', children: [{ type: 'text', value: 'note' }, ...note] }, ...more],
          } as RootContent;
          const root: Root = { type: 'root', children: [...children, footnote] };
          const markdown = linkDocument(writeMarkdown(root), (address) => address);
          expect(seen(parse(markdown), markdown), markdown).toEqual(seen(prepare(root)));
        }),
        { numRuns: RUNS },
      );
    },
    Math.max(30_000, RUNS * 100),
  );

  it('ends with exactly one newline, never begins like frontmatter, and marks each destination', () => {
    fc.assert(
      fc.property(flow, (children) => {
        const marked = writeMarkdown({ type: 'root', children });
        expect(marked).toMatch(/(?:^|[^\n])\n$/);
        expect(marked).not.toMatch(/^---/);
        expect(marked.split('\uFDD0').length).toBe(marked.split('\uFDD1').length);
      }),
      { numRuns: 60 },
    );
  });
});

describe('links', () => {
  it('come back from a linked document: link ∘ mark ∘ link = link', {
    timeout: Math.max(30_000, RUNS * 100),
  }, () => {
    fc.assert(
      fc.property(flow, (children) => {
        const marked = writeMarkdown({ type: 'root', children });
        const addresses = [
          ...new Set([...marked.matchAll(/\uFDD0([^\uFDD1]*)\uFDD1/g)].map((match) => match[1] ?? '')),
        ];
        const forth = (address: string) => `../page ${addresses.indexOf(address)} (1).md`;
        const back = (path: string) => addresses[Number(/%20(\d+)%20/.exec(path)?.[1])] ?? 'unknown';
        const linked = linkDocument(marked, forth);
        expect(linkDocument(markLinks(linked, back), forth)).toBe(linked);
        expect([...markLinks(linked, back).matchAll(/\uFDD0/g)].length).toBe(
          [...marked.matchAll(/\uFDD0/g)].length,
        );
      }),
      { numRuns: RUNS },
    );
  });
});
