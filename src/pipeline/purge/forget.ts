import { ctxError } from '../../core/errors/index.ts';
import type { History } from '../../git/history.ts';
import type { ContextRepo } from '../../git/repo.ts';
import { type PurgePlan, remainingHolders } from './plan.ts';
import { readRecord, writeRecord } from './record.ts';

/**
 * Lets go of the branch's former commits, removes the objects that nothing holds any more from the clone, and looks
 * whether those of the record are gone. Fails with `purge.not-gone`, naming what holds them.
 */
export async function forgetObjects(repo: ContextRepo, history: History, plan: PurgePlan): Promise<void> {
  await history.forgetUnreachable(['HEAD', `refs/heads/${repo.branch}`]);
  const record = readRecord(repo.gitDir);
  const objects = await history.present(record.objects);
  writeRecord(repo.gitDir, { ...record, objects });
  if (objects.length === 0) return;
  const holders = await remainingHolders(history, plan, plan.files);
  if (holders.length === 0) holders.push('something that git does not say, such as a pack with a .keep file');
  throw ctxError('purge.not-gone', { path: repo.path, objects: objects.length, holders });
}
