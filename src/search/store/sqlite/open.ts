import { AsyncLocalStorage } from 'node:async_hooks';
import { ctxError } from '../../../core/errors/index.ts';
import type { Embedding } from '../../embed/embedder.ts';
import type { ChunkId, Filter, FoundChunk, IndexedDocument, Store, StoreWriter, Top } from '../store.ts';
import { Connection, patiently } from './connection.ts';
import { Reading } from './reading.ts';
import { APPLICATION_ID, PAGE_SIZE, SCHEMA, SCHEMA_VERSION } from './schema.ts';
import { Writing } from './writing.ts';

export interface SqliteStoreOptions {
  readonly path: string;
  /** For an index in a folder that this user may not write in. */
  readonly readOnly?: boolean;
}

/** How long one waits for others, in milliseconds. */
const READER_WAITS = 10_000;
const WRITER_WAITS = 60_000;

/**
 * Opens the index in one file, or begins it where there is none. A file that cannot be one, or is one of another version,
 * fails with `search.index-corrupt`, here or as soon as it shows: then it is to be deleted and made again.
 */
export async function openSqliteStore({ path, readOnly = false }: SqliteStoreOptions): Promise<Store> {
  const connection = await Connection.open(path, { readOnly, wait: READER_WAITS });
  try {
    await patiently(() => prepare(connection, readOnly), READER_WAITS);
    return new SqliteStore(connection, readOnly);
  } catch (error) {
    connection[Symbol.dispose]();
    throw error;
  }
}

function prepare(connection: Connection, readOnly: boolean): void {
  const about = () =>
    connection.get<{ application: number; version: number; tables: number }>(
      `SELECT application_id AS application, user_version AS version, (SELECT count(*) FROM sqlite_schema) AS tables
       FROM pragma_application_id, pragma_user_version`,
    );
  let found = about();
  if (found?.tables === 0 && found.application === 0 && !readOnly) {
    // No more than a wish once there is a first page, as in a transaction.
    connection.exec(`PRAGMA page_size = ${PAGE_SIZE}`);
    connection.exec('BEGIN IMMEDIATE');
    try {
      found = about();
      // Nobody else has begun it meanwhile.
      if (found?.tables === 0)
        connection.exec(
          `${SCHEMA}; PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${SCHEMA_VERSION}`,
        );
      connection.exec('COMMIT');
    } catch (error) {
      connection.exec('ROLLBACK');
      throw error;
    }
    found = about();
  }
  const corrupt = (reason: string) => ctxError('search.index-corrupt', { path: connection.path, reason });
  if (found?.application !== APPLICATION_ID) throw corrupt('it is no index of ctx');
  if (found.version !== SCHEMA_VERSION)
    throw corrupt(`its format is ${found.version}, and this version of ctx reads ${SCHEMA_VERSION}`);
}

/** Reads by one connection, and writes each time by another, so that nothing unfinished is seen. */
class SqliteStore implements Store {
  readonly name: string;
  readonly #readOnly: boolean;
  readonly #connection: Connection;
  readonly #reading: Reading;
  /** What is read within a write is read by its connection: the file may be locked for all others. */
  readonly #writing = new AsyncLocalStorage<Reading>();
  #lastWrite: Promise<unknown> = Promise.resolve();

  constructor(connection: Connection, readOnly: boolean) {
    this.name = connection.path;
    this.#readOnly = readOnly;
    this.#connection = connection;
    this.#reading = new Reading(connection);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#connection[Symbol.dispose]();
  }

  state = () => this.#read((reading) => reading.state());
  stats = () => this.#read((reading) => reading.stats());
  lexical = (query: string, top: Top) => this.#read((reading) => reading.lexical(query, top));
  vector = (query: Embedding, top: Top) => this.#read((reading) => reading.vector(query, top));
  keyed = (keys: readonly string[], top: Top) => this.#read((reading) => reading.keyed(keys, top));
  frequencies = (terms: readonly string[]) => this.#read((reading) => reading.frequencies(terms));
  get = (chunks: readonly ChunkId[]) => this.#read((reading) => reading.get(chunks));
  places = (chunks: readonly ChunkId[]) => this.#read((reading) => reading.places(chunks));
  chunksOf = (path: string) => this.#read((reading) => reading.chunksOf(path));
  kept = (name: string) => this.#read((reading) => reading.kept(name));

  async *documents(filter?: Filter): AsyncGenerator<IndexedDocument> {
    let page: readonly IndexedDocument[] = [];
    do {
      const last = page.at(-1)?.path ?? null;
      page = await this.#read((reading) => reading.documentsAfter(last, filter));
      yield* page;
    } while (page.length > 0);
  }

  async *chunks(filter?: Filter): AsyncGenerator<FoundChunk> {
    for await (const document of this.documents(filter))
      yield* await this.#read((reading) => reading.chunksIn(document));
  }

  async *unembedded(filter?: Filter): AsyncGenerator<FoundChunk> {
    let page: readonly FoundChunk[] = [];
    do {
      const last = page.at(-1)?.id ?? 0;
      page = await this.#read((reading) => reading.unembeddedAfter(last, filter));
      yield* page;
    } while (page.length > 0);
  }

  write<T>(work: (writer: StoreWriter) => Promise<T>): Promise<T> {
    const turn = this.#lastWrite.then(() => this.#write(work));
    this.#lastWrite = turn.catch(() => undefined);
    return turn;
  }

  async #write<T>(work: (writer: StoreWriter) => Promise<T>): Promise<T> {
    if (this.#readOnly)
      throw ctxError('search.index-refused', { path: this.name, reason: 'it was opened for reading alone' });
    using connection = await Connection.open(this.name, { readOnly: false, wait: WRITER_WAITS });
    await patiently(() => connection.exec('BEGIN IMMEDIATE'), WRITER_WAITS);
    const writing = new Writing(connection);
    const result = await this.#writing.run(new Reading(connection), () => work(writing));
    writing.flush();
    await patiently(() => connection.exec('COMMIT'), WRITER_WAITS);
    return result;
  }

  #read<T>(work: (reading: Reading) => T): Promise<T> {
    const reading = this.#writing.getStore() ?? this.#reading;
    return patiently(() => work(reading), READER_WAITS);
  }
}
