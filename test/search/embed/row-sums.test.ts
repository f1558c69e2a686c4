import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import wabt from 'wabt';
import { ROW_SUMS, RowSums } from '../../../src/search/embed/lsa/row-sums.ts';
import { randomFrom } from '../../contract/store-documents.ts';

it('what is run is what its source says', async () => {
  const { parseWat } = await wabt();
  const source = new URL('../../../src/search/embed/lsa/row-sums.wat', import.meta.url);
  const { buffer } = parseWat('row-sums.wat', readFileSync(source, 'utf8'), { simd: true }).toBinary({});
  expect(ROW_SUMS).toBe(Buffer.from(buffer).toString('base64'));
});

it.each([
  [1, 0],
  [2, 1],
  [7, 0],
  [7, 2],
  [144, 0],
  [144, 143],
])(
  'sums over %i columns from %i on are those of doubles in the same order, to the last bit',
  (width, first) => {
    const random = randomFrom(width);
    const floats = (length: number) => Float32Array.from({ length }, () => random() - 0.5);
    const [height, at] = [40, 3];
    const sums = new RowSums({ sums: at + width, rows: height, numbers: height * width });
    const matrix = sums.take(height, width);
    const numbers = floats(height * width);
    sums.numbersOf(matrix).set(numbers);
    for (const count of [0, 1, 3, 4, 5, 11, 40]) {
      const rows = Uint32Array.from({ length: count }, () => Math.floor(random() * height));
      const factors = floats(count);
      const expected = new Float64Array(at + width);
      for (let column = first; column < width; column += 1)
        for (const [n, row] of rows.entries())
          expected[at + column] =
            (expected[at + column] ?? 0) + (factors[n] ?? 0) * (numbers[row * width + column] ?? 0);
      const found = sums.cleared(at + width);
      sums.add(matrix, rows, factors, first, at);
      expect([...found]).toEqual([...expected]);
    }
  },
);
