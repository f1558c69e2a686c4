import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheDir, type Environment } from '../core/paths.ts';
import { replaceFile } from '../core/replace-file.ts';

/** When a session was last told what changed in a repository, and that one is now. Undefined for the first. */
export async function lastSession(
  repository: string,
  env: Environment,
  now: Date,
): Promise<Date | undefined> {
  const name = createHash('sha256').update(repository).digest('hex').slice(0, 16);
  const file = join(cacheDir(env), 'sessions', name);
  const before = await read(file);
  try {
    await replaceFile(file, `${now.toISOString()}\n`);
  } catch (error) {
    // Whoever has no place to remember it is told of the last day each time.
    if (!['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
  return before;
}

async function read(file: string): Promise<Date | undefined> {
  try {
    const date = new Date((await readFile(file, 'utf8')).trim());
    return Number.isNaN(date.getTime()) ? undefined : date;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? ''))
      return undefined;
    throw error;
  }
}
