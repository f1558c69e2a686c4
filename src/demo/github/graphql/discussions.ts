import { textOf } from '../../workspace/model.ts';
import { itemDatabaseId, nodeId } from '../ids.ts';
import { discussionUrl } from '../urls.ts';
import type { Category, Discussion, DiscussionComment } from '../workspace.ts';
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
