import { beginEdit, type Change, type Edit, nextId, repositoryNamed } from './journal.ts';
import type { Discussion, DiscussionComment, GithubWorkspace, Repository } from './workspace.ts';

export interface NewDiscussion extends Edit {
  readonly title: string;
  readonly body: string;
  /** The category's slug. */
  readonly category: string;
  readonly labels?: readonly string[];
  readonly upvotes?: number;
}

/** Returns the number. */
export function createDiscussion(
  workspace: GithubWorkspace,
  name: string,
  discussion: NewDiscussion,
): number {
  const repository = repositoryNamed(workspace, name);
  const category = repository.categories.find(({ slug }) => slug === discussion.category);
  if (category === undefined) throw new Error(`${name} has no category ${discussion.category}`);
  const { at, by } = beginEdit(workspace, discussion);
  repository.lastNumber += 1;
  const number = repository.lastNumber;
  repository.discussions.set(number, {
    ...{ number, title: discussion.title, body: discussion.body, author: by, category: category.id },
    ...{ createdAt: at, updatedAt: at, editedAt: null, closedAt: null, stateReason: null, locked: false },
    ...{ labels: discussion.labels ?? [], upvotes: discussion.upvotes ?? 1, reactions: [], comments: [] },
  });
  return number;
}

function change(
  workspace: GithubWorkspace,
  name: string,
  number: number,
  {
    edit,
    to,
  }: { readonly edit: Edit; readonly to: (before: Discussion, made: Change) => Partial<Discussion> },
): void {
  const repository: Repository = repositoryNamed(workspace, name);
  const before = repository.discussions.get(number);
  if (before === undefined) throw new Error(`${name} has no discussion ${number}`);
  const made = beginEdit(workspace, edit);
  const updatedAt = made.at > before.updatedAt ? made.at : before.updatedAt;
  repository.discussions.set(number, { ...before, updatedAt, ...to(before, made) });
}

/** Comments on a discussion, or answers to a comment of it. Returns the comment's id. */
export function commentDiscussion(
  workspace: GithubWorkspace,
  name: string,
  number: number,
  {
    body,
    replyTo,
    upvotes = 1,
    ...edit
  }: Edit & { readonly body: string; readonly replyTo?: number; readonly upvotes?: number },
): number {
  const id = nextId(workspace);
  change(workspace, name, number, {
    edit,
    to: ({ comments }, { at, by }) => {
      const written: DiscussionComment = { id, author: by, body, createdAt: at, upvotes, replies: [] };
      if (replyTo === undefined) return { comments: [...comments, written] };
      return {
        comments: comments.map((each) =>
          each.id === replyTo ? { ...each, replies: [...each.replies, written] } : each,
        ),
      };
    },
  });
  return id;
}

export function editDiscussion(
  workspace: GithubWorkspace,
  name: string,
  number: number,
  { title, body, ...edit }: Edit & { readonly title?: string; readonly body?: string },
): void {
  change(workspace, name, number, {
    edit,
    to: (_, { at }) => ({
      ...(title === undefined ? {} : { title }),
      ...(body === undefined ? {} : { body, editedAt: at }),
    }),
  });
}

export function chooseAnswer(
  workspace: GithubWorkspace,
  name: string,
  number: number,
  { comment, ...edit }: Edit & { readonly comment: number },
): void {
  change(workspace, name, number, { edit, to: (_, { at, by }) => ({ answer: { comment, by, at } }) });
}

export function closeDiscussion(
  workspace: GithubWorkspace,
  name: string,
  number: number,
  { reason, ...edit }: Edit & { readonly reason: NonNullable<Discussion['stateReason']> },
): void {
  change(workspace, name, number, { edit, to: (_, { at }) => ({ closedAt: at, stateReason: reason }) });
}

/** A comment with answers leaves its place. */
export function deleteDiscussionComment(
  workspace: GithubWorkspace,
  name: string,
  number: number,
  { comment: id, ...edit }: Edit & { readonly comment: number },
): void {
  change(workspace, name, number, {
    edit,
    to: ({ comments }, { at }) => ({
      comments: comments.flatMap((each): DiscussionComment[] => {
        if (each.id !== id) return [{ ...each, replies: each.replies.filter((reply) => reply.id !== id) }];
        return each.replies.length === 0 ? [] : [{ ...each, deletedAt: at }];
      }),
    }),
  });
}

export function deleteDiscussion(workspace: GithubWorkspace, name: string, number: number): void {
  const repository = repositoryNamed(workspace, name);
  beginEdit(workspace, {});
  if (!repository.discussions.delete(number)) throw new Error(`${name} has no discussion ${number}`);
}
