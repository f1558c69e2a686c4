import { nodeId } from '../ids.ts';
import { baseOid, LISTED_FILES } from '../lookup.ts';
import { itemUrl } from '../urls.ts';
import { type ChangedFile, type Commit, headOf, type PullRequest, type Review } from '../workspace.ts';
import { commitNode, rollupNode } from './commits.ts';
import { connect } from './connection.ts';
import type { Scope } from './context.ts';
import { issueNode, itemFields, itemNodeId } from './items.ts';
import { actorNode, reviewerNode } from './people.ts';
import { repositoryNode } from './repositories.ts';
import { reviewDecision, reviewNode, threadNode, visibleReviews } from './reviews.ts';

/** Fields whose content costs the service as much as the pull request itself. */
const DETAILS = ['files', 'commits', 'reviews', 'reviewThreads', 'timelineItems', 'comments'] as const;

export function pullNode(scope: Scope, pull: PullRequest): object {
  const fields: Record<string, unknown> = {
    __typename: 'PullRequest',
    ...itemFields(scope, pull),
    ...stateOfPull(scope, pull),
    ...contentOfPull(scope, pull),
  };
  for (const name of DETAILS) {
    const resolve = fields[name] as (...args: readonly unknown[]) => unknown;
    fields[name] = (...args: readonly unknown[]) => {
      scope.context.detailed.add(itemNodeId(scope, pull));
      return resolve(...args);
    };
  }
  return fields;
}

function stateOfPull(scope: Scope, pull: PullRequest): object {
  const { context, repository } = scope;
  const headOwner = pull.headOwner === undefined ? repository.owner : pull.headOwner;
  const isOwn = headOwner === repository.owner;
  return {
    isDraft: pull.isDraft,
    merged: pull.state === 'MERGED',
    mergedAt: pull.mergedAt,
    mergedBy: () => actorNode(context, pull.mergedBy),
    mergeCommit: () => (pull.mergeOid === null ? null : commitNode(scope, pull, pull.mergeOid)),
    mergeable: pull.state === 'OPEN' ? 'MERGEABLE' : 'UNKNOWN',
    baseRefName: pull.baseRef,
    baseRefOid: baseOid(repository),
    headRefName: pull.headRef,
    headRefOid: headOf(pull),
    headRepository: () => (isOwn ? repositoryNode(context, repository) : null),
    headRepositoryOwner: () => actorNode(context, headOwner),
    baseRepository: () => repositoryNode(context, repository),
    isCrossRepository: !isOwn,
    reviewDecision: reviewDecision(pull),
    statusCheckRollup: () => rollupNode(scope, pull, pull.commits.at(-1)),
    totalCommentsCount: pull.comments.length + pull.threads.flatMap(({ comments }) => comments).length,
  };
}

interface ReviewArgs {
  readonly states?: readonly string[] | null;
  readonly author?: string | null;
}

function contentOfPull(scope: Scope, pull: PullRequest): object {
  const { repository, context } = scope;
  const { additions, deletions, count } = pull.files;
  const id = (review: Review) => String(review.id);
  return {
    ...{ additions, deletions, changedFiles: count },
    files: connect(() => ({
      items: { count: Math.min(count, LISTED_FILES), at: pull.files.at },
      view: fileNode,
    })),
    commits: connect(() => ({
      items: pull.commits,
      view: (commit) => pullCommitNode(scope, pull, commit),
      key: ({ oid }) => oid,
    })),
    reviews: connect(({ states, author }: ReviewArgs) => ({
      items: visibleReviews(scope, pull)
        .filter(({ state }) => states == null || states.includes(state))
        .filter((review) => author == null || review.author === author),
      view: (review) => reviewNode(scope, pull, review),
      key: id,
    })),
    latestReviews: connect(() => ({
      items: [...new Map(visibleReviews(scope, pull).map((review) => [review.author, review])).values()],
      view: (review) => reviewNode(scope, pull, review),
    })),
    reviewThreads: connect(() => ({
      items: pull.threads,
      view: (thread) => threadNode(scope, pull, thread),
      key: (thread) => String(thread.id),
    })),
    reviewRequests: connect(() => ({
      items: pull.reviewRequests,
      view: (reviewer) => ({
        id: nodeId('Event', repository.databaseId, pull.number, reviewer),
        requestedReviewer: () => reviewerNode(context, repository.owner, reviewer),
        asCodeOwner: reviewer.startsWith('team:'),
      }),
    })),
    closingIssuesReferences: connect(() => ({
      items: pull.closes.flatMap((number) => {
        const issue = repository.items.get(number);
        return issue?.kind === 'issue' ? [issue] : [];
      }),
      view: (issue) => issueNode(scope, issue),
    })),
  };
}

const fileNode = ({ path, additions, deletions, change }: ChangedFile): object => ({
  path,
  additions,
  deletions,
  changeType: change,
});

export function pullCommitNode(scope: Scope, pull: PullRequest, commit: Commit): object {
  const { context, repository } = scope;
  return {
    __typename: 'PullRequestCommit',
    id: nodeId('PullRequestCommit', repository.databaseId, pull.number, commit.oid),
    url: `${itemUrl(context.web, repository, pull)}/commits/${commit.oid}`,
    commit: () => commitNode(scope, pull, commit.oid),
    pullRequest: () => pullNode(scope, pull),
  };
}
