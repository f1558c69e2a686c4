import { existsSync } from 'node:fs';
import { type CtxError, ctxError } from '../core/errors/index.ts';
import { withoutCredentials } from './credentials.ts';
import { type Difference, PENDING_REF } from './engine.ts';
import { forgetFormer, readFormer, writeFormer } from './former.ts';
import { readIntent } from './intent.ts';
import { lockRepo } from './lock.ts';
import { openRepo } from './open.ts';
import type { CommitStep, ContextRepo } from './repo.ts';
import { commitsNotIn, isAncestor, placesOf } from './spawned/ancestry.ts';
import { git } from './spawned/command.ts';
import { differencesOf } from './spawned/diff.ts';
import { fetchBlobs, fetchBranch, findSource, isPartial, type Source } from './spawned/fetch.ts';
import { deleteRefs } from './spawned/history-objects.ts';
import { incoming } from './spawned/incoming.ts';
import { isUnmade } from './unmade.ts';

/** The points of a pull after which a test may kill the process. */
export type PullStep = CommitStep | 'fetched' | 'noted' | 'remembered' | 'forgotten';

export interface PullOptions {
  /** The clone; made when it is absent or empty. */
  readonly path: string;
  readonly branch: string;
  /** A name of a remote, a URL or a path; the clone's `origin` without it. */
  readonly remote?: string;
  /** Becomes `origin` where there is none. */
  readonly fallback?: string | null;
  /** Take over a history that replaced the one that the clone has. */
  readonly acceptRewrite?: boolean;
  readonly signal?: AbortSignal;
  /** @internal For crash tests: called after each step has been made durable. */
  readonly onStep?: (step: PullStep) => void;
}

export interface PullResult {
  /** The clone, absolute. */
  readonly path: string;
  readonly before: string | null;
  readonly after: string;
  readonly changes: readonly Difference[];
  /** How many commits came. */
  readonly commits: number;
  /** How many commits the clone has beyond the remote's. */
  readonly ahead: number;
  /** Whether a replaced history was taken over. */
  readonly rewritten: boolean;
  /** When the last commit was made. */
  readonly contentDate: Date;
  /** What is not as it should be although all was done that could be. */
  readonly problems: readonly CtxError[];
}

/**
 * Brings a clone to where the remote's branch is, forward only, in the crash order of a build; the next writing command
 * completes what a kill interrupts. Whatever it refuses, it refuses before anything is moved: `git.local-edits` where a
 * file would be replaced that is not HEAD's, `pull.diverged`, `pull.rewritten` and `pull.rewritten-with-commits`.
 *
 * Only git itself can do it: isomorphic-git can't tell a rewritten history, since its fetch moves the remote's ref.
 */
export async function pull(options: PullOptions): Promise<PullResult> {
  const { path, branch, fallback = null } = options;
  const isNew = !existsSync(path) || isUnmade(path);
  const origin = isNew ? (options.remote ?? fallback) : fallback;
  if (isNew && origin === null) throw ctxError('pull.no-remote', { path });
  const repo = await openRepo({ path, branch, engine: 'git', remote: origin, onlyClones: true });
  await using _lock = await lockRepo(repo.gitDir);
  const before = isNew ? null : await repo.head();
  const recovered = await repo.recover();
  // Where a pull that was completed just now came from is needed to tell what it brought.
  if (recovered === 'clean') await forgetFormer(repo);
  const moved = isNew ? NOT_MOVED : await follow(repo, options);
  const came = await whatCame(repo, before);
  const problem = await forgetFormer(repo);
  options.onStep?.('forgotten');
  await repo.maintain();
  return { path: repo.path, before, ...came, ...moved, problems: problem === undefined ? [] : [problem] };
}

interface Moved {
  readonly ahead: number;
  readonly rewritten: boolean;
}

const NOT_MOVED: Moved = { ahead: 0, rewritten: false };

async function whatCame(
  repo: ContextRepo,
  before: string | null,
): Promise<Pick<PullResult, 'after' | 'changes' | 'commits' | 'contentDate'>> {
  const [last] = await repo.log(1);
  if (last === undefined) throw new Error('a pull left the branch without a commit');
  const changes = await differencesOf(repo.path, repo.objectFormat, before, last.id);
  const commits = await commitsNotIn(repo.path, [last.id], before === null ? [] : [before]);
  return { after: last.id, changes, commits: commits.length, contentDate: last.date };
}

