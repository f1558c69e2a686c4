import git, { type TreeEntry } from 'isomorphic-git';
import { FOLDER } from '../commit-tree.ts';
import type { Difference, Entry, PathEntry, Trees } from '../engine.ts';
import type { DurableFiles } from './files.ts';

export interface ObjectStore {
  readonly fs: DurableFiles['fs'];
  readonly gitdir: string;
  /** isomorphic-git keeps parsed packs here. */
  readonly cache: object;
}

/** What changes in one folder: a subfolder's changes, a file, or null for something that goes. */
type FolderChanges = Map<string, FolderChanges | Entry | null>;

/** All paths below a tree in git's order: names are sorted with `/` behind folders, so that paths come out sorted. */
export async function* walkTree(store: ObjectStore, oid: string, prefix = ''): AsyncGenerator<PathEntry> {
  const { tree } = await git.readTree({ ...store, oid });
  for (const entry of tree) {
    if (entry.type === 'tree') yield* walkTree(store, entry.oid, `${prefix}${entry.path}/`);
    else yield { path: prefix + entry.path, mode: entry.mode, oid: entry.oid };
  }
}

export function storedTrees(store: ObjectStore): Trees {
  const read = async (oid: string) => {
    const { tree } = await git.readTree({ ...store, oid });
    return new Map(
      tree.map(({ path, type, mode, oid }): [string, Entry] => [
        path,
        { mode: type === 'tree' ? FOLDER : mode, oid },
      ]),
    );
  };
  return { ofCommit: read, read, async [Symbol.asyncDispose]() {} };
}

/** Writes the tree that results from the differences, touching only the folders on their way. */
export async function writeTreeWith(
  store: ObjectStore,
  base: string | null,
  differences: readonly Difference[],
): Promise<string> {
  const root: FolderChanges = new Map();
  // Removals first: what takes a removed file's or folder's place then replaces the removal.
  for (const { path, new: next } of differences) if (next === null) put(root, path, null);
  for (const { path, new: next } of differences) if (next) put(root, path, next);
  return (await writeFolder(store, base, root)) ?? git.writeTree({ ...store, tree: [] });
}

function put(root: FolderChanges, path: string, value: Entry | null): void {
  const names = path.split('/');
  const name = names.pop() ?? '';
  let folder = root;
  for (const parent of names) {
    const next = folder.get(parent);
    const inner: FolderChanges = next instanceof Map ? next : new Map();
    folder.set(parent, inner);
    folder = inner;
  }
  folder.set(name, value);
}

/** Null when nothing is left: git has no empty folders. */
async function writeFolder(
  store: ObjectStore,
  base: string | null,
  changes: FolderChanges,
): Promise<string | null> {
  const before = base === null ? [] : (await git.readTree({ ...store, oid: base })).tree;
  const entries = new Map<string, TreeEntry>(before.map((entry) => [entry.path, entry]));
  for (const [path, change] of changes) {
    if (change instanceof Map) {
      const old = entries.get(path);
      const oid = await writeFolder(store, old?.type === 'tree' ? old.oid : null, change);
      if (oid === null) entries.delete(path);
      else entries.set(path, { mode: '040000', path, oid, type: 'tree' });
    } else if (change === null) entries.delete(path);
    else entries.set(path, { mode: change.mode, path, oid: change.oid, type: 'blob' });
  }
  return entries.size === 0 ? null : git.writeTree({ ...store, tree: [...entries.values()] });
}
