import { existsSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Where a clone is put together. Not removed before the clone is one, it marks a git folder without HEAD as ours. */
export const draftOfClone = (gitDir: string): string => join(gitDir, 'ctx', 'clone');

/** Whether a folder holds nothing, or nothing but a clone that was begun: no repository, which may only lack its HEAD. */
export function isUnmade(path: string): boolean {
  const names = readdirSync(path);
  if (names.length === 0) return true;
  const gitDir = join(path, '.git');
  if (names.length > 1 || names[0] !== '.git' || !lstatSync(gitDir).isDirectory()) return false;
  if (existsSync(join(gitDir, 'HEAD'))) return false;
  const inside = readdirSync(gitDir);
  return inside.every((name) => name === 'ctx') || existsSync(draftOfClone(gitDir));
}
