import { termsOf } from '../terms.ts';

/** How much a document gains whose title says what the query says and nothing else, of a score of at most 1. */
export const MOST_TITLED = 0.1;

/**
 * What a title adds to a score, by how much of it and of the query's terms are the same: the page called `Billing` rarely repeats
 * the word that all others use of it.
 */
export function titleBonus(title: string, asked: ReadonlySet<string>): number {
  const terms = new Set(termsOf(title));
  const same = [...terms].filter((term) => asked.has(term)).length;
  return same === 0 ? 0 : (MOST_TITLED * 2 * same) / (terms.size + asked.size);
}
