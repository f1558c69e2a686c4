import { ctxError } from '../../../core/errors/index.ts';
import type { Address } from './address.ts';
import type { Database } from './database.ts';

/** Raised when the tables change: an index of an earlier one is made anew, since all of it can be. */
const VERSION = 1;

/** An index's tables, and what the database can do with them. */
export interface Tables {
  /** In front of a table's name. */
  readonly schema: string;
  /** Where pgvector's names are, quoted; undefined where vectors can't be kept. */
  readonly pgvector: string | undefined;
  readonly textsearch: Textsearch | undefined;
}

export interface Textsearch {
  /** Where the names of `pg_textsearch` are, quoted. */
  readonly names: string;
  /** The index, as its functions are told. */
  readonly index: string;
}

interface Found {
  readonly schema: boolean;
  readonly made: boolean;
  readonly pgvector: string | null;
  readonly textsearch: string | null;
  readonly vectors: boolean;
  readonly words: boolean;
  readonly bags: boolean;
}

/** Where pgvector's names are, quoted; null without it, or if it is one from before 0.7, which has no `halfvec`. */
const PGVECTOR = `(select quote_ident(nspname) from pg_extension e join pg_namespace n on n.oid = extnamespace
  where extname = 'vector' and to_regtype(quote_ident(nspname) || '.halfvec') is not null)`;

/** Whether an index that is written now keeps vectors. */
export async function keepsVectors(database: Database): Promise<boolean> {
  const [found] = await database.rows<{ pgvector: string | null }>(`select ${PGVECTOR} as pgvector`);
  return found?.pgvector != null;
}

/** What is there for a reader; undefined before anything was written, or while all is of an earlier version. */
export async function tablesOf(database: Database, address: Address): Promise<Tables | undefined> {
  const found = await look(database, address);
  if (!found.made || (await versionOf(database, address)) < VERSION) return undefined;
  return tables(address, found);
}

/** Makes whatever is missing, for a writer that holds the lock. */
export async function makeTables(database: Database, address: Address): Promise<Tables> {
  let found = await look(database, address);
  const { schema } = address;
  if (!found.schema) await database.rows(`create schema ${schema}`);
  if (found.made && (await versionOf(database, address)) < VERSION) {
    await database.rows(`drop table if exists ${TABLES.map((table) => `${schema}.${table}`).join(', ')}`);
    found = await look(database, address);
  }
  if (!found.made) {
    await database.rows(layoutOf(schema));
    await database.rows(`insert into ${schema}.state (version) values (${VERSION})`);
  }
  const { pgvector, textsearch } = found;
  if (pgvector !== null && !found.vectors) await database.rows(vectorsOf(schema, pgvector));
  if (textsearch !== null && !found.bags) {
    await database.rows(bagsOf(schema));
  } else if (textsearch === null && !found.words) {
    await database.rows(`create index chunks_words on ${schema}.chunks using gin (words)`);
  }
  return tables(address, { ...found, vectors: pgvector !== null, bags: textsearch !== null });
}

/** Lets no other writer of this index go on until the transaction ends. */
export async function lock(database: Database, { schema }: Address): Promise<void> {
  await database.rows(`select pg_advisory_xact_lock(hashtext('context-sync'), hashtext($1))`, [schema]);
}

function tables({ schema }: Address, { pgvector, textsearch, vectors, bags }: Found): Tables {
  return {
    schema,
    pgvector: vectors ? (pgvector ?? undefined) : undefined,
    textsearch:
      textsearch !== null && bags ? { names: textsearch, index: `${schema}.chunks_bags` } : undefined,
  };
}

async function look(database: Database, { schema, textsearch }: Address): Promise<Found> {
  const [found] = await database.rows<Found>(
    `select to_regnamespace($1) is not null as schema,
       to_regclass($1 || '.state') is not null as made,
       to_regclass($1 || '.vectors') is not null as vectors,
       to_regclass($1 || '.chunks_words') is not null as words,
       to_regclass($1 || '.chunks_bags') is not null as bags,
       ${PGVECTOR} as pgvector,
       (select quote_ident(nspname) from pg_extension e join pg_namespace n on n.oid = extnamespace
         where extname = 'pg_textsearch' and $2::boolean) as textsearch`,
    [schema, textsearch],
  );
  if (found === undefined) throw new Error('a select without a table gave no row');
  return found;
}

async function versionOf(database: Database, { name, schema }: Address): Promise<number> {
  const [{ version } = { version: 0 }] = await database.rows<{ version: number }>(
    `select version from ${schema}.state`,
  );
  if (version > VERSION) throw ctxError('search.store-newer', { store: name, version });
  return version;
}

const TABLES = ['state', 'kept', 'terms', 'documents', 'chunks', 'vectors'] as const;

/** What filters demand something of stands in every table that they are asked of, so that none has to be joined. */
const FILTERED = `path text collate "C" not null, collection text not null, source text not null, type text not null, moment timestamptz`;

/**
 * Statistics are kept by the writer, since counting them would take longer than the search. A chunk's number is never given
 * again. Nothing refers to another table by a constraint, and each primary key begins with the path: so they can be
 * distributed by it.
 */
function layoutOf(schema: string): string {
  return `
    create table ${schema}.state (version integer not null, state jsonb, chunks bigint not null default 0,
      length bigint not null default 0, last bigint not null default 0);
    create table ${schema}.kept (name text primary key, value bytea not null);
    create table ${schema}.terms (term text collate "C" primary key, chunks bigint not null);
    create table ${schema}.documents (${FILTERED}, blob text not null, title text not null, ancestors text[] not null,
      url text, keys text[] not null, updated text, author text, primary key (path));
    create index documents_keys on ${schema}.documents using gin (keys);
    create table ${schema}.chunks (${FILTERED}, position integer not null, id bigint not null, length integer not null,
      words tsvector not null, bag text, headings text[] not null, text text not null, first integer not null,
      last integer not null, symbols text[], mentions text[] not null, primary key (path, position));
    alter table ${schema}.chunks alter words set storage main;
    create index chunks_id on ${schema}.chunks (id);
    create index chunks_mentions on ${schema}.chunks using gin (mentions)`;
}

/**
 * Apart from the chunks, so that looking at all of them reads nothing else, and a new model writes nothing else. Without a vector is
 * what was embedded and said nothing.
 */
function vectorsOf(schema: string, pgvector: string): string {
  return `create table ${schema}.vectors (${FILTERED}, position integer not null, id bigint not null,
    embedding ${pgvector}.halfvec, primary key (path, position))`;
}

/** Chunks that were written before the extension was there get their bags from their words. */
function bagsOf(schema: string): string {
  return `
    update ${schema}.chunks set bag = (select coalesce(string_agg(repeat(lexeme || ' ', cardinality(positions)), ''), '')
      from unnest(words)) where bag is null;
    drop index if exists ${schema}.chunks_words;
    create index chunks_bags on ${schema}.chunks using bm25 (bag) with (text_config = 'pg_catalog.simple')`;
}
