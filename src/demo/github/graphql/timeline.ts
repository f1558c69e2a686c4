import { nodeId } from '../ids.ts';
import { itemUrl } from '../urls.ts';
import type { Item, PullRequest, TimelineEvent } from '../workspace.ts';
import { commitNode } from './commits.ts';
import type { Connected } from './connection.ts';
import type { Scope } from './context.ts';
import { commentNode, itemNode, labelNode, referencedNode } from './items.ts';
import { actorNode, reviewerNode } from './people.ts';
import { pullCommitNode } from './pulls.ts';
import { repositoryNode } from './repositories.ts';
import { reviewNode, visibleReviews } from './reviews.ts';

interface Entry {
  readonly id: string;
  /** In the form of the enumeration: `HEAD_REF_FORCE_PUSHED_EVENT`. */
  readonly type: string;
  readonly at: string;
  readonly view: () => object;
}

export interface TimelineArgs {
  readonly itemTypes?: readonly string[] | null;
  readonly since?: string | null;
}

/** All that happened, in the order of time; what happened at one time in the order of commits, events, reviews, comments. */
export function timeline(scope: Scope, item: Item, { itemTypes, since }: TimelineArgs): Connected<Entry> {
  const all = [...(item.kind === 'pull' ? commitsAndReviews(scope, item) : []), ...common(scope, item)];
  const shown = all
    .filter(({ type }) => itemTypes == null || itemTypes.includes(type))
    .filter(({ at }) => since == null || at >= since)
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return {
    items: shown,
    view: (entry) => entry.view(),
    key: ({ id }) => id,
    more: { filteredCount: shown.length },
  };
}

function common(scope: Scope, item: Item): Entry[] {
  // What mentions it, and is deleted or closed to the token, is not told: its `source` could not be null.
  const isShown = ({ kind, about }: TimelineEvent) =>
    kind !== 'CrossReferencedEvent' ||
    (about?.source !== undefined && referencedNode(scope.context, about.source) !== null);
  const events = item.events.filter(isShown).map((event) => ({
    id: `event-${event.id}`,
    type: event.kind.replaceAll(/(?<!^)([A-Z])/g, '_$1').toUpperCase(),
    at: event.at,
    view: () => eventNode(scope, item, event),
  }));
  const comments = item.comments.map((comment) => ({
    id: `comment-${comment.id}`,
    type: 'ISSUE_COMMENT',
    at: comment.createdAt,
    view: () => commentNode(scope, item, comment),
  }));
  return [...events, ...comments];
}

function commitsAndReviews(scope: Scope, pull: PullRequest): Entry[] {
  const commits = pull.commits.map((commit) => ({
    id: `commit-${commit.oid}`,
    type: 'PULL_REQUEST_COMMIT',
    at: commit.committedAt,
    view: () => pullCommitNode(scope, pull, commit),
  }));
  const reviews = visibleReviews(scope, pull).map((review) => ({
    id: `review-${review.id}`,
    type: 'PULL_REQUEST_REVIEW',
    at: review.createdAt,
    view: () => reviewNode(scope, pull, review),
  }));
  return [...commits, ...reviews];
}

function eventNode(scope: Scope, item: Item, event: TimelineEvent): object {
  const { context, repository } = scope;
  const { about = {} } = event;
  const commit = (oid: string | undefined) =>
    oid === undefined || item.kind === 'issue' ? null : commitNode(scope, item, oid);
  const owner = repository.owner;
  return {
    __typename: event.kind,
    id: nodeId('Event', repository.databaseId, item.number, event.id),
    databaseId: event.id,
    actor: () => actorNode(context, event.actor),
    createdAt: event.at,
    url: `${itemUrl(context.web, repository, item)}#event-${event.id}`,
    label: () => labelNode(scope, about.label ?? ''),
    assignee: () => actorNode(context, about.assignee),
    requestedReviewer: () =>
      about.reviewer === undefined ? null : reviewerNode(context, owner, about.reviewer),
    milestoneTitle: about.milestone ?? '',
    stateReason: about.stateReason ?? null,
    previousTitle: about.previousTitle ?? '',
    currentTitle: about.currentTitle ?? '',
    beforeCommit: () => commit(about.before),
    afterCommit: () => commit(about.after),
    commit: () => commit(about.oid),
    mergeRefName: item.kind === 'pull' ? item.baseRef : '',
    headRefName: about.ref ?? '',
    ref: null,
    previousRefName: about.previousRef ?? '',
    currentRefName: about.ref ?? '',
    lockReason: about.lockReason ?? null,
    deletedCommentAuthor: () => actorNode(context, about.deletedAuthor),
    dismissalMessage: about.message ?? null,
    previousReviewState: about.previousState ?? 'COMMENTED',
    review: () => {
      const review = item.kind === 'pull' && item.reviews.find(({ id }) => id === about.review);
      return review ? reviewNode(scope, item, review) : null;
    },
    fromRepository: () => {
      const from = context.workspace.repositories.get(about.from ?? 0);
      return from === undefined || !from.readable ? null : repositoryNode(context, from);
    },
    closer: () => (about.source === undefined ? null : referencedNode(context, about.source)),
    referencedAt: event.at,
    isCrossRepository: about.source !== undefined && about.source.repository !== repository.databaseId,
    willCloseTarget: about.willClose ?? false,
    source: () => (about.source === undefined ? null : referencedNode(context, about.source)),
    target: () => itemNode(scope, item),
  };
}
