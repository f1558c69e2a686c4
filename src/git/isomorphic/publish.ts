import git, { Errors } from 'isomorphic-git';
import http from 'isomorphic-git/http/node';
import { ctxError } from '../../core/errors/index.ts';
import { harmlessCause, messageOf, withoutCredentials } from '../credentials.ts';
import type { DurableFiles } from './files.ts';

export interface PublishOptions {
  readonly fs: DurableFiles['fs'];
  readonly gitDir: string;
  readonly branchRef: string;
  /** A remote's name or a URL. */
  readonly remote: string;
  readonly branch: string;
}

/** isomorphic-git speaks HTTP only. */
export const isHttp = (url: string): boolean => /^https?:\/\//i.test(url);

/** Pushes without force, so that the remote only ever moves forward. */
export async function publish({
  fs,
  gitDir: gitdir,
  branchRef,
  remote,
  branch,
}: PublishOptions): Promise<void> {
  const url: string = (await git.getConfig({ fs, gitdir, path: `remote.${remote}.url` })) ?? remote;
  const shown = withoutCredentials(remote);
  const failed = (reason: string, cause?: unknown) =>
    ctxError('git.push-failed', { remote: shown, branch, reason: withoutCredentials(reason) }, cause);
  if (!isHttp(url)) throw failed('without git in PATH, only http and https remotes can be pushed to');
  const result = await git
    .push({
      fs,
      http,
      gitdir,
      url,
      ref: branchRef,
      remoteRef: `refs/heads/${branch}`,
      force: false,
      // Called when the URL's own credentials, or none, were refused; to cancel ends with an error of its own.
      onAuth: () => ({ cancel: true }),
    })
    .catch((error: unknown) => {
      const cause = harmlessCause(error, url);
      if (!(error instanceof Errors.PushRejectedError)) throw failed(messageOf(error), cause);
      throw ctxError('git.push-rejected', { remote: shown, branch }, cause);
    });
  if (!result.ok) throw failed(result.error ?? 'the remote refused it');
}
