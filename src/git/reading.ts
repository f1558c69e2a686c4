import { existsSync, lstatSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ctxError, isCtxError } from '../core/errors/index.ts';
import type { Identity } from './repo.ts';
import { readingRepo } from './spawned/reading.ts';
import { ReadingGit } from './spawned/reading-git.ts';
import { readHead, readRef } from './spawned/refs.ts';
import { hasUsableGit } from './spawned/usable.ts';

/** One file that differs between two commits; null where a commit has no such file. */
export interface Touched {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

export interface LoggedCommit {
  readonly id: string;
  /** The first parent; null for a commit without one, and where a shallow clone's history begins. */
  readonly parent: string | null;
  readonly committed: Date;
  readonly authored: Date;
  /** As `.mailmap` has it. */
  readonly author: Identity;
  readonly subject: string;
  /** The trailers of the message, one to a line, such as `Revision: 3`. */
  readonly trailers: string;
  /** Against the first parent; empty unless asked for. */
  readonly files: readonly Touched[];
}

/** Which commits, along first parents and newest first. All dates are those of the committers. */
export interface LogSelection {
  /** Default: HEAD. */
  readonly from?: string;
  /** A commit that is left out with all before it. */
  readonly after?: string;
  readonly since?: Date;
  readonly until?: Date;
  readonly limit?: number;
  /** Only commits that touch this file or folder, and of the files only these. */
  readonly path?: string;
  readonly files?: boolean;
  /** Only files that came or went, and only commits with such. */
  readonly cameOrWent?: boolean;
}

/** A run of lines that differ: counts may be 0, and a side of none stands behind the line `start`. */
export interface Hunk {
  readonly before: { readonly start: number; readonly count: number };
  readonly after: { readonly start: number; readonly count: number };
}

export interface BlamedLine {
  readonly commit: string;
  /** The line's number in that commit's version. */
  readonly number: number;
  readonly text: string;
}

/**
 * A repository opened to read its history, on any clone: nothing is written, locked or fetched, and nobody's
 * configuration changes an answer or runs a program. Reading what a partial clone lacks fails with `git.missing-object`.
 */
export interface ReadingRepo extends AsyncDisposable {
  /** The work tree, absolute, without symbolic links. */
  readonly path: string;
  /** Absolute. What belongs to this clone alone lives in its folder `ctx/`. */
  readonly gitDir: string;
  /** The commit that is checked out. */
  readonly head: string;
  /** Whether the history begins before what this clone has of it. */
  readonly isShallow: boolean;
  log(selection: LogSelection): AsyncGenerator<LoggedCommit>;
  /** The id of a commit that a person wrote down, perhaps in short; null if HEAD's history has none. */
  resolve(commit: string): Promise<string | null>;
  /** How two trees differ, below a folder if given. Null is the empty tree. */
  changes(before: string | null, after: string, folder?: string): AsyncGenerator<Touched>;
  /** The paths of HEAD. */
  paths(): AsyncGenerator<string>;
  /** Blob id of a file of a commit, null if there is none. */
  blobAt(commit: string, path: string): Promise<string | null>;
  content(blob: string): Promise<string>;
  /** The contents of many, streamed, in the order asked for. */
  contents<T>(
    requests: Iterable<T>,
    blobOf: (request: T) => string,
  ): AsyncGenerator<{ request: T; content: string }>;
  /** Markdown files of HEAD with one of the texts in them, in whatever case. */
  filesWith(texts: readonly string[]): Promise<string[]>;
  hunks(before: string, after: string): Promise<Hunk[]>;
  /** The hunks of a unified diff, as text without a header. */
  patch(before: string, after: string): Promise<string>;
  /**
   * The lines of a file as it was in `until`; those that `since`, a commit before it, had already are said to be of
   * `since`.
   */
  blame(path: string, range: { readonly since: string; readonly until: string }): Promise<BlamedLine[]>;
}

/** Whether a folder is the work tree of a context repository, by the state that builds keep in it. */
export function isContextFolder(folder: string): boolean {
  return isThere(join(folder, '.git')) && isThere(join(folder, '.ctx', 'state'));
}

function isThere(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    // A folder that may not be entered is not one to read from.
    return false;
  }
}

type Facts = Pick<ReadingRepo, 'gitDir' | 'head' | 'isShallow'>;

/**
 * Opens a context repository to read it, another user's too. Fails with `history.needs-git` without a usable git and
 * with `history.empty` before the first commit; where the files of the repository tell its commit, as late as something is asked
 * that only git knows: a search whose index is of this commit starts no process. The signal ends what reads for long.
 */
export async function openForReading(folder: string, signal?: AbortSignal): Promise<ReadingRepo> {
  const path = realpathSync.native(folder);
  const ask = () => askGit(new ReadingGit(path, signal));
  const seen = seenInFiles(path);
  return readingRepo(new ReadingGit(path, signal, seen && { check: ask }), seen ?? (await ask()));
}

/** Undefined where only git can tell: a detached HEAD, a linked work tree, no commit, refs that are not kept in files. */
function seenInFiles(path: string): Facts | undefined {
  const gitDir = join(path, '.git');
  try {
    if (!lstatSync(gitDir).isDirectory()) return undefined;
    const ref = readHead(gitDir);
    const head = ref && readRef(gitDir, ref);
    return head ? { gitDir, head, isShallow: existsSync(join(gitDir, 'shallow')) } : undefined;
  } catch {
    // git says what is wrong with a file that cannot be read.
    return undefined;
  }
}

async function askGit(git: ReadingGit): Promise<Facts> {
  const { path } = git;
  const asked = ['--absolute-git-dir', '--is-shallow-repository', '--verify', '--quiet', 'HEAD^{commit}'];
  // Both at once: the answer of a git that is too old is not looked at.
  const [usable, answer] = await Promise.all([
    hasUsableGit(path),
    git.outcome(['rev-parse', ...asked], [1]).catch((error: unknown) => ({ error })),
  ]);
  if (!usable) throw ctxError('history.needs-git', { path });
  if ('error' in answer) {
    const { error } = answer;
    throw isCtxError(error) && error.is('git.command-failed')
      ? ctxError('history.unreadable', { path, reason: error.params.reason }, error)
      : error;
  }
  const { code, stdout } = answer;
  const [gitDir = '', shallow, head] = stdout.trim().split('\n');
  if (code !== 0 || head === undefined) throw ctxError('history.empty', { path });
  return { gitDir, head, isShallow: shallow === 'true' };
}
