import { accessSync, constants, copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isCtxError } from '../../core/errors/index.ts';
import { searchIndexOf } from '../../core/paths.ts';
import { openSqliteStore } from '../store/sqlite/open.ts';
import type { Store } from '../store/store.ts';

export interface IndexPlace {
  /** Of the repository that the index is of; absolute. */
  readonly gitDir: string;
  /** The user's folder of what can be made again. */
  readonly cache: string;
  /** The database that many hosts share, in place of a file. */
  readonly url?: string | undefined;
}

/**
 * Opens the index of a repository: the file beside it, or where the repository is not this user's to write, a file of this
 * user's cache, unless the one beside it will do as it is.
 */
export async function openStore(
  { gitDir, cache, url }: IndexPlace,
  isCurrent: (store: Store) => Promise<boolean>,
): Promise<Store> {
  if (url !== undefined) {
    const { openPostgresStore } = await import('../store/postgres/open.ts');
    return openPostgresStore({ url });
  }
  const own = searchIndexOf(gitDir);
  if (isWritable(gitDir)) {
    mkdirSync(join(gitDir, 'ctx'), { recursive: true });
    return openSqliteStore({ path: own });
  }
  const beside = existsSync(own) ? await openToRead(own) : undefined;
  if (beside && (await isCurrent(beside))) return beside;
  await beside?.[Symbol.asyncDispose]();
  const folder = join(cache, 'search');
  const copy = join(folder, await nameOf(gitDir));
  mkdirSync(folder, { recursive: true });
  if (!existsSync(copy) && beside) copyFileSync(own, copy);
  return openSqliteStore({ path: copy });
}

/** Undefined for one that is broken, or that this user may not read: nobody but its owner can make it anew. */
async function openToRead(path: string): Promise<Store | undefined> {
  try {
    return await openSqliteStore({ path, readOnly: true });
  } catch (error) {
    if (isCtxError(error) && (error.is('search.index-corrupt') || error.is('search.index-refused')))
      return undefined;
    throw error;
  }
}

/** Removes the index of a repository, where it is a file. */
export async function removeIndex({ gitDir, cache }: IndexPlace): Promise<void> {
  const path = isWritable(gitDir) ? searchIndexOf(gitDir) : join(cache, 'search', await nameOf(gitDir));
  rmSync(path, { force: true });
}

async function nameOf(gitDir: string): Promise<string> {
  const { createHash } = await import('node:crypto');
  return `${createHash('sha256').update(gitDir).digest('hex').slice(0, 16)}.sqlite`;
}

function isWritable(gitDir: string): boolean {
  const folder = join(gitDir, 'ctx');
  try {
    accessSync(existsSync(folder) ? folder : gitDir, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
