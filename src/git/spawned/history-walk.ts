import { createInterface } from 'node:readline';
import { emptyTree } from '../empty-tree.ts';
import type { Difference, ObjectFormat } from '../engine.ts';
import { feed, type GitOptions, records, startGit } from './command.ts';

/** A commit as the graph knows it. */
export interface CommitNode {
  readonly id: string;
  readonly tree: string;
  readonly parents: readonly string[];
  /** When it was committed, in seconds since the epoch. */
  readonly seconds: number;
}

/** Commits are read as they are: no replacements, no hooks of a person's configuration. */
export const AS_IS: Pick<GitOptions, 'env'> = { env: { GIT_NO_REPLACE_OBJECTS: '1' } };

/** The commits that `git rev-list` names, parents before children. */
export async function listCommits(cwd: string, revisions: readonly string[]): Promise<CommitNode[]> {
  const args = ['rev-list', '--topo-order', '--reverse', '--format=%H %T %ct %P', ...revisions];
  const child = startGit(args, { cwd, ...AS_IS });
  child.stdin.end();
  const commits: CommitNode[] = [];
  for await (const line of createInterface({ input: child.stdout, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.startsWith('commit ')) continue;
    const [id = '', tree = '', seconds = '', ...parents] = line.split(' ').filter((word) => word !== '');
    commits.push({ id, tree, parents, seconds: Number(seconds) });
  }
  await child.done;
  return commits;
}

export interface WalkedTree {
  readonly commit: CommitNode;
  /** How its tree differs from the one before it in the walk; the first from the empty tree. */
  readonly differences: readonly Difference[];
}

/** Every commit's tree in the order given, each as its difference to the one before. */
export async function* walkTrees(
  cwd: string,
  format: ObjectFormat,
  commits: readonly CommitNode[],
): AsyncGenerator<WalkedTree> {
  const args = ['diff-tree', '--stdin', '-r', '-z', '--raw', '--no-renames', '--no-abbrev'];
  const child = startGit(args, { cwd, ...AS_IS });
  const feeding = feed(child, pairs(emptyTree(format), commits));
  // A failure to write is told by git's own exit code.
  feeding.catch(() => {});
  let at = -1;
  let differences: Difference[] = [];
  const walked = (): WalkedTree => ({ commit: commits[at] as CommitNode, differences });
  try {
    const lines = records(child.stdout);
    for (let next = await lines.next(); !next.done; next = await lines.next()) {
      // The two trees' ids come before the first path that differs, and end in a line feed where `-z` would have NUL.
      let record = next.value;
      for (let header = HEADER.exec(record); header !== null; header = HEADER.exec(record)) {
        record = record.slice(header[0].length);
        if (at >= 0) yield walked();
        at += 1;
        differences = [];
      }
      if (record === '') continue;
      const path = (await lines.next()).value as string;
      const [oldMode = '', mode = '', oldOid = '', oid = ''] = record.slice(1).split(' ');
      differences.push({ path, old: entryOf(oldMode, oldOid), new: entryOf(mode, oid) });
    }
    await feeding;
    await child.done;
    if (at >= 0) yield walked();
    if (at + 1 !== commits.length)
      throw new Error('git diff-tree answered for other trees than it was asked');
  } finally {
    child.kill();
  }
}

const HEADER = /^[0-9a-f]{40,64} [0-9a-f]{40,64}(?:\n|$)/;

function* pairs(empty: string, commits: readonly CommitNode[]): Generator<string> {
  let before = empty;
  for (const { tree } of commits) {
    yield `${before} ${tree}\n`;
    before = tree;
  }
}

const entryOf = (mode: string, oid: string) => (mode === '000000' ? null : { mode, oid });
