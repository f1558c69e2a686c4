import { termsOf } from '../search/terms.ts';

/** Words that questions are asked with, by their stems: they are rarely what a question is about. */
const ASKING = new Set(
  termsOf('work works working happen mean explain describe show find know understand want need help look'),
);

/** How much a term of a query says of what the query is about. */
export function shareOf(term: string): number {
  return ASKING.has(term) ? 0.25 : 1;
}
