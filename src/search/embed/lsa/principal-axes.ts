import { setImmediate } from 'node:timers/promises';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { RowSums, type Stored } from './row-sums.ts';
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
  const longest = [...rows, ...byTerm].reduce((most, { columns }) => Math.max(most, columns.length), 0);
  const sums = new RowSums({
    sums: l * l,
    rows: Math.max(longest, l, BLOCK),
    numbers: (rows.length + width + l) * l,
  });
  const [ofTexts, ofTerms, turn] = [sums.take(rows.length, l), sums.take(width, l), sums.take(l, l)];
  const turned = (matrix: Stored, columns: readonly Float64Array[]) => times(sums, matrix, columns, turn);
  sums.numbersOf(ofTerms).set(randomSigns(width * l));
  let inTerms = ofTerms;
  for (let look = 0; look < LOOKS; look += 1) {
    const inTexts = product(sums, rows, inTerms, ofTexts);
    // Columns that make an orthonormal basis of what its columns span.
    const basis = turned(inTexts, normalisedEigenvectors(gram(sums, inTexts)));
    await breathe(signal);
    inTerms = product(sums, byTerm, basis, ofTerms);
    await breathe(signal);
  }
  const axes = turned(inTerms, normalisedEigenvectors(gram(sums, inTerms)).slice(0, rank));
  return { width: axes.width, data: sums.numbersOf(axes) };
}

async function breathe(signal: AbortSignal | undefined): Promise<void> {
  await setImmediate();
  signal?.throwIfAborted();
}

/** What comes of a sparse matrix and a dense one, where `to` is. */
function product(sums: RowSums, rows: readonly SparseRow[], dense: Stored, to: Stored): Stored {
  const { width } = dense;
  const result = { ...to, width };
  const numbers = sums.numbersOf(result);
  for (const [n, { columns, values }] of rows.entries()) {
    const sum = sums.cleared(width);
    sums.add(dense, columns, values);
    numbers.set(sum, n * width);
  }
  return result;
}

/** Rows that are read for all columns before the next are: they stay in the processor's cache. */
const BLOCK = 64;

/** The products of all columns with each other. */
function gram(sums: RowSums, matrix: Stored): Matrix {
  const { width, height } = matrix;
  const data = sums.numbersOf(matrix);
  const upper = sums.cleared(width * width);
  for (let from = 0; from < height; from += BLOCK) {
    const rows = Uint32Array.from({ length: Math.min(BLOCK, height - from) }, (_, n) => from + n);
    const factors = new Float32Array(rows.length);
    for (let a = 0; a < width; a += 1) {
      for (let n = 0; n < factors.length; n += 1) factors[n] = data[(from + n) * width + a] as number;
      sums.add(matrix, rows, factors, a, a * width);
    }
  }
  const result = Matrix.zeros(width, width);
  for (let a = 0; a < width; a += 1)
    for (let b = 0; b < width; b += 1)
      result.set(a, b, upper[Math.min(a, b) * width + Math.max(a, b)] as number);
  return result;
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

/** A matrix times another of these columns, which is put where `room` is; the result takes the place of the first. */
function times(sums: RowSums, matrix: Stored, columns: readonly Float64Array[], room: Stored): Stored {
  const { width, height } = matrix;
  const [turn, result] = [
    { ...room, width: columns.length },
    { ...matrix, width: columns.length },
  ];
  const factors = sums.numbersOf(turn);
  for (const [c, column] of columns.entries())
    for (let a = 0; a < width; a += 1) factors[a * turn.width + c] = column[a] as number;
  const all = Uint32Array.from({ length: width }, (_, a) => a);
  const [before, after] = [sums.numbersOf(matrix), sums.numbersOf(result)];
  for (let n = 0; n < height; n += 1) {
    const sum = sums.cleared(result.width);
    sums.add(turn, all, before.subarray(n * width, (n + 1) * width));
    // No wider than what it is made of, it reaches no row that is still to be read.
    after.set(sum, n * result.width);
  }
  return result;
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
