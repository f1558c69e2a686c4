import { dirname } from 'node:path';
import { ctxError, isCtxError } from '../../core/errors/index.ts';
import type { FoundRepository } from '../../core/source-repositories.ts';
import { splitRemote, withoutCredentials } from '../credentials.ts';
import { ReadingGit } from '../spawned/reading-git.ts';
import { readCommit } from './read-commit.ts';

/** A repository of this machine, bare or with a work tree, whoever owns it. `path` is without symbolic links. */
export async function findLocal(
  path: string,
  branch: string | undefined,
  signal: AbortSignal,
): Promise<FoundRepository> {
  // A folder of a repository is not taken for the whole of it.
  const git = new ReadingGit(path, signal, { env: { GIT_CEILING_DIRECTORIES: dirname(path) } });
  const ref = branch === undefined ? 'HEAD' : `refs/heads/${branch}`;
  const { stdout } = await git
    .outcome(['rev-parse', '--verify', '--quiet', `${ref}^{commit}`], [1])
    .catch((error: unknown) => {
      throw isCtxError(error) && error.is('git.command-failed')
        ? ctxError('repository.not-found', { path, reason: error.params.reason }, error)
        : error;
    });
  const head = stdout.trim();
  if (head === '') throw ctxError('repository.no-branch', { repository: path, branch: branch ?? null });
  const named = await git.outcome(['symbolic-ref', '--quiet', '--short', 'HEAD'], [1]);
  const origin = (await git.outcome(['config', '--get', 'remote.origin.url'], [1])).stdout.trim();
  return {
    branch: branch ?? (named.stdout.trim() || undefined),
    head,
    origin: origin === '' ? undefined : withoutCredentials(splitRemote(origin).url),
    open: async () => readCommit(git, head),
  };
}
