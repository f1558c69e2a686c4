/**
 * All matches of a global pattern, as `matchAll` gives them, which makes a copy of the pattern for each text: most texts have no match.
 */
export function matchesOf(pattern: RegExp, text: string): Iterable<RegExpExecArray> {
  return text.search(pattern) < 0 ? [] : text.matchAll(pattern);
}
