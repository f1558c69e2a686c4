import { type Evaluation, evaluate } from '../../src/search/evaluate.ts';
import { latentQuery, latentSources } from '../../src/search/index/latent-models.ts';
import type { Judgement } from '../../src/search/judgements.ts';
import { type SearchMode, search } from '../../src/search/query/search.ts';
import { latentSemantics } from '../../src/search/query/semantics.ts';
import type { Store } from '../../src/search/store/store.ts';
import { measured, type Row } from '../row.ts';

/** So many documents are looked at of each answer. */
export const DEPTH = 10;

/** How well a store answers, with the models that it has. */
export async function measure(
  store: Store,
  judgements: readonly Judgement[],
  mode: SearchMode,
): Promise<Evaluation> {
  const sources = await latentSources(store);
  const semantics = latentSemantics(store, sources, (source, query) => latentQuery(store, source, query));
  return evaluate(judgements, async (query) => {
    const { hits } = await search(store, query, { mode, limit: DEPTH, now: 0, semantics });
    return hits.map(({ document: { path } }) => [path]);
  });
}

export function figure(what: string, value: number): Row {
  return measured(`relevance ${what}`, 'nDCG@10', value);
}
