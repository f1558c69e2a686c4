import { ctxError, isCtxError } from '../../core/errors/index.ts';
import { withoutCredentials } from '../../git/credentials.ts';
import type { ContextRepo } from '../../git/repo.ts';
import { readRecord } from './record.ts';

/**
 * Pushes what a build made. Fails with `purge.not-pushed` where the remote still has the history of before a purge: what
 * helps against a rejected push elsewhere, a rebase, would bring the purged documents back.
 */
export async function pushBuild(
  repo: ContextRepo,
  push: { readonly remote: string; readonly branch: string },
): Promise<void> {
  try {
    await repo.push(push);
  } catch (error) {
    const { documents, former } = readRecord(repo.gitDir);
    if (!isCtxError(error) || !error.is('git.push-rejected') || former.length === 0) throw error;
    const { remote, branch } = push;
    throw ctxError('purge.not-pushed', { remote: withoutCredentials(remote), branch, documents }, error);
  }
}
