import type { Addition, ContextRepo, Identity, LogEntry } from './repo.ts';

export type ObjectFormat = 'sha1' | 'sha256';

/** What a path of a tree or of the index is: git's mode and the object's id. */
export interface Entry {
  /** `100644`, `100755`, `120000` (symbolic link) or `160000` (submodule). */
  readonly mode: string;
  readonly oid: string;
}

export interface PathEntry extends Entry {
  readonly path: string;
}

/** One path of the way from an old tree to a new one; null where the tree has no such path. */
export interface Difference {
  readonly path: string;
  readonly old: Entry | null;
  readonly new: Entry | null;
}

export interface CommitDetails {
  readonly message: string;
  readonly author: Identity;
  readonly committer: Identity;
  /** Author and committer date, since the epoch. */
  readonly seconds: number;
}

/** Writes the objects of a chain of commits. Nothing refers to them until `end` has moved the pending ref. */
export interface ObjectWriter {
  /** Writes a blob whose id the caller has computed. */
  blob(oid: string, content: Uint8Array): Promise<void>;
  /** Writes a commit on the one before, the first on the writer's parent: its tree with these paths changed. */
  commit(differences: readonly Difference[], details: CommitDetails): Promise<void>;
  /** Makes all of it durable, points the pending ref at the last commit, and answers its id. */
  end(): Promise<string>;
  abort(): Promise<void>;
}

/** Reads trees one at a time: what is in each by name, folders with the mode `40000`. */
export interface Trees extends AsyncDisposable {
  ofCommit(commit: string): Promise<ReadonlyMap<string, Entry>>;
  read(oid: string): Promise<ReadonlyMap<string, Entry>>;
}

/** The ref under which a commit's objects are kept from being pruned until the branch has it. */
export const PENDING_REF = 'refs/ctx/pending';

/**
 * What the two engines do differently. Everything about the crash order is above it, in `commit.ts` and
 * `recover.ts`, and is the same for both.
 */
export interface Engine
  extends Pick<ContextRepo, 'path' | 'gitDir' | 'branch' | 'engine' | 'push' | 'maintain' | 'cone'> {
  readonly objectFormat: ObjectFormat;
  /** A commit id, of a ref or as it is; null if there is none. */
  resolve(ref: string): Promise<string | null>;
  isAncestor(ancestor: string, descendant: string): Promise<boolean>;
  /** All paths of a commit's tree, sorted by bytes. */
  entries(commit: string): AsyncIterable<PathEntry>;
  /** To be disposed of when the last tree is read. */
  trees(): Trees;
  /** Contents in the order asked for; fails with `git.missing-object`. */
  blobs<T extends { path: string; oid: string }>(
    requests: Iterable<T> | AsyncIterable<T>,
  ): AsyncIterable<T & { content: Uint8Array }>;
  contentAt(commit: string, path: string): Promise<Uint8Array | null>;
  /** A writer of commits on `parent`, null for a first commit. */
  writer(parent: string | null): ObjectWriter;
  /**
   * What the index has at paths of which `commit`, the empty tree for null, has `old`; null for those that it has not.
   * Unmerged ones come with mode `0`.
   */
  staged(
    paths: readonly Pick<Difference, 'path' | 'old'>[],
    commit: string | null,
  ): Promise<ReadonlyMap<string, Entry | null>>;
  /** The paths whose content in the work tree or the index differs from HEAD's. */
  edited(): AsyncIterable<string>;
  /**
   * Rewrites the index so that the differing paths are at their new state; the others keep what they are. What is
   * outside of the cone and not in the work tree is noted as such. It may begin before the work tree is `written`, and ends
   * after it.
   */
  updateIndex(differences: readonly Difference[], written: Promise<void>): Promise<void>;
  /** Moves the branch if it is still at `old`, and then drops the pending ref; else fails with `git.branch-moved`. */
  moveBranch(old: string | null, next: string): Promise<void>;
  dropPending(): Promise<void>;
  /** The branch has a commit. */
  additions(folder: string): AsyncIterable<Addition>;
  log(limit: number): Promise<LogEntry[]>;
}
