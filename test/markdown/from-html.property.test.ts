import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHtml, writeMarkdown } from '../../src/markdown/index.ts';
import { anyCharacter } from '../harness/any-character.ts';
import { context, parse } from './render.ts';

const bound = (source: string) => 10 * source.length + 65_536;
const render = (source: string) => writeMarkdown(fromHtml(source, context).root);
const visible = (markdown: string) => markdown.match(/w\d+/g) ?? [];

const NAMES = [
  ...['a href="/x"', 'b', 'i', 'code', 'span style="font-weight:bold"', 'sub', 'kbd', 'q', 'font', 'u'],
  ...['p', 'div', 'ul', 'ol start=7', 'li', 'blockquote', 'pre', 'h2', 'h3 id="x"', 'dl', 'dt', 'dd', 'x-y'],
  ...['table', 'tbody', 'tr', 'td', 'th colspan=2', 'caption', 'details', 'summary', 'figure', 'figcaption'],
  ...[
    'div class="panel"',
    'div class="panelContent"',
    'span class="status-macro"',
    'ul class="inline-task-list"',
  ],
  ...[
    'div class="confluence-information-macro"',
    'div class="expand-container"',
    'a href="#x"',
    'label',
    'center',
  ],
];
const VOID = [
  '<br>',
  '<hr>',
  '<img src="/i.png" alt="">',
  '<input type=checkbox>',
  '<wbr>',
  ' ',
  '&nbsp;',
  '&lt;',
];

/** Elements in any nesting, sensible or not; each text is a word of its own. */
const soup: fc.Arbitrary<string> = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    fc.nat(99_999).map((number) => `w${number}`),
    fc.constantFrom(...VOID),
    fc
      .tuple(fc.constantFrom(...NAMES), fc.array(tie('node'), { maxLength: 5 }))
      .map(([name, children]) => `<${name}>${children.join('')}</${name.split(' ')[0]}>`),
  ),
})).node;

describe('fromHtml on any HTML', () => {
  it('keeps the words that are there', () => {
    fc.assert(
      fc.property(fc.array(soup, { maxLength: 6 }), (parts) => {
        const source = parts.join('');
        const shown = new Set(visible(render(source)));
        expect(visible(source).filter((word) => !shown.has(word))).toEqual([]);
      }),
      { numRuns: Number(process.env.RUNS ?? 100) },
    );
  });

  it('writes what can be read again', () => {
    fc.assert(
      fc.property(fc.array(soup, { maxLength: 4 }), (parts) => {
        const markdown = render(parts.join(''));
        expect(parse(markdown).children.length).toBeGreaterThanOrEqual(markdown.trim() === '' ? 0 : 1);
      }),
      { numRuns: 40 },
    );
  });

  it('R13 reads any characters within the bound', () => {
    const piece = fc.oneof(
      fc.string({ unit: anyCharacter, maxLength: 6 }),
      fc.constantFrom(
        ...NAMES.map((name) => `<${name}>`),
        ...NAMES.map((name) => `</${name.split(' ')[0]}>`),
      ),
      fc.constantFrom(
        '<',
        '>',
        '<!--',
        '-->',
        '<![CDATA[',
        ']]>',
        '<!',
        '&',
        '&#',
        '"',
        '<p a="',
        '\u0000',
        '/>',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const source = pieces.join('');
        expect(render(source).length).toBeLessThanOrEqual(bound(source));
      }),
      { numRuns: Number(process.env.RUNS ?? 100) },
    );
  });

  it.each(['div', 'ul><li', 'table><tr><td', 'b', 'details'])(
    'R13 flattens 10,000 levels of <%s>',
    (element) => {
      const source = `<${element}>a`.repeat(10_000);
      expect(render(source).length).toBeLessThanOrEqual(bound(source));
      expect(fromHtml(source, context).warnings).toContainEqual({ construct: 'depth', fate: 'degraded' });
    },
  );
});
