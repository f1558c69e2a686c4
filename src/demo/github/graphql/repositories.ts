import { nodeId } from '../ids.ts';
import { repositoryUrl } from '../urls.ts';
import { nameOf, type Repository } from '../workspace.ts';
import { connect } from './connection.ts';
import type { Context, Scope } from './context.ts';
import { labelNode, milestoneNode } from './items.ts';
import { discussionsOf, itemsOf, releasesOf } from './listings.ts';
import { accountNode } from './people.ts';

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
