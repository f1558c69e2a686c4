import { textOf } from '../../workspace/model.ts';
import { nodeId } from '../ids.ts';
import { commitUrl, repositoryUrl } from '../urls.ts';
import type { Release } from '../workspace.ts';
import { connect } from './connection.ts';
import type { Scope } from './context.ts';
import { actorNode, reactionGroups } from './people.ts';
import { repositoryNode } from './repositories.ts';

export function releaseNode(scope: Scope, release: Release): object {
  const { context, repository } = scope;
  const { id, tag, name, createdAt, publishedAt, prerelease } = release;
  const { databaseId } = repository;
  const web = repositoryUrl(context.web, repository);
  return {
    __typename: 'Release',
    id: nodeId('Release', databaseId, id),
    databaseId: id,
    ...{ name, tagName: tag, createdAt, publishedAt, updatedAt: publishedAt ?? createdAt },
    description: () => textOf(release.body),
    url: `${web}/releases/tag/${encodeURIComponent(tag)}`,
    author: () => actorNode(context, release.author),
    isDraft: publishedAt === null,
    isPrerelease: prerelease,
    isLatest: latestRelease(repository.releases)?.id === id,
    releaseAssets: connect(() => ({
      items: release.assets,
      view: (asset) => {
        const url = `${web}/releases/download/${encodeURIComponent(tag)}/${asset.name}`;
        return {
          ...{ ...asset, id: nodeId('ReleaseAsset', databaseId, id, asset.id), url, downloadUrl: url },
          ...{ downloadCount: 0, createdAt, updatedAt: createdAt },
        };
      },
    })),
    reactionGroups: () => reactionGroups(context),
    tagCommit: () => tagCommit(scope, release),
    repository: () => repositoryNode(context, repository),
  };
}

/** Of those that are published and not called a trial, the one that was made last. */
export function latestRelease(releases: readonly Release[]): Release | undefined {
  return releases
    .filter(({ publishedAt, prerelease }) => publishedAt !== null && !prerelease)
    .toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1))[0];
}

function tagCommit({ context, repository }: Scope, { target, createdAt, tag }: Release): object {
  return {
    id: nodeId('Commit', repository.databaseId, 0, target),
    ...{ oid: target, abbreviatedOid: target.slice(0, 7), url: commitUrl(context.web, repository, target) },
    ...{ message: tag, messageHeadline: tag, messageBody: '' },
    ...{ committedDate: createdAt, authoredDate: createdAt, author: null, committer: null },
    ...{ additions: 0, deletions: 0, changedFilesIfAvailable: null, statusCheckRollup: null },
  };
}
