import { chmod, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** The mode of files of a run: for this user alone. */
export const PRIVATE_FILE = 0o600;

/** `.git/ctx/run`, which only this user may enter: what is not committed yet may turn out not to be. */
export async function runFolder(gitDir: string): Promise<string> {
  const folder = join(gitDir, 'ctx', 'run');
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o700);
  return folder;
}

/** The place `name` in it. Whatever a killed run left there is removed. */
export async function placeOfRun(gitDir: string, name: string): Promise<string> {
  const place = join(await runFolder(gitDir), name);
  await rm(place, { recursive: true, force: true });
  return place;
}
