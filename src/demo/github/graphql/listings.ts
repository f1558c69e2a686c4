import { nodeId } from '../ids.ts';
import { comparePlaces, type Dated, type Order, placeOf, sorted, sortedFacts } from '../order.ts';
import type { Facts } from '../shelf.ts';
import type { Discussion, Issue, Item, PullRequest } from '../workspace.ts';
import { type Connected, connect } from './connection.ts';
import { GithubError, type Scope } from './context.ts';
import { categoryNode, discussionNode } from './discussions.ts';
import { issueNode, itemNode } from './items.ts';
import { pullNode } from './pulls.ts';
import { latestRelease, releaseNode } from './releases.ts';

interface OrderBy {
  readonly field: string;
  readonly direction: 'ASC' | 'DESC';
}

interface ItemArgs {
  readonly orderBy?: OrderBy | null;
  readonly states?: readonly string[] | null;
  readonly labels?: readonly string[] | null;
  readonly filterBy?: IssueFilters | null;
  readonly baseRefName?: string | null;
  readonly headRefName?: string | null;
}

interface IssueFilters {
  readonly since?: string | null;
  readonly states?: readonly string[] | null;
  readonly labels?: readonly string[] | null;
  readonly createdBy?: string | null;
  readonly assignee?: string | null;
}

export function itemsOf(scope: Scope): object {
  const one = (number: number, kind: Item['kind'] | undefined): object => {
    const item = scope.repository.items.get(number);
    if (item !== undefined && (kind === undefined || kind === item.kind)) return itemNode(scope, item);
    const what =
      kind === 'pull' ? 'a PullRequest' : kind === 'issue' ? 'an Issue' : 'an issue or pull request';
    throw new GithubError('NOT_FOUND', `Could not resolve to ${what} with the number of ${number}.`);
  };
  return {
    issues: connect((args: ItemArgs) => ({
      ...sortedItems(scope, 'issue', args),
      view: ({ number }) => issueNode(scope, scope.repository.items.get(number) as Issue),
    })),
    pullRequests: connect((args: ItemArgs) => ({
      ...sortedItems(scope, 'pull', args),
      view: ({ number }) => pullNode(scope, scope.repository.items.get(number) as PullRequest),
    })),
    issue: ({ number }: { readonly number: number }) => one(number, 'issue'),
    pullRequest: ({ number }: { readonly number: number }) => one(number, 'pull'),
    issueOrPullRequest: ({ number }: { readonly number: number }) => one(number, undefined),
  };
}

/** The oldest first, unless told otherwise. */
function sortedItems({ repository }: Scope, kind: Item['kind'], args: ItemArgs): Sorted<Facts> {
  const { filterBy } = args;
  const states = args.states ?? filterBy?.states;
  const order = orderOf(args.orderBy);
  const isAsked = (facts: Facts): boolean =>
    facts.kind === kind &&
    (states == null || states.includes(facts.state)) &&
    (filterBy?.since == null || facts.updatedAt >= filterBy.since) &&
    fits(repository.items.get, facts.number, args);
  return inOrder(sortedFacts(repository.items.facts(), order).filter(isAsked), order);
}

type Sorted<T> = Omit<Connected<T>, 'view'>;

/** Cursors remember by what it is sorted. */
const inOrder = <T extends Dated>(items: readonly T[], order: Order): Sorted<T> => ({
  items,
  key: (item) => placeOf(item, order.by),
  compare: comparePlaces(order),
});

const orderOf = (asked: OrderBy | null | undefined): Order => ({
  by: asked?.field === 'UPDATED_AT' ? 'updatedAt' : 'createdAt',
  descending: asked?.direction === 'DESC',
});

function fits(get: (number: number) => Item | undefined, number: number, args: ItemArgs): boolean {
  const { filterBy, baseRefName, headRefName } = args;
  const labels = args.labels ?? filterBy?.labels;
  const { createdBy, assignee } = filterBy ?? {};
  if ([labels, createdBy, assignee, baseRefName, headRefName].every((each) => each == null)) return true;
  const item = get(number);
  if (item === undefined) return false;
  if (labels != null && !labels.some((label) => item.labels.includes(label))) return false;
  if (createdBy != null && item.author !== createdBy) return false;
  if (assignee != null && !item.assignees.includes(assignee)) return false;
  if (baseRefName != null && (item.kind === 'issue' || item.baseRef !== baseRefName)) return false;
  return headRefName == null || (item.kind === 'pull' && item.headRef === headRefName);
}

interface DiscussionArgs {
  readonly orderBy?: OrderBy | null;
  readonly states?: readonly string[] | null;
  readonly categoryId?: string | null;
  readonly answered?: boolean | null;
}

export function discussionsOf(scope: Scope): object {
  const { repository } = scope;
  const idOf = (category: number) => nodeId('DiscussionCategory', repository.databaseId, category);
  return {
    discussionCategories: connect(() => ({
      items: repository.categories,
      view: (category) => categoryNode(scope, category),
    })),
    discussions: connect(({ orderBy, states = [], categoryId, answered }: DiscussionArgs) => {
      const shown = [...repository.discussions.values()]
        .filter(({ closedAt }) => !states?.length || states.includes(closedAt === null ? 'OPEN' : 'CLOSED'))
        .filter(({ category }) => categoryId == null || categoryId === idOf(category))
        .filter(({ answer }) => answered == null || answered === (answer !== undefined));
      const order = orderOf(orderBy);
      const view = (discussion: Discussion) => discussionNode(scope, discussion);
      return { ...inOrder(sorted(shown, order), order), view };
    }),
    discussion: ({ number }: { readonly number: number }) => {
      const discussion = repository.discussions.get(number);
      if (discussion !== undefined) return discussionNode(scope, discussion);
      throw new GithubError('NOT_FOUND', `Could not resolve to a Discussion with the number of ${number}.`);
    },
  };
}

export function releasesOf(scope: Scope): object {
  const { releases } = scope.repository;
  // Drafts are shown to those who may push.
  const published = releases.filter(({ publishedAt }) => publishedAt !== null);
  return {
    releases: connect(({ orderBy }: { readonly orderBy?: OrderBy | null }) => {
      const sign = orderBy?.direction === 'ASC' ? 1 : -1;
      const by = (a: (typeof published)[number]) => (orderBy?.field === 'NAME' ? a.tag : a.createdAt);
      const items = published.toSorted((a, b) => (by(a) < by(b) ? -sign : sign));
      return { items, view: (release) => releaseNode(scope, release), key: ({ id }) => String(id) };
    }),
    release: ({ tagName }: { readonly tagName: string }) => {
      const release = published.find(({ tag }) => tag === tagName);
      return release === undefined ? null : releaseNode(scope, release);
    },
    latestRelease: () => {
      const release = latestRelease(releases);
      return release === undefined ? null : releaseNode(scope, release);
    },
  };
}
