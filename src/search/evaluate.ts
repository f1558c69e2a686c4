import type { Judgement } from './judgements.ts';

/** How well queries are answered, each figure the mean over them, from 0 to 1. */
export interface Evaluation {
  readonly queries: number;
  /** How near the first ten are to the best possible order. https://doi.org/10.1145/582415.582418 */
  readonly ndcg10: number;
  /** The share of the relevant documents among the first ten, and the first hundred. */
  readonly recall10: number;
  readonly recall100: number;
  /** Those that were answered worst, worst first. */
  readonly worst: readonly { readonly query: string; readonly ndcg10: number }[];
}

/** How many documents an answer is measured by. */
export const EVALUATED = 100;

/** `rank` answers documents by all of their names (path, keys), best first, as many as are measured. */
export async function evaluate(
  judgements: readonly Judgement[],
  rank: (query: string) => Promise<readonly (readonly string[])[]>,
): Promise<Evaluation> {
  const each: { query: string; ndcg10: number; recall10: number; recall100: number }[] = [];
  for (const { query, relevant } of judgements) {
    const ranked = await rank(query);
    const grades = ranked.map((names) => Math.max(0, ...names.map((name) => relevant.get(name) ?? 0)));
    const found = (depth: number) => grades.slice(0, depth).filter((grade) => grade > 0).length;
    const recall = (depth: number) => found(depth) / Math.min(depth, relevant.size);
    each.push({
      query,
      ndcg10: ndcg(grades, [...relevant.values()], 10),
      recall10: recall(10),
      recall100: recall(EVALUATED),
    });
  }
  const mean = (figure: 'ndcg10' | 'recall10' | 'recall100') =>
    each.reduce((sum, one) => sum + one[figure], 0) / Math.max(1, each.length);
  return {
    queries: each.length,
    ndcg10: mean('ndcg10'),
    recall10: mean('recall10'),
    recall100: mean('recall100'),
    worst: each
      .filter(({ ndcg10 }) => ndcg10 < 1)
      .sort((a, b) => a.ndcg10 - b.ndcg10)
      .slice(0, 10)
      .map(({ query, ndcg10 }) => ({ query, ndcg10 })),
  };
}

/** The gain of grades in this order against that of the best one; both stop at `depth`. */
export function ndcg(grades: readonly number[], all: readonly number[], depth: number): number {
  const best = gain([...all].sort((a, b) => b - a).slice(0, depth));
  return best === 0 ? 0 : gain(grades.slice(0, depth)) / best;
}

function gain(grades: readonly number[]): number {
  return grades.reduce((sum, grade, position) => sum + (2 ** grade - 1) / Math.log2(position + 2), 0);
}
