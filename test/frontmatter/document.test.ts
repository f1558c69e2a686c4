import fc from 'fast-check';
import matter from 'gray-matter';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type Facts, SKIPPED_ATTACHMENT } from '../../src/core/document.ts';
import type { Plain } from '../../src/core/plain.ts';
import { readDocument } from '../../src/frontmatter/read.ts';
import { toTag } from '../../src/frontmatter/schema.ts';
import { canonicalFacts, writeDocument } from '../../src/frontmatter/write.ts';
import { anyCharacter } from '../harness/any-character.ts';

const minimal: Facts = {
  id: '1',
  source: 'confluence',
  type: 'page',
  title: 'Home',
  url: 'https://x.example/1',
};

const nasty = fc.oneof(
  fc.constantFrom(
    ...[
      'yes',
      'No',
      'ON',
      'off',
      'y',
      'N',
      'null',
      'Null',
      '~',
      'true',
      'FALSE',
      '.inf',
      '-.INF',
      '.NaN',
      'nan',
      'inf',
    ],
    ...[
      '1e3',
      '1E+3',
      '0o14',
      '012',
      '0x1F',
      '0b11',
      '1_000',
      '+1',
      '-0',
      '1.',
      '.5',
      '1:30',
      '190:20:30',
      '=',
      '<<',
    ],
    ...[
      '2026-01-02',
      '2026-01-02T03:04:05Z',
      '2026-1-2 3:04:05',
      '12:00',
      ' lead',
      'trail ',
      '\ttab',
      '',
      ' ',
    ],
    ...[
      'a: b',
      'a #b',
      '#a',
      '- a',
      '? a',
      '&a',
      '*a',
      '!a',
      '|',
      '>',
      '%a',
      '@a',
      '`a',
      "'",
      '"',
      '{a}',
      '[a]',
      'a,b',
    ],
    ...[
      '---',
      '...',
      '--- a',
      'a\n---\nb',
      'a\n\nb\n',
      '\n',
      'a\r\nb',
      '\r',
      '\\',
      '\\n',
      'a\\"b',
      '\0',
      '\u0085',
      '\u2028',
    ],
    ...[
      '\u2029',
      '\uFEFFa',
      '\u007f',
      '\u009b',
      '\uFFFE',
      '\uD800',
      '😀 👩‍👩‍👧',
      'שלום עולם',
      '\u202Eabc',
      'e\u0301',
      'x'.repeat(3000),
    ],
    ...[
      '__proto__',
      'constructor',
      'x_title',
      'tags',
      'description',
      '---js',
      '712020:ab',
      '123',
      '00',
      '1234567890123456789012',
    ],
  ),
  fc.string({ unit: anyCharacter, maxLength: 20 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
);

const plain: fc.Arbitrary<Plain> = fc.letrec<{ value: Plain }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    nasty,
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(nasty, tie('value'), { maxKeys: 3 }),
  ),
})).value;

const named = nasty.filter((text) => text !== '');
const factsArbitrary = fc.record(
  {
    id: named,
    source: named,
    type: named,
    title: nasty,
    url: nasty,
    created: nasty,
    updated: nasty,
    version: fc.nat(),
    author: nasty,
    editor: nasty,
    status: nasty,
    labels: fc.array(nasty, { maxLength: 4 }),
    space: nasty,
    project: nasty,
    key: nasty,
    parent: nasty,
    views: fc.array(nasty, { maxLength: 3 }),
    aliases: fc.array(nasty, { maxLength: 3 }),
    people: fc.dictionary(nasty, nasty, { maxKeys: 3 }),
    attachments: fc.array(
      fc.record(
        {
          id: named,
          name: nasty,
          version: fc.oneof(fc.nat(), nasty),
          type: nasty,
          size: fc.nat(),
          file: nasty,
          skipped: fc.constantFrom(...SKIPPED_ATTACHMENT),
        },
        { requiredKeys: ['id', 'name', 'version'] },
      ),
      { maxLength: 3 },
    ),
    fields: fc.dictionary(nasty, plain, { maxKeys: 4 }),
  },
  { requiredKeys: ['id', 'source', 'type', 'title', 'url'] },
) as fc.Arbitrary<Facts>;

const bodies = fc.oneof(
  fc.constantFrom(
    '',
    '\n',
    '---\n',
    '---js\nthrow 1\n---\n',
    '\n---\n\n',
    '\r\n',
    '# A\n\n---\n\nid: 2\n',
    '\uFEFFa',
  ),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
);

const headerOf = (text: string): string => text.slice(4, text.indexOf('\n---\n', 3) + 1);

