import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ctxError } from '../../core/errors/index.ts';
import type { SourceRepositories } from '../../core/source-repositories.ts';
import { isBranchName } from '../paths.ts';
import { hasUsableGit } from '../spawned/usable.ts';
import { findLocal } from './local.ts';
import { Turns } from './turns.ts';

/** `mirrors` is the folder in which copies of remote repositories are kept; made when the first one is. */
export function sourceRepositories(mirrors: string): SourceRepositories {
  const turns = new Turns();
  return {
    async find(place, signal) {
      const { address, branch } = place;
      if (!(await hasUsableGit('/'))) throw ctxError('git.not-found', undefined);
      if (branch !== undefined && !isBranchName(branch))
        throw ctxError('repository.no-branch', { repository: address, branch });
      const path = folderAt(address);
      if (path !== undefined) return findLocal(realPath(path), branch, signal);
      const { findRemote } = await import('./remote.ts');
      return findRemote(place, { mirrors, turns }, signal);
    },
  };
}

/** A folder of this machine, also where a URL names it. */
function folderAt(address: string): string | undefined {
  if (/^file:\/\//i.test(address)) return fileURLToPath(address);
  return address.startsWith('/') || /^[a-z]:[\\/]/i.test(address) ? address : undefined;
}

function realPath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') throw ctxError('files.not-found', { path }, error);
    throw ctxError('files.unreadable', { path, reason: code ?? 'unknown' }, error);
  }
}
