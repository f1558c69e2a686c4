import { ctxError } from '../../core/errors/index.ts';
import { type Remote, withoutCredentials } from '../credentials.ts';
import type { Difference, Entry, ObjectFormat } from '../engine.ts';
import { problemOfPath } from '../paths.ts';
import { differencesOf } from './diff.ts';

/**
 * How a commit of a remote differs from the clone's. Fails with `pull.bad-path` for a path that could be read as another
 * place: a tree may hold any name, and git checks them only when it writes files itself.
 */
export async function incoming(
  cwd: string,
  format: ObjectFormat,
  { old, next, remote }: { readonly old: string | null; readonly next: string; readonly remote: Remote },
): Promise<Difference[]> {
  const differences = await differencesOf(cwd, format, old, next);
  for (const { path, new: entry } of differences) {
    const reason = entry === null || isModules(path, entry) ? undefined : problemOfPath(path);
    if (reason !== undefined)
      throw ctxError('pull.bad-path', { remote: withoutCredentials(remote.url), path, reason });
  }
  return differences;
}

/** A build writes no such file; people who have submodules do, and as a file it does nothing by itself. */
const isModules = (path: string, { mode }: Entry): boolean =>
  path === '.gitmodules' && mode.startsWith('100');
