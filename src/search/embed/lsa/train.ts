import { encodeParts } from './encode-parts.ts';
import { LSA_DIMENSIONS, type LsaModel, openLsa } from './model.ts';
import { shardsFor } from './parts.ts';
import { type Dense, principalAxes } from './principal-axes.ts';
import { sampleOf } from './sample.ts';
import { type TermMatrix, termMatrix } from './term-matrix.ts';

export interface TrainingOptions {
  readonly signal?: AbortSignal;
  /** The most texts that are looked at, and the most terms that are known afterwards. */
  readonly mostTexts?: number;
  readonly mostTerms?: number;
}

export interface TrainedLsa extends LsaModel {
  /** What `openLsa` reads: to be kept together, under these names. */
  parts(): Iterable<readonly [name: string, content: Uint8Array]>;
}

/** Fewer texts than this show nothing of what their words have in common. */
const LEAST_TEXTS = 50;
/** So many texts, and terms, make a dimension: with one for each, none would be put together. */
const OF_DIMENSION = 4;

/**
 * Latent semantic analysis: words that stand with the same words lie near each other, and so do texts of them. Equal texts, in
 * whatever order, give models of equal bytes. Undefined if there is too little to learn from.
 */
export async function trainLsa(
  texts: AsyncIterable<string> | Iterable<string>,
  { signal, mostTexts = 8_000, mostTerms = 50_000 }: TrainingOptions = {},
): Promise<TrainedLsa | undefined> {
  const sample = await sampleOf(texts, mostTexts);
  signal?.throwIfAborted();
  if (sample.length < LEAST_TEXTS) return undefined;
  const matrix = termMatrix(sample, mostTerms);
  const rank = Math.min(
    LSA_DIMENSIONS,
    Math.ceil(Math.min(sample.length, matrix.terms.length) / OF_DIMENSION),
  );
  const axes = await principalAxes(matrix.rows, matrix.terms.length, rank, signal);
  if (axes.width === 0) return undefined;
  const parts = encodeParts(placed(matrix, axes), {
    dimensions: LSA_DIMENSIONS,
    rank: axes.width,
    shards: shardsFor(matrix.terms.length),
  });
  const model = await openLsa(async (name) => parts.get(name) ?? null);
  return { ...model, parts: () => parts };
}

function* placed(
  { terms, weights }: TermMatrix,
  { width, data }: Dense,
): Generator<readonly [string, Float32Array]> {
  for (const [n, term] of terms.entries()) {
    const weight = weights[n] ?? 0;
    yield [term, data.subarray(n * width, (n + 1) * width).map((x) => x * weight)];
  }
}
