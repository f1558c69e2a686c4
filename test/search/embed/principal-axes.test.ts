import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import { expect, test } from 'vitest';
import { principalAxes } from '../../../src/search/embed/lsa/principal-axes.ts';
import type { SparseRow } from '../../../src/search/embed/lsa/term-matrix.ts';

/** Mostly zeros, and the rest between 0 and 1, of a few patterns with some noise. */
function patterned(height: number, width: number): number[][] {
  return Array.from({ length: height }, (_, n) =>
    Array.from({ length: width }, (_, c) => {
      const noise = ((n * 7919 + c * 104_729) % 97) / 97;
      return (n + c) % 5 === 0 ? ((n * c) % 7) / 7 + noise / 4 : 0;
    }),
  );
}

function sparse(rows: readonly (readonly number[])[]): SparseRow[] {
  return rows.map((row) => {
    const columns = row.flatMap((value, column) => (value === 0 ? [] : [column]));
    return {
      columns: Uint32Array.from(columns),
      values: Float32Array.from(columns, (column) => row[column] ?? 0),
    };
  });
}

function columnsOf({ width, data }: { readonly width: number; readonly data: Float32Array }): Matrix {
  return Matrix.from1DArray(data.length / width, width, data);
}

test.each([
  [60, 40, 5],
  [40, 60, 12],
  [200, 30, 30],
])(
  'of %i rows and %i columns, the first %i axes are those of the exact decomposition',
  async (height, width, rank) => {
    const rows = patterned(height, width);
    const axes = columnsOf(await principalAxes(sparse(rows), width, rank));
    const exact = new SingularValueDecomposition(new Matrix(rows), { autoTranspose: true });
    const count = Math.min(rank, exact.diagonal.filter((value) => value > 1e-4).length);
    expect(axes.columns).toBe(count);
    const products = axes.transpose().mmul(axes);
    expect(Matrix.sub(products, Matrix.eye(count)).norm()).toBeLessThan(1e-3);
    const found = new Matrix(rows).mmul(axes);
    for (let n = 0; n < count; n += 1)
      expect(found.getColumnVector(n).norm()).toBeCloseTo(exact.diagonal[n] ?? 0, 2);
  },
);

test('a matrix that has fewer directions than asked for gives no more', async () => {
  const rows = Array.from({ length: 50 }, (_, n) => (n % 2 === 0 ? [1, 2, 0, 0] : [0, 0, 3, 1]));
  expect((await principalAxes(sparse(rows), 4, 3)).width).toBe(2);
  expect((await principalAxes(sparse([[0, 0]]), 2, 2)).width).toBe(0);
});
