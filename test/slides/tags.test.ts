import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fillTexts } from '../../src/slides/pptx/tags.ts';
import { all, parseXml, writeXml } from '../../src/slides/pptx/xml.ts';
import { replayed } from '../harness/replay.ts';

const VALUES: Readonly<Record<string, string>> = {
  title: 'Fish & <chips>',
  'a b': '{{title}}',
  empty: '',
  lines: 'one\n\ttwo\n\nfour',
};

const tag = fc
  .constantFrom(...Object.keys(VALUES))
  .chain((name) =>
    fc
      .constantFrom(`{{${name}}}`, `{{ ${name} }}`)
      .map((written) => ({ written, shown: VALUES[name] ?? '' })),
  );
const words = fc
  .constantFrom('word', ' ', 'a & b', '{', '}}', '{{unknown}}', '🐟', 'é')
  .map((written) => ({ written, shown: written }));

/** Where a brace of the words meets a tag's, which of them is whose is anybody's guess. */
const isPlain = (pieces: readonly { readonly written: string }[]) =>
  !/\{\{\{|\}\}\}|\{$/.test(pieces.map(({ written }) => written).join(''));

const isWithinCharacter = (text: string, offset: number) => /[\udc00-\udfff]/.test(text[offset] ?? '');

test('tags are filled wherever a paragraph is cut into runs, and nothing else is changed', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(tag, words), { minLength: 1, maxLength: 8 }).filter(isPlain),
      fc.array(fc.nat({ max: 120 }), { maxLength: 6 }),
      (pieces, cuts) => {
        const whole = pieces.map(({ written }) => written).join('');
        const places = [
          ...new Set([
            0,
            ...cuts.filter((cut) => cut < whole.length && !isWithinCharacter(whole, cut)),
            whole.length,
          ]),
        ].sort((a, b) => a - b);
        const runs = places.slice(1).map((end, index) => whole.slice(places[index], end));
        const document = parseXml(
          '<p:sld xmlns:p="p" xmlns:a="a"><a:p><a:pPr marL="10"/><a:endParaRPr/></a:p></p:sld>',
        );
        const [paragraph] = all(document, 'a:p');
        for (const run of runs) {
          const element = document.createElement('a:r');
          element.appendChild(document.createElement('a:t')).textContent = run;
          paragraph?.insertBefore(element, paragraph.lastChild);
        }
        fillTexts(document, VALUES);
        const lines = all(document, 'a:p').map((each) =>
          all(each, 'a:t')
            .map(({ textContent }) => textContent)
            .join(''),
        );
        const expected = pieces.map(({ shown }) => shown).join('');
        const isCut = pieces.some(({ written }) => /\{\{ ?lines/.test(written));
        expect(lines).toEqual(
          isCut ? expected.split('\n').map((line) => line.replace(/^\t+/, '')) : [expected.toWellFormed()],
        );
        for (const each of all(document, 'a:p')) expect(each.lastChild?.nodeName).toBe('a:endParaRPr');
        expect(() => parseXml(writeXml(document))).not.toThrow();
      },
    ),
    replayed({ runs: 300 }),
  );
});
