import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const NOT_INSTALLED = 'the peers are not installed: npm ci --prefix bench';

/** Runs `work` with a folder that is removed afterwards. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'ctx-search-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
