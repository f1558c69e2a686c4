import { textOf } from '../../workspace/model.ts';
import { itemDatabaseId, nodeId, pullDatabaseId } from '../ids.ts';
import { itemUrl, repositoryUrl } from '../urls.ts';
import type { Issue, Item, Milestone, Reference, Written } from '../workspace.ts';
import { connect } from './connection.ts';
import type { Context, Scope } from './context.ts';
import { reactionGroups, usersOf } from './people.ts';
import { pullNode } from './pulls.ts';
import { repositoryNode } from './repositories.ts';
import { type TimelineArgs, timeline } from './timeline.ts';
import { authorFields, editFields, writtenFields } from './written.ts';

export const itemNode = (scope: Scope, item: Item): object =>
  item.kind === 'pull' ? pullNode(scope, item) : issueNode(scope, item);

/** What the token may see of something that is referred to; null where it is in a repository that is closed to it. */
export function referencedNode(context: Context, { repository: id, number }: Reference): object | null {
  const repository = context.workspace.repositories.get(id);
  const item = repository?.items.get(number);
  if (repository === undefined || item === undefined || !repository.readable) return null;
  return itemNode({ context, repository }, item);
}

export const itemNodeId = ({ repository }: Scope, { kind, number }: Item): string =>
  nodeId(kind === 'pull' ? 'PullRequest' : 'Issue', repository.databaseId, number);

/** Of issues and pull requests alike. */
export function itemFields(scope: Scope, item: Item): object {
  const { context, repository } = scope;
  const { number, title, createdAt, updatedAt, closedAt, locked, lockReason } = item;
  return {
    id: itemNodeId(scope, item),
    databaseId: (item.kind === 'pull' ? pullDatabaseId : itemDatabaseId)(repository, number),
    ...{ number, title, createdAt, updatedAt, closedAt, locked, activeLockReason: lockReason },
    body: () => textOf(item.body),
    url: itemUrl(context.web, repository, item),
    state: item.state,
    ...authorFields(context, item.author),
    ...editFields(context, item.editedAt, item.editor),
    assignees: connect(() => ({ items: usersOf(context, item.assignees), view: (user) => user })),
    labels: connect(() => ({ items: item.labels, view: (name) => labelNode(scope, name) })),
    milestone: () => {
      const milestone = repository.milestones.find((each) => each.number === item.milestone);
      return milestone === undefined ? null : milestoneNode(scope, milestone);
    },
    comments: connect(() => ({
      items: item.comments,
      view: (comment) => commentNode(scope, item, comment),
      key: ({ id }) => String(id),
    })),
    participants: connect(() => ({
      items: usersOf(context, [item.author, ...item.comments.map(({ author }) => author)]),
      view: (user) => user,
    })),
    reactionGroups: () => reactionGroups(context, item.reactions),
    timelineItems: connect((args: TimelineArgs) => timeline(scope, item, args)),
    repository: () => repositoryNode(context, repository),
  };
}

export function issueNode(scope: Scope, issue: Issue): object {
  const { repository } = scope;
  const others = (numbers: readonly number[]) =>
    numbers.flatMap((number) => {
      const other = repository.items.get(number);
      return other?.kind === 'issue' ? [other] : [];
    });
  const subIssues = () => others(issue.subIssues);
  return {
    __typename: 'Issue',
    ...itemFields(scope, issue),
    stateReason: issue.stateReason,
    isPinned: false,
    parent: () => {
      const [parent] = issue.parent === null ? [] : others([issue.parent]);
      return parent === undefined ? null : issueNode(scope, parent);
    },
    subIssues: connect(() => ({ items: subIssues(), view: (other) => issueNode(scope, other) })),
    subIssuesSummary: () => {
      const [total, completed] = [
        subIssues().length,
        subIssues().filter(({ state }) => state === 'CLOSED').length,
      ];
      return { total, completed, percentCompleted: Math.floor((100 * completed) / Math.max(total, 1)) };
    },
    closedByPullRequestsReferences: connect(() => ({
      items: issue.events.flatMap(({ about }) =>
        about?.willClose === true && about.source !== undefined ? [about.source] : [],
      ),
      view: (reference) => referencedNode(scope.context, reference),
    })),
  };
}

export function commentNode(scope: Scope, item: Item, comment: Written): object {
  const { context, repository } = scope;
  return {
    __typename: 'IssueComment',
    ...writtenFields(scope, comment),
    id: nodeId('IssueComment', repository.databaseId, item.number, comment.id),
    url: `${itemUrl(context.web, repository, item)}#issuecomment-${comment.id}`,
    issue: () => (item.kind === 'issue' ? issueNode(scope, item) : null),
  };
}

export function labelNode({ repository }: Scope, name: string): object {
  const { color, description } = repository.labels.find((label) => label.name === name) ?? {
    color: 'ededed',
    description: null,
  };
  return { id: nodeId('Label', repository.databaseId, name), name, color, description };
}

export function milestoneNode({ context, repository }: Scope, milestone: Milestone): object {
  const { number, title, description, state, dueOn, createdAt } = milestone;
  return {
    id: nodeId('Milestone', repository.databaseId, number),
    ...{ number, title, description, state, dueOn, createdAt, updatedAt: createdAt },
    closedAt: state === 'CLOSED' ? dueOn : null,
    url: `${repositoryUrl(context.web, repository)}/milestone/${number}`,
  };
}
