/** The candidate that a mistyped name most likely means, if any is close enough to be worth saying. */
export function suggest(name: string, candidates: readonly string[]): string | undefined {
  const longer =
    name.length < 3 ? [] : candidates.filter((candidate) => fold(candidate).startsWith(fold(name)));
  if (longer.length === 1) return longer[0];
  let best: string | undefined;
  let least = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(fold(name), fold(candidate));
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** Case and word separators are the commonest difference: `includeRestricted` means `include_restricted`. */
function fold(name: string): string {
  return name.toLowerCase().replace(/[-_]/g, '');
}

/** Levenshtein's distance. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [i, character] of [...from].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...to].entries()) {
      const substitution = (row[j] ?? 0) + (character === other ? 0 : 1);
      next.push(Math.min(substitution, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
