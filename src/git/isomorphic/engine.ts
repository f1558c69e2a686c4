import git, { Errors } from 'isomorphic-git';
import { ctxError } from '../../core/errors/index.ts';
import { type Engine, type Entry, type ObjectWriter, PENDING_REF } from '../engine.ts';
import type { Identity } from '../repo.ts';
import { additions } from './additions.ts';
import { readBlob, writeBlob } from './blobs.ts';
import { durableFiles } from './files.ts';
import { editedPaths, readIndex, updateIndex } from './index-store.ts';
import { publish } from './publish.ts';
import { storedTrees, walkTree, writeTreeWith } from './trees.ts';

/** The answer, or null when the repository has no such thing. */
async function orNull<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Errors.NotFoundError || error instanceof Errors.ObjectTypeError) return null;
    throw error;
  }
}

/** The engine for machines without git. SHA-1 repositories only; `openIsomorphic` refuses the others. */
export function isomorphicEngine({
  path,
  gitDir,
  branch,
}: {
  path: string;
  gitDir: string;
  branch: string;
}): Engine {
  const branchRef = `refs/heads/${branch}`;
  const { fs, flush } = durableFiles(gitDir);
  const store = { fs, gitdir: gitDir, cache: {} };
  const clone = { path, gitDir };

  const resolve = async (ref: string): Promise<string | null> => {
    const oid = await orNull(git.resolveRef({ ...store, ref }));
    return oid === null ? null : ((await orNull(git.readCommit({ ...store, oid })))?.oid ?? null);
  };

  const dropPending = () => git.deleteRef({ ...store, ref: PENDING_REF });

  const writerOn = (parent: string | null): ObjectWriter => {
    let tip = parent;
    let tree: string | null | undefined;
    return {
      blob: (oid, content) => writeBlob(store, oid, content),
      async commit(differences, { message, author, committer, seconds }) {
        tree ??= tip === null ? null : (await git.readCommit({ ...store, oid: tip })).commit.tree;
        tree = await writeTreeWith(store, tree, differences);
        const at = (who: Identity) => ({ ...who, timestamp: seconds, timezoneOffset: 0 });
        tip = await git.writeCommit({
          ...store,
          commit: {
            ...{ message, tree, parent: tip === null ? [] : [tip] },
            ...{ author: at(author), committer: at(committer) },
          },
        });
      },
      async end() {
        if (tip === null) throw new Error('a chain of no commits has no end');
        await flush();
        await git.writeRef({ ...store, ref: PENDING_REF, value: tip, force: true });
        return tip;
      },
      async abort() {},
    };
  };

  return {
    path,
    gitDir,
    branch,
    engine: 'isomorphic-git',
    objectFormat: 'sha1',
    resolve,

    isAncestor: async (ancestor, descendant) =>
      ancestor === descendant || (await git.isDescendent({ ...store, oid: descendant, ancestor, depth: -1 })),

    entries: (commit) => walkTree(store, commit),

    trees: () => storedTrees(store),

    async *blobs(requests) {
      for await (const request of requests) yield { ...request, content: await readBlob(store, request) };
    },

    contentAt: async (commit, filepath) =>
      (await orNull(git.readBlob({ ...store, oid: commit, filepath })))?.blob ?? null,

    writer: writerOn,

    async staged(paths) {
      const found = new Map<string, Entry | null>(paths.map(({ path: name }) => [name, null]));
      for (const { path: name, mode, oid, stage } of readIndex(clone))
        if (found.has(name)) found.set(name, { mode: stage === 0 ? mode.toString(8) : '0', oid });
      return found;
    },

    async *edited() {
      const head = new Map<string, Entry>();
      const commit = await resolve(branchRef);
      if (commit !== null)
        for await (const { path: name, ...entry } of walkTree(store, commit)) head.set(name, entry);
      yield* editedPaths(clone, head);
    },

    // A sparse checkout is refused when the repository is opened.
    cone: async () => null,

    async updateIndex(differences, written) {
      await written;
      await updateIndex(clone, differences);
    },

    async moveBranch(old, next) {
      if ((await resolve(branchRef)) !== old) throw ctxError('git.branch-moved', { branch });
      await git.writeRef({ ...store, ref: branchRef, value: next, force: true });
      await dropPending();
    },

    dropPending,

    push: (options) => publish({ fs, gitDir, branchRef, ...options }),
    // isomorphic-git has no packing of what is there; git does it when it is installed.
    maintain: async () => {},

    additions: (folder) => additions(store, branchRef, folder),

    async log(limit) {
      const commits = await git.log({ ...store, ref: branchRef, depth: limit });
      return commits.map(({ oid, commit }) => ({
        id: oid,
        date: new Date(commit.committer.timestamp * 1000),
        subject: commit.message.split('\n', 1)[0] ?? '',
      }));
    },
  };
}
