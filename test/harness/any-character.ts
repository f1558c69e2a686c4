import fc from 'fast-check';

const HALVES = { from: 0xd800, count: 0x800 };

/**
 * Any character of Unicode, as the unit of a string: the same ones as `unit: 'binary'` draws from the same seed. That one keeps
 * 90 MB in memory for the place of each of a million characters, which every process that a worker starts afterwards pays for.
 */
export const anyCharacter = fc
  .nat({ max: 0x10ffff - HALVES.count })
  .map((place) => String.fromCodePoint(place < HALVES.from ? place : place + HALVES.count), placeOf);

/** Lets fast-check try the words that programs stumble over, such as `__proto__`, too. */
function placeOf(text: unknown): number {
  const point = typeof text === 'string' ? text.codePointAt(0) : undefined;
  if (point === undefined || String.fromCodePoint(point) !== text || !text.isWellFormed())
    throw new Error('this is not one character');
  return point < HALVES.from ? point : point - HALVES.count;
}