describe('writing and reading', () => {
  test('reading is the exact inverse of writing', () => {
    fc.assert(
      fc.property(
        factsArbitrary,
        bodies,
        fc.option(named, { nil: undefined }),
        (facts, body, description) => {
          const back = readDocument(writeDocument(facts, body, description));
          expect(back?.facts).toEqual(canonicalFacts(facts));
          expect(back?.body).toBe(body);
          expect(back?.description).toBe(description?.toWellFormed());
        },
      ),
      { numRuns: 150 },
    );
  });

  test('a document whose list of attachments is of another make is read without it', () => {
    const text = writeDocument({ ...minimal, version: 3 }, 'Text.\n');
    const other = text.replace('version: 3\n', 'version: 3\nattachments:\n  - name: a.png\n    created: x\n');
    expect(other).not.toBe(text);
    expect(readDocument(other)).toEqual(readDocument(text));
  });

  test('R14 every YAML reader sees the same values: 1.2, 1.1 and js-yaml', () => {
    fc.assert(
      fc.property(factsArbitrary, (facts) => {
        const header = headerOf(writeDocument(facts, 'x\n'));
        const modern = parse(header, { version: '1.2' });
        expect(parse(header, { version: '1.1' })).toEqual(modern);
        expect(matter(`---\n${header}---\n`, { language: 'yaml' }).data).toEqual(modern);
      }),
      { numRuns: 150 },
    );
  });

  test('the same facts give the same bytes after a round trip', () => {
    fc.assert(
      fc.property(factsArbitrary, bodies, (facts, body) => {
        const once = writeDocument(facts, body);
        const back = readDocument(once);
        expect(back && writeDocument(back.facts, back.body)).toBe(once);
      }),
    );
  });

  test('R14 keys keep one order, ids and dates are quoted, empty values are left out', () => {
    const text = writeDocument(
      {
        ...minimal,
        id: '0042',
        title: 'Release: 1.0',
        created: '2026-01-02T03:04:05Z',
        updated: '2026-02-03T00:00:00Z',
        version: 7,
        author: '',
        labels: ['how to', '2026', '#ops'],
        space: 'NO',
        parent: '41',
        views: [],
        people: { '5b10': 'Zoë' },
        fields: { points: 3, sprint: null, title: 'shadow', x_title: 'deeper' },
      },
      'Text.\n',
      'Text.',
    );
    expect(text).toBe(
      [
        '---',
        'id: "0042"',
        'source: confluence',
        'type: page',
        'title: "Release: 1.0"',
        'description: Text.',
        'url: https://x.example/1',
        'created: "2026-01-02T03:04:05Z"',
        'updated: "2026-02-03T00:00:00Z"',
        'version: 7',
        'labels:',
        '  - how to',
        '  - "2026"',
        '  - "#ops"',
        'space: "NO"',
        'parent: "41"',
        'tags:',
        '  - how-to',
        '  - n2026',
        '  - ops',
        'people:',
        '  "5b10": Zoë',
        'points: 3',
        'x_title: shadow',
        'x_x_title: deeper',
        '---',
        '',
        'Text.',
        '',
      ].join('\n'),
    );
  });

  test('what YAML cannot hold is refused with the name of the key, never the value', () => {
    const facts = { ...minimal, fields: { points: Number.NaN } };
    expect(() => writeDocument(facts, 'x')).toThrow(
      expect.objectContaining({
        code: 'pipeline.frontmatter-mismatch',
        message: expect.stringContaining('confluence'),
      }),
    );
  });
});

describe('files of others', () => {
  const ours = writeDocument(minimal, 'Body.\n');
  test.each([
    ['no header', '# Title\n'],
    ['empty', ''],
    ['R14 another first line', `\n${ours}`],
    ['R14 a byte order mark', `\uFEFF${ours}`],
    ['R14 spaces after the fence', ours.replace('---', '--- ')],
    ['R14 code', '---js\n{ id: (globalThis.pwned = true) }\n---\n'],
    ['R14 code by its long name', '---javascript\nglobalThis.pwned = true\n---\n'],
    ['no end', '---\nid: "1"\n'],
    ['broken YAML', '---\nid: "1\nsource: [\n---\n\nx'],
    ['a scalar', '---\nhello\n---\n\nx'],
    ['nothing inside', '---\n\n---\n\nx'],
    ['a post of a static site', '---\ntitle: Hello\ndate: 2026-01-02\n---\n\nx'],
    ['aliases', `---\n${headerOf(ours)}a: &a [1]\nb: *a\n---\n\nx`],
  ])('%s', (_, text) => {
    expect(readDocument(text)).toBeUndefined();
    expect(globalThis).not.toHaveProperty('pwned');
  });

  test('a header without an end costs no time', () => {
    const started = performance.now();
    expect(readDocument(`---\nid: "1"\n${'\n'.repeat(2_000_000)}`)).toBeUndefined();
    expect(performance.now() - started).toBeLessThan(500);
  });

  test('a broken header stays broken when it is read again', () => {
    const broken = '---\nid: [\n---\n\nx';
    expect([readDocument(broken), readDocument(broken)]).toEqual([undefined, undefined]);
  });
});

test.each([
  ['how to', 'how-to'],
  ['2026', 'n2026'],
  ['#ops', 'ops'],
  ['team/a b', 'team/a-b'],
  ['naïve café', 'naïve-café'],
  ['C++', 'C'],
  ['日本 語', '日本-語'],
  ['!!', ''],
])('the label %s is the tag %s', (label, tag) => expect(toTag(label)).toBe(tag));
