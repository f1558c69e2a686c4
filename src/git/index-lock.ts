import {
  copyFileSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ctxError } from '../core/errors/index.ts';

/** What our lock file holds. git's own ones hold the next index, so that a stale one of ours is known as such. */
const OURS = 'context-sync: an interrupted run left this lock; the next one removes it\n';
const TRIES = 30;
const WAIT_MS = 100;

/**
 * Rewrites the index under git's own lock: `rewrite` gets the path of a copy (absent when there is no index) and
 * what it leaves there becomes the index. A kill leaves the old index or the new one, and at most a lock that the
 * next call knows as ours. The caller holds `lockRepo`.
 */
export async function rewriteIndex(gitDir: string, rewrite: (draft: string) => Promise<void>): Promise<void> {
  const index = join(gitDir, 'index');
  const lock = `${index}.lock`;
  const draft = join(gitDir, 'ctx', 'index');
  await takeLock(gitDir, lock);
  try {
    rmSync(draft, { force: true });
    rmSync(`${draft}.lock`, { force: true });
    copyIfThere(index, draft);
    await rewrite(draft);
    renameSync(draft, index);
  } finally {
    rmSync(lock, { force: true });
  }
}

async function takeLock(gitDir: string, lock: string): Promise<void> {
  const marker = join(gitDir, 'ctx', 'index-lock');
  mkdirSync(join(gitDir, 'ctx'), { recursive: true });
  writeFileSync(marker, OURS);
  for (let tries = 0; ; tries++) {
    try {
      // A link appears with its content, unlike a file that is made and then written.
      linkSync(marker, lock);
      rmSync(marker);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      if (isOurs(lock)) rmSync(lock, { force: true });
      else if (tries === TRIES) throw ctxError('git.index-locked', { lock }, error);
      else await sleep(WAIT_MS);
    }
  }
}

function isOurs(lock: string): boolean {
  try {
    return readFileSync(lock, 'utf8') === OURS;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

/**
 * The copy must not look younger than the index: git compares the content of files that are not older than the
 * index they are in, because an edit within the same tick doesn't show in their times. Whole seconds, rounded
 * down, make it compare a few more.
 */
function copyIfThere(from: string, to: string): void {
  const stat = statSync(from, { throwIfNoEntry: false });
  if (!stat) return;
  copyFileSync(from, to);
  const second = Math.floor(stat.mtimeMs / 1000);
  utimesSync(to, second, second);
}
