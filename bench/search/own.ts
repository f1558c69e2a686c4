import type { Embedder } from '../../src/search/embed/embedder.ts';
import { search } from '../../src/search/query/search.ts';
import { neuralSemantics, type Semantics } from '../../src/search/query/semantics.ts';
import type { DocumentWithChunks, Store } from '../../src/search/store/store.ts';
import type { Passage, Question } from './texts.ts';

/** So many answers are asked for, of us and of peers. */
export const LIMIT = 10;

/** A passage as the index has it. */
export function documentOf({ path, title, text, vector }: Passage, source = 'wiki'): DocumentWithChunks {
  return {
    document: {
      ...{ path, title, source, blob: path, collection: 'context', type: 'page' },
      ...{ ancestors: [], keys: [] },
    },
    chunks: [{ headings: [], text, lines: [1, 1], mentions: [], embedding: vector }],
  };
}

export async function put(store: Store, passages: Iterable<Passage>): Promise<void> {
  await store.write((writer) => writer.upsert(documents(passages)));
}

function* documents(passages: Iterable<Passage>): Generator<DocumentWithChunks> {
  for (const passage of passages) yield documentOf(passage);
}

/** What answers a question in the default way, from the question to snippets; it is the same every time. */
export function answering(store: Store, semantics: (question: Question) => Semantics) {
  return async (question: Question): Promise<void> => {
    const { hits, mode } = await search(store, question.text, {
      ...{ limit: LIMIT, now: 0, semantics: semantics(question) },
    });
    if (mode !== 'hybrid' || hits.length < LIMIT) throw new Error(`${mode}, ${hits.length} hits`);
  };
}

/** A model whose answer is there already: what an endpoint takes is not ours. */
export function asGiven(store: Store): (question: Question) => Semantics {
  return ({ vector }) => {
    const embedder: Embedder = {
      fingerprint: 'given',
      dimensions: vector.length,
      embedDocuments: async () => [],
      embedQuery: async () => vector,
    };
    return neuralSemantics(store, embedder);
  };
}
