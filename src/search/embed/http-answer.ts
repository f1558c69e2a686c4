import type { EmbeddingsFailure } from '../../core/errors/search.ts';
import type { Embedding } from './embedder.ts';

/**
 * The vectors of an answer in the order of the texts, which is told by `index` and need not be the answer's, each of length 1; or what
 * is wrong with it. Of services that tell no index the order is taken for right.
 */
export function embeddingsIn(
  answer: unknown,
  { count, dimensions }: { readonly count: number; readonly dimensions: number },
): Embedding[] | EmbeddingsFailure {
  const data = (answer as { readonly data?: unknown } | null | undefined)?.data;
  if (!Array.isArray(data)) return wrong('it has no list of embeddings');
  if (data.length !== count) return wrong(`it has ${data.length} embeddings for ${count} texts`);
  const embeddings: Embedding[] = [];
  for (const [n, entry] of (data as readonly unknown[]).entries()) {
    const { index = n, embedding } = (entry ?? {}) as {
      readonly index?: unknown;
      readonly embedding?: unknown;
    };
    if (!isPlace(index, count) || embeddings[index] !== undefined)
      return wrong('its indexes are not those of the texts');
    if (!Array.isArray(embedding)) return wrong('an embedding is no list of numbers');
    if (embedding.length !== dimensions)
      return { type: 'dimensions', expected: dimensions, found: embedding.length };
    if (!embedding.every(Number.isFinite)) return wrong('an embedding holds what is no number');
    embeddings[index] = normalised(embedding);
  }
  return embeddings;
}

function wrong(problem: string): EmbeddingsFailure {
  return { type: 'answer', problem };
}

function isPlace(index: unknown, count: number): index is number {
  return Number.isSafeInteger(index) && (index as number) >= 0 && (index as number) < count;
}

function normalised(vector: readonly number[]): Embedding {
  const length = Math.hypot(...vector);
  return Float32Array.from(vector, (x) => (length > 0 ? x / length : 0));
}
