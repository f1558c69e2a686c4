import { existsSync } from 'node:fs';
import { ctxError, isCtxError } from '../core/errors/index.ts';
import { git, gitOutcome } from './spawned/command.ts';

/** A repository as it lies there; nothing in it is changed to know this. */
export interface RepoState {
  /** The work tree. */
  readonly path: string;
  readonly gitDir: string;
  /** The branch that is checked out; null where none is. */
  readonly branch: string | null;
  /** Null before the first commit. */
  readonly head: string | null;
  /** Objects in files of their own, and packs of objects. */
  readonly loose: number;
  readonly packs: number;
  /** What all objects take on disk. */
  readonly bytes: number;
}

/** Git's version, such as `2.43.0`; undefined where no git is in PATH. */
export async function gitVersion(cwd: string): Promise<string | undefined> {
  try {
    return /\d+(?:\.\d+)+/.exec(await git(['version'], { cwd }))?.[0];
  } catch (error) {
    if (isCtxError(error) && error.is('git.not-found')) return undefined;
    throw error;
  }
}

/** Undefined where there is no folder. Fails with `git.not-a-repo` where it is none of a repository's. */
export async function inspectRepo(path: string): Promise<RepoState | undefined> {
  if (!existsSync(path)) return undefined;
  const asked = ['rev-parse', '--absolute-git-dir', '--show-prefix'];
  const [gitDir = '', prefix = ''] = await linesOf(asked, path).catch((error: unknown) => {
    throw isCtxError(error) && error.is('git.command-failed')
      ? ctxError('git.not-a-repo', { path }, error)
      : error;
  });
  if (prefix !== '') throw ctxError('git.not-a-repo', { path });
  const [branch, head, counted] = await Promise.all([
    gitOutcome(['symbolic-ref', '--quiet', '--short', 'HEAD'], { cwd: path, accept: [1] }),
    gitOutcome(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'], { cwd: path, accept: [1] }),
    linesOf(['count-objects', '-v'], path),
  ]);
  const counts = new Map(counted.map((line) => line.split(': ') as [string, string]));
  const count = (name: string) => Number(counts.get(name) ?? 0);
  return {
    ...{ path, gitDir },
    branch: branch.stdout.trim() || null,
    head: head.stdout.trim() || null,
    loose: count('count'),
    packs: count('packs'),
    // In KiB: https://git-scm.com/docs/git-count-objects
    bytes: (count('size') + count('size-pack')) * 1024,
  };
}

async function linesOf(args: readonly string[], cwd: string): Promise<string[]> {
  return (await git(args, { cwd })).split('\n');
}
