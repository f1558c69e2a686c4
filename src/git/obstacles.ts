import { ctxError } from '../core/errors/index.ts';
import type { WorkTree } from './work-tree.ts';

/**
 * What would have to give way for a new file at `path`: paths of the work tree, none when the place is free.
 * `leaving` are paths that are removed before the file is written, and no obstacles.
 * Throws `git.symlinked-folder` when a folder on the way is a symbolic link.
 */
export function obstaclesOf(tree: WorkTree, path: string, leaving: ReadonlySet<string>): string[] {
  const found = tree.inspect(path);
  switch (found.kind) {
    case 'absent':
      return [];
    case 'folder':
      return [...tree.filesBelow(path)].filter((file) => !leaving.has(file));
    case 'behind':
      if (leaving.has(found.path)) return [];
      if (found.link) throw ctxError('git.symlinked-folder', { path, link: found.path });
      return [found.path];
    default:
      return isRespelling(tree, path, leaving) ? [] : [path];
  }
}

/** On a case-insensitive file system `Readme.md` is found at `README.md`; a rename from one to the other is free. */
function isRespelling(tree: WorkTree, path: string, leaving: ReadonlySet<string>): boolean {
  if (tree.spells(path)) return false;
  const folded = path.toLowerCase();
  for (const other of leaving) if (other.toLowerCase() === folded) return true;
  return false;
}
