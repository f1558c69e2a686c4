import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import wabt from 'wabt';
import { PRODUCTS, Products } from '../../../src/search/store/sqlite/products.ts';
import { randomFrom } from '../../contract/store-documents.ts';

it('what is run is what its source says', async () => {
  const { parseWat } = await wabt();
  const source = new URL('../../../src/search/store/sqlite/products.wat', import.meta.url);
  const { buffer } = parseWat('products.wat', readFileSync(source, 'utf8'), { simd: true }).toBinary({});
  expect(PRODUCTS).toBe(Buffer.from(buffer).toString('base64'));
});

it.each([1, 15, 16, 17, 128, 384, 4_096])('products of %i dimensions', (dimensions) => {
  const random = randomFrom(dimensions);
  const row = () => Int8Array.from({ length: dimensions }, () => Math.round(random() * 254 - 127));
  const rows = Array.from({ length: 9 }, row);
  // The greatest sum that there can be.
  rows.push(new Int8Array(dimensions).fill(-127));
  const products = new Products();
  products.take(3, 1_000);
  const at = products.take(rows.length, dimensions);
  for (const [n, numbers] of rows.entries()) products.put(at, n, dimensions, numbers);
  for (const query of [row(), new Int8Array(dimensions).fill(-127)])
    expect([...products.sums(query, at, rows.length)]).toEqual(
      rows.map((numbers) => numbers.reduce((sum, value, n) => sum + value * (query[n] ?? 0), 0)),
    );
});

it('memory that is given back is used again', () => {
  const products = new Products();
  const [first, second] = [products.take(8, 20), products.take(8, 20)];
  products.giveBack(first, 8, 20);
  expect(products.take(8, 64)).toBeGreaterThan(second);
  expect(products.take(8, 20)).toBe(first);
});
