import { createHash } from 'node:crypto';
import { mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { ctxError } from '../../core/errors/index.ts';
import type { FoundRepository, RepositoryPlace } from '../../core/source-repositories.ts';
import { type Remote, splitRemote, withoutCredentials } from '../credentials.ts';
import { lockRepo, type RepoLock } from '../lock.ts';
import { ReadingGit } from '../spawned/reading-git.ts';
import { askRemote } from './ask-remote.ts';
import { fetchBlobs, renewMirror } from './mirror.ts';
import { readCommit } from './read-commit.ts';
import type { Turns } from './turns.ts';

/** A repository elsewhere, read by a copy of its branch in the folder `mirrors` that each run brings up to date. */
export async function findRemote(
  { address, branch, credentials }: RepositoryPlace,
  { mirrors, turns }: { readonly mirrors: string; readonly turns: Turns },
  signal: AbortSignal,
): Promise<FoundRepository> {
  const remote: Remote = credentials ? { url: address, credentials } : splitRemote(address);
  mkdirSync(mirrors, { recursive: true });
  const asked = { cwd: mirrors, remote, signal };
  const refs = await askRemote(asked, branch === undefined ? ['HEAD'] : [`refs/heads/${branch}`]);
  const [wanted] = refs.commits;
  if (wanted === undefined) {
    const repository = withoutCredentials(remote.url);
    throw ctxError('repository.no-branch', { repository, branch: branch ?? null });
  }
  const { ref, commit } = wanted;
  return {
    branch: branch ?? refs.head?.replace(/^refs\/heads\//, ''),
    head: commit,
    origin: undefined,
    async open() {
      const gitDir = join(mirrors, `${keyOf(remote.url, branch)}.git`);
      mkdirSync(gitDir, { recursive: true });
      const endTurn = await turns.take(gitDir);
      let lock: RepoLock | undefined;
      const release = () => {
        lock?.release();
        endTurn();
      };
      try {
        lock = await lockRepo(gitDir);
        const path = realpathSync.native(gitDir);
        const mirror = { gitDir: path, remote, signal };
        const head = await renewMirror(mirror, { ref: refs.head ?? ref, commit });
        const git = new ReadingGit(path, signal);
        const repository = readCommit(git, head, (blobs) => fetchBlobs(mirror, blobs));
        // The copy is this run's until it has been read.
        return Object.assign(repository, { [Symbol.asyncDispose]: async () => release() });
      } catch (error) {
        release();
        throw error;
      }
    },
  };
}

/** One copy for each address and branch: two of them are read side by side. */
function keyOf(url: string, branch = ''): string {
  return createHash('sha256').update(`${url}\n${branch}`).digest('hex').slice(0, 32);
}
