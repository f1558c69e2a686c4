import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type CtxError, ctxError } from '../core/errors/index.ts';
import { writeDurably } from './durable.ts';
import { clearCaches } from './own-files.ts';
import type { ContextRepo } from './repo.ts';
import { commitsNotIn } from './spawned/ancestry.ts';
import { deleteRefs, forgetUnreachable, gitPath, present } from './spawned/history-objects.ts';
import { listRoots, type Root } from './spawned/history-roots.ts';

const schema = z.strictObject({ version: z.literal(1), commits: z.array(z.string()) });

const fileIn = (gitDir: string): string => join(gitDir, 'ctx', 'former.json');

/** The commits of a replaced history that must be gone from the clone once its branch has left them. */
export function readFormer(gitDir: string): readonly string[] {
  try {
    return schema.parse(JSON.parse(readFileSync(fileIn(gitDir), 'utf8'))).commits;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Written before the branch leaves them, so that a kill delays the removal and does not lose it. */
export function writeFormer(gitDir: string, commits: readonly string[]): void {
  mkdirSync(join(gitDir, 'ctx'), { recursive: true });
  if (commits.length === 0) rmSync(fileIn(gitDir), { force: true });
  else writeDurably(fileIn(gitDir), `${JSON.stringify({ version: 1, commits })}\n`);
}

/**
 * Removes the former commits, and what only they hold, from the clone, if the branch has left them: refs that remember
 * remotes go, reflogs of `HEAD`, of the branch and of those lose what leads nowhere, caches are cleared, and git packs
 * anew without what nothing holds. Answers what still holds them, a person's tag or stash for one; undefined if nothing.
 */
export async function forgetFormer(repo: ContextRepo): Promise<CtxError | undefined> {
  const { path: cwd, gitDir, branch } = repo;
  const former = readFormer(gitDir);
  const head = await repo.head();
  if (former.length === 0 || head === null || (await holds(cwd, head, former, []))) return undefined;
  const remembered = (await listRoots(cwd)).filter(({ ref }) => ref.startsWith('refs/remotes/'));
  const refs = remembered.filter(({ kind, commit }) => kind === 'ref' && former.includes(commit));
  await deleteRefs(
    cwd,
    refs.map(({ ref }) => ref),
  );
  // git writes them for the next command of a person, and does without.
  for (const name of ['FETCH_HEAD', 'ORIG_HEAD']) rmSync(await gitPath(cwd, name), { force: true });
  clearCaches(gitDir);
  const logs = new Set(['HEAD', `refs/heads/${branch}`, ...remembered.map(({ ref }) => ref)]);
  await forgetUnreachable(cwd, [...logs]);
  const left = await present(cwd, former);
  writeFormer(gitDir, left);
  if (left.length === 0) return undefined;
  const roots = (await listRoots(cwd)).filter(({ kind, ref }) => kind !== 'reflog' || !logs.has(ref));
  const holders = await holdersOf(cwd, head, roots, left);
  return ctxError('pull.not-forgotten', { path: cwd, commits: left.length, holders });
}

/** The log of HEAD keeps what any ref leads to, and is no holder of its own. */
async function holdersOf(
  cwd: string,
  head: string,
  roots: readonly Root[],
  former: readonly string[],
): Promise<string[]> {
  const found: string[] = [];
  for (const [commit, same] of Map.groupBy(roots, (root) => root.commit))
    if (await holds(cwd, commit, former, [head])) found.push(...same.map(({ name }) => name));
  return found.length > 0 ? found : ['something that git does not say, such as a pack with a .keep file'];
}

/** Whether one of the commits leads to `tip`, beside those that lead to `others`. */
async function holds(
  cwd: string,
  tip: string,
  commits: readonly string[],
  others: readonly string[],
): Promise<boolean> {
  const sought = new Set(commits);
  return (await commitsNotIn(cwd, [tip], others)).some((commit) => sought.has(commit));
}
