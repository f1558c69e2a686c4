import { tokensOf } from '../context/format/tokens.ts';

/** Of what stands around the items of an answer. */
const AROUND = 150;

/**
 * How many of the items, from the first on, an answer of at most so many tokens has room for: at least one, so that whoever asks
 * for the next ones comes to an end.
 */
export function countThatFits(items: readonly unknown[], maxTokens: number | undefined): number {
  if (maxTokens === undefined) return items.length;
  let used = AROUND;
  let count = 0;
  for (const item of items) {
    used += tokensOf(JSON.stringify(item));
    if (used > maxTokens && count > 0) break;
    count += 1;
  }
  return count;
}
