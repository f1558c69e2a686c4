import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blockIn, withBlock } from '../../src/core/marked-block.ts';
import { replayed } from '../harness/replay.ts';

const marks = { begin: '# >>> ours', end: '# <<< ours' };
const line = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 8 }).map((text) => text.replaceAll('\n', ' ')),
  fc.constantFrom('', '#', ' # >>> ours', '# >>> ours too', '\r', '0 * * * * backup'),
);
/** Of somebody else, ended by a line end or not. */
const text = fc
  .tuple(fc.array(line, { maxLength: 6 }), fc.boolean())
  .map(([lines, ended]) => lines.join('\n') + (ended && lines.length > 0 ? '\n' : ''));
const body = fc
  .array(fc.constantFrom('17 * * * * run', '', 'x\r', '#'), { maxLength: 3 })
  .map((lines) => lines.map((each) => `${each}\n`).join(''));

describe('a block of ours in a text of somebody else', () => {
  test('is put in, replaced and taken out, and all else stays byte for byte', () => {
    fc.assert(
      fc.property(text, text, body, body, (before, after, first, second) => {
        const own = before === '' || before.endsWith('\n') ? before : `${before}\n`;
        const added = withBlock(before, marks, first, 'it');
        expect(added).toBe(`${own}${marks.begin}\n${first}${marks.end}\n`);
        const whole = added + after;
        expect(blockIn(whole, marks, 'it')).toBe(first);
        expect(withBlock(whole, marks, first, 'it')).toBe(whole);
        const replaced = withBlock(whole, marks, second, 'it');
        expect(replaced).toBe(`${own}${marks.begin}\n${second}${marks.end}\n${after}`);
        expect(withBlock(replaced, marks, undefined, 'it')).toBe(own + after);
        expect(withBlock(before, marks, undefined, 'it')).toBe(before);
      }),
      replayed({ runs: 500 }),
    );
  });

  test.each([
    ['its end', '# >>> ours\n17 * * * * run\n0 3 * * * backup\n'],
    ['its beginning', '0 3 * * * backup\n# <<< ours\n'],
    ['an end, where another begins', '# >>> ours\n0 3 * * * backup\n# >>> ours\nx\n# <<< ours\n'],
    ['its order', '# <<< ours\n0 3 * * * backup\n# >>> ours\n'],
  ])('is left alone when it has lost %s', (_, broken) => {
    expect(() => withBlock(broken, marks, 'x\n', 'the file')).toThrow(/the file: the block of ctx/);
    expect(() => withBlock(broken, marks, undefined, 'the file')).toThrow(/the file: the block of ctx/);
  });

  test('is found in a file with line ends of Windows', () => {
    const windows = 'a\r\n# >>> ours\r\nx\r\n# <<< ours\r\nb\r\n';
    expect(blockIn(windows, marks, 'it')).toBe('x\r\n');
    expect(withBlock(windows, marks, undefined, 'it')).toBe('a\r\nb\r\n');
  });
});
