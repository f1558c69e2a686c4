import { pullIn } from './edit-pulls.ts';
import { beginEdit, type Edit, nextId, touchItem, writeItem } from './journal.ts';
import {
  type GithubWorkspace,
  headOf,
  type Login,
  type PullRequest,
  type Review,
  type ReviewComment,
  type ReviewThread,
} from './workspace.ts';

export interface NewReview extends Edit {
  readonly state: Review['state'];
  readonly body?: string;
  /** Threads that the review opens. */
  readonly threads?: readonly NewThread[];
}

export interface NewThread {
  readonly path: string;
  readonly line: number;
  readonly startLine?: number;
  readonly side?: ReviewThread['side'];
  readonly subject?: ReviewThread['subject'];
  readonly diffHunk: string;
  readonly body: string;
}

/** Returns the ids of the review and of its threads. */
export function review(
  workspace: GithubWorkspace,
  name: string,
  number: number,
  { state, body = '', threads = [], ...edit }: NewReview,
): { readonly review: number; readonly threads: readonly number[] } {
  const { repository, pull } = pullIn(workspace, name, number);
  const { at, by } = beginEdit(workspace, edit);
  const id = nextId(workspace);
  const written: Review = { id, author: by, body, createdAt: at, state, oid: headOf(pull) };
  const opened = threads.map((thread) => toThread(workspace, pull, { ...thread, at, by, review: id }));
  const reviewed = {
    ...pull,
    reviews: [...pull.reviews, written],
    threads: [...pull.threads, ...opened],
    reviewRequests: pull.reviewRequests.filter((each) => each !== by),
  };
  touchItem(workspace, repository, reviewed, { at, by });
  return { review: id, threads: opened.map((thread) => thread.id) };
}

function toThread(
  workspace: GithubWorkspace,
  pull: PullRequest,
  thread: NewThread & { readonly at: string; readonly by: Login; readonly review: number },
): ReviewThread {
  const { path, line, startLine = null, side = 'RIGHT', subject = 'LINE', diffHunk, body, at, by } = thread;
  const oid = headOf(pull);
  const first: ReviewComment = {
    ...{ id: nextId(workspace), author: by, body, createdAt: at, review: thread.review, oid },
  };
  return {
    ...{ id: nextId(workspace), path, line, originalLine: line, startLine, originalStartLine: startLine },
    ...{ side, subject, outdated: false, diffHunk, comments: [first] },
  };
}

/** An answer in a thread, which is a review of its own. Returns the comment's id. */
export function replyInThread(
  workspace: GithubWorkspace,
  name: string,
  number: number,
  { thread: id, body, ...edit }: Edit & { readonly thread: number; readonly body: string },
): number {
  const { repository, pull } = pullIn(workspace, name, number);
  const { at, by } = beginEdit(workspace, edit);
  const oid = headOf(pull);
  const around: Review = {
    ...{ id: nextId(workspace), author: by, body: '', createdAt: at, state: 'COMMENTED', oid },
  };
  const answer: ReviewComment = {
    ...{ id: nextId(workspace), author: by, body, createdAt: at, review: around.id, oid },
  };
  const answered = changeThread(pull, id, (thread) => ({
    ...thread,
    comments: [...thread.comments, answer],
  }));
  touchItem(workspace, repository, { ...answered, reviews: [...pull.reviews, around] }, { at, by });
  return answer.id;
}

/** Does not count as activity: `updatedAt` stays. */
export function resolveThread(
  workspace: GithubWorkspace,
  name: string,
  number: number,
  { thread, ...edit }: Edit & { readonly thread: number },
): void {
  const { repository, pull } = pullIn(workspace, name, number);
  const { by } = beginEdit(workspace, edit);
  writeItem(
    workspace,
    repository,
    changeThread(pull, thread, (each) => ({ ...each, resolvedBy: by })),
  );
}

/** Does not count as activity either. */
export function unresolveThread(
  workspace: GithubWorkspace,
  name: string,
  number: number,
  { thread }: { readonly thread: number },
): void {
  const { repository, pull } = pullIn(workspace, name, number);
  beginEdit(workspace, {});
  const open = ({ resolvedBy: _, ...each }: ReviewThread) => each;
  writeItem(workspace, repository, changeThread(pull, thread, open));
}

function changeThread(
  pull: PullRequest,
  id: number,
  change: (thread: ReviewThread) => ReviewThread,
): PullRequest {
  if (!pull.threads.some((thread) => thread.id === id))
    throw new Error(`#${pull.number} has no thread ${id}`);
  return { ...pull, threads: pull.threads.map((thread) => (thread.id === id ? change(thread) : thread)) };
}

export function dismissReview(
  workspace: GithubWorkspace,
  name: string,
  number: number,
  { review: id, message, ...edit }: Edit & { readonly review: number; readonly message: string },
): void {
  const { repository, pull } = pullIn(workspace, name, number);
  const previousState = pull.reviews.find((each) => each.id === id)?.state;
  if (previousState === undefined) throw new Error(`#${number} has no review ${id}`);
  const reviews = pull.reviews.map((each) =>
    each.id === id ? { ...each, state: 'DISMISSED' as const } : each,
  );
  const about = { review: id, message, previousState };
  touchItem(workspace, repository, { ...pull, reviews }, beginEdit(workspace, edit), {
    kind: 'ReviewDismissedEvent',
    about,
  });
}
