import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { endWithin, lineAt, lineCount, spanOf } from '../../src/answers/passage.ts';
import { tokensOf } from '../../src/context/format/tokens.ts';
import { anyCharacter } from '../harness/any-character.ts';
import { replayed } from '../harness/replay.ts';

const TEXT = `---
id: "1"
---

Before.

# One

First.

## Below

\`\`\`sh
# no heading
\`\`\`

# Two ##

Second.
`;

function passage(request: { lines?: string; section?: string }, text = TEXT): string {
  const { from, to } = spanOf(text, request);
  return text.slice(from, to);
}

describe('a passage', () => {
  test('is all of the text unless something is named', () => {
    expect(passage({})).toBe(TEXT);
    expect(passage({}, '')).toBe('');
  });

  test.each([
    ['1', '---\n'],
    ['5-7', 'Before.\n\n# One\n'],
    [' 19 – 99 ', 'Second.\n'],
  ])('of lines %j', (lines, expected) => {
    expect(passage({ lines })).toBe(expected);
  });

  test.each(['0', '20', '7-5', '-', 'a-b', '1-2-3', '99999999999', ''])('of no such lines: %j', (lines) => {
    expect(() => passage({ lines })).toThrow(/the document has 19/);
  });

  test.each([
    ['one', '# One\n\nFirst.\n\n## Below\n\n```sh\n# no heading\n```\n\n'],
    ['# Below', '## Below\n\n```sh\n# no heading\n```\n\n'],
    ['  TWO ', '# Two ##\n\nSecond.\n'],
  ])('of the section %j, with the sections in it', (section, expected) => {
    expect(passage({ section })).toBe(expected);
  });

  test('of no such section says how many there are, and none of their words', () => {
    expect(() => passage({ section: 'no heading' })).toThrow(/no section "no heading"/);
    expect(() => passage({ section: 'x' }, 'Plain.\n')).toThrow(/no section/);
  });
});

test('parts of whatever text are within their room, whole lines where these fit, and make the whole', () => {
  const texts = fc.array(
    fc.oneof(
      fc.string({ unit: anyCharacter, maxLength: 60 }),
      fc.constant('\n'),
      fc.string({ maxLength: 900 }),
    ),
    {
      maxLength: 40,
    },
  );
  fc.assert(
    fc.property(texts, fc.integer({ min: 5, max: 300 }), (parts, maxTokens) => {
      const text = parts.join('\n').toWellFormed();
      let from = 0;
      while (from < text.length) {
        const end = endWithin(text, { from, to: text.length }, maxTokens);
        expect(end).toBeGreaterThan(from);
        const part = text.slice(from, end);
        expect(part.isWellFormed()).toBe(true);
        // A part's cost is rounded up for each of its lines.
        expect(tokensOf(part)).toBeLessThanOrEqual(Math.max(maxTokens, 4));
        const isWholeLines = end === text.length || part.endsWith('\n');
        if (!isWholeLines) expect(part).not.toContain('\n');
        from = end;
      }
      expect(lineAt(text, text.length)).toBe(text.split('\n').length);
      expect(lineCount(text)).toBeLessThanOrEqual(lineAt(text, text.length));
    }),
    replayed({ runs: 200 }),
  );
});
