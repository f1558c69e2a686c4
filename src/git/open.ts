import { accessSync, constants, mkdirSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { ctxError } from '../core/errors/index.ts';
import { contextRepo } from './context-repo.ts';
import { type Remote, splitRemote } from './credentials.ts';
import type { Engine } from './engine.ts';
import { isBranchName } from './paths.ts';
import type { ContextRepo, OpenOptions } from './repo.ts';
import { openGit } from './spawned/open.ts';
import { hasUsableGit } from './spawned/usable.ts';
import { isUnmade } from './unmade.ts';

/** What an engine needs to open or make a repository. */
export interface Place {
  /** An existing folder, absolute, without symbolic links. */
  readonly path: string;
  readonly branch: string;
  readonly remote: Remote | null;
  /** Nothing is in it yet: the repository is to be made. */
  readonly empty: boolean;
  /** A repository is only made as a clone. */
  readonly onlyClones: boolean;
}

/**
 * Opens the context repository, or makes it when the folder is absent or empty. Fails with a usage error when the
 * folder is something else: other files, a bare repository, a repository with another branch checked out.
 */
export async function openRepo(options: OpenOptions): Promise<ContextRepo> {
  const { branch, remote = null } = options;
  if (!isBranchName(branch)) throw ctxError('git.bad-branch', { branch });
  const place: Place = {
    ...makeFolder(resolve(options.path)),
    branch,
    remote: remote === null ? null : splitRemote(remote),
    onlyClones: options.onlyClones ?? false,
  };
  const usable = options.engine === 'isomorphic-git' ? false : await hasUsableGit(place.path);
  if (options.engine === 'git' && !usable) throw ctxError('git.not-found', undefined);
  return contextRepo(usable ? await openGit(place) : await openWithoutGit(place));
}

/** Loaded where it is used: a whole implementation of git, and where there is git nobody needs it. */
async function openWithoutGit(place: Place): Promise<Engine> {
  const { openIsomorphic } = await import('./isomorphic/open.ts');
  return openIsomorphic(place);
}

function makeFolder(path: string): { path: string; empty: boolean } {
  try {
    mkdirSync(path, { recursive: true });
    accessSync(path, constants.W_OK);
    return { path: realpathSync.native(path), empty: isUnmade(path) };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' || code === 'ENOTDIR') throw ctxError('git.not-a-folder', { path }, error);
    throw error;
  }
}
