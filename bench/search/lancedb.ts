import { createRequire } from 'node:module';
import type { Passage, Question } from './texts.ts';

/** As much of LanceDB as is used here. */
export interface LanceModule {
  connect(folder: string): Promise<LanceConnection>;
  readonly Index: { fts(options: object): unknown };
  readonly rerankers: { readonly RRFReranker: { create(k?: number): Promise<unknown> } };
}

export interface LanceConnection {
  createTable(name: string, rows: readonly object[]): Promise<LanceTable>;
  openTable(name: string): Promise<LanceTable>;
}

export interface LanceTable {
  add(rows: readonly object[]): Promise<unknown>;
  createIndex(column: string, options: { readonly config: unknown }): Promise<void>;
  query(): LanceQuery;
}

export interface LanceQuery {
  nearestTo(vector: Float32Array): LanceQuery;
  distanceType(type: string): LanceQuery;
  fullTextSearch(text: string): LanceQuery;
  rerank(reranker: unknown): LanceQuery;
  select(columns: readonly string[]): LanceQuery;
  limit(count: number): LanceQuery;
  toArray(): Promise<Record<string, unknown>[]>;
}

/** Undefined until `npm ci --prefix bench` has installed it, with what it needs on this machine. */
export function loadLance(): LanceModule | undefined {
  try {
    return createRequire(import.meta.url)('@lancedb/lancedb') as LanceModule;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

/** English with stems and without stop words: what its documentation says for prose. */
export function wordIndex({ Index }: LanceModule): { readonly config: unknown } {
  const language = { language: 'English', stem: true, removeStopWords: true, asciiFolding: true };
  return { config: Index.fts({ ...language, lowercase: true, withPosition: false }) };
}

/** Texts and vectors in a table of LanceDB, searched flat: an index of vectors of its own would not hold all of them exactly. */
export class LanceTexts {
  readonly #table: LanceTable;
  readonly #reranker: unknown;

  static isInstalled(): boolean {
    return loadLance() !== undefined;
  }

  private constructor(table: LanceTable, reranker: unknown) {
    this.#table = table;
    this.#reranker = reranker;
  }

  static async create(folder: string, passages: readonly Passage[]): Promise<void> {
    // With as many threads as two cores it never ends to index 20,000 texts. What it finds is the same.
    process.env.LANCE_CPU_THREADS ??= '8';
    const lance = installed();
    const connection = await lance.connect(folder);
    const rows = passages.map(({ path, title, text, vector }) => ({
      ...{ path, vector, text: `${title}\n${text}` },
    }));
    const table = await connection.createTable('passages', rows);
    await table.createIndex('text', wordIndex(lance));
  }

  static async open(folder: string): Promise<LanceTexts> {
    const lance = installed();
    const connection = await lance.connect(folder);
    const reranker = await lance.rerankers.RRFReranker.create();
    return new LanceTexts(await connection.openTable('passages'), reranker);
  }

  search({ text, vector }: Question, limit: number): Promise<Record<string, unknown>[]> {
    const near = this.#table.query().nearestTo(vector).distanceType('cosine');
    return near.fullTextSearch(text).rerank(this.#reranker).limit(limit).toArray();
  }
}

/** Documents in a table of LanceDB, found by words alone. */
export class LanceWords {
  readonly #table: LanceTable;

  private constructor(table: LanceTable) {
    this.#table = table;
  }

  static async create(
    folder: string,
    documents: readonly { readonly path: string; readonly title: string; readonly text: string }[],
  ): Promise<LanceWords> {
    const lance = installed();
    const connection = await lance.connect(folder);
    const rows = documents.map(({ path, title, text }) => ({ path, text: `${title}\n${text}` }));
    const table = await connection.createTable('documents', rows);
    await table.createIndex('text', wordIndex(lance));
    return new LanceWords(table);
  }

  /** The paths of the best, best first. */
  async search(query: string, limit: number): Promise<string[]> {
    // It warns of each query that does not ask for the score.
    const found = this.#table.query().fullTextSearch(query).select(['path', '_score']).limit(limit);
    return (await found.toArray()).map(({ path }) => String(path));
  }
}

function installed(): LanceModule {
  const lance = loadLance();
  if (lance === undefined) throw new Error('LanceDB is not installed');
  return lance;
}