/** Fetches, judges, and moves the branch if it may. */
async function follow(repo: ContextRepo, { remote, branch, ...options }: PullOptions): Promise<Moved> {
  const { path: cwd, gitDir } = repo;
  const source = await findSource(cwd, remote, branch);
  if (source === null) throw ctxError('pull.no-remote', { path: cwd });
  const former = readFormer(gitDir);
  try {
    const next = await fetchBranch(cwd, source, branch);
    options.onStep?.('fetched');
    options.signal?.throwIfAborted();
    const head = await repo.head();
    const judged = await judge(repo, source, head, next, options.acceptRewrite ?? false);
    if (judged.former.length > 0) {
      writeFormer(gitDir, [...new Set([...former, ...judged.former])]);
      options.onStep?.('noted');
    }
    const moves = head !== next && judged.ahead === 0;
    if (moves) await prepare(repo, source, head, next);
    // Before the branch: where the remote was, its ref's own log goes on to tell.
    if (source.tracking !== null)
      await git(['update-ref', '--create-reflog', '-m', 'ctx: pull', source.tracking, next], { cwd });
    options.onStep?.('remembered');
    if (moves) await repo.moveTo(next, options);
    return { ahead: judged.ahead, rewritten: judged.former.length > 0 };
  } catch (error) {
    if (readIntent(gitDir) === null) writeFormer(gitDir, former);
    throw error;
  } finally {
    if (readIntent(gitDir) === null) await deleteRefs(cwd, [PENDING_REF]);
  }
}

interface Judgement {
  readonly ahead: number;
  /** The commits that the clone leaves for ever. */
  readonly former: readonly string[];
}

/** Whether the branch may go from `head` to `next`. What the remote is known to have had is nobody's own commit. */
async function judge(
  { path: cwd, branch }: ContextRepo,
  { remote, tracking }: Source,
  head: string | null,
  next: string,
  acceptRewrite: boolean,
): Promise<Judgement> {
  if (head === null || head === next || (await isAncestor(cwd, head, next))) return { ahead: 0, former: [] };
  const known = tracking === null ? [] : await placesOf(cwd, tracking);
  const own = await commitsNotIn(cwd, [head], [next, ...known]);
  const where = { path: cwd, remote: withoutCredentials(remote.url), branch };
  const commits = own.map((id) => id.slice(0, 10));
  const isReplaced = own.length === 0 || (await hasLeft(cwd, known, head, next));
  if (!isReplaced) {
    if (await isAncestor(cwd, next, head)) return { ahead: own.length, former: [] };
    throw ctxError('pull.diverged', { ...where, commits });
  }
  if (own.length > 0) throw ctxError('pull.rewritten-with-commits', { ...where, commits });
  if (!acceptRewrite) throw ctxError('pull.rewritten', where);
  // In packs of a promisor all objects stay, held or not: https://git-scm.com/docs/partial-clone
  if (await isPartial(cwd)) throw ctxError('pull.keeps-objects', { path: cwd });
  return { ahead: 0, former: await commitsNotIn(cwd, [head, ...known], [next]) };
}

/** Whether the remote had commits of `head`'s history that it has no more. */
async function hasLeft(cwd: string, known: readonly string[], head: string, next: string): Promise<boolean> {
  for (const commit of known)
    if ((await isAncestor(cwd, commit, head)) && !(await isAncestor(cwd, commit, next))) return true;
  return false;
}

/** Refuses what can't be written, and brings the contents that a partial clone will want. */
async function prepare(repo: ContextRepo, source: Source, old: string | null, next: string): Promise<void> {
  const { path: cwd, objectFormat } = repo;
  const differences = await incoming(cwd, objectFormat, { old, next, remote: source.remote });
  if (!(await isPartial(cwd))) return;
  const cone = await repo.cone();
  const wanted = differences.filter(({ path }) => cone === null || cone.holds(path));
  const blobs = wanted.flatMap(({ new: entry }) => (entry && entry.mode !== '160000' ? [entry.oid] : []));
  await fetchBlobs(cwd, source, [...new Set(blobs)]);
}
