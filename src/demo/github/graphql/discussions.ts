import { textOf } from '../../workspace/model.ts';
import { itemDatabaseId, nodeId } from '../ids.ts';
import { commitUrl, discussionUrl, repositoryUrl } from '../urls.ts';
import type { Category, Discussion, DiscussionComment, Release } from '../workspace.ts';
import { connect } from './connection.ts';
import type { Scope } from './context.ts';
import { labelNode } from './items.ts';
import { actorNode, reactionGroups } from './people.ts';
import { repositoryNode } from './repositories.ts';
import { authorFields, editFields, writtenFields } from './written.ts';

export function discussionNode(scope: Scope, discussion: Discussion): object {
  const { context, repository } = scope;
  const { number, title, createdAt, updatedAt, closedAt, stateReason, locked, answer } = discussion;
  return {
    __typename: 'Discussion',
    id: nodeId('Discussion', repository.databaseId, number),
    databaseId: itemDatabaseId(repository, number),
    ...{ number, title, createdAt, updatedAt, publishedAt: createdAt, closedAt, stateReason, locked },
    closed: closedAt !== null,
    activeLockReason: null,
    body: () => textOf(discussion.body),
    url: discussionUrl(context.web, repository, discussion),
    ...authorFields(context, discussion.author),
    ...editFields(context, discussion.editedAt, discussion.author),
    category: () => {
      const category = repository.categories.find(({ id }) => id === discussion.category);
      if (category === undefined) throw new Error(`discussion ${number} has no category`);
      return categoryNode(scope, category);
    },
    isAnswered: isAnswerable(scope, discussion) ? answer !== undefined : null,
    answer: () => {
      const comment = answer && findComment(discussion.comments, answer.comment);
      return comment ? discussionCommentNode(scope, discussion, comment) : null;
    },
    answerChosenAt: answer?.at ?? null,
    answerChosenBy: () => actorNode(context, answer?.by),
    comments: connect(() => ({
      items: discussion.comments,
      view: (comment) => discussionCommentNode(scope, discussion, comment),
      key: ({ id }) => String(id),
    })),
    labels: connect(() => ({ items: discussion.labels, view: (name) => labelNode(scope, name) })),
    upvoteCount: discussion.upvotes,
    reactionGroups: () => reactionGroups(context, discussion.reactions),
    repository: () => repositoryNode(context, repository),
  };
}

const isAnswerable = ({ repository }: Scope, { category }: Discussion): boolean =>
  repository.categories.some(({ id, answerable }) => id === category && answerable);

export function findComment(
  comments: readonly DiscussionComment[],
  id: number,
): DiscussionComment | undefined {
  return comments.flatMap((comment) => [comment, ...comment.replies]).find((comment) => comment.id === id);
}

export function discussionCommentNode(
  scope: Scope,
  discussion: Discussion,
  comment: DiscussionComment,
): object {
  const { context, repository } = scope;
  const root = discussion.comments.find(({ replies }) => replies.some(({ id }) => id === comment.id));
  return {
    __typename: 'DiscussionComment',
    ...writtenFields(scope, comment),
    ...(comment.deletedAt === undefined ? {} : { body: '', author: null }),
    id: nodeId('DiscussionComment', repository.databaseId, discussion.number, comment.id),
    url: `${discussionUrl(context.web, repository, discussion)}#discussioncomment-${comment.id}`,
    isAnswer: discussion.answer?.comment === comment.id,
    deletedAt: comment.deletedAt ?? null,
    replyTo: () => (root === undefined ? null : discussionCommentNode(scope, discussion, root)),
    replies: connect(() => ({
      items: comment.replies,
      view: (reply) => discussionCommentNode(scope, discussion, reply),
      key: ({ id }) => String(id),
    })),
    upvoteCount: comment.upvotes,
    discussion: () => discussionNode(scope, discussion),
  };
}

export function categoryNode({ repository }: Scope, category: Category): object {
  const { id, name, slug, emoji, description, answerable } = category;
  return {
    id: nodeId('DiscussionCategory', repository.databaseId, id),
    ...{ name, slug, emoji, description, isAnswerable: answerable, createdAt: repository.createdAt },
  };
}

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
