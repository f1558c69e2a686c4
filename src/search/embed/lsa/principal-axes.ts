import { setImmediate } from 'node:timers/promises';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { SparseRow } from './term-matrix.ts';

/** A dense matrix by rows. */
export interface Dense {
  readonly width: number;
  readonly data: Float32Array;
}

/** More directions than asked for make those that are, and another look at the matrix, nearly the true ones. */
const OVERSAMPLED = 16;
const LOOKS = 2;
/** What is smaller than this, of the largest eigenvalue, is rounding. */
const NEGLIGIBLE = 1e-10;

/**
 * The right singular vectors of the `rank` largest singular values, as the columns of a dense matrix; fewer if the matrix has no more.
 * By subspace iteration from random signs (https://arxiv.org/abs/0909.4061, algorithm 4.4), with a generator of its own, so that equal
 * matrices give equal bytes. Lets other work in between its steps.
 */
export async function principalAxes(
  rows: readonly SparseRow[],
  width: number,
  rank: number,
  signal?: AbortSignal,
): Promise<Dense> {
  const byTerm = transposed(rows, width);
  const l = Math.min(rank + OVERSAMPLED, rows.length, width);
  let inTerms: Dense = { width: l, data: randomSigns(width * l) };
  for (let look = 0; look < LOOKS; look += 1) {
    const inTexts = orthonormal(product(rows, inTerms));
    await breathe(signal);
    inTerms = product(byTerm, inTexts);
    await breathe(signal);
  }
  return times(inTerms, normalisedEigenvectors(gram(inTerms)).slice(0, rank));
}

async function breathe(signal: AbortSignal | undefined): Promise<void> {
  await setImmediate();
  signal?.throwIfAborted();
}

function product(rows: readonly SparseRow[], dense: Dense): Dense {
  const { width } = dense;
  const result = new Float32Array(rows.length * width);
  const sums = new Float64Array(width);
  for (const [n, { columns, values }] of rows.entries()) {
    sums.fill(0);
    addRows(sums, 0, dense, columns, values);
    result.set(sums, n * width);
  }
  return { width, data: result };
}

/** Rows that are read for all columns before the next are: they stay in the processor's cache. */
const BLOCK = 64;

/** The products of all columns with each other. */
function gram(matrix: Dense): Matrix {
  const { width, data } = matrix;
  const height = data.length / width;
  const upper = new Float64Array(width * width);
  for (let from = 0; from < height; from += BLOCK) {
    const rows = Uint32Array.from({ length: Math.min(BLOCK, height - from) }, (_, n) => from + n);
    const factors = new Float32Array(rows.length);
    for (let a = 0; a < width; a += 1) {
      for (let n = 0; n < factors.length; n += 1) factors[n] = data[(from + n) * width + a] as number;
      addRows(upper, a * width, matrix, rows, factors, a);
    }
  }
  const result = Matrix.zeros(width, width);
  for (let a = 0; a < width; a += 1)
    for (let b = 0; b < width; b += 1)
      result.set(a, b, upper[Math.min(a, b) * width + Math.max(a, b)] as number);
  return result;
}

/** Adds the rows of a matrix, each times its factor, from column `first` on. Nearly all of the time is spent here: four rows at once. */
function addRows(
  sums: Float64Array,
  at: number,
  { width, data }: Dense,
  rows: Uint32Array,
  factors: Float32Array,
  first = 0,
): void {
  let n = 0;
  for (; n + 4 <= rows.length; n += 4) {
    const [a, x] = [(rows[n] as number) * width, factors[n] as number];
    const [b, y] = [(rows[n + 1] as number) * width, factors[n + 1] as number];
    const [c, z] = [(rows[n + 2] as number) * width, factors[n + 2] as number];
    const [d, w] = [(rows[n + 3] as number) * width, factors[n + 3] as number];
    for (let i = first; i < width; i += 1)
      sums[at + i] =
        (sums[at + i] as number) +
        x * (data[a + i] as number) +
        y * (data[b + i] as number) +
        z * (data[c + i] as number) +
        w * (data[d + i] as number);
  }
  for (; n < rows.length; n += 1) {
    const [a, x] = [(rows[n] as number) * width, factors[n] as number];
    for (let i = first; i < width; i += 1)
      sums[at + i] = (sums[at + i] as number) + x * (data[a + i] as number);
  }
}

/** Columns that make an orthonormal basis of what the columns of the matrix span. */
function orthonormal(matrix: Dense): Dense {
  return times(matrix, normalisedEigenvectors(gram(matrix)));
}

/** Of a matrix of products, by falling eigenvalue, each divided by its root: these turn the columns into orthonormal ones. */
function normalisedEigenvectors(products: Matrix): Float64Array[] {
  if (products.isEmpty()) return [];
  const { realEigenvalues: values, eigenvectorMatrix: vectors } = new EigenvalueDecomposition(products, {
    assumeSymmetric: true,
  });
  const largest = Math.max(0, ...values);
  return values
    .map((value, column) => ({ value, column }))
    .filter(({ value }) => value > largest * NEGLIGIBLE)
    .sort((a, b) => b.value - a.value || a.column - b.column)
    .map(({ value, column }) => Float64Array.from(vectors.getColumn(column), (x) => x / Math.sqrt(value)));
}

function times({ width, data }: Dense, columns: readonly Float64Array[]): Dense {
  const factors = { width: columns.length, data: new Float32Array(width * columns.length) };
  for (const [c, column] of columns.entries())
    for (let a = 0; a < width; a += 1) factors.data[a * factors.width + c] = column[a] as number;
  const all = Uint32Array.from({ length: width }, (_, a) => a);
  const rows = Array.from({ length: data.length / width }, (_, n) => ({
    columns: all,
    values: data.subarray(n * width, (n + 1) * width),
  }));
  return product(rows, factors);
}

function transposed(rows: readonly SparseRow[], width: number): SparseRow[] {
  const sizes = new Uint32Array(width);
  for (const { columns } of rows) for (const column of columns) sizes[column] = (sizes[column] as number) + 1;
  const result = Array.from(sizes, (size) => ({
    columns: new Uint32Array(size),
    values: new Float32Array(size),
  }));
  for (let n = rows.length - 1; n >= 0; n -= 1) {
    const { columns, values } = rows[n] as SparseRow;
    for (const [i, column] of columns.entries()) {
      const at = (sizes[column] as number) - 1;
      sizes[column] = at;
      const { columns: to, values: factors } = result[column] as SparseRow;
      to[at] = n;
      factors[at] = values[i] as number;
    }
  }
  return result;
}

/** 1 and -1, by a xorshift generator of 32 bits (https://www.jstatsoft.org/article/view/v008i14) from a fixed seed. */
function randomSigns(size: number): Float32Array {
  let state = 2_463_534_242;
  return new Float32Array(size).map(() => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state < 0 ? -1 : 1;
  });
}
