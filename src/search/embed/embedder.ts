/** A text as a point; of length 1, unless the text says nothing that the model knows: then all zeros. */
export type Embedding = Float32Array;

/** What makes vectors of texts by a model that is the same for every text. */
export interface Embedder {
  /** Of provider, model, dimensions and prefixes: vectors of different fingerprints are never compared. */
  readonly fingerprint: string;
  readonly dimensions: number;
  /** In the order of the texts. Fails with `search.embeddings-failed`, which says of what kind the failure is. */
  embedDocuments(texts: readonly string[], signal?: AbortSignal): Promise<Embedding[]>;
  embedQuery(text: string, signal?: AbortSignal): Promise<Embedding>;
}
