import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { ctxError } from '../core/errors/index.ts';
import { loadSqlite } from '../core/sqlite.ts';
import { writeDurably } from './durable.ts';

/** Held until it is released or the process ends, however it ends. */
export interface RepoLock extends AsyncDisposable {
  release(): void;
}

const holderSchema = z.object({ pid: z.number(), since: z.string() });

/**
 * Keeps two writing runs apart; fails with `git.locked` at once when another one holds it.
 * The lock is SQLite's on a file of its own, which the system drops with the process: no stale lock is possible.
 */
export async function lockRepo(gitDir: string): Promise<RepoLock> {
  const folder = join(gitDir, 'ctx');
  const holder = join(folder, 'lock.json');
  mkdirSync(folder, { recursive: true });
  const { DatabaseSync } = loadSqlite();
  const database = new DatabaseSync(join(folder, 'lock.db'), { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (!isBusy(error)) throw error;
    throw ctxError('git.locked', { path: dirname(gitDir), ...readHolder(holder) }, error);
  }
  writeDurably(holder, `${JSON.stringify({ pid: process.pid, since: new Date().toISOString() })}\n`);

  const release = (): void => {
    if (!database.isOpen) return;
    rmSync(holder, { force: true });
    database.close();
  };
  return { release, [Symbol.asyncDispose]: async () => release() };
}

/**
 * Who writes to a repository now, without waiting or writing; `left` for the note of a run that was killed, which holds nothing
 * up.
 */
export function lockHolder(
  gitDir: string,
): { readonly pid: number | null; readonly since: string | null } | 'left' | null {
  const folder = join(gitDir, 'ctx');
  const holder = join(folder, 'lock.json');
  if (!existsSync(join(folder, 'lock.db'))) return null;
  const { DatabaseSync } = loadSqlite();
  const database = new DatabaseSync(join(folder, 'lock.db'), { timeout: 0, readOnly: true });
  try {
    database.prepare('PRAGMA schema_version').get();
    return existsSync(holder) ? 'left' : null;
  } catch (error) {
    if (!isBusy(error)) throw error;
    return readHolder(holder);
  } finally {
    database.close();
  }
}

const SQLITE_BUSY = 5;

function isBusy(error: unknown): boolean {
  const code = (error as { errcode?: number }).errcode;
  return code !== undefined && (code & 0xff) === SQLITE_BUSY;
}

/** Who holds the lock, as far as it is known: the note is written just after the lock is taken. */
function readHolder(file: string): { pid: number | null; since: string | null } {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return { pid: null, since: null };
  }
}
