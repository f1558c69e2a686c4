import { isAsking } from '../search/terms.ts';

/** How much a term of a query says of what the query is about. */
export function shareOf(term: string): number {
  return isAsking(term) ? 0.25 : 1;
}
