import type { Cone } from './cone.ts';

/** A file of a commit's tree. Symbolic links and submodules are not files. */
export interface TreeEntry {
  /** Relative to the work tree, `/` between segments. */
  readonly path: string;
  readonly oid: string;
}

/** One path of the next tree: what it shall hold, or null to remove it. Content is read once. */
export interface Change {
  readonly path: string;
  readonly content: Uint8Array | string | null;
}

export interface Blob extends TreeEntry {
  readonly content: Uint8Array;
}

export interface Identity {
  readonly name: string;
  readonly email: string;
}

/**
 * What somebody did in a source before a run, told by a commit of its own under that run's: who and when are the
 * source's, and only its own paths change.
 */
export interface Revision {
  readonly changes: readonly Change[];
  readonly message: string;
  readonly author: Identity;
  /** Author and committer date, to the second, in UTC. */
  readonly date: Date;
}

/** The points of a commit after which a test may kill the process. The order is the crash order. */
export type CommitStep = 'objects' | 'intent' | 'file' | 'work-tree' | 'index' | 'branch' | 'dropped';

export interface CommitOptions {
  /** The commit to go on from, and whose tree is changed; HEAD's if not given. HEAD's own commits are then left behind. */
  readonly onto?: string;
  /**
   * In any order, each path at most once. Paths that are not named keep their content, so that the files of
   * others stay; content equal to HEAD's is no change.
   */
  readonly changes: Iterable<Change> | AsyncIterable<Change>;
  /**
   * Come as commits of their own before the run's, in this order; each that changes nothing is left out. The changes
   * above are of the tree that the last one leaves.
   */
  readonly revisions?: AsyncIterable<Revision>;
  readonly message: string;
  /** Also the committer, of the revisions too. */
  readonly author: Identity;
  /** Author and committer date, to the second, in UTC. */
  readonly date: Date;
  /** Honoured until the intent is written; after that the commit is brought to its end. */
  readonly signal?: AbortSignal;
  /** @internal For crash tests: called after each step has been made durable. */
  readonly onStep?: (step: CommitStep) => void;
}

export interface Commit {
  /** Of the last commit. */
  readonly id: string;
  /** How many paths differ from what HEAD was. */
  readonly files: number;
  /** How many commits were made for revisions. */
  readonly revisions: number;
}

export interface LogEntry {
  readonly id: string;
  readonly date: Date;
  readonly subject: string;
}

/** A file that a commit has where its parent has none: a new one, or one under a new name. */
export interface Addition extends TreeEntry {
  /** The commit's author date. */
  readonly date: Date;
  /** Whether the clone's history begins with this commit although there is more of it elsewhere. */
  readonly isCut: boolean;
}

/**
 * The context repository: an ordinary git repository with a work tree, of which this program owns some files and
 * people the others. Reading needs no lock; whoever writes holds `lockRepo(gitDir)` and calls `recover()` first.
 */
export interface ContextRepo {
  /** The work tree, absolute, without symbolic links. */
  readonly path: string;
  /** Absolute. What belongs to this clone alone (lock, intent, caches) lives in its folder `ctx/`. */
  readonly gitDir: string;
  readonly branch: string;
  readonly engine: 'git' | 'isomorphic-git';
  /** The hash that names objects. */
  readonly objectFormat: 'sha1' | 'sha256';

  /** The id of the branch's last commit, null before the first one. */
  head(): Promise<string | null>;

  /** The files of a commit's tree (HEAD's if not given), sorted by the bytes of their paths; none before the first commit. */
  tree(ref?: string): AsyncIterable<TreeEntry>;

  /** The content of files, in the order asked for, streamed: memory holds a few at a time. */
  read(entries: Iterable<TreeEntry> | AsyncIterable<TreeEntry>): AsyncIterable<Blob>;

  /** One file's content at `ref` (a commit id or a ref; HEAD if not given), null if there is none. */
  readAt(path: string, ref?: string): Promise<Uint8Array | null>;

  /**
   * Ends what a killed run began: completes its intent, or removes what it left when there was none.
   * Fails with `git.recovery-conflict` when a person has changed one of the run's files since, and with
   * `git.recovery-branch-moved` when the branch went elsewhere; both change nothing.
   */
  recover(): Promise<'clean' | 'completed'>;

  /** The files of `ours` whose content in the work tree or the index is not HEAD's, sorted. */
  localEdits(ours: Iterable<string>): Promise<string[]>;

  /**
   * Commits HEAD's tree with the changes applied and moves the work tree, the index and the branch to it, such
   * that a kill at any point is completed by `recover()`. Null, with nothing written, when nothing would change. The
   * branch moves once, revisions and all.
   *
   * Fails before anything is moved with `git.bad-path` for a path that git or a file system could misread,
   * `git.path-conflict` when a path needs a folder that is another's file, `git.symlinked-folder`, and
   * `git.local-edits` when a file that would be replaced is not HEAD's any more.
   */
  commit(options: CommitOptions): Promise<Commit | null>;

  /**
   * Moves the work tree, the index and the branch to a commit that the pending ref holds, whatever its parents are,
   * such that a kill at any point is completed by `recover()`. Fails before with `git.local-edits`.
   */
  moveTo(commit: string, options?: Pick<CommitOptions, 'signal' | 'onStep'>): Promise<void>;

  /**
   * Pushes HEAD's commit to a branch of the remote (a name, URL or path), fast-forward only.
   * `git.push-rejected` when the remote has commits that this clone has not, `git.push-failed` otherwise.
   */
  push(options: { readonly remote: string; readonly branch: string }): Promise<void>;

  /** What of the tree the work tree holds, in a sparse checkout; null if that is all of it. */
  cone(): Promise<Cone | null>;

  /**
   * Packs what has piled up, if it is much, and brings what git keeps for reading history up to date; between runs, since
   * nothing else ever does. `revisions` is how many the run before has told.
   */
  maintain(options?: { readonly revisions?: number }): Promise<void>;

  /** The files that commits of the branch added below a folder, the first ones first. */
  additions(folder: string): AsyncIterable<Addition>;

  /** The last commits of the branch, newest first; subjects are the first lines of their messages. */
  log(limit: number): Promise<LogEntry[]>;
}

export interface OpenOptions {
  /** The work tree; created and initialised when it is absent or empty. */
  readonly path: string;
  readonly branch: string;
  /** `git` when there is a usable binary in PATH, else `isomorphic-git`. */
  readonly engine?: 'git' | 'isomorphic-git';
  /** Becomes `origin` where there is none; an absent repository is cloned from it when it has the branch. */
  readonly remote?: string | null;
  /** Fail with `pull.no-branch` when the remote lacks the branch, rather than begin a repository without commits. */
  readonly onlyClones?: boolean;
}
