import { LATENT } from '../search/index/latent-models.ts';
import type { Store } from '../search/store/store.ts';
import { partsOfNames, termsOf } from '../search/terms.ts';
import type { Item } from './item.ts';
import { shareOf } from './question-words.ts';

/** What has less of the query's weight than this share of what the best one has, answers another question. */
const LEAST = 0.4;
/** Of a query that is a text, the first words. */
const MOST_TERMS = 100;

/**
 * Leaves out what has only words of the query that say little. Each section has its best, whatever it is worth: only among all of
 * them can it be seen that nobody in Slack spoke of it.
 */
export async function relevant<S extends string>(
  store: Store,
  query: string,
  found: ReadonlyMap<S, readonly Item[]>,
): Promise<Map<S, readonly Item[]>> {
  const embeddings = (await store.state())?.embeddings ?? 'none';
  // A model of meaning finds what has none of the words.
  if (embeddings !== 'none' && embeddings !== LATENT) return new Map(found);
  const asked = [...new Set(termsOf(query))].slice(0, MOST_TERMS);
  const { chunks, of } = await store.frequencies(asked);
  const weights = new Map(
    asked.map((term) => {
      const rarity = Math.log(1 + chunks / (1 + (of.get(term) ?? 0)));
      return [term, rarity * shareOf(term)];
    }),
  );
  const weightOf = ({ title, headings, symbols = [], text }: Item): number => {
    const written = [title, ...headings, ...symbols, text].join('\n');
    const terms = new Set(termsOf(`${written}\n${partsOfNames(written)}`));
    return asked.reduce((sum, term) => sum + (terms.has(term) ? (weights.get(term) ?? 0) : 0), 0);
  };
  const weighed = new Map([...found.values()].flat().map((item) => [item, weightOf(item)]));
  const best = Math.max(0, ...weighed.values());
  // What has none of the words, or was asked for by words that stand everywhere, tells nothing.
  const isKept = (item: Item) =>
    item.match !== 'words' || (best > 0 && (weighed.get(item) ?? 0) >= LEAST * best);
  return new Map([...found].map(([section, items]) => [section, items.filter(isKept)]));
}
