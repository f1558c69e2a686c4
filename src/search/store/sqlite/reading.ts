import type { Embedding } from '../../embed/embedder.ts';
import type {
  ChunkId,
  Filter,
  FoundChunk,
  IndexedDocument,
  PlacedChunk,
  Scored,
  StoreState,
  StoreStats,
  Top,
} from '../store.ts';
import { bestOf } from './best.ts';
import type { Connection } from './connection.ts';
import { conditionOf } from './filter.ts';
import { lexicalMatches } from './lexical.ts';
import {
  type ChunkRow,
  chunkFrom,
  type DocumentRow,
  documentFrom,
  type PassageRow,
  type PlaceRow,
  passageFrom,
  placeFrom,
} from './rows.ts';
import { VectorScan } from './vector-scan.ts';

/** How many are read at once of a long list: nobody who writes waits for whoever goes through one. */
const PAGE = 500;

const DOCUMENT = 'path, collection, blob, source, type, title, ancestors, url, keys, updated, author';
const ANY_OF = 'chunk.id IN (SELECT value FROM json_each(?))';

/** What a store answers, by one connection. Nothing is held between the calls. */
export class Reading {
  readonly #connection: Connection;
  readonly #vectors: VectorScan;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#vectors = new VectorScan(connection);
  }

  state(): StoreState | null {
    const row = this.#connection.get<{ value: string }>('SELECT value FROM state');
    return row ? JSON.parse(row.value) : null;
  }

  stats(): StoreStats {
    const count = (sql: string) => this.#connection.get<{ n: number }>(sql)?.n ?? 0;
    return {
      documents: count('SELECT count(*) AS n FROM document'),
      chunks: count('SELECT count(*) AS n FROM chunk'),
      embedded: count('SELECT count(block) AS n FROM chunk'),
      bytes: count('SELECT page_count * page_size AS n FROM pragma_page_count, pragma_page_size'),
      sources: this.#connection
        .all<StoreStats['sources'][number]>(
          `SELECT source, count(*) AS documents, sum((SELECT count(*) FROM chunk WHERE document = d.id)) AS chunks
         FROM document d GROUP BY source ORDER BY source`,
        )
        .map((row) => ({ ...row })),
    };
  }

  lexical(query: string, { limit, filter }: Top): Scored[] {
    return lexicalMatches(this.#connection, query, limit, conditionOf(filter));
  }

  vector(query: Embedding, { limit, filter }: Top): Scored[] {
    // Sources are kept apart; what else is asked for is asked of documents.
    const { sources, ...others } = filter ?? {};
    const { sql, values } = conditionOf(others);
    // As one text: a row of its own for each of many documents takes five times as long.
    const ids =
      sql &&
      this.#connection.get<{ ids: string }>(
        `SELECT json_group_array(id) AS ids FROM document d WHERE ${sql}`,
        ...values,
      )?.ids;
    const documents = ids ? new Set<number>(JSON.parse(ids)) : undefined;
    return bestOf(this.#connection, this.#vectors.nearest(query, limit, { sources, documents }), limit);
  }

  keyed(keys: readonly string[], { limit, filter }: Top): { chunk: ChunkId; how: 'named' | 'mentions' }[] {
    const { sql, values } = conditionOf(filter);
    return this.#connection
      .all<{ chunk: number; named: number }>(
        `WITH asked AS (SELECT DISTINCT value AS key FROM json_each(?)),
           found AS (
             SELECT chunk.id, 1 AS named FROM asked JOIN name USING (key) JOIN chunk USING (document)
             UNION ALL SELECT chunk, 0 FROM asked JOIN mention USING (key)),
           once AS (SELECT id, max(named) AS named FROM found GROUP BY id)
         SELECT once.id AS chunk, named
         FROM once JOIN chunk USING (id) JOIN document d ON d.id = chunk.document
         ${sql && `WHERE ${sql}`} ORDER BY named DESC, position, path LIMIT ?`,
        JSON.stringify(keys),
        ...values,
        limit,
      )
      .map(({ chunk, named }) => ({ chunk, how: named ? 'named' : 'mentions' }));
  }

  frequencies(terms: readonly string[]): { chunks: number; of: ReadonlyMap<string, number> } {
    // In one question: asking for each word takes three times as long.
    const rows = this.#connection.all<{ term: string; chunks: number }>(
      'SELECT term, doc AS chunks FROM json_each(?) JOIN terms ON term = value',
      JSON.stringify(terms),
    );
    const known = new Map(rows.map(({ term, chunks }) => [term, chunks]));
    return {
      chunks: this.#connection.get<{ n: number }>('SELECT count(*) AS n FROM chunk')?.n ?? 0,
      of: new Map(terms.map((term) => [term, known.get(term) ?? 0])),
    };
  }

  get(chunks: readonly ChunkId[]): FoundChunk[] {
    return asAsked(chunks, this.#chunks(ANY_OF, JSON.stringify(chunks)));
  }

  places(chunks: readonly ChunkId[]): PlacedChunk[] {
    const rows = this.#connection.all<PlaceRow>(
      `SELECT chunk.id, position, ${DOCUMENT} FROM chunk JOIN document ON document.id = chunk.document WHERE ${ANY_OF}`,
      JSON.stringify(chunks),
    );
    return asAsked(chunks, rows.map(placeFrom));
  }

  chunksOf(path: string): FoundChunk[] {
    return this.#chunks('document.path = ? ORDER BY position', path);
  }

  /** The chunks of a document that was just read; none if it is another one by now. */
  chunksIn(document: IndexedDocument): FoundChunk[] {
    return this.#connection
      .all<PassageRow>(
        `SELECT passage.*, position FROM document JOIN chunk ON chunk.document = document.id JOIN passage ON passage.id = chunk.id
         WHERE path = ? AND blob = ? ORDER BY position`,
        document.path,
        document.blob,
      )
      .map((row) => passageFrom(row, document));
  }

  /** The chunks after a number that have no vector, some of them; none at the end. */
  unembeddedAfter(chunk: ChunkId, filter?: Filter): FoundChunk[] {
    const { sql, values } = conditionOf(filter);
    const ids = this.#connection.all<{ id: number }>(
      `SELECT chunk.id FROM chunk ${sql && 'JOIN document d ON d.id = chunk.document'}
       WHERE block IS NULL AND chunk.id > ? ${sql && `AND ${sql}`} ORDER BY chunk.id LIMIT ${PAGE}`,
      chunk,
      ...values,
    );
    return this.get(ids.map(({ id }) => id));
  }

  kept(name: string): Uint8Array | null {
    return (
      this.#connection.get<{ value: Uint8Array }>('SELECT value FROM kept WHERE name = ?', name)?.value ??
      null
    );
  }

  /** The documents after a path, some of them; none at the end. */
  documentsAfter(path: string | null, filter?: Filter): IndexedDocument[] {
    const { sql, values } = conditionOf(filter);
    return this.#connection
      .all<DocumentRow>(
        `SELECT d.* FROM document d WHERE (?1 IS NULL OR d.path > ?1) ${sql && `AND ${sql}`} ORDER BY d.path LIMIT ${PAGE}`,
        path,
        ...values,
      )
      .map(documentFrom);
  }

  #chunks(condition: string, value: string): FoundChunk[] {
    return this.#connection
      .all<ChunkRow>(
        `SELECT passage.*, position, ${DOCUMENT}
         FROM chunk JOIN passage USING (id) JOIN document ON document.id = chunk.document WHERE ${condition}`,
        value,
      )
      .map(chunkFrom);
  }
}

/** In the order asked for, without those that are gone. */
function asAsked<T extends { readonly id: ChunkId }>(chunks: readonly ChunkId[], found: readonly T[]): T[] {
  const known = new Map(found.map((each) => [each.id, each]));
  return chunks.flatMap((id) => known.get(id) ?? []);
}
