import type { GithubClient } from './client.ts';
import type {
  Asset,
  ChangedFile,
  CheckContext,
  Connection,
  Discussion,
  DiscussionComment,
  DiscussionReply,
  Issue,
  PullCommit,
  PullRequest,
  PullState,
  Release,
  ReviewComment,
  ReviewThread,
  ThreadState,
  TimelineItem,
} from './schema.ts';

/** What GitHub lists of a pull request's files at most: https://docs.github.com/en/rest/pulls/pulls#list-pull-requests-files */
export const LISTED_FILES = 3000;

/** Documents with all of what their first answer has the beginning of. */
export interface CompletePull {
  readonly node: PullRequest;
  readonly timeline: readonly TimelineItem[];
  readonly commits: readonly PullCommit[];
  readonly files: readonly ChangedFile[];
  readonly threads: readonly CompleteThread[];
  readonly checks: readonly CheckContext[];
}

export interface CompleteThread {
  readonly thread: ReviewThread;
  readonly comments: readonly ReviewComment[];
}

export interface CompleteIssue {
  readonly node: Issue;
  readonly timeline: readonly TimelineItem[];
}

export interface CompleteDiscussion {
  readonly node: Discussion;
  readonly comments: readonly {
    readonly comment: DiscussionComment;
    readonly replies: readonly DiscussionReply[];
  }[];
}

export interface CompleteRelease {
  readonly node: Release;
  readonly assets: readonly Asset[];
}

export async function completePull(client: GithubClient, node: PullRequest): Promise<CompletePull> {
  const { id } = node;
  const what = `pull request ${node.repository.nameWithOwner}#${node.number}`;
  const threads: CompleteThread[] = [];
  for await (const thread of all(node.reviewThreads, client.rest('threads', id, node.reviewThreads, what)))
    threads.push({
      thread,
      comments: await whole(thread.comments, client.rest('threadComments', thread.id, thread.comments, what)),
    });
  const files: ChangedFile[] = [];
  if (node.files)
    for await (const file of all(node.files, client.rest('files', id, node.files, what)))
      if (files.push(file) === LISTED_FILES) break;
  return {
    node,
    timeline: await whole(node.timelineItems, client.rest('pullTimeline', id, node.timelineItems, what)),
    commits: await whole(node.commits, client.rest('commits', id, node.commits, what)),
    files,
    threads,
    checks: await checksOf(client, node, what),
  };
}

export async function completeIssue(client: GithubClient, node: Issue): Promise<CompleteIssue> {
  const what = `issue ${node.repository.nameWithOwner}#${node.number}`;
  const rest = client.rest('issueTimeline', node.id, node.timelineItems, what);
  return { node, timeline: await whole(node.timelineItems, rest) };
}

export async function completeDiscussion(
  client: GithubClient,
  node: Discussion,
): Promise<CompleteDiscussion> {
  const what = `discussion ${node.repository.nameWithOwner}#${node.number}`;
  const comments: { comment: DiscussionComment; replies: DiscussionReply[] }[] = [];
  for await (const comment of all(node.comments, client.rest('comments', node.id, node.comments, what))) {
    const rest = client.rest('replies', comment.id, comment.replies, what);
    comments.push({ comment, replies: await whole(comment.replies, rest) });
  }
  return { node, comments };
}

export async function completeRelease(client: GithubClient, node: Release): Promise<CompleteRelease> {
  const what = `release ${node.tagName} of ${node.repository.nameWithOwner}`;
  const rest = client.rest('releaseAssets', node.id, node.releaseAssets, what);
  return { node, assets: await whole(node.releaseAssets, rest) };
}

/** What of an open pull request changes while its `updatedAt` stays, whole. */
export interface CompleteState {
  readonly node: PullState | PullRequest;
  readonly threads: readonly ThreadState[];
  readonly checks: readonly CheckContext[];
}

export async function completeState(client: GithubClient, node: PullState): Promise<CompleteState> {
  const what = `pull request ${node.id}`;
  const rest = client.rest('threadStates', node.id, node.reviewThreads, what);
  return {
    node,
    threads: await whole(node.reviewThreads, rest),
    checks: await checksOf(client, node, what),
  };
}

async function checksOf(
  client: GithubClient,
  { statusCheckRollup: rollup }: Pick<PullState, 'statusCheckRollup'>,
  what: string,
): Promise<CheckContext[]> {
  if (!rollup) return [];
  return whole(rollup.contexts, client.rest('contexts', rollup.id, rollup.contexts, what));
}

async function whole<T>(first: Connection<T>, rest: AsyncIterable<T>): Promise<T[]> {
  return Array.fromAsync(all(first, rest));
}

async function* all<T>({ nodes }: Connection<T>, rest: AsyncIterable<T>): AsyncGenerator<T> {
  for (const node of nodes) if (node !== null) yield node;
  yield* rest;
}
