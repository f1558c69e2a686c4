import { ctxError } from '../../core/errors/index.ts';
import { harmlessCause, messageOf, withoutCredentials } from '../credentials.ts';
import { reasonIn } from './command.ts';
import { porcelain } from './porcelain.ts';

/** What git says when the remote has commits that we have not; the words are fixed by LC_ALL=C. */
const REJECTED =
  /\[(rejected|remote rejected)\].*\((fetch first|non-fast-forward|stale info|cannot lock ref)/;

export interface PublishOptions {
  readonly cwd: string;
  readonly branchRef: string;
  /** A remote's name, a URL or a path. */
  readonly remote: string;
  readonly branch: string;
}

/** Pushes without force, so that the remote only ever moves forward. */
export async function publish({ cwd, branchRef, remote, branch }: PublishOptions): Promise<void> {
  try {
    await porcelain(cwd).raw([
      'push',
      '--no-verify',
      '--porcelain',
      '--',
      remote,
      `${branchRef}:refs/heads/${branch}`,
    ]);
  } catch (error) {
    const said = messageOf(error);
    const cause = harmlessCause(error, remote);
    const shown = withoutCredentials(remote);
    if (REJECTED.test(said)) throw ctxError('git.push-rejected', { remote: shown, branch }, cause);
    throw ctxError('git.push-failed', { remote: shown, branch, reason: reasonIn(said) }, cause);
  }
}
