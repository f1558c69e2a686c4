import type { DocumentWithChunks, Embedded, StoreState, StoreWriter } from '../store.ts';
import type { Database } from './database.ts';
import { records, storable } from './parameters.ts';
import { CHUNK_COLUMNS, DOCUMENT_COLUMNS, lengthOf, literalOf, rowsOf, type VectorRow } from './rows.ts';
import type { Tables } from './tables.ts';

/** What one statement carries at most: chunks, and characters of them. */
const BATCH = { chunks: 500, characters: 1_000_000 } as const;
const MANY_PATHS = 1_000;
/** How many terms' counts are gathered before they are added to the table. */
const MANY_TERMS = 100_000;

/** Writes in the transaction of a store, which holds the lock. Statements are simple enough for tables that are distributed. */
export class PostgresWriter implements StoreWriter {
  readonly #database: Database;
  readonly #tables: Tables;
  /** What has changed of the statistics and is not written yet. */
  readonly #terms = new Map<string, number>();
  #chunks = 0;
  #length = 0;
  /** The last number that a chunk was given. */
  #last: number | undefined;

  constructor(database: Database, tables: Tables) {
    this.#database = database;
    this.#tables = tables;
  }

  async upsert(documents: AsyncIterable<DocumentWithChunks> | Iterable<DocumentWithChunks>): Promise<void> {
    let batch = new Map<string, DocumentWithChunks>();
    let [chunks, characters] = [0, 0];
    for await (const document of documents) {
      // A path that comes again comes instead.
      batch.set(storable(document.document.path), document);
      chunks += 1 + document.chunks.length;
      characters += document.chunks.reduce((sum, { text }) => sum + text.length, 0);
      if (chunks < BATCH.chunks && characters < BATCH.characters) continue;
      await this.#replace(batch);
      batch = new Map();
      [chunks, characters] = [0, 0];
    }
    if (batch.size > 0) await this.#replace(batch);
    await this.#count();
  }

  async #replace(documents: ReadonlyMap<string, DocumentWithChunks>): Promise<void> {
    const { textsearch, pgvector } = this.#tables;
    await this.#remove('path = any($1::text[])', [[...documents.keys()]]);
    this.#last ??= await this.#lastNumber();
    const rows = [];
    for (const document of documents.values()) {
      rows.push(rowsOf(document, this.#last + 1, textsearch !== undefined));
      this.#last += document.chunks.length;
    }
    await this.#insert(
      'documents',
      DOCUMENT_COLUMNS,
      rows.map(({ document }) => document),
    );
    await this.#insert(
      'chunks',
      CHUNK_COLUMNS,
      rows.flatMap(({ chunks }) => chunks),
    );
    const vectors = rows.flatMap(({ vectors }) => vectors);
    if (pgvector !== undefined && vectors.length > 0) await this.#setVectors(vectors);
    for (const words of rows.flatMap(({ words }) => words)) {
      this.#chunks += 1;
      this.#length += lengthOf(words);
      for (const term of words.keys()) this.#changed(term, 1);
    }
    if (this.#terms.size > MANY_TERMS) await this.#count();
  }

