import { CtxError } from '../../core/errors/index.ts';
import { keysIn } from '../keys.ts';
import type {
  ChunkId,
  Filter,
  FoundChunk,
  IndexedDocument,
  PlacedChunk,
  Scored,
  Store,
} from '../store/store.ts';
import { subjectOf, termsOf } from '../terms.ts';
import { combine, type Kind, shares } from './candidates.ts';
import { feedbackQuery } from './feedback.ts';
import { MOST_RECENT, recency } from './recency.ts';
import type { Semantics } from './semantics.ts';
import { type Snippet, snippetsFor } from './snippet.ts';
import { MOST_TITLED, titleBonus } from './title.ts';

export type SearchMode = 'hybrid' | 'lexical' | 'semantic';

export interface SearchOptions {
  readonly mode?: SearchMode;
  readonly limit: number;
  readonly filter?: Filter;
  /** What can compare by meaning; without it all is lexical. */
  readonly semantics?: Semantics | undefined;
  /** Milliseconds since the epoch, by which tickets and conversations are recent. */
  readonly now: number;
  readonly signal?: AbortSignal;
}

/** A document that was found, by the chunk of it that fits best. */
export interface Hit {
  readonly document: IndexedDocument;
  readonly chunk: FoundChunk;
  readonly snippet: Snippet;
  /** From 0 to 1, against what the best one could have. */
  readonly score: number;
  /** Whether the query names the document, or its text mentions a key of the query. */
  readonly match: 'named' | 'mentioned' | 'words';
}

export interface SearchAnswer {
  readonly hits: readonly Hit[];
  /** How it was searched in the end. */
  readonly mode: SearchMode;
  /** What the person should know, such as that an endpoint did not answer. */
  readonly notes: readonly string[];
}

/** So many of each kind are compared. */
const DEPTH = 200;
/** Beyond this, a query is a text, of which the beginning is taken. In characters. */
const MAX_QUERY = 4_000;

/** So many candidates are looked up at once. */
const PAGE = 32;

/** Measured on judged collections: see `npm run bench -- relevance`. */
const WEIGHTS = { lexical: 0.7, feedback: 0.1 };
/** What a document's age and title add at most. */
const MOST_BONUS = MOST_RECENT + MOST_TITLED;

/**
 * The documents that answer a query, best first, one line for each document. Words decide first; what else the best ones speak of and what
 * is meant add to it.
 */
export async function search(store: Store, text: string, options: SearchOptions): Promise<SearchAnswer> {
  const query = text.slice(0, MAX_QUERY);
  const { filter, limit, now, mode: asked = 'hybrid' } = options;
  const top = { limit: DEPTH, ...(filter && { filter }) };
  const notes: string[] = [];
  if (text.length > MAX_QUERY)
    notes.push(`Only the first ${MAX_QUERY} characters of the query are searched for.`);
  const keys = keysIn(query);
  const keyed = keys.length === 0 ? [] : await store.keyed(keys, top);
  const lexical = shares(await store.lexical(subjectOf(query), top));
  const { mode, semantic } = await meant(query, lexical, { ...options, mode: asked }, notes);
  const kinds: Kind[] = [];
  if (mode !== 'semantic') kinds.push({ scored: lexical, weight: WEIGHTS.lexical });
  if (mode === 'hybrid') {
    const also = lexical.length === 0 ? '' : await feedbackQuery(store, query, lexical);
    const feedback = also === '' ? [] : shares(await store.lexical(also, top));
    kinds.push({ scored: feedback, weight: WEIGHTS.feedback });
  }
  if (semantic !== undefined) kinds.push(semantic);
  const tiers = new Map<ChunkId, 'named' | 'mentioned'>();
  for (const { chunk, how } of keyed) tiers.set(chunk, how === 'named' ? 'named' : 'mentioned');
  // By words alone, nothing but the words counts.
  const subject = new Set(mode === 'lexical' ? [] : termsOf(query));
  const bonus = (document: IndexedDocument) => recency(document, now) + titleBonus(document.title, subject);
  const candidates = withKeyed(combine(kinds), keyed)
    .map(({ chunk, score }): Candidate => ({ chunk, score, match: tiers.get(chunk) ?? 'words' }))
    .sort(byMatchAndScore);
  const snippetOf = snippetsFor(query);
  const best = new Map((await bestOf(store, candidates, limit, bonus)).map((each) => [each.place.id, each]));
  const hits = (await store.get([...best.keys()])).map((chunk): Hit => {
    const { score, match } = best.get(chunk.id) as Ranked;
    return {
      document: chunk.document,
      chunk,
      snippet: snippetOf(chunk.text),
      score: Math.min(1, score),
      match,
    };
  });
  return { hits, mode, notes };
}

