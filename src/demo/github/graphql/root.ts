import { readNodeId } from '../ids.ts';
import { findRepository } from '../lookup.ts';
import { QueryError, searchItems } from '../search.ts';
import { commitNode } from './commits.ts';
import { connect } from './connection.ts';
import { type Context, GithubError, type Scope } from './context.ts';
import { discussionCommentNode, discussionNode, findComment } from './discussions.ts';
import { commentNode, issueNode, itemNode } from './items.ts';
import { accountNode } from './people.ts';
import { pullNode } from './pulls.ts';
import { releaseNode } from './releases.ts';
import { repositoryNode } from './repositories.ts';
import { reviewCommentNode, reviewNode, threadNode } from './reviews.ts';

interface RepositoryArgs {
  readonly owner: string;
  readonly name: string;
  readonly followRenames?: boolean | null;
}

/** What a query begins with. */
export const root = {
  viewer: (_: object, context: Context) => ownerCalled(context, context.workspace.viewer, 'User'),
  rateLimit: (_: object, context: Context) => context.rateLimit(),
  user: ({ login }: { readonly login: string }, context: Context) => ownerCalled(context, login, 'User'),
  organization: ({ login }: { readonly login: string }, context: Context) =>
    ownerCalled(context, login, 'Organization'),
  repository({ owner, name, followRenames }: RepositoryArgs, context: Context) {
    const found = findRepository(context.workspace, owner, name);
    if (found !== undefined && !(found.renamed && followRenames === false))
      return repositoryNode(context, found.repository);
    throw new GithubError('NOT_FOUND', `Could not resolve to a Repository with the name '${owner}/${name}'.`);
  },
  node: ({ id }: { readonly id: string }, context: Context) => nodeCalled(context, id),
  nodes: ({ ids }: { readonly ids: readonly string[] }, context: Context) => {
    if (ids.length > 100)
      throw new GithubError(
        'ARGUMENT_LIMIT',
        'You may not provide more than 100 node ids; you provided too many.',
      );
    return ids.map((id) => nodeOrProblem(context, id));
  },
  search: connect(({ query, type }: { readonly query: string; readonly type: string }, context: Context) => {
    const { total, found } = type === 'ISSUE' ? search(context, query) : { total: 0, found: [] };
    return {
      items: found,
      view: ({ repository, item }) => itemNode({ context, repository }, item),
      key: ({ repository, item }) => `${repository.databaseId}:${item.number}`,
      more: { issueCount: total, discussionCount: 0 },
    };
  }),
};

function search({ workspace, faults }: Context, query: string) {
  try {
    return searchItems(workspace, query, { lag: faults.searchLag });
  } catch (error) {
    // An unknown place finds nothing here, and is an error in REST.
    if (error instanceof QueryError) return { total: 0, found: [] };
    throw error;
  }
}

function ownerCalled(context: Context, login: string, kind: 'User' | 'Organization'): object {
  const account = context.workspace.accounts.get(login);
  if (account?.kind === kind) return accountNode(context, account);
  throw new GithubError('NOT_FOUND', `Could not resolve to a ${kind} with the login of '${login}'.`);
}

/** What a global id names, if the token may see it. */
function nodeCalled(context: Context, id: string): object {
  if (context.faults.forbidden.has(id))
    throw new GithubError('FORBIDDEN', 'Resource not accessible by personal access token');
  const node = resolveNode(context, id);
  if (node !== undefined) return node;
  throw new GithubError('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'`);
}

/** A problem in its place: one id that leads nowhere leaves the others of a list as they are. */
function nodeOrProblem(context: Context, id: string): object {
  try {
    return nodeCalled(context, id);
  } catch (error) {
    if (error instanceof GithubError) return error;
    throw error;
  }
}

function resolveNode(context: Context, id: string): object | undefined {
  const { kind, parts } = readNodeId(id) ?? {};
  const [first = '', ...rest] = parts ?? [];
  if (kind === 'User' || kind === 'Bot' || kind === 'Organization' || kind === 'Mannequin') {
    const account = context.workspace.accounts.get(first);
    return account === undefined ? undefined : accountNode(context, account);
  }
  const repository = context.workspace.repositories.get(Number(first));
  if (repository === undefined || !repository.readable || kind === undefined) return undefined;
  const [number = Number.NaN, local = Number.NaN] = rest.map(Number);
  if (kind === 'Repository') return repositoryNode(context, repository);
  if (kind === 'Commit') return commitCalled({ context, repository }, number, rest[1] ?? '');
  return nodeIn({ context, repository }, { kind, number, local });
}

interface Place {
  readonly kind: string;
  readonly number: number;
  /** Its id within the item. */
  readonly local: number;
}

function nodeIn(scope: Scope, { kind, number, local }: Place): object | undefined {
  const { repository } = scope;
  const isMeant = ({ id }: { readonly id: number }) => id === local;
  const item = repository.items.get(number);
  const pull = item?.kind === 'pull' ? item : undefined;
  switch (kind) {
    case 'Issue':
      return item?.kind === 'issue' ? issueNode(scope, item) : undefined;
    case 'PullRequest':
      return pull && pullNode(scope, pull);
    case 'IssueComment': {
      const comment = item?.comments.find(isMeant);
      return item && comment && commentNode(scope, item, comment);
    }
    case 'PullRequestReview': {
      const review = pull?.reviews.find(isMeant);
      return pull && review && reviewNode(scope, pull, review);
    }
    case 'PullRequestReviewThread': {
      const thread = pull?.threads.find(isMeant);
      return pull && thread && threadNode(scope, pull, thread);
    }
    case 'PullRequestReviewComment': {
      const thread = pull?.threads.find(({ comments }) => comments.some(isMeant));
      const comment = thread?.comments.find(isMeant);
      return pull && thread && comment && reviewCommentNode(scope, pull, thread, comment);
    }
    default:
      return otherNodeIn(scope, { kind, number, local });
  }
}

function otherNodeIn(scope: Scope, { kind, number, local }: Place): object | undefined {
  const { discussions, releases } = scope.repository;
  const discussion = discussions.get(number);
  if (kind === 'Discussion') return discussion && discussionNode(scope, discussion);
  if (kind === 'DiscussionComment') {
    const comment = discussion && findComment(discussion.comments, local);
    return discussion && comment && discussionCommentNode(scope, discussion, comment);
  }
  const release = kind === 'Release' ? releases.find(({ id }) => id === number) : undefined;
  return release && releaseNode(scope, release);
}

function commitCalled(scope: Scope, number: number, oid: string): object | undefined {
  const item = scope.repository.items.get(number);
  return item?.kind === 'pull' ? commitNode(scope, item, oid) : undefined;
}
