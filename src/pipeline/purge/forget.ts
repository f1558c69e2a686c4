import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ctxError } from '../../core/errors/index.ts';
import type { History } from '../../git/history.ts';
import type { ContextRepo } from '../../git/repo.ts';
import type { Findings } from './find.ts';
import { remainingHolders } from './plan.ts';
import { DURABLE, readRecord, writeRecord } from './record.ts';

/** What this program has cached in the clone may hold texts and titles; it is all made anew when it is needed. */
export function clearCaches(gitDir: string): void {
  const folder = join(gitDir, 'ctx');
  for (const name of readdirSync(folder)) {
    if (!DURABLE.has(name) && !name.startsWith('lock.db'))
      rmSync(join(folder, name), { recursive: true, force: true });
  }
}

/**
 * Lets go of the branch's former commits, removes the objects that nothing holds any more from the clone, and looks
 * whether those of the record are gone. Fails with `purge.not-gone`, naming what holds them.
 */
export async function forgetObjects(repo: ContextRepo, history: History, findings: Findings): Promise<void> {
  await history.forgetUnreachable(['HEAD', `refs/heads/${repo.branch}`]);
  const record = readRecord(repo.gitDir);
  const objects = await history.present(record.objects);
  writeRecord(repo.gitDir, { ...record, objects });
  if (objects.length === 0) return;
  const holders = await remainingHolders(history, findings);
  if (holders.length === 0) holders.push('something that git does not say, such as a pack with a .keep file');
  throw ctxError('purge.not-gone', { path: repo.path, objects: objects.length, holders });
}
