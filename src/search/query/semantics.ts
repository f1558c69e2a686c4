import type { Embedder, Embedding } from '../embed/embedder.ts';
import type { Filter, Scored, Store } from '../store/store.ts';
import { type Kind, shares, spread } from './candidates.ts';

export interface SemanticQuery {
  readonly limit: number;
  /** What words found, as shares of the best. */
  readonly lexical: readonly Scored[];
  readonly filter: Filter | undefined;
  readonly signal: AbortSignal | undefined;
  /** Whether meaning alone decides. */
  readonly alone: boolean;
}

/** What finds chunks by what they mean. */
export interface Semantics {
  find(query: string, options: SemanticQuery): Promise<Kind>;
}

/** A neural model knows more than the words do. */
const NEURAL_WEIGHT = 0.8;
/** A model that was trained on the texts themselves knows which words go together in them. */
const LATENT_WEIGHT = 0.2;

/** One model for all sources. The weight makes half of the whole. */
export function neuralSemantics(store: Store, embedder: Embedder): Semantics {
  return {
    async find(query, { limit, filter, signal }) {
      const embedding = await embedder.embedQuery(query, signal);
      const scored = await store.vector(embedding, { limit, ...(filter && { filter }) });
      return { scored: shares(scored), weight: NEURAL_WEIGHT };
    },
  };
}

/**
 * One model for each source, which says how near texts of this source are, not how near the source is to the query: that is what its
 * best lexical score says, squared, so that sources of another subject stay out.
 */
export function latentSemantics(
  store: Store,
  sources: readonly string[],
  embed: (source: string, query: string) => Promise<Embedding>,
): Semantics {
  return {
    async find(query, { limit, lexical, filter, alone }) {
      const asked = sources.filter((source) => filter?.sources?.includes(source) ?? true);
      const best = alone ? undefined : await bestOf(store, lexical, asked);
      const near: Scored[] = [];
      for (const source of asked) {
        const gate = best === undefined ? 1 : (best.get(source) ?? 0) ** 2;
        if (gate === 0) continue;
        const embedding = await embed(source, query);
        const found = await store.vector(embedding, { limit, filter: { ...filter, sources: [source] } });
        near.push(...found.map(({ chunk, score }) => ({ chunk, score: score * gate })));
      }
      const nearest = near
        .filter(({ score }) => score > 0)
        .sort((a, b) => b.score - a.score || a.chunk - b.chunk)
        .slice(0, limit);
      return { scored: spread(nearest), weight: LATENT_WEIGHT };
    },
  };
}

/** So many are asked for their source at a time: the best ones tell of most sources. */
const PAGE = 25;

/** The best score in each of the sources; none in one that words did not find. */
async function bestOf(
  store: Store,
  scored: readonly Scored[],
  sources: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const best = new Map<string, number>();
  for (let from = 0; from < scored.length && !sources.every((source) => best.has(source)); from += PAGE) {
    const some = new Map(scored.slice(from, from + PAGE).map(({ chunk, score }) => [chunk, score]));
    for (const { id, document } of await store.places([...some.keys()]))
      if (!best.has(document.source)) best.set(document.source, some.get(id) ?? 0);
  }
  return best;
}
