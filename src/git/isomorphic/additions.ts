import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import git, { Errors, type TreeEntry } from 'isomorphic-git';
import type { Addition } from '../repo.ts';
import type { ObjectStore } from './trees.ts';

type Entries = ReadonlyMap<string, TreeEntry>;

/** As `ContextRepo.additions`, reading only folders that differ from those of the commit before. */
export async function* additions(
  store: ObjectStore,
  branchRef: string,
  folder: string,
): AsyncGenerator<Addition> {
  const cut = await cutCommits(store.gitdir);
  const newestFirst = await git.log({ ...store, ref: branchRef });
  for (const { oid, commit } of newestFirst.reverse()) {
    const [parent] = cut.has(oid) ? [] : commit.parent;
    const before = parent === undefined ? null : await folderOf(store, parent, folder);
    const now = await folderOf(store, oid, folder);
    const date = new Date(commit.author.timestamp * 1000);
    for await (const file of addedFiles(store, before, now, `${folder}/`))
      yield { ...file, date, isCut: cut.has(oid) };
  }
}

async function folderOf(store: ObjectStore, commit: string, folder: string): Promise<string | null> {
  try {
    return (await git.readTree({ ...store, oid: commit, filepath: folder })).oid;
  } catch (error) {
    if (error instanceof Errors.NotFoundError) return null;
    throw error;
  }
}

async function* addedFiles(
  store: ObjectStore,
  before: string | null,
  now: string | null,
  prefix: string,
): AsyncGenerator<{ readonly path: string; readonly oid: string }> {
  if (now === null || now === before) return;
  const [old, entries] = [await entriesOf(store, before), await entriesOf(store, now)];
  for (const { path, oid, type, mode } of entries.values()) {
    const former = old.get(path);
    if (type === 'tree')
      yield* addedFiles(store, former?.type === 'tree' ? former.oid : null, oid, `${prefix}${path}/`);
    else if (mode.startsWith('100') && former?.type !== 'blob') yield { path: prefix + path, oid };
  }
}

async function entriesOf(store: ObjectStore, oid: string | null): Promise<Entries> {
  const tree = oid === null ? [] : (await git.readTree({ ...store, oid })).tree;
  return new Map(tree.map((entry) => [entry.path, entry]));
}

/** The commits whose parents a shallow clone has not. */
async function cutCommits(gitdir: string): Promise<Set<string>> {
  try {
    return new Set((await readFile(join(gitdir, 'shallow'), 'utf8')).split('\n'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Set();
    throw error;
  }
}
