import { nodeId } from '../ids.ts';
import { itemUrl } from '../urls.ts';
import {
  headOf,
  type PullRequest,
  type Review,
  type ReviewComment,
  type ReviewThread,
} from '../workspace.ts';
import { commitNode } from './commits.ts';
import { connect } from './connection.ts';
import type { Scope } from './context.ts';
import { actorNode } from './people.ts';
import { pullNode } from './pulls.ts';
import { writtenFields } from './written.ts';

/** What others may see: a review that is not submitted yet is its author's alone. */
export function visibleReviews({ context }: Scope, { reviews }: PullRequest): readonly Review[] {
  return reviews.filter(({ state, author }) => state !== 'PENDING' || author === context.workspace.viewer);
}

export function reviewNode(scope: Scope, pull: PullRequest, review: Review): object {
  const { repository, context } = scope;
  const { id, state, oid, createdAt } = review;
  return {
    __typename: 'PullRequestReview',
    ...writtenFields(scope, review),
    id: nodeId('PullRequestReview', repository.databaseId, pull.number, id),
    state,
    submittedAt: state === 'PENDING' ? null : createdAt,
    url: `${itemUrl(context.web, repository, pull)}#pullrequestreview-${id}`,
    commit: () => commitNode(scope, pull, oid),
    comments: connect(() => ({
      items: pull.threads.flatMap((thread) =>
        thread.comments.filter((comment) => comment.review === id).map((comment) => ({ thread, comment })),
      ),
      view: ({ thread, comment }) => reviewCommentNode(scope, pull, thread, comment),
    })),
    pullRequest: () => pullNode(scope, pull),
  };
}

export function threadNode(scope: Scope, pull: PullRequest, thread: ReviewThread): object {
  const { context, repository } = scope;
  return {
    __typename: 'PullRequestReviewThread',
    id: nodeId('PullRequestReviewThread', repository.databaseId, pull.number, thread.id),
    ...placeOf(thread),
    diffSide: thread.side,
    startDiffSide: thread.originalStartLine === null ? null : thread.side,
    isResolved: thread.resolvedBy !== undefined,
    isCollapsed: thread.resolvedBy !== undefined,
    resolvedBy: () => actorNode(context, thread.resolvedBy),
    isOutdated: thread.outdated,
    comments: connect(() => ({
      items: thread.comments,
      view: (comment) => reviewCommentNode(scope, pull, thread, comment),
      key: ({ id }) => String(id),
    })),
    pullRequest: () => pullNode(scope, pull),
  };
}

function placeOf({ path, line, originalLine, startLine, originalStartLine, subject }: ReviewThread): object {
  return { path, line, originalLine, startLine, originalStartLine, subjectType: subject };
}

export function reviewCommentNode(
  scope: Scope,
  pull: PullRequest,
  thread: ReviewThread,
  comment: ReviewComment,
): object {
  const { repository, context } = scope;
  const [root] = thread.comments;
  const review = pull.reviews.find(({ id }) => id === comment.review);
  return {
    __typename: 'PullRequestReviewComment',
    ...writtenFields(scope, comment),
    id: nodeId('PullRequestReviewComment', repository.databaseId, pull.number, comment.id),
    ...placeOf(thread),
    diffHunk: thread.diffHunk,
    outdated: thread.outdated,
    state: review?.state === 'PENDING' ? 'PENDING' : 'SUBMITTED',
    url: `${itemUrl(context.web, repository, pull)}#discussion_r${comment.id}`,
    replyTo: () =>
      root === undefined || root.id === comment.id ? null : reviewCommentNode(scope, pull, thread, root),
    pullRequestReview: () => (review === undefined ? null : reviewNode(scope, pull, review)),
    commit: () => (thread.outdated ? null : commitNode(scope, pull, headOf(pull))),
    originalCommit: () => commitNode(scope, pull, comment.oid),
  };
}

/** The verdict of those who approved or asked for changes last. */
export function reviewDecision({ reviews, state, reviewRequests }: PullRequest): string | null {
  const verdicts = new Map<string | null, Review['state']>();
  for (const { author, state: verdict } of reviews)
    if (['APPROVED', 'CHANGES_REQUESTED', 'DISMISSED'].includes(verdict)) verdicts.set(author, verdict);
  const last = [...verdicts.values()];
  if (last.includes('CHANGES_REQUESTED')) return 'CHANGES_REQUESTED';
  if (last.includes('APPROVED')) return 'APPROVED';
  return state === 'OPEN' || reviewRequests.length > 0 ? 'REVIEW_REQUIRED' : null;
}
