import { keysIn } from '../../search/keys.ts';
import type { Hit } from '../../search/query/search.ts';
import type { Filter, FoundChunk, IndexedDocument, Store } from '../../search/store/store.ts';
import { ageInDays, dayOf, type Item } from '../item.ts';
import type { Knowledge } from '../knowledge.ts';
import type { Found } from '../outcome.ts';
import { hasCriteria } from '../tickets.ts';

export interface FindOptions {
  readonly filter: Filter;
  readonly limit: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly signal: AbortSignal;
}

/** So many are looked up by name; whoever names more has sent a text. */
const MOST_KEYS = 20;
/** A key may name what several sources have. */
const MOST_NAMED = 5;

/** What a query names, each whole and in the order of the query, and then what answers it. */
export async function find(knowledge: Knowledge, query: string, options: FindOptions): Promise<Found> {
  const { filter, limit, now, signal } = options;
  const named = await knowledge.read((store) => namedDocuments(store, query, filter));
  // Of one day the order is one, so that the same prompt is made of the same repository.
  const { hits, notes } = await knowledge.search(query, {
    ...{ limit: limit + named.length, filter, signal },
    now: dayOf(now),
  });
  const names = new Set(named.map(({ path }) => path));
  const others = hits.filter(({ document }) => !names.has(document.path)).slice(0, limit);
  const items = await knowledge.read(async (store) => {
    const found: Item[] = [];
    for (const document of named) {
      const chunks = await store.chunksOf(document.path);
      found.push(itemOf(document, chunks, { match: 'named', score: 1, now }));
    }
    for (const hit of others) found.push(await hitItem(store, hit, now));
    return found;
  });
  return { items, notes };
}

async function namedDocuments(store: Store, query: string, filter: Filter): Promise<IndexedDocument[]> {
  const documents = new Map<string, IndexedDocument>();
  for (const key of keysIn(query).slice(0, MOST_KEYS)) {
    // Those that are named come before those that mention it, the first chunk of each document first.
    const keyed = await store.keyed([key], { limit: MOST_NAMED, filter });
    const chunks = keyed.filter(({ how }) => how === 'named').map(({ chunk }) => chunk);
    for (const { document } of await store.places(chunks)) documents.set(document.path, document);
  }
  return [...documents.values()];
}

/** Of a ticket also how it begins and what has to hold in the end. */
async function hitItem(store: Store, { document, chunk, score, match }: Hit, now: number): Promise<Item> {
  const about = { match: match === 'words' ? match : 'mentioned', score, now } as const;
  if (document.type !== 'ticket') return itemOf(document, [chunk], about);
  const chunks = (await store.chunksOf(document.path)).filter(
    ({ position, text }) => position === 0 || position === chunk.position || hasCriteria(text),
  );
  return itemOf(document, chunks.length === 0 ? [chunk] : chunks, about);
}

/** What a text leaves out between two passages. */
const GAP = '[…]';

function itemOf(
  { type, title, source, path, url, updated, author, keys: [key] }: IndexedDocument,
  chunks: readonly FoundChunk[],
  { now, ...about }: Pick<Item, 'match' | 'score'> & { readonly now: number },
): Item {
  const [first, last] = [chunks[0], chunks.at(-1)];
  const symbols = chunks.flatMap((chunk) => chunk.symbols ?? []);
  const ageDays = ageInDays(updated, now);
  return {
    ...{ type, title, source, path },
    ...(key !== undefined && { key }),
    ...(url && { url }),
    ...(updated && { updated }),
    ...(ageDays !== undefined && { ageDays }),
    ...(author && { author }),
    ...(first && last && { lines: [first.lines[0], last.lines[1]] as const }),
    ...(symbols.length > 0 && { symbols }),
    headings: chunks.length === 1 ? (first?.headings ?? []) : [],
    text: chunks
      .flatMap(({ text, position }, n) => {
        const before = chunks[n - 1];
        return before === undefined || before.position + 1 === position ? [text] : [GAP, text];
      })
      .join('\n\n'),
    ...about,
  };
}
