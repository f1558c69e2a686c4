import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readable } from '../../src/search/chunk/readable.ts';
import { keysIn, namesIn } from '../../src/search/keys.ts';
import { partsOfNames, subjectOf, termsOf, wordsOf } from '../../src/search/terms.ts';
import { replayed } from '../harness/replay.ts';

test.each([
  ['Café Über-flüssig', ['cafe', 'uber', 'flussig']],
  ['東京都に', ['東京', '京都', '都に']],
  ['안내서를 읽기', ['안내', '내서', '서를', '읽기'].map((pair) => pair.normalize('NFKD'))],
  ['ＡＢＣ', ['abc']],
  ['', []],
])('the words of %j', (text, words) => {
  expect(wordsOf(text)).toEqual(words);
});

test('terms are stems without what says nothing', () => {
  expect(termsOf('How does the billing of our systems change?')).toEqual(['bill', 'system', 'chang']);
});

test.each([
  ['How does billing work?', ['bill']],
  ['What does a gauge mean', ['gaug']],
  // Only in questions: here it is what is looked for.
  ['work permit', ['work', 'permit']],
  // It has no other subject.
  ['how does it work?', ['work']],
])('what %j is about', (query, terms) => {
  expect(termsOf(subjectOf(query))).toEqual(terms);
});

test('names are found by their parts', () => {
  expect(partsOfNames('fetchInvoice_lines HTTPServer plain')).toBe('fetch Invoice lines HTTP Server');
});

test('names have the same parts, whatever letters stand elsewhere in the text', () => {
  const word = fc.oneof(
    fc.constantFrom(
      'fetchInvoice',
      'HTTPServer',
      'HTTPs',
      'a_b',
      '_x',
      'line_2',
      'A2b',
      'aB',
      'plain',
      'ABc-dE',
      "it's",
    ),
    fc.string({ unit: fc.constantFrom(...'abYZ19_-.'), minLength: 1, maxLength: 8 }),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 8 }), (words) => {
      const text = words.join(' ');
      expect(partsOfNames(text)).toBe(partsOfNames(`${text} “ö”`));
    }),
    replayed({ runs: 300 }),
  );
});

test.each([
  ['see proj-123, DEC-0054.', ['PROJ-123', 'DEC-0054']],
  ['acme/api#42 and api#7', ['ACME/API#42', 'API#7']],
  ['2026-03-02, x/PROJ-1, AB-12-3, a#b', []],
])('the keys in %j', (text, keys) => {
  expect(keysIn(text)).toEqual(keys);
});

test('a long name has a short form', () => {
  expect(namesIn('acme/api#42')).toEqual(['ACME/API#42', 'API#42']);
  expect(namesIn('shop-1')).toEqual(['SHOP-1']);
  expect(namesIn('no key')).toEqual([]);
});

test('comments that programs write are not for people', () => {
  expect(readable('### mina · 08:00 <!-- 1772438400.000100 U1 -->\n\nHi <b>\n')).toBe(
    '### mina · 08:00\n\nHi <b>\n',
  );
});
