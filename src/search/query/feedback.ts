import type { Scored, Store } from '../store/store.ts';
import { termOf, termsOf, wordsOf } from '../terms.ts';

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
  const known = new Map<string, Said>();
  /** By the words that say it; null for those that tell nothing new. */
  const ofWord = new Map<string, Said | null>();
  const saidBy = (word: string): Said | null => {
    const term = isTelling(word) ? termOf(word) : null;
    if (term === null || asked.has(term)) return null;
    const said = known.get(term) ?? { term, word, weight: 0, chunks: 0, count: 0 };
    known.set(term, said);
    return said;
  };
  for (const { id, document, text } of chunks) {
    const words = wordsOf(`${document.title} ${text}`);
    const inChunk: Said[] = [];
    for (const word of words) {
      let said = ofWord.get(word);
      if (said === undefined) {
        said = saidBy(word);
        ofWord.set(word, said);
      }
      if (said === null) continue;
      if (said.count === 0) inChunk.push(said);
      said.count += 1;
    }
    const share = (scoreOf.get(id) ?? 0) / words.length;
    for (const said of inChunk) {
      said.weight += share * said.count;
      said.chunks += 1;
      said.count = 0;
    }
  }
  // What only one of them says is about that one. How rare a word is takes the longer to tell the less rare it is.
  const shared = [...known.values()]
    .filter(({ chunks }) => chunks > 1)
    .sort(byWeight)
    .slice(0, WORDS * 2);
  const { chunks: all, of } = await store.frequencies(shared.map(({ term }) => term));
  const rarity = (term: string) => Math.log(all / Math.max(1, of.get(term) ?? 0));
  return shared
    .map((said) => ({ ...said, weight: said.weight * rarity(said.term) }))
    .sort(byWeight)
    .slice(0, WORDS)
    .map(({ word }) => word)
    .join(' ');
}

/** A term that the chunks say. */
interface Said {
  readonly term: string;
  /** As it stands in the texts. */
  readonly word: string;
  weight: number;
  /** In how many of them. */
  chunks: number;
  /** How often in the one that is read. */
  count: number;
}

function byWeight(a: Said, b: Said): number {
  return b.weight - a.weight || (a.term < b.term ? -1 : 1);
}

/** Numbers and single letters tell nothing by themselves. */
function isTelling(word: string): boolean {
  return word.length > 2 && !/^\p{N}+$/u.test(word);
}
