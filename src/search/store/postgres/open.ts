import type {
  ChunkId,
  Filter,
  FoundChunk,
  IndexedDocument,
  PlacedChunk,
  Scored,
  Store,
  StoreState,
  StoreStats,
  StoreWriter,
  Top,
} from '../store.ts';
import { type Address, addressOf } from './address.ts';
import { frequenciesOf } from './bm25.ts';
import { Database } from './database.ts';
import { demands } from './filter.ts';
import { lexical } from './lexical.ts';
import { Parameters, storable } from './parameters.ts';
import {
  CHUNK,
  type ChunkRow,
  chunkOf,
  DOCUMENT,
  type DocumentRow,
  documentOf,
  literalOf,
  PLACE,
  placeOf,
} from './rows.ts';
import { keepsVectors, lock, makeTables, type Tables, tablesOf } from './tables.ts';
import { termKept } from './words.ts';
import { PostgresWriter } from './writer.ts';

/** How many rows of a listing come at once. */
const PAGE = { documents: 1_000, chunks: 200 } as const;

/**
 * An index in a schema of a PostgreSQL database, such as `postgres://ctx@db.example.com/search?schema=team`. Connects at once, so that a
 * wrong address is told here.
 */
export async function openPostgresStore({ url }: { readonly url: string }): Promise<Store> {
  const address = addressOf(url);
  const database = await Database.of(address);
  try {
    const tables = await tablesOf(database, address);
    return new PostgresStore(database, address, tables, !(await keepsVectors(database)));
  } catch (error) {
    await database[Symbol.asyncDispose]();
    throw error;
  }
}

class PostgresStore implements Store {
  readonly name: string;
  readonly lexicalOnly: boolean;
  readonly #database: Database;
  readonly #address: Address;
  /** As they are for everyone. Undefined as long as nothing was found to be written. */
  #known: Tables | undefined;

  constructor(database: Database, address: Address, tables: Tables | undefined, lexicalOnly: boolean) {
    this.lexicalOnly = lexicalOnly;
    this.name = address.name;
    this.#database = database;
    this.#address = address;
    this.#known = tables;
  }

  async #tables(): Promise<Tables | undefined> {
    // What a transaction makes is there for others when it is committed, and may never be.
    if (this.#database.inTransaction) return tablesOf(this.#database, this.#address);
    this.#known ??= await tablesOf(this.#database, this.#address);
    return this.#known;
  }

