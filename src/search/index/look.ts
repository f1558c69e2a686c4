import { existsSync } from 'node:fs';
import { searchIndexOf } from '../../core/paths.ts';
import { openSqliteStore } from '../store/sqlite/open.ts';
import type { StoreStats } from '../store/store.ts';
import { CONTEXT } from './collection.ts';

/** What is there of an index, and of which commit of the repository it is. */
export interface SeenIndex extends Pick<StoreStats, 'documents' | 'chunks' | 'bytes'> {
  /** The file, or the database. */
  readonly name: string;
  /** Undefined for one that has nothing yet. */
  readonly commit: string | undefined;
}

/** Looks at a clone's index without making or changing anything. Undefined where there is none. */
export async function lookAtIndex(
  gitDir: string,
  database: string | undefined,
): Promise<SeenIndex | undefined> {
  const path = searchIndexOf(gitDir);
  if (database === undefined && !existsSync(path)) return undefined;
  await using store =
    database === undefined
      ? await openSqliteStore({ path, readOnly: true })
      : await (await import('../store/postgres/open.ts')).openPostgresStore({ url: database });
  const [{ documents, chunks, bytes }, state] = await Promise.all([store.stats(), store.state()]);
  return { name: store.name, documents, chunks, bytes, commit: state?.commits[CONTEXT] };
}
