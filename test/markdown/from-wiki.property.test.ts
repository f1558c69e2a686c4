import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromWiki, writeMarkdown } from '../../src/markdown/index.ts';
import { plainText } from '../../src/markdown/nodes.ts';
import { context, parse } from './render.ts';

const read = (source: string) => fromWiki(source, context);
const render = (source: string) => writeMarkdown(read(source).root);
const bound = (source: string) => 10 * source.length + 65_536;

/** All that means something, and some text between. */
const TOKENS = (
  '* ** # #* - -- --- ---- _ + ^ ~ ?? ! !a.png! [ ] [a|http://b.c] [~a] [^a.b] | || |a| \\ \\\\ { } {{ }} {*} ` ``` ' +
  '{code} {code:java} {noformat} {quote} {panel:title=a} {panel} {color:red} {color} {info} {expand:a} {toc} ' +
  '{anchor:a} {frob} {frob:a=b} {html} h1. bq. & &amp; < > :) (x) ACME-1 http://a.b/c mailto:a@b.c a b1 中'
)
  .split(' ')
  .concat(' ', ' ', '\n', '\n', '\n\n', '\t', '\r\n', '\u0000', '\uFDD0', '\uD800');

const soup = fc.array(fc.constantFrom(...TOKENS), { maxLength: 60 }).map((tokens) => tokens.join(''));

describe('fromWiki on hostile input', () => {
  it('R13 reads any soup of its signs within the bound', () => {
    fc.assert(
      fc.property(soup, (source) => {
        expect(render(source).length).toBeLessThanOrEqual(bound(source));
      }),
      { numRuns: 400 },
    );
  });

  it('keeps all words of plain text', () => {
    const word = fc.stringMatching(/^[a-z]{2,8}$/);
    const joint = fc.constantFrom(
      ' ',
      '\n',
      '\n\n',
      ' * ',
      ' [',
      '] ',
      ' {',
      '} ',
      ' | ',
      ' _',
      '* ',
      '! ',
      ' -',
      '`',
      '\\',
      '"',
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(word, joint), { maxLength: 30 }), (pairs) => {
        const source = `${pairs.flat().join('')}.`;
        const wordsOf = (text: string) => text.match(/[a-z]+/g) ?? [];
        const blocks = parse(render(source)).children.map((block) => plainText([block]));
        expect(wordsOf(blocks.join(' '))).toEqual(pairs.map(([written]) => written));
      }),
      { numRuns: 200 },
    );
  });

  it('keeps any code byte by byte', () => {
    const body = soup.filter((text) => !/\{code\}/i.test(text));
    fc.assert(
      fc.property(body, (text) => {
        const clean = text
          .replaceAll('\r\n', '\n')
          .replace(/[\u0000\uFDD0]/g, '')
          .toWellFormed();
        expect(read(`{code}\n${text}\n{code}`).root.children).toMatchObject([{ type: 'code', value: clean }]);
      }),
      { numRuns: 150 },
    );
  });

  it.each([
    [
      'macros',
      Array.from({ length: 10_000 }, (_, level) => `{panel:title=${level}}`).join('') +
        '{panel}'.repeat(10_000),
    ],
    ['kinds of macros', '{panel:a=b}{tip:a=b}'.repeat(5000) + '{tip}{panel}'.repeat(5000)],
    ['list levels', Array.from({ length: 1000 }, (_, level) => `${'*'.repeat(level + 1)} a\n`).join('')],
    ['lists in macros', '{panel:a=b}\n* a\n** b '.repeat(5000) + '{panel}'.repeat(5000)],
  ])('R13 flattens thousands of %s', (_, source) => {
    expect(render(source).length).toBeLessThanOrEqual(bound(source));
    expect(read(source).warnings).toContainEqual({ construct: 'depth', fate: 'degraded' });
  });

  it.each([
    ['keys', 'AB-1 '],
    ['files', '!a.png! '],
    ['links to files', '[^a.b]'],
  ])('R13 bounds the addresses of %s', (_, unit) => {
    const source = unit.repeat(20_000);
    const place = {
      ...context,
      attachment: () => ({ url: `https://a.example/${'x'.repeat(500)}`, name: 'a' }),
    };
    const reading = fromWiki(source, { ...place, siteUrl: `https://${'acme'.repeat(10)}.example` });
    expect(writeMarkdown(reading.root).length).toBeLessThanOrEqual(bound(source));
    expect(reading.warnings).toContainEqual({
      construct: 'size',
      fate: 'degraded',
      detail: 'addresses left out',
    });
  });

  it.each([
    ...[
      '*a ',
      '_a_ ',
      '[',
      '[a|',
      '{{',
      '{',
      '{a:',
      '{quote}',
      '{panel:a}',
      '{code:a}',
      '{color:red}',
      '{a}\n',
      '```\n',
      '!a',
    ],
    ...[
      '!',
      '|',
      '|a\n',
      '|[a|',
      '|{{a',
      '* a\n',
      '\\',
      'AB-',
      'mailto:',
      'http://a((',
      '&',
      ':)',
      '-- ',
      '??',
      '{*}',
      '  {a}',
    ],
  ])('reads %j repeated in time proportional to its length', (unit) => {
    const seconds = (length: number) => {
      const source = unit.repeat(Math.ceil(length / unit.length));
      const start = performance.now();
      read(source);
      return (performance.now() - start) / 1000;
    };
    seconds(1000);
    // Quadratic growth would take 64 times as long as the eighth; the allowance is for a busy machine.
    expect(seconds(16_000)).toBeLessThan(24 * seconds(2000) + 1);
  });
});
