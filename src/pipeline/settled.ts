import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceFile } from '../core/replace-file.ts';
import { VERSION } from '../core/version.ts';
import type { ContextRepo } from '../git/repo.ts';
import { RENDERER_VERSION } from '../markdown/version.ts';
import { GENERATED_VERSION } from './generated/files.ts';

/*
 * Where documents stand, how their links are written and which files lead to them is a function of a tree's documents.
 * That HEAD is what its own documents make is noted, so that a run which changes none need not work all of it out again
 * to find that out. Losing the note costs only that.
 */

/** Whether HEAD is known to be what its documents and these sources make. */
export async function isSettled(repo: ContextRepo, sources: readonly string[]): Promise<boolean> {
  try {
    const note = await readFile(placeOf(repo), 'utf8');
    return note === noteOf(await repo.head(), sources);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

/** Notes it, after a run that made it so. */
export async function noteSettled(repo: ContextRepo, sources: readonly string[]): Promise<void> {
  await replaceFile(placeOf(repo), noteOf(await repo.head(), sources));
}

const placeOf = ({ gitDir }: ContextRepo): string => join(gitDir, 'ctx', 'settled.json');

const noteOf = (head: string | null, sources: readonly string[]): string =>
  JSON.stringify({ head, sources, writer: [VERSION, RENDERER_VERSION, GENERATED_VERSION] });
