import { ctxError } from '../../core/errors/index.ts';
import {
  harmlessCause,
  messageOf,
  type Remote,
  reasonOf,
  splitRemote,
  withoutCredentials,
} from '../credentials.ts';
import { accessTo } from './access.ts';
import { git, reasonIn } from './command.ts';
import { findSource } from './fetch.ts';
import { porcelain } from './porcelain.ts';

/** What git says when the remote has commits that we have not; the words are fixed by LC_ALL=C. */
const REJECTED =
  /\[(rejected|remote rejected)\].*\((fetch first|non-fast-forward|stale info|cannot lock ref|failed to update ref)/;

export interface PublishOptions {
  readonly cwd: string;
  readonly branchRef: string;
  /** A remote's name, a URL or a path. */
  readonly remote: string;
  readonly branch: string;
  /** Replaces the remote's history, if the branch is still at this commit there. */
  readonly lease?: string;
}

/**
 * Pushes without force, so that the remote only ever moves forward, unless a lease is given. That the remote has these
 * commits is noted in the ref by which the clone knows its branch: when they are gone from it later, they were taken out.
 */
export async function publish({
  cwd,
  branchRef,
  remote: given,
  branch,
  lease,
}: PublishOptions): Promise<void> {
  const remote = splitRemote(given);
  try {
    await porcelain(cwd, accessTo(remote)).raw([
      'push',
      '--no-verify',
      '--porcelain',
      ...(lease === undefined ? [] : [`--force-with-lease=refs/heads/${branch}:${lease}`]),
      '--',
      remote.url,
      `${branchRef}:refs/heads/${branch}`,
    ]);
    const tracking = lease === undefined ? (await findSource(cwd, given, branch))?.tracking : undefined;
    if (tracking) await git(['update-ref', '-m', 'ctx: push', tracking, branchRef], { cwd });
  } catch (error) {
    const said = messageOf(error);
    const cause = harmlessCause(error, remote);
    const shown = withoutCredentials(remote.url);
    if (REJECTED.test(said)) throw ctxError('git.push-rejected', { remote: shown, branch }, cause);
    throw ctxError(
      'git.push-failed',
      { remote: shown, branch, reason: reasonOf(reasonIn(said), remote) },
      cause,
    );
  }
}

/** The commit that a branch of the remote is at; null if the remote has no such branch. */
export function remoteHead(cwd: string, given: string, branch: string): Promise<string | null> {
  return tipOf(cwd, splitRemote(given), branch);
}

/** As `remoteHead`, of a remote whose credentials are known apart from its address. */
export async function tipOf(cwd: string, remote: Remote, branch: string): Promise<string | null> {
  try {
    const answer = await porcelain(cwd, accessTo(remote)).listRemote([
      '--',
      remote.url,
      `refs/heads/${branch}`,
    ]);
    return /^(\w+)\t/.exec(answer)?.[1] ?? null;
  } catch (error) {
    const reason = reasonOf(reasonIn(messageOf(error)), remote);
    const params = { remote: withoutCredentials(remote.url), reason };
    throw ctxError('git.remote-unreachable', params, harmlessCause(error, remote));
  }
}
