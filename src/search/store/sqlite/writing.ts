import type { DocumentWithChunks, Embedded, IndexedChunk, StoreState, StoreWriter } from '../store.ts';
import type { Connection } from './connection.ts';
import { momentOf } from './filter.ts';
import { VectorBlocks } from './vector-blocks.ts';
import { wordsOfChunk } from './words.ts';

/** Writes within a transaction that its owner begins and ends, after `flush`. */
export class Writing implements StoreWriter {
  readonly #connection: Connection;
  readonly #vectors: VectorBlocks;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#vectors = new VectorBlocks(connection);
  }

  async upsert(documents: AsyncIterable<DocumentWithChunks> | Iterable<DocumentWithChunks>): Promise<void> {
    for await (const document of documents) this.#put(document);
  }

  async delete(paths: Iterable<string>): Promise<void> {
    for (const path of paths) {
      const row = this.#connection.get<{ id: number }>('SELECT id FROM document WHERE path = ?', path);
      if (row) this.#remove(row.id);
    }
  }

  async drop(collection: string): Promise<void> {
    for (const { id } of this.#connection.all<{ id: number }>(
      'SELECT id FROM document WHERE collection = ?',
      collection,
    ))
      this.#remove(id);
  }

  async embed(vectors: AsyncIterable<Embedded> | Iterable<Embedded>): Promise<void> {
    for await (const { chunk, embedding } of vectors) {
      const row = this.#connection.get<{ document: number; block: number | null; source: string }>(
        'SELECT document, block, source FROM chunk JOIN document ON document.id = chunk.document WHERE chunk.id = ?',
        chunk,
      );
      if (row === undefined) continue;
      if (row.block !== null) this.#vectors.remove(row.block, new Set([chunk]));
      this.#vectors.add(chunk, row.document, row.source, embedding);
    }
  }

  async keep(name: string, value: Uint8Array | null): Promise<void> {
    if (value === null) this.#connection.run('DELETE FROM kept WHERE name = ?', name);
    else this.#connection.run('INSERT OR REPLACE INTO kept (name, value) VALUES (?, ?)', name, value);
  }

  async setState(state: StoreState): Promise<void> {
    this.#connection.run('INSERT OR REPLACE INTO state (only, value) VALUES (1, ?)', JSON.stringify(state));
  }

  /** Writes what is held back. */
  flush(): void {
    this.#vectors.flush();
  }

  #put({ document, chunks }: DocumentWithChunks): void {
    const { path, collection, blob, source, type, title, ancestors, url, keys, updated, author } = document;
    const before = this.#connection.get<{ id: number }>('SELECT id FROM document WHERE path = ?', path);
    if (before) this.#remove(before.id);
    const id = this.#connection.run(
      `INSERT INTO document (path, collection, blob, source, type, title, ancestors, url, keys, updated, author, moment)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...[path, collection, blob, source, type, title.toWellFormed(), JSON.stringify(ancestors)],
      ...[url ?? null, JSON.stringify(keys), updated ?? null, author ?? null, momentOf(updated)],
    );
    for (const key of new Set(keys))
      this.#connection.run('INSERT INTO name (key, document) VALUES (?, ?)', key, id);
    for (const [position, chunk] of chunks.entries()) this.#putChunk(document, id, position, chunk);
  }

  #putChunk(
    document: DocumentWithChunks['document'],
    owner: number,
    position: number,
    chunk: IndexedChunk,
  ): void {
    const { headings, text, lines, symbols, mentions, embedding } = chunk;
    const id = this.#connection.run('INSERT INTO chunk (document, position) VALUES (?, ?)', owner, position);
    this.#connection.run(
      'INSERT INTO passage (id, headings, text, first, last, symbols, mentions) VALUES (?, ?, ?, ?, ?, ?, ?)',
      ...[id, JSON.stringify(headings), text.toWellFormed(), ...lines],
      ...[symbols ? JSON.stringify(symbols) : null, JSON.stringify(mentions)],
    );
    this.#connection.run(
      'INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)',
      id,
      ...wordsOfChunk(document, chunk),
    );
    for (const key of new Set(mentions))
      this.#connection.run('INSERT INTO mention (key, chunk) VALUES (?, ?)', key, id);
    if (embedding) this.#vectors.add(id, owner, document.source, embedding);
  }

  #remove(id: number): void {
    const document = this.#connection.get<{ title: string; ancestors: string; keys: string }>(
      'SELECT title, ancestors, keys FROM document WHERE id = ?',
      id,
    );
    if (document === undefined) return;
    const title = { title: document.title, ancestors: JSON.parse(document.ancestors) };
    const blocks = new Map<number, Set<number>>();
    for (const row of this.#connection.all<{
      id: number;
      block: number | null;
      headings: string;
      text: string;
      symbols: string | null;
      mentions: string;
    }>(
      'SELECT id, block, headings, text, symbols, mentions FROM chunk JOIN passage USING (id) WHERE document = ?',
      id,
    )) {
      const chunk = {
        headings: JSON.parse(row.headings),
        text: row.text,
        ...(row.symbols !== null && { symbols: JSON.parse(row.symbols) }),
      };
      this.#connection.run(
        "INSERT INTO words (words, rowid, title, body) VALUES ('delete', ?, ?, ?)",
        row.id,
        ...wordsOfChunk(title, chunk),
      );
      for (const key of JSON.parse(row.mentions))
        this.#connection.run('DELETE FROM mention WHERE key = ? AND chunk = ?', key, row.id);
      this.#connection.run('DELETE FROM passage WHERE id = ?', row.id);
      if (row.block !== null) blocks.set(row.block, (blocks.get(row.block) ?? new Set()).add(row.id));
    }
    for (const [block, chunks] of blocks) this.#vectors.remove(block, chunks);
    this.#connection.run('DELETE FROM chunk WHERE document = ?', id);
    for (const key of JSON.parse(document.keys))
      this.#connection.run('DELETE FROM name WHERE key = ? AND document = ?', key, id);
    this.#connection.run('DELETE FROM document WHERE id = ?', id);
  }
}