  async state(): Promise<StoreState | null> {
    const tables = await this.#tables();
    if (tables === undefined) return null;
    const [row] = await this.#database.rows<{ state: StoreState | null }>(
      `select state from ${tables.schema}.state`,
    );
    return row?.state ?? null;
  }

  async stats(): Promise<StoreStats> {
    const tables = await this.#tables();
    if (tables === undefined) return { documents: 0, chunks: 0, embedded: 0, bytes: 0, sources: [] };
    const { schema, pgvector } = tables;
    const sources = await this.#database.rows<StoreStats['sources'][number]>(
      `select source, sum(documents)::bigint as documents, sum(chunks)::bigint as chunks from (
         select source, count(*) as documents, 0 as chunks from ${schema}.documents group by source
         union all select source, 0, count(*) from ${schema}.chunks group by source
       ) counted group by source order by source collate "C"`,
    );
    const [sums = { embedded: 0, bytes: 0 }] = await this.#database.rows<{ embedded: number; bytes: number }>(
      `select ${pgvector === undefined ? '0' : `(select count(*) from ${schema}.vectors)`} as embedded,
         (select sum(pg_total_relation_size(oid))::bigint from pg_class
          where relnamespace = to_regnamespace($1) and relkind = 'r') as bytes`,
      [schema],
    );
    return {
      documents: sources.reduce((sum, { documents }) => sum + documents, 0),
      chunks: sources.reduce((sum, { chunks }) => sum + chunks, 0),
      ...sums,
      sources,
    };
  }

  async lexical(query: string, top: Top): Promise<Scored[]> {
    const tables = await this.#tables();
    return tables === undefined ? [] : lexical(this.#database, tables, query, top);
  }

  async vector(query: Float32Array, { limit, filter }: Top): Promise<Scored[]> {
    const tables = await this.#tables();
    const asked = literalOf(query);
    if (tables?.pgvector === undefined || asked === null || limit <= 0) return [];
    const { schema, pgvector } = tables;
    const parameters = new Parameters();
    const distance = `v.embedding operator(${pgvector}.<=>) ${parameters.add(asked, `${pgvector}.halfvec`)}`;
    const comparable = `${pgvector}.vector_dims(v.embedding) = ${parameters.add(query.length, 'integer')}`;
    return this.#database.rows<Scored>(
      `select v.id as chunk, greatest(-1, 1 - (${distance})) as score from ${schema}.vectors v
       where v.embedding is not null and ${comparable} and ${demands(filter, 'v', parameters)}
       order by ${distance}, v.path, v.position limit ${parameters.add(limit, 'integer')}`,
      parameters.values,
    );
  }

  async keyed(
    keys: readonly string[],
    { limit, filter }: Top,
  ): Promise<{ chunk: ChunkId; how: 'named' | 'mentions' }[]> {
    const tables = await this.#tables();
    if (tables === undefined || limit <= 0) return [];
    const { schema } = tables;
    const parameters = new Parameters();
    const asked = parameters.add(keys.map(storable), 'text[]');
    const demanded = demands(filter, 'c', parameters);
    const named = `select path from ${schema}.documents where keys && ${asked}`;
    return this.#database.rows(
      `select id as chunk, how from (
         select c.id, c.path, c.position, 'named' as how from ${schema}.chunks c
         where c.path in (${named}) and ${demanded}
         union all
         select c.id, c.path, c.position, 'mentions' from ${schema}.chunks c
         where c.mentions && ${asked} and c.path not in (${named}) and ${demanded}
       ) found order by how desc, position, path limit ${parameters.add(limit, 'integer')}`,
      parameters.values,
    );
  }

  async frequencies(terms: readonly string[]): Promise<{ chunks: number; of: ReadonlyMap<string, number> }> {
    const tables = await this.#tables();
    const kept = terms.map((term) => storable(termKept(term)));
    const known = tables && (await frequenciesOf(this.#database, tables, kept));
    return {
      chunks: known?.chunks ?? 0,
      of: new Map(terms.map((term, n) => [term, known?.of.get(kept[n] ?? term) ?? 0])),
    };
  }

  get(chunks: readonly ChunkId[]): Promise<FoundChunk[]> {
    return this.#asked(chunks, CHUNK, chunkOf);
  }

  places(chunks: readonly ChunkId[]): Promise<PlacedChunk[]> {
    return this.#asked(chunks, PLACE, placeOf);
  }

  /** In the order asked for, without those that are gone. */
  async #asked<R extends { readonly id: ChunkId }, T>(
    chunks: readonly ChunkId[],
    columns: string,
    shown: (row: R) => T,
  ): Promise<T[]> {
    const tables = await this.#tables();
    if (tables === undefined || chunks.length === 0) return [];
    const rows = await this.#database.rows<R>(
      `${chunksOf(tables.schema, columns)} where c.id = any($1::bigint[])`,
      [chunks],
    );
    const found = new Map(rows.map((row) => [row.id, shown(row)]));
    return chunks.flatMap((chunk) => found.get(chunk) ?? []);
  }

  async chunksOf(path: string): Promise<FoundChunk[]> {
    const tables = await this.#tables();
    if (tables === undefined) return [];
    const rows = await this.#database.rows<ChunkRow>(
      `${chunksOf(tables.schema)} where c.path = $1 order by c.position`,
      [storable(path)],
    );
    return rows.map(chunkOf);
  }

  documents(filter?: Filter): AsyncIterable<IndexedDocument> {
    return this.#listed<DocumentRow, IndexedDocument>(
      PAGE.documents,
      documentOf,
      ({ schema }, after, parameters) =>
        `select ${DOCUMENT} from ${schema}.documents d where ${demands(filter, 'd', parameters)}
         and d.path > ${parameters.add(after?.path ?? '', 'text')} order by d.path`,
    );
  }

  chunks(filter?: Filter): AsyncIterable<FoundChunk> {
    return this.#listed<ChunkRow, FoundChunk>(
      PAGE.chunks,
      chunkOf,
      ({ schema }, after, parameters) =>
        `${chunksOf(schema)} where ${demands(filter, 'c', parameters)} and (c.path, c.position) >
         (${parameters.add(after?.path ?? '', 'text')}, ${parameters.add(after?.position ?? -1, 'integer')})
         order by c.path, c.position`,
    );
  }

  unembedded(filter?: Filter): AsyncIterable<FoundChunk> {
    return this.#listed<ChunkRow, FoundChunk>(
      PAGE.chunks,
      chunkOf,
      ({ schema, pgvector }, after, parameters) => {
        const has =
          pgvector === undefined ? 'false' : `exists (select from ${schema}.vectors v where v.id = c.id)`;
        return `${chunksOf(schema)} where ${demands(filter, 'c', parameters)} and not ${has} and (c.path, c.position) >
         (${parameters.add(after?.path ?? '', 'text')}, ${parameters.add(after?.position ?? -1, 'integer')})
         order by c.path, c.position`;
      },
    );
  }

  /**
   * In pages, each its own statement: whoever listens slowly, as a model that is trained does, holds no snapshot, which would keep the
   * database from tidying up.
   */
  async *#listed<R extends object, T>(
    size: number,
    shown: (row: R) => T,
    page: (tables: Tables, after: R | undefined, parameters: Parameters) => string,
  ): AsyncGenerator<T> {
    const tables = await this.#tables();
    if (tables === undefined) return;
    for (let after: R | undefined; ; ) {
      const parameters = new Parameters();
      const sql = `${page(tables, after, parameters)} limit ${size}`;
      const rows = await this.#database.rows<R>(sql, parameters.values);
      yield* rows.map(shown);
      if (rows.length < size) return;
      after = rows.at(-1);
    }
  }

  async kept(name: string): Promise<Uint8Array | null> {
    const tables = await this.#tables();
    if (tables === undefined) return null;
    const [row] = await this.#database.rows<{ value: Buffer }>(
      `select value from ${tables.schema}.kept where name = $1`,
      [name],
    );
    return row === undefined ? null : new Uint8Array(row.value);
  }

  async write<T>(work: (writer: StoreWriter) => Promise<T>): Promise<T> {
    const [result, tables] = await this.#database.transaction(async () => {
      await lock(this.#database, this.#address);
      const tables = await makeTables(this.#database, this.#address);
      return [await work(new PostgresWriter(this.#database, tables)), tables];
    });
    this.#known = tables;
    return result;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#database[Symbol.asyncDispose]();
  }
}

function chunksOf(schema: string, columns = CHUNK): string {
  return `select ${columns}, ${DOCUMENT} from ${schema}.chunks c join ${schema}.documents d on d.path = c.path`;
}