/**
 * The best documents, each by its best chunk. Candidates are looked up in their order until those that are left can't come in,
 * whatever they gain: most are far behind.
 */
async function bestOf(
  store: Store,
  candidates: readonly Candidate[],
  limit: number,
  bonus: (document: IndexedDocument) => number,
): Promise<Ranked[]> {
  const best = new Map<string, Ranked>();
  const ranked = () => [...best.values()].sort(byRank).slice(0, limit);
  for (let from = 0; from < candidates.length; from += PAGE) {
    const next = candidates[from] as Candidate;
    const last = ranked()[limit - 1];
    if (last && byMatchAndScore(last, { ...next, score: next.score + MOST_BONUS }) < 0) break;
    const some = new Map(candidates.slice(from, from + PAGE).map((each) => [each.chunk, each]));
    for (const place of await store.places([...some.keys()])) {
      const { score, match } = some.get(place.id) as Candidate;
      const own = { place, score: score + bonus(place.document), match };
      const other = best.get(place.document.path);
      if (other === undefined || byRank(own, other) < 0) best.set(place.document.path, own);
    }
  }
  return ranked();
}

/** The side of meaning, or a word about why it is missing. */
async function meant(
  query: string,
  lexical: readonly Scored[],
  { mode, filter, semantics, signal }: SearchOptions & { mode: SearchMode },
  notes: string[],
): Promise<{ mode: SearchMode; semantic?: Kind }> {
  if (mode === 'lexical') return { mode };
  if (semantics === undefined) {
    if (mode === 'semantic') notes.push('The index has no embeddings: words alone were searched for.');
    return { mode: mode === 'semantic' ? 'lexical' : mode };
  }
  try {
    const found = await semantics.find(query, {
      limit: DEPTH,
      lexical,
      filter,
      signal,
      alone: mode === 'semantic',
    });
    return { mode, semantic: found };
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof CtxError)) throw error;
    notes.push(`Words alone were searched for: ${error.message} ${error.hint}`);
    return { mode: 'lexical' };
  }
}

/** What is found by its key alone is found, too. */
function withKeyed(scored: readonly Scored[], keyed: readonly { chunk: ChunkId }[]): Scored[] {
  const known = new Set(scored.map(({ chunk }) => chunk));
  return [
    ...scored,
    ...keyed.filter(({ chunk }) => !known.has(chunk)).map(({ chunk }) => ({ chunk, score: 0 })),
  ];
}

type Rank = Pick<Hit, 'score' | 'match'>;
type Candidate = Rank & { readonly chunk: ChunkId };
type Ranked = Rank & { readonly place: PlacedChunk };

const MATCHES: readonly Hit['match'][] = ['named', 'mentioned', 'words'];

function byMatchAndScore(a: Rank, b: Rank): number {
  return MATCHES.indexOf(a.match) - MATCHES.indexOf(b.match) || b.score - a.score;
}

function byRank(a: Ranked, b: Ranked): number {
  return (
    byMatchAndScore(a, b) ||
    compare(a.place.document.path, b.place.document.path) ||
    a.place.position - b.place.position
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
