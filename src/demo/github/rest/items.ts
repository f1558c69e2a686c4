import { textOf } from '../../workspace/model.ts';
import { itemDatabaseId, nodeId, pullDatabaseId } from '../ids.ts';
import { baseOid, rollupState } from '../lookup.ts';
import { itemUrl, repositoryUrl } from '../urls.ts';
import {
  headOf,
  type Issue,
  type Item,
  type Label,
  type Milestone,
  type PullRequest,
  REACTIONS,
  type Reaction,
  type Written,
} from '../workspace.ts';
import type { InRepository } from './call.ts';
import { simpleUser, teamView } from './people.ts';
import { repositoryView } from './repositories.ts';

const apiUrl = ({ api, repository }: InRepository): string =>
  `${api}/repos/${repository.owner}/${repository.name}`;

/** As the issues endpoints show issues and pull requests. */
export function issueView(call: InRepository, item: Item): object {
  const { web, repository } = call;
  const { number, title, labels, locked, lockReason, createdAt, updatedAt, closedAt } = item;
  const url = `${apiUrl(call)}/issues/${number}`;
  const htmlUrl = itemUrl(web, repository, item);
  return {
    url,
    repository_url: apiUrl(call),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: htmlUrl,
    id: itemDatabaseId(repository, number),
    node_id: itemNodeIdOf(call, item),
    number,
    title,
    user: simpleUser(call, item.author),
    labels: labels.map((name) => labelView(call, name)),
    state: item.state === 'OPEN' ? 'open' : 'closed',
    locked,
    ...assigned(call, item),
    milestone: milestoneOf(call, item),
    comments: item.comments.length,
    created_at: createdAt,
    updated_at: updatedAt,
    closed_at: closedAt,
    closed_by: closedBy(call, item),
    author_association: associationOf(call, item.author),
    active_lock_reason: lockReason?.toLowerCase().replace('_', ' ') ?? null,
    ...(item.kind === 'pull' ? pullPart(call, item) : issuePart(call, item)),
    body: textOf(item.body) || null,
    reactions: reactionsView(`${url}/reactions`, item.reactions),
    timeline_url: `${url}/timeline`,
    performed_via_github_app: null,
  };
}

function closedBy(call: InRepository, { closedAt, events }: Item): object | null {
  const closing = events.findLast(({ kind }) => kind === 'ClosedEvent');
  return closedAt === null || closing === undefined ? null : simpleUser(call, closing.actor);
}

function itemNodeIdOf({ repository }: InRepository, { kind, number }: Item): string {
  return nodeId(kind === 'pull' ? 'PullRequest' : 'Issue', repository.databaseId, number);
}

function issuePart({ repository }: InRepository, { stateReason, subIssues }: Issue): object {
  const total = subIssues.length;
  const completed = subIssues.filter((number) => repository.items.get(number)?.state === 'CLOSED').length;
  const percent = Math.floor((100 * completed) / Math.max(total, 1));
  return {
    state_reason: stateReason?.toLowerCase() ?? null,
    sub_issues_summary: { total, completed, percent_completed: percent },
  };
}

function pullPart(call: InRepository, pull: PullRequest): object {
  const url = `${apiUrl(call)}/pulls/${pull.number}`;
  const htmlUrl = itemUrl(call.web, call.repository, pull);
  return {
    state_reason: null,
    draft: pull.isDraft,
    pull_request: {
      url,
      html_url: htmlUrl,
      diff_url: `${htmlUrl}.diff`,
      patch_url: `${htmlUrl}.patch`,
      merged_at: pull.mergedAt,
    },
  };
}

function assigned(call: InRepository, { assignees }: Item): object {
  const [first] = assignees;
  return {
    assignee: first === undefined ? null : simpleUser(call, first),
    assignees: assignees.map((login) => simpleUser(call, login)),
  };
}

export function associationOf({ workspace }: InRepository, login: string | null): string {
  return login !== null && workspace.accounts.get(login)?.kind === 'User' ? 'MEMBER' : 'NONE';
}

