import { nodeId } from '../ids.ts';
import { repositoryUrl } from '../urls.ts';
import { type Issue, type Item, nameOf, type PullRequest, type Repository } from '../workspace.ts';
import { type Connected, connect } from './connection.ts';
import { type Context, GithubError, type Scope } from './context.ts';
import { categoryNode, discussionNode, latestRelease, releaseNode } from './discussions.ts';
import { issueNode, itemNode, labelNode, milestoneNode } from './items.ts';
import { accountNode } from './people.ts';
import { pullNode } from './pulls.ts';

interface Order {
  readonly field: string;
  readonly direction: 'ASC' | 'DESC';
}

interface ItemArgs {
  readonly orderBy?: Order | null;
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

export function repositoryNode(context: Context, repository: Repository): object {
  const scope: Scope = { context, repository };
  const { databaseId, defaultBranch } = repository;
  return {
    __typename: 'Repository',
    id: nodeId('Repository', databaseId),
    ...factsOf(repository),
    nameWithOwner: nameOf(repository),
    owner: () => ownerNode(scope),
    url: repositoryUrl(context.web, repository),
    defaultBranchRef: {
      id: nodeId('Repository', databaseId, defaultBranch),
      name: defaultBranch,
      prefix: 'refs/heads/',
    },
    repositoryTopics: connect(() => ({
      items: repository.topics,
      view: (name) => ({ topic: { name }, url: `${context.web}/topics/${name}` }),
    })),
    milestones: connect(({ states }: { readonly states?: readonly string[] | null }) => ({
      items: repository.milestones.filter(({ state }) => states == null || states.includes(state)),
      view: (milestone) => milestoneNode(scope, milestone),
    })),
    labels: connect(() => ({ items: repository.labels, view: ({ name }) => labelNode(scope, name) })),
    ...itemsOf(scope),
    ...discussionsOf(scope),
    ...releasesOf(scope),
  };
}

function factsOf(repository: Repository): object {
  const { databaseId, name, description, homepage, isPrivate, isArchived, language } = repository;
  const { createdAt, updatedAt, pushedAt } = repository;
  return {
    ...{ databaseId, name, description, homepageUrl: homepage, isPrivate, isArchived, isFork: false },
    ...{ createdAt, updatedAt, pushedAt, isEmpty: repository.files.size === 0 },
    visibility: isPrivate ? 'PRIVATE' : 'PUBLIC',
    hasWikiEnabled: true,
    hasDiscussionsEnabled: repository.categories.length > 0,
    hasIssuesEnabled: true,
    primaryLanguage: language === null ? null : { name: language },
    viewerPermission: 'READ',
  };
}

function ownerNode({ context, repository }: Scope): object {
  const owner = context.workspace.accounts.get(repository.owner);
  if (owner === undefined) throw new Error(`the workspace has no account ${repository.owner}`);
  return accountNode(context, owner);
}

function itemsOf(scope: Scope): object {
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
      view: (number) => issueNode(scope, scope.repository.items.get(number) as Issue),
    })),
    pullRequests: connect((args: ItemArgs) => ({
      ...sortedItems(scope, 'pull', args),
      view: (number) => pullNode(scope, scope.repository.items.get(number) as PullRequest),
    })),
    issue: ({ number }: { readonly number: number }) => one(number, 'issue'),
    pullRequest: ({ number }: { readonly number: number }) => one(number, 'pull'),
    issueOrPullRequest: ({ number }: { readonly number: number }) => one(number, undefined),
  };
}

/** Numbers of items, in the order that was asked for: the oldest first, unless told otherwise. */
function sortedItems(
  { repository }: Scope,
  kind: Item['kind'],
  args: ItemArgs,
): Omit<Connected<number>, 'view'> {
  const { orderBy, filterBy } = args;
  const states = args.states ?? filterBy?.states;
  const times = new Map(
    repository.items
      .facts()
      .filter((facts) => facts.kind === kind && (states == null || states.includes(facts.state)))
      .filter(({ updatedAt }) => filterBy?.since == null || updatedAt >= filterBy.since)
      .map((facts) => [facts.number, orderBy?.field === 'UPDATED_AT' ? facts.updatedAt : facts.createdAt]),
  );
  const numbers = [...times.keys()].filter((number) => fits(repository.items.get, number, args));
  const key = (number: number): string => `${times.get(number)} ${String(number).padStart(12, '0')}`;
  const sign = orderBy?.direction === 'DESC' ? -1 : 1;
  const compare = (a: string, b: string): number => (a < b ? -sign : a > b ? sign : 0);
  return { items: numbers.sort((a, b) => compare(key(a), key(b))), key, compare };
}

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
  readonly orderBy?: Order | null;
  readonly states?: readonly string[] | null;
  readonly categoryId?: string | null;
  readonly answered?: boolean | null;
}

function discussionsOf(scope: Scope): object {
  const { repository } = scope;
  return {
    discussionCategories: connect(() => ({
      items: repository.categories,
      view: (category) => categoryNode(scope, category),
    })),
    // https://docs.github.com/en/graphql/guides/using-the-graphql-api-for-discussions: the last updated comes first.
    discussions: connect(({ orderBy, states, categoryId, answered }: DiscussionArgs) => {
      const { field, direction } = orderBy ?? { field: 'UPDATED_AT', direction: 'DESC' };
      const sign = direction === 'DESC' ? -1 : 1;
      const compare = (a: string, b: string): number => (a < b ? -sign : a > b ? sign : 0);
      const key = ({ createdAt, updatedAt, number }: (typeof all)[number]) =>
        `${field === 'UPDATED_AT' ? updatedAt : createdAt} ${String(number).padStart(12, '0')}`;
      const all = [...repository.discussions.values()]
        .filter(({ closedAt }) => states == null || states.includes(closedAt === null ? 'OPEN' : 'CLOSED'))
        .filter(
          ({ category }) =>
            categoryId == null ||
            categoryId === nodeId('DiscussionCategory', repository.databaseId, category),
        )
        .filter(({ answer }) => answered == null || answered === (answer !== undefined));
      const items = all.toSorted((a, b) => compare(key(a), key(b)));
      return { items, view: (discussion) => discussionNode(scope, discussion), key, compare };
    }),
    discussion: ({ number }: { readonly number: number }) => {
      const discussion = repository.discussions.get(number);
      if (discussion !== undefined) return discussionNode(scope, discussion);
      throw new GithubError('NOT_FOUND', `Could not resolve to a Discussion with the number of ${number}.`);
    },
  };
}

function releasesOf(scope: Scope): object {
  const { releases } = scope.repository;
  // Drafts are shown to those who may push.
  const published = releases.filter(({ publishedAt }) => publishedAt !== null);
  return {
    releases: connect(({ orderBy }: { readonly orderBy?: Order | null }) => {
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

/** The resolver of an owner's repositories, as far as the token may see them. */
export function repositoriesOf(owner: string) {
  return connect((args: { readonly isArchived?: boolean | null }, context: Context) => ({
    items: [...context.workspace.repositories.values()]
      .filter((repository) => repository.readable && repository.owner === owner)
      .filter(({ isArchived }) => args.isArchived == null || isArchived === args.isArchived)
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    view: (repository) => repositoryNode(context, repository),
    key: ({ databaseId }) => String(databaseId),
  }));
}
