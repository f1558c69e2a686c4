import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { ctxError } from '../../../core/errors/index.ts';
import { loadSqlite } from '../../../core/sqlite.ts';

/** The result codes that mean something to us: https://sqlite.org/rescode.html */
const BUSY = 5;
const CORRUPT = [11, 26];
const READ_ONLY_RECOVERY = [264, 776];
const REFUSED = [3, 8, 10, 13, 14, 23];

export type Row = Record<string, null | number | string | Uint8Array>;

interface ConnectionOptions {
  readonly readOnly: boolean;
  /** How long it waits for others, in milliseconds. */
  readonly wait: number;
}

/** One connection to the file of an index. Its failures are the catalogue's; it keeps the statements that it has prepared. */
export class Connection implements Disposable {
  readonly path: string;
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  private constructor(path: string, readOnly: boolean) {
    this.path = path;
    // Waiting is ours (`patiently`): SQLite's own would stop the event loop, and with it a writer of this very process.
    this.#database = this.#known(() => new (loadSqlite().DatabaseSync)(path, { readOnly, timeout: 0 }));
  }

  static async open(path: string, { readOnly, wait }: ConnectionOptions): Promise<Connection> {
    const connection = new Connection(path, readOnly);
    try {
      // What a large write changes stays in memory up to here; beyond it readers wait for its end. What is lost to a failing
      // machine is made again, so that less than SQLite's most careful order will do.
      await patiently(() => connection.exec('PRAGMA cache_size = -32768; PRAGMA synchronous = NORMAL'), wait);
      return connection;
    } catch (error) {
      connection[Symbol.dispose]();
      throw error;
    }
  }

  [Symbol.dispose](): void {
    this.#statements.clear();
    if (this.#database.isOpen) this.#database.close();
  }

  exec(sql: string): void {
    this.#known(() => this.#database.exec(sql));
  }

  run(sql: string, ...values: SQLInputValue[]): number {
    return this.#known(() => Number(this.#prepared(sql).run(...values).lastInsertRowid));
  }

  all<T = Row>(sql: string, ...values: SQLInputValue[]): T[] {
    return this.#known(() => this.#prepared(sql).all(...values) as T[]);
  }

  get<T = Row>(sql: string, ...values: SQLInputValue[]): T | undefined {
    return this.#known(() => this.#prepared(sql).get(...values) as T | undefined);
  }

  #prepared(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #known<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw known(error, this.path);
    }
  }
}

/** Tries again while another process, or another connection of this one, holds the file; `search.index-busy` after `most`. */
export async function patiently<T>(work: () => T, most: number): Promise<T> {
  const end = Date.now() + most;
  for (let wait = 1; ; wait = Math.min(wait * 2, 50)) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error) || Date.now() >= end) throw error;
    }
    await sleep(wait);
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'search.index-busy';
}

function known(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return error;
  const reason = error.message;
  const primary = error.errcode & 0xff;
  if (CORRUPT.includes(primary) || READ_ONLY_RECOVERY.includes(error.errcode))
    return ctxError('search.index-corrupt', { path, reason }, error);
  if (primary === BUSY) return ctxError('search.index-busy', { path }, error);
  if (REFUSED.includes(primary)) return ctxError('search.index-refused', { path, reason }, error);
  return error;
}
