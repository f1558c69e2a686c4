import type { Embedding } from '../../embed/embedder.ts';

/** A vector in 8 bits a number, scaled so that its greatest takes all of them; `inverse` is 1 / length, 0 of zeros. */
export interface Quantised {
  readonly numbers: Int8Array;
  readonly inverse: number;
}

export function quantise(embedding: Embedding): Quantised {
  let most = 0;
  for (const value of embedding) most = Math.max(most, Math.abs(value));
  const numbers = new Int8Array(embedding.length);
  if (!(most > 0)) return { numbers, inverse: 0 };
  let squares = 0;
  for (let n = 0; n < numbers.length; n += 1) {
    const number = Math.round(((embedding[n] ?? 0) / most) * 127);
    numbers[n] = number;
    squares += number * number;
  }
  return { numbers, inverse: 1 / Math.sqrt(squares) };
}
