import { chmodSync, existsSync, mkdtempSync, statfsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/** A file system in memory, where Linux has one. */
const MEMORY = '/dev/shm';

/** Several times what the tests hold at a time. Containers often have 64 MB there, which is not enough. */
const ENOUGH = 2 * 1024 ** 3;

let made: string | undefined;

/**
 * Puts the temporary folders of all tests into memory where there is room. Much of the time would otherwise go to bringing small
 * files to a disk from which nobody reads them again; the long tests do write to one.
 */
export function setup(): void {
  if (!existsSync(MEMORY)) return;
  const { bavail, bsize } = statfsSync(MEMORY);
  if (bavail * bsize < ENOUGH) return;
  made = mkdtempSync(join(MEMORY, 'context-sync-'));
  // Open to all as the system's own is: some tests run programs as another user.
  chmodSync(made, 0o1777);
  process.env.TMPDIR = made;
  // A third of the time of a program that a test starts is compiling what another has compiled before.
  process.env.NODE_COMPILE_CACHE = join(made, 'compiled');
}

/** Removes what killed programs have left, too. */
export async function teardown(): Promise<void> {
  if (made !== undefined) await rm(made, { recursive: true, force: true, maxRetries: 3 });
}
