import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stripInvisible } from '../../src/core/invisible.ts';
import { anyCharacter } from '../harness/any-character.ts';
import { replayed } from '../harness/replay.ts';

const strip = (text: string) => stripInvisible(text).text;

describe('goes', () => {
  test.each([
    ['zero width space', '\u200B'],
    ['word joiner and its kin', '\u2060\u2061\u2062\u2063\u2064'],
    ['byte order mark', '\uFEFF'],
    ['soft hyphen', '\u00AD'],
    ['Mongolian vowel separator', '\u180E'],
    ['overrides and embeddings', '\u202A\u202B\u202C\u202D\u202E'],
    ['isolates', '\u2066\u2067\u2068\u2069'],
    ['direction marks', '\u200E\u200F\u061C'],
    ['deprecated formats', '\u206A\u206F'],
    ['annotations', '\uFFF9\uFFFA\uFFFB'],
    ['Hangul fillers', '\u115F\u1160\u3164\uFFA0'],
    ['joiners', '\u200C\u200D'],
    ['variation selectors', '\uFE00\uFE0E\uFE0F\u{E0100}\u{E01EF}'],
    ['controls', '\0\x07\x1B\x7F\x85\x9F'],
    ['tags', [...'ignore all'].map((c) => String.fromCodePoint(0xe0000 + (c.codePointAt(0) ?? 0))).join('')],
  ])('%s', (_, hidden) => {
    expect(stripInvisible(`ab${hidden}cd`)).toEqual({ text: 'abcd', removed: [...hidden].length });
    expect(strip(hidden)).toBe('');
  });

  test('what reorders code', () => {
    expect(strip('if (isAdmin\u202E \u2066) { // }\u2069 \u2066 begin')).toBe('if (isAdmin ) { // }  begin');
  });

  test('all but one selector of a base', () => {
    expect(strip('\u2764\uFE0F\uFE0F\uFE0F')).toBe('\u2764\uFE0F');
    expect(strip('a\uFE0F1\uFE0F')).toBe('a1');
    expect(strip('\u845B\u{E0100}\u{E0101}')).toBe('\u845B\u{E0100}');
  });

  test('tags behind a flag that is none', () => {
    const tags = (text: string) =>
      [...text].map((c) => String.fromCodePoint(0xe0000 + c.charCodeAt(0))).join('');
    expect(strip(`\u{1F3F4}${tags('hidden')}\u{E007F}`)).toBe('\u{1F3F4}');
  });
});

describe('stays', () => {
  test.each([
    ['tab and line ends', 'a\tb\r\nc\n'],
    ['a family', '\u{1F469}\u200D\u{1F469}\u200D\u{1F467}'],
    ['a heart on fire', '\u2764\uFE0F\u200D\u{1F525}'],
    ['a skin tone with a profession', '\u{1F469}\u{1F3FD}\u200D\u{1F4BB}'],
    ['a keycap', '1\uFE0F\u20E3'],
    ['text style', '\u2764\uFE0E'],
    ['the flag of Scotland', '\u{1F3F4}\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}'],
    ['Persian', '\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645'],
    ['a Persian abbreviation', '\u0647\u200D'],
    ['Devanagari', '\u0915\u094D\u200D\u0937 \u0915\u094D\u200C\u0937'],
    ['Sinhala', '\u0DC1\u0DCA\u200D\u0DBB\u0DD3'],
    ['an ideograph of a variant', '\u845B\u{E0100}'],
    ['Mongolian', '\u182C\u180B \u1828\u180E\u1820'],
    ['direction marks in Hebrew', '\u05D0\u05D1 C++\u200F \u05D2'],
    ['noncharacters of the pipeline', '\uFDD0https://x.example\uFDD1'],
    ['spaces that are seen', 'a\u00A0b\u2003c\u3000d'],
  ])('%s', (_, text) => expect(stripInvisible(text)).toEqual({ text, removed: 0 }));
});

test('direction marks go from lines without letters written from right to left', () => {
  expect(strip('a\u200Eb\n\u05D0\u200E1\nc\u200Fd')).toBe('ab\n\u05D0\u200E1\ncd');
});

const character = fc.oneof(
  fc.constantFrom(
    ...[
      '\u200B',
      '\u200C',
      '\u200D',
      '\u200E',
      '\u200F',
      '\u061C',
      '\uFE0F',
      '\uFE00',
      '\u{E0100}',
      '\u034F',
      '\u180E',
    ],
    ...['\u180B', '\u{1F3F4}', '\u{E0067}', '\u{E007F}', '\u202E', '\0', '\u0301', '\u20E3', '\uFDD0', '\n'],
    ...[
      'a',
      '1',
      '\u{1F469}',
      '\u{1F3FD}',
      '\u2764',
      '\u0645',
      '\u0915',
      '\u094D',
      '\u845B',
      '\u182C',
      '\u05D0',
      ' ',
    ],
  ),
  fc.string({ unit: anyCharacter, minLength: 1, maxLength: 2 }),
);

test('applied again, it changes nothing, and it only takes away', () => {
  fc.assert(
    fc.property(fc.array(character, { maxLength: 30 }), (characters) => {
      const text = characters.join('');
      const once = stripInvisible(text);
      expect(stripInvisible(once.text)).toEqual({ text: once.text, removed: 0 });
      expect(once.removed === 0).toBe(once.text === text);
      const rest = [...once.text];
      for (const each of text) if (rest[0] === each) rest.shift();
      expect(rest).toEqual([]);
    }),
    replayed({ runs: 2_000 }),
  );
});

test('long hostile texts take time linear in their length', () => {
  for (const unit of ['\u200B', 'a\u200E', '\u05D0\u200E', '\u{1F3F4}\u{E0067}', '\u2764\uFE0F\u200D'])
    expect(strip(unit.repeat(200_000)).length).toBeGreaterThanOrEqual(0);
}, 5_000);