  async #insert(
    table: string,
    columns: Readonly<Record<string, string>>,
    values: readonly object[],
  ): Promise<void> {
    const names = Object.keys(columns).join(', ');
    const typed = Object.entries(columns).map((column) => column.join(' '));
    await this.#database.rows(
      `insert into ${this.#tables.schema}.${table} (${names})
       select ${names} from json_to_recordset($1::json) as r(${typed.join(', ')})`,
      [records(values)],
    );
  }

  async delete(paths: Iterable<string>): Promise<void> {
    for (const some of inGroups(paths, MANY_PATHS))
      await this.#remove('path = any($1::text[])', [some.map(storable)]);
    await this.#count();
  }

  async drop(collection: string): Promise<void> {
    await this.#remove('collection = $1', [storable(collection)]);
    await this.#count();
  }

  async #remove(which: string, values: readonly unknown[]): Promise<void> {
    const { schema, pgvector } = this.#tables;
    const gone = await this.#database.rows<{ term: string | null; chunks: number; length: number }>(
      `select null as term, count(*) as chunks, coalesce(sum(length), 0)::bigint as length from ${schema}.chunks where ${which}
       union all select lexeme, count(*), 0 from ${schema}.chunks, unnest(tsvector_to_array(words)) as lexeme
       where ${which} group by lexeme`,
      values,
    );
    for (const { term, chunks, length } of gone) {
      if (term !== null) this.#changed(term, -chunks);
      else [this.#chunks, this.#length] = [this.#chunks - chunks, this.#length - length];
    }
    for (const table of ['documents', 'chunks', ...(pgvector === undefined ? [] : ['vectors'])])
      await this.#database.rows(`delete from ${schema}.${table} where ${which}`, values);
  }

  async embed(vectors: AsyncIterable<Embedded> | Iterable<Embedded>): Promise<void> {
    if (this.#tables.pgvector === undefined) return;
    let batch: Embedded[] = [];
    for await (const vector of vectors) {
      batch.push(vector);
      if (batch.length < BATCH.chunks) continue;
      await this.#embed(batch);
      batch = [];
    }
    if (batch.length > 0) await this.#embed(batch);
  }

  async #embed(batch: readonly Embedded[]): Promise<void> {
    const last = new Map(batch.map(({ chunk, embedding }) => [chunk, literalOf(embedding)]));
    await this.#database.rows(
      `delete from ${this.#tables.schema}.vectors v using ${this.#tables.schema}.chunks c
       where c.id = any($1::bigint[]) and v.path = c.path and v.position = c.position`,
      [[...last.keys()]],
    );
    await this.#setVectors(Array.from(last, ([id, embedding]) => ({ id, embedding })));
  }

  async #setVectors(vectors: readonly VectorRow[]): Promise<void> {
    const { schema, pgvector } = this.#tables;
    await this.#database.rows(
      `insert into ${schema}.vectors (path, collection, source, type, moment, position, id, embedding)
       select c.path, c.collection, c.source, c.type, c.moment, c.position, c.id, v.embedding
       from unnest($1::bigint[], $2::${pgvector}.halfvec[]) as v(id, embedding) join ${schema}.chunks c using (id)`,
      [vectors.map(({ id }) => id), vectors.map(({ embedding }) => embedding)],
    );
  }

  async keep(name: string, value: Uint8Array | null): Promise<void> {
    const { schema } = this.#tables;
    if (value === null) await this.#database.rows(`delete from ${schema}.kept where name = $1`, [name]);
    else
      await this.#database.rows(
        `insert into ${schema}.kept values ($1, $2) on conflict (name) do update set value = excluded.value`,
        [name, value],
      );
  }

  async setState(state: StoreState): Promise<void> {
    await this.#database.rows(`update ${this.#tables.schema}.state set state = $1::jsonb`, [
      JSON.stringify(state),
    ]);
  }

  #changed(term: string, by: number): void {
    this.#terms.set(term, (this.#terms.get(term) ?? 0) + by);
  }

  /** Writes what has changed of the statistics. */
  async #count(): Promise<void> {
    const { schema } = this.#tables;
    const changed = [...this.#terms].filter(([, by]) => by !== 0);
    await this.#database.rows(
      `insert into ${schema}.terms as t select * from unnest($1::text[], $2::bigint[])
       on conflict (term) do update set chunks = t.chunks + excluded.chunks`,
      [changed.map(([term]) => term), changed.map(([, by]) => by)],
    );
    const fewer = changed.filter(([, by]) => by < 0).map(([term]) => term);
    await this.#database.rows(`delete from ${schema}.terms where chunks <= 0 and term = any($1::text[])`, [
      fewer,
    ]);
    await this.#database.rows(
      `update ${schema}.state set chunks = chunks + $1, length = length + $2, last = coalesce($3::bigint, last)`,
      [this.#chunks, this.#length, this.#last ?? null],
    );
    this.#terms.clear();
    [this.#chunks, this.#length] = [0, 0];
  }

  async #lastNumber(): Promise<number> {
    const [{ last } = { last: 0 }] = await this.#database.rows<{ last: number }>(
      `select last from ${this.#tables.schema}.state`,
    );
    return last;
  }
}

function* inGroups<T>(values: Iterable<T>, size: number): Generator<T[]> {
  let group: T[] = [];
  for (const value of values) {
    group.push(value);
    if (group.length < size) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}
