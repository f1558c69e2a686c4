import type { IndexedDocument } from '../store/store.ts';

/** Types whose age says how much they still hold: a decision of years ago stands, a thread of years ago is forgotten. */
const AGEING: ReadonlySet<string> = new Set(['ticket', 'issue', 'pull-request', 'thread', 'day']);

/** How much a document of today gains, of a score of at most 1. */
export const MOST_RECENT = 0.05;
const HALF_LIFE_DAYS = 90;
const DAY = 86_400_000;

/** What a document's age adds to its score: `now` is in milliseconds since the epoch. */
export function recency({ type, updated }: IndexedDocument, now: number): number {
  if (updated === undefined || !AGEING.has(type)) return 0;
  const days = Math.max(0, (now - Date.parse(updated)) / DAY);
  return Number.isFinite(days) ? MOST_RECENT * 2 ** (-days / HALF_LIFE_DAYS) : 0;
}
