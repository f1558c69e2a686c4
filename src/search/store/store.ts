import type { Embedding } from '../embed/embedder.ts';

/** A document, or a file of code, as the index knows it. */
export interface IndexedDocument {
  /** Unique in the index: of a document its path in the repository, of code `<collection>:<path>`. */
  readonly path: string;
  /** Whose listing says whether it is there: `context` for the repository's own, else a code repository's name. */
  readonly collection: string;
  /** Of its content. */
  readonly blob: string;
  /** The configured source; of code the collection's name; `notes` for what people wrote into the repository. */
  readonly source: string;
  /** As in frontmatter (`page`, `ticket`, `thread` …), `note`, or `code`. */
  readonly type: string;
  readonly title: string;
  /** From the outermost container to the parent, such as `['ENG', 'Architecture']`. */
  readonly ancestors: readonly string[];
  readonly url?: string;
  /** Its names that people write, such as `PROJ-123`, in capitals. */
  readonly keys: readonly string[];
  /** ISO 8601 in UTC. */
  readonly updated?: string;
  readonly author?: string;
}

export interface IndexedChunk {
  readonly headings: readonly string[];
  readonly text: string;
  readonly lines: readonly [first: number, last: number];
  readonly symbols?: readonly string[];
  /** Keys that its text mentions, in capitals. */
  readonly mentions: readonly string[];
  /** Absent where vectors are not kept. Kept as 8-bit integers. */
  readonly embedding?: Embedding;
}

export interface DocumentWithChunks {
  readonly document: IndexedDocument;
  readonly chunks: readonly IndexedChunk[];
}

/** A chunk of a store, by a number of the store's own that is valid until its document changes. */
export type ChunkId = number;

export interface Scored {
  readonly chunk: ChunkId;
  /** More is better. Of one call comparable; of lexical scores not above 0 for none. */
  readonly score: number;
}

/** Where a chunk stands. */
export interface PlacedChunk {
  readonly id: ChunkId;
  readonly document: IndexedDocument;
  /** Its place among the document's chunks, from 0. */
  readonly position: number;
}

/** As it was written, but for the embedding, which is for comparing alone. */
export interface FoundChunk extends PlacedChunk, Omit<IndexedChunk, 'embedding'> {}

/** All of those given must hold. They hold before the best are chosen: a filter never makes an answer short. */
export interface Filter {
  readonly sources?: readonly string[];
  readonly types?: readonly string[];
  readonly collections?: readonly string[];
  /** Of `updated`: from this moment on, and before that one (ISO 8601, UTC). Documents without a date never hold. */
  readonly since?: string;
  readonly until?: string;
  /** The path, or a folder that it is in. */
  readonly under?: string;
}

export interface Top {
  readonly limit: number;
  readonly filter?: Filter;
}

/** What the index is of. Kept in the store and compared when it is opened. */
export interface StoreState {
  /** Of what decides how a file is cut and stored; another one empties the store. */
  readonly format: string;
  /** The fingerprint of the embedder, or `none`. */
  readonly embeddings: string;
  /** The commit that each collection is of. */
  readonly commits: { readonly [collection: string]: string };
}

export interface StoreStats {
  readonly documents: number;
  readonly chunks: number;
  readonly embedded: number;
  /** Of what it takes on disk. */
  readonly bytes: number;
  readonly sources: readonly {
    readonly source: string;
    readonly documents: number;
    readonly chunks: number;
  }[];
}

/** What a writer may do, in one transaction: all of it is there afterwards, or none. */
export interface StoreWriter {
  /** The documents with their chunks, in place of those that had their paths. */
  upsert(documents: AsyncIterable<DocumentWithChunks> | Iterable<DocumentWithChunks>): Promise<void>;
  delete(paths: Iterable<string>): Promise<void>;
  /** Removes all documents of a collection. */
  drop(collection: string): Promise<void>;
  /** Replaces the vectors of chunks, and nothing else; chunks that are gone are passed over. */
  embed(vectors: AsyncIterable<Embedded> | Iterable<Embedded>): Promise<void>;
  /** Something small, kept beside the index under a name, such as the model of a source; null removes it. */
  keep(name: string, value: Uint8Array | null): Promise<void>;
  setState(state: StoreState): Promise<void>;
}

export interface Embedded {
  readonly chunk: ChunkId;
  readonly embedding: Embedding;
}

/**
 * The index: documents cut into chunks, found by words and by vectors. Everything in it can be made again from the
 * repositories that it is of. What scores the same comes by path and position, so that equal stores answer equally. Each
 * implementation passes `test/contract/store-suite.ts`.
 */
export interface Store extends AsyncDisposable {
  /** How it is called in messages, without credentials. */
  readonly name: string;
  /** Set where it can't keep vectors: those that are written are dropped, and `vector` finds nothing. */
  readonly lexicalOnly?: boolean;
  /** Null before anything was written. */
  state(): Promise<StoreState | null>;
  stats(): Promise<StoreStats>;

  /**
   * The best chunks by BM25 over title, headings and text, of those that have any of the words. Words are compared by their
   * stems, stop words of the query don't count unless it has no others, a word that stands twice counts twice, and the title
   * counts twice. The query is text: nothing in it is an operator.
   */
  lexical(query: string, top: Top): Promise<Scored[]>;
  /**
   * The best chunks by cosine, from -1 to 1, of those that have a vector of the query's dimensions. Zeros are like nothing:
   * they find none, and are not found.
   */
  vector(query: Embedding, top: Top): Promise<Scored[]>;
  /**
   * Chunks of documents that are called so, and then chunks that mention it, by keys in capitals. Each once, and among each
   * kind the first chunks of all documents first.
   */
  keyed(keys: readonly string[], top: Top): Promise<{ chunk: ChunkId; how: 'named' | 'mentions' }[]>;
  /** In how many chunks each term stands, and of how many: terms as `lexical` compares them (`termsOf`). */
  frequencies(
    terms: readonly string[],
  ): Promise<{ readonly chunks: number; readonly of: ReadonlyMap<string, number> }>;

  /** In the order asked for, without those that are gone. */
  get(chunks: readonly ChunkId[]): Promise<FoundChunk[]>;
  /** The same without what they say, for a part of what that takes: most of what is found is compared and never shown. */
  places(chunks: readonly ChunkId[]): Promise<PlacedChunk[]>;
  /** The chunks of one document, in their order; none if it is not there. */
  chunksOf(path: string): Promise<FoundChunk[]>;
  /** Every document, sorted by the bytes of its path. What is written meanwhile may be there or not. */
  documents(filter?: Filter): AsyncIterable<IndexedDocument>;
  /**
   * Every chunk of the filter's documents, in the order of path and position: what a model is trained on. A writer may embed
   * what it reads here.
   */
  chunks(filter?: Filter): AsyncIterable<FoundChunk>;
  /** Those of them that have no vector, not even of zeros, in any order. */
  unembedded(filter?: Filter): AsyncIterable<FoundChunk>;
  kept(name: string): Promise<Uint8Array | null>;

  /**
   * Runs `work` as the only writer. Whoever waited finds what the other has written: read `state()` within. A failure
   * leaves all as it was.
   */
  write<T>(work: (writer: StoreWriter) => Promise<T>): Promise<T>;
}
