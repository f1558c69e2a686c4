import type { Scored, Store } from '../store/store.ts';
import { STOP_WORDS, stemOf, termsOf, wordsOf } from '../terms.ts';

/** How many of the best chunks say what else the query is about, and with how many words. */
const CHUNKS = 10;
const WORDS = 8;

/**
 * Words that the best chunks share and the query lacks: what people who know the subject write about it. Chosen by how often
 * they stand in the chunks, the better ones first, and how rare they are elsewhere. Empty if there are none.
 * https://nlp.stanford.edu/IR-book/html/htmledition/pseudo-relevance-feedback-1.html
 */
export async function feedbackQuery(store: Store, query: string, best: readonly Scored[]): Promise<string> {
  const top = best.slice(0, CHUNKS);
  const chunks = await store.get(top.map(({ chunk }) => chunk));
  const scoreOf = new Map(top.map(({ chunk, score }) => [chunk, score]));
  const asked = new Set(termsOf(query));
  const weights = new Map<string, number>();
  /** A word as it stands in the texts, for each term. */
  const written = new Map<string, string>();
  const inChunks = new Map<string, number>();
  for (const { id, document, text } of chunks) {
    const words = wordsOf(`${document.title} ${text}`);
    const counts = countsOf(words);
    const share = (scoreOf.get(id) ?? 0) / words.length;
    const seen = new Set<string>();
    for (const [word, count] of counts) {
      if (!isTelling(word)) continue;
      const term = stemOf(word);
      if (asked.has(term)) continue;
      weights.set(term, (weights.get(term) ?? 0) + share * count);
      if (!written.has(term)) written.set(term, word);
      seen.add(term);
    }
    for (const term of seen) inChunks.set(term, (inChunks.get(term) ?? 0) + 1);
  }
  // What only one of them says is about that one. How rare a word is takes the longer to tell the less rare it is.
  const shared = [...weights.keys()]
    .filter((term) => (inChunks.get(term) ?? 0) > 1)
    .sort((a, b) => (weights.get(b) ?? 0) - (weights.get(a) ?? 0) || (a < b ? -1 : 1))
    .slice(0, WORDS * 2);
  const { chunks: all, of } = await store.frequencies(shared);
  const rarity = (term: string) => Math.log(all / Math.max(1, of.get(term) ?? 0));
  return shared
    .map((term) => ({ term, weight: (weights.get(term) ?? 0) * rarity(term) }))
    .sort((a, b) => b.weight - a.weight || (a.term < b.term ? -1 : 1))
    .slice(0, WORDS)
    .map(({ term }) => written.get(term) ?? term)
    .join(' ');
}

function countsOf(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/** Numbers and single letters tell nothing by themselves. */
function isTelling(word: string): boolean {
  return word.length > 2 && !STOP_WORDS.has(word) && !/^\p{N}+$/u.test(word);
}
