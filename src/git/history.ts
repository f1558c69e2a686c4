import { ctxError } from '../core/errors/index.ts';
import type { PathEntry } from './engine.ts';
import type { ContextRepo } from './repo.ts';
import { ObjectReader } from './spawned/cat-file.ts';
import {
  deleteRefs,
  filesNaming,
  forgetUnreachable,
  gitPath,
  objectsOf,
  present,
  type StagedElsewhere,
  type Step,
  type StoredBlob,
  staged,
  stagedElsewhere,
  stepsAt,
  storedBlobs,
} from './spawned/history-objects.ts';
import { listRoots, missingHistory, oddRefs, type Root } from './spawned/history-roots.ts';
import { type CommitNode, listCommits, type WalkedTree, walkTrees } from './spawned/history-walk.ts';
import { HistoryWriter } from './spawned/history-writer.ts';
import { publish, remoteHead } from './spawned/publish.ts';

export type { Difference, Entry } from './engine.ts';
export type { StagedElsewhere, Step, StoredBlob } from './spawned/history-objects.ts';
export type { Root } from './spawned/history-roots.ts';
export type { CommitNode, WalkedTree } from './spawned/history-walk.ts';
export {
  type CommitEdit,
  commitText,
  type HistorySink,
  type HistoryWriter,
} from './spawned/history-writer.ts';

/** Everything git finds commits by: refs, reflogs, and the HEADs of other work trees. */
const EVERYTHING = ['--all', '--reflog'];

/** All commits of a repository, to be read and written anew. */
export interface History {
  /** All commits that git still finds, parents before children. */
  commits(): Promise<CommitNode[]>;
  /** The commits of the branch alone. */
  commitsOf(tip: string): Promise<CommitNode[]>;
  trees(commits: readonly CommitNode[]): AsyncIterable<WalkedTree>;
  /** Every blob of these commits and of the indexes, once each, whose first path is `wanted`. */
  blobs(wanted: (path: string) => boolean): AsyncIterable<StoredBlob>;
  /** All that commits have done to a path. */
  stepsAt(path: string): Promise<Step[]>;
  reader(): ObjectReader;
  writer(): HistoryWriter;
  roots(): Promise<Root[]>;
  /** Where a file of git's own folders lies, such as `ORIG_HEAD`. */
  gitPath(name: string): Promise<string>;
  /** Refs of files and folders. */
  oddRefs(): Promise<string[]>;
  /** All objects that a ref leads to. */
  objectsOf(ref: string): Promise<string[]>;
  /** What the index holds. */
  staged(): Promise<PathEntry[]>;
  /** What the indexes of the repository's other work trees hold. */
  stagedElsewhere(): Promise<StagedElsewhere[]>;
  /** Those of the objects that the repository has. */
  present(oids: readonly string[]): Promise<string[]>;
  filesNaming(commit: string, texts: readonly string[]): Promise<string[]>;
  deleteRefs(refs: readonly string[]): Promise<void>;
  forgetUnreachable(reflogs: readonly string[]): Promise<void>;
  /** The commit that a branch of a remote is at; null if it has none. */
  remoteHead(remote: string, branch: string): Promise<string | null>;
  /** Replaces the remote's history, if the branch is still at `lease` there. */
  replaceRemote(options: {
    readonly remote: string;
    readonly branch: string;
    readonly lease: string;
  }): Promise<void>;
}

/** Fails with a usage error if the repository is not whole, or if there is no git of the system to do it. */
export async function openHistory(repo: ContextRepo): Promise<History> {
  const { path: cwd, gitDir, objectFormat } = repo;
  if (repo.engine !== 'git') throw ctxError('purge.needs-git', { path: cwd });
  const problem = await missingHistory(cwd);
  if (problem !== undefined) throw ctxError('purge.not-whole', { path: cwd, problem });
  return {
    commits: () => listCommits(cwd, EVERYTHING),
    commitsOf: (tip) => listCommits(cwd, [tip]),
    trees: (commits) => walkTrees(cwd, objectFormat, commits),
    blobs: (wanted) => storedBlobs(cwd, [...EVERYTHING, '--indexed-objects'], wanted),
    stepsAt: (path) => stepsAt(cwd, path),
    reader: () => new ObjectReader(cwd),
    writer: () => new HistoryWriter(cwd, gitDir, objectFormat),
    roots: () => listRoots(cwd),
    gitPath: (name) => gitPath(cwd, name),
    oddRefs: () => oddRefs(cwd),
    objectsOf: (ref) => objectsOf(cwd, ref),
    staged: () => staged(cwd),
    stagedElsewhere: () => stagedElsewhere(cwd),
    present: (oids) => present(cwd, oids),
    filesNaming: (commit, texts) => filesNaming(cwd, commit, texts),
    deleteRefs: (refs) => deleteRefs(cwd, refs),
    forgetUnreachable: (reflogs) => forgetUnreachable(cwd, reflogs),
    remoteHead: (remote, branch) => remoteHead(cwd, remote, branch),
    replaceRemote: (options) => publish({ cwd, branchRef: `refs/heads/${repo.branch}`, ...options }),
  };
}