/** A pull request by itself: more than the issues endpoints tell. */
export function pullView(call: InRepository, pull: PullRequest): object {
  const { web, repository } = call;
  const url = `${apiUrl(call)}/pulls/${pull.number}`;
  const htmlUrl = itemUrl(web, repository, pull);
  const issueUrl = `${apiUrl(call)}/issues/${pull.number}`;
  const { number, title, createdAt, updatedAt, closedAt, mergedAt, mergedBy, mergeOid, reviewRequests } =
    pull;
  const teams = reviewRequests.flatMap((each) => (each.startsWith('team:') ? [each.slice(5)] : []));
  const people = reviewRequests.filter((each) => !each.startsWith('team:'));
  const href = (address: string) => ({ href: address });
  return {
    url,
    id: pullDatabaseId(repository, number),
    node_id: itemNodeIdOf(call, pull),
    html_url: htmlUrl,
    diff_url: `${htmlUrl}.diff`,
    patch_url: `${htmlUrl}.patch`,
    issue_url: issueUrl,
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${apiUrl(call)}/pulls/comments{/number}`,
    comments_url: `${issueUrl}/comments`,
    statuses_url: `${apiUrl(call)}/statuses/${headOf(pull)}`,
    number,
    state: pull.state === 'OPEN' ? 'open' : 'closed',
    locked: pull.locked,
    title,
    user: simpleUser(call, pull.author),
    body: textOf(pull.body) || null,
    labels: pull.labels.map((name) => labelView(call, name)),
    milestone: milestoneOf(call, pull),
    active_lock_reason: pull.lockReason?.toLowerCase().replace('_', ' ') ?? null,
    created_at: createdAt,
    updated_at: updatedAt,
    closed_at: closedAt,
    merged_at: mergedAt,
    merge_commit_sha: mergeOid,
    ...assigned(call, pull),
    requested_reviewers: people.map((login) => simpleUser(call, login)),
    requested_teams: teams.map((slug) => teamView(call, repository.owner, slug)),
    head: branchView(call, pull.headRef, headOf(pull), pull.headOwner),
    base: branchView(call, pull.baseRef, baseOid(repository), undefined),
    _links: {
      ...{
        self: href(url),
        html: href(htmlUrl),
        issue: href(issueUrl),
        comments: href(`${issueUrl}/comments`),
      },
      ...{ review_comments: href(`${url}/comments`), commits: href(`${url}/commits`) },
      review_comment: href(`${apiUrl(call)}/pulls/comments{/number}`),
      statuses: href(`${apiUrl(call)}/statuses/${headOf(pull)}`),
    },
    author_association: associationOf(call, pull.author),
    auto_merge: null,
    draft: pull.isDraft,
    merged: pull.state === 'MERGED',
    mergeable: pull.state === 'OPEN' ? true : null,
    rebaseable: pull.state === 'OPEN' ? true : null,
    mergeable_state: pull.state === 'OPEN' ? mergeableState(pull) : 'unknown',
    merged_by: pull.state === 'MERGED' ? simpleUser(call, mergedBy) : null,
    comments: pull.comments.length,
    review_comments: pull.threads.flatMap(({ comments }) => comments).length,
    maintainer_can_modify: false,
    commits: pull.commits.length,
    additions: pull.files.additions,
    deletions: pull.files.deletions,
    changed_files: pull.files.count,
  };
}

const mergeableState = ({ commits }: PullRequest): string =>
  rollupState(commits.at(-1)?.checks ?? []) === 'SUCCESS' ? 'clean' : 'unstable';

function branchView(call: InRepository, ref: string, sha: string, owner: string | null | undefined): object {
  const login = owner === undefined ? call.repository.owner : owner;
  const isOwn = login === call.repository.owner;
  const user = login === null ? null : simpleUser(call, login);
  return {
    ...{ label: `${login ?? 'unknown'}:${ref}`, ref, sha, user },
    repo: isOwn ? repositoryView(call, call.repository) : null,
  };
}

export function labelView(call: InRepository, name: string): object {
  const { repository } = call;
  const { color, description }: Omit<Label, 'name'> = repository.labels.find(
    (label) => label.name === name,
  ) ?? { color: 'ededed', description: null };
  const url = `${apiUrl(call)}/labels/${encodeURIComponent(name)}`;
  const id = 1_000 + repository.labels.findIndex((label) => label.name === name);
  const isDefault = ['bug', 'documentation', 'enhancement'].includes(name);
  return {
    ...{ id, node_id: nodeId('Label', repository.databaseId, name), url, name, color, description },
    default: isDefault,
  };
}

function milestoneOf(call: InRepository, { milestone: wanted }: Item): object | null {
  const milestone = call.repository.milestones.find(({ number }) => number === wanted);
  return milestone === undefined ? null : milestoneView(call, milestone);
}

function milestoneView(call: InRepository, milestone: Milestone): object {
  const { number, title, description, state, dueOn, createdAt } = milestone;
  const url = `${apiUrl(call)}/milestones/${number}`;
  return {
    ...{ url, html_url: `${repositoryUrl(call.web, call.repository)}/milestone/${number}` },
    ...{ labels_url: `${url}/labels`, id: 2_000 + number, number, title, description },
    node_id: nodeId('Milestone', call.repository.databaseId, number),
    creator: simpleUser(call, call.repository.owner),
    ...{ open_issues: 0, closed_issues: 0, state: state.toLowerCase() },
    ...{ created_at: createdAt, updated_at: createdAt, due_on: dueOn, closed_at: null },
  };
}

const REST_NAMES = ['+1', '-1', 'laugh', 'hooray', 'confused', 'heart', 'rocket', 'eyes'] as const;

export function reactionsView(url: string, reactions: readonly Reaction[] = []): object {
  const countOf = (content: string) => reactions.find((each) => each.content === content)?.users.length ?? 0;
  const counts = REACTIONS.map((content, index) => [REST_NAMES[index], countOf(content)] as const);
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  return { url, total_count: total, ...Object.fromEntries(counts) };
}

export function issueCommentView(call: InRepository, item: Item, comment: Written): object {
  const { id, author, body, createdAt, editedAt, reactions, minimized } = comment;
  const url = `${apiUrl(call)}/issues/comments/${id}`;
  return {
    ...{ url, html_url: `${itemUrl(call.web, call.repository, item)}#issuecomment-${id}` },
    issue_url: `${apiUrl(call)}/issues/${item.number}`,
    ...{ id, node_id: nodeId('IssueComment', call.repository.databaseId, item.number, id) },
    ...{ user: simpleUser(call, author), created_at: createdAt, updated_at: editedAt ?? createdAt },
    ...{ author_association: associationOf(call, author), body: textOf(body) },
    reactions: reactionsView(`${url}/reactions`, reactions),
    minimized: minimized === undefined ? null : { reason: minimized },
    performed_via_github_app: null,
  };
}
