import type { RevisionsWanted } from './contract.ts';

/**
 * Of what happened to a document that is new to the repository, in the order of time, that which is to be told: from
 * the state at `since` on, and no more than the last `max`.
 */
export function toTell<T extends { readonly date: string }>(
  happenings: readonly T[],
  { since, max = Number.POSITIVE_INFINITY }: RevisionsWanted,
): readonly T[] {
  const current = since === undefined ? 0 : happenings.findLastIndex(({ date }) => date <= since);
  return happenings.slice(Math.max(current, happenings.length - max, 0));
}
