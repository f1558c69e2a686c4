import type { ChunkId, Scored } from '../store/store.ts';

/** Scores of one kind, and how much they say. */
export interface Kind {
  /** Each from 0 to 1. */
  readonly scored: readonly Scored[];
  readonly weight: number;
}

/** The scores as shares of the best one, so that those of different kinds can be added. */
export function shares(scored: readonly Scored[]): Scored[] {
  const best = scored.reduce((most, { score }) => Math.max(most, score), 0);
  return best === 0 ? [] : scored.map(({ chunk, score }) => ({ chunk, score: Math.max(0, score) / best }));
}

/** The scores as places between the worst one and the best. */
export function spread(scored: readonly Scored[]): Scored[] {
  const all = scored.map(({ score }) => score);
  const [least, most] = [Math.min(...all), Math.max(...all)];
  return scored.map(({ chunk, score }) => ({
    chunk,
    score: most === least ? 1 : (score - least) / (most - least),
  }));
}

/**
 * All that was found by any kind, by the weighted sum of its scores, best first: a convex combination, which keeps how much
 * better one is than the next, as ranks don't. https://arxiv.org/abs/2210.11934
 */
export function combine(kinds: readonly Kind[]): Scored[] {
  const telling = kinds.filter(({ scored }) => scored.length > 0);
  const total = telling.reduce((sum, { weight }) => sum + weight, 0);
  const sums = new Map<ChunkId, Scored>();
  for (const { scored, weight } of telling)
    for (const { chunk, score } of scored)
      sums.set(chunk, { chunk, score: (sums.get(chunk)?.score ?? 0) + (score * weight) / total });
  return [...sums.values()].sort((a, b) => b.score - a.score || a.chunk - b.chunk);
}
