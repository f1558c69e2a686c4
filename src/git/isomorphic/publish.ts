import git, { Errors } from 'isomorphic-git';
import { ctxError } from '../../core/errors/index.ts';
import { harmlessCause, messageOf, reasonOf, splitRemote, withoutCredentials } from '../credentials.ts';
import type { DurableFiles } from './files.ts';
import { http, isHttp, onAuth } from './http.ts';

export interface PublishOptions {
  readonly fs: DurableFiles['fs'];
  readonly gitDir: string;
  readonly branchRef: string;
  /** A remote's name or a URL. */
  readonly remote: string;
  readonly branch: string;
}

/** Pushes without force, so that the remote only ever moves forward. */
export async function publish({
  fs,
  gitDir: gitdir,
  branchRef,
  remote,
  branch,
}: PublishOptions): Promise<void> {
  const to = splitRemote((await git.getConfig({ fs, gitdir, path: `remote.${remote}.url` })) ?? remote);
  const shown = withoutCredentials(remote);
  const failed = (reason: string, cause?: unknown) =>
    ctxError('git.push-failed', { remote: shown, branch, reason: reasonOf(reason, to) }, cause);
  if (!isHttp(to.url)) throw failed('without git in PATH, only http and https remotes can be pushed to');
  const result = await git
    .push({
      fs,
      http,
      gitdir,
      url: to.url,
      ref: branchRef,
      remoteRef: `refs/heads/${branch}`,
      force: false,
      onAuth: onAuth(to),
    })
    .catch((error: unknown) => {
      const cause = harmlessCause(error, to);
      if (!(error instanceof Errors.PushRejectedError)) throw failed(messageOf(error), cause);
      throw ctxError('git.push-rejected', { remote: shown, branch }, cause);
    });
  if (!result.ok) throw failed(result.error ?? 'the remote refused it');
}
