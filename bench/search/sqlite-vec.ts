import { createRequire } from 'node:module';
import type { DatabaseSync } from 'node:sqlite';
import { loadSqlite } from '../../src/core/sqlite.ts';
import { STOP_WORDS, wordsOf } from '../../src/search/terms.ts';
import type { Passage, Question } from './texts.ts';

/** What is fused of each kind, and by which constant: https://plg.uwaterloo.ca/~gvcormac/cormacksigir09-rrf.pdf */
const DEPTH = 200;
const RRF = 60;

/**
 * The usual hybrid search in one file: FTS5, `sqlite-vec` with vectors of 32-bit floats, ranks fused, set up as its own
 * documentation says. Of questions it drops stop words, as ours does: with them it takes twice the time.
 */
export class SqliteVec implements Disposable {
  readonly #database: DatabaseSync;

  /** Undefined until `npm ci --prefix bench` has installed it. */
  static open(path: string, dimensions: number): SqliteVec | undefined {
    const extension = extensionPath();
    return extension === undefined ? undefined : new SqliteVec(path, dimensions, extension);
  }

  private constructor(path: string, dimensions: number, extension: string) {
    this.#database = new (loadSqlite().DatabaseSync)(path, { allowExtension: true });
    this.#database.loadExtension(extension);
    this.#database.exec(`
      PRAGMA journal_mode = WAL; PRAGMA cache_size = -65536;
      CREATE TABLE passage (id INTEGER PRIMARY KEY, path TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL);
      CREATE VIRTUAL TABLE words USING fts5(
        title, text, content = 'passage', content_rowid = 'id', tokenize = 'porter unicode61');
      CREATE VIRTUAL TABLE vectors USING vec0(
        id INTEGER PRIMARY KEY, embedding float[${dimensions}] distance_metric=cosine);
    `);
  }

  [Symbol.dispose](): void {
    this.#database.close();
  }

  put(passages: Iterable<Passage>): void {
    const passage = this.#database.prepare('INSERT INTO passage (path, title, text) VALUES (?, ?, ?)');
    const words = this.#database.prepare('INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)');
    const vectors = this.#database.prepare('INSERT INTO vectors (id, embedding) VALUES (?, ?)');
    this.#database.exec('BEGIN');
    for (const { path, title, text, vector } of passages) {
      const { lastInsertRowid } = passage.run(path, title, text);
      words.run(lastInsertRowid, title, text);
      vectors.run(BigInt(lastInsertRowid), new Uint8Array(vector.buffer));
    }
    this.#database.exec('COMMIT');
  }

  /** The best passages, with their texts. */
  search({ text, vector }: Question, limit: number): readonly unknown[] {
    const words = wordsOf(text).filter((word) => !STOP_WORDS.has(word));
    const matched = this.#database
      .prepare('SELECT rowid AS id FROM words WHERE words MATCH ? ORDER BY bm25(words, 2.0, 1.0) LIMIT ?')
      .all(words.map((word) => `"${word}"`).join(' OR '), DEPTH);
    const near = this.#database
      .prepare('SELECT id FROM vectors WHERE embedding MATCH ? AND k = ? ORDER BY distance')
      .all(new Uint8Array(vector.buffer), DEPTH);
    const scores = new Map<number, number>();
    for (const ranked of [matched, near])
      for (const [rank, { id }] of ranked.entries())
        scores.set(Number(id), (scores.get(Number(id)) ?? 0) + 1 / (RRF + rank + 1));
    const best = [...scores].sort(([, a], [, b]) => b - a).slice(0, limit);
    const read = this.#database.prepare('SELECT path, title, text FROM passage WHERE id = ?');
    return best.map(([id]) => read.get(id));
  }
}

function extensionPath(): string | undefined {
  try {
    const { getLoadablePath } = createRequire(import.meta.url)('sqlite-vec') as {
      getLoadablePath(): string;
    };
    return getLoadablePath();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}
