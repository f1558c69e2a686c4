import { type Text, textOf } from '../workspace/model.ts';
import { referToOthers } from './edit-new-items.ts';
import { beginEdit, type Edit, itemOf, nextId, repositoryNamed, touchItem, writeItem } from './journal.ts';
import type { GithubWorkspace, Item, PullRequest, Reaction, Written } from './workspace.ts';

export interface NewComment extends Edit {
  readonly body: Text;
}

/** Comments on an issue or a pull request. Returns the comment's id. */
export function comment(
  workspace: GithubWorkspace,
  name: string,
  number: number,
  { body, ...edit }: NewComment,
): number {
  const repository = repositoryNamed(workspace, name);
  const item = itemOf(repository, number);
  const change = beginEdit(workspace, edit);
  const id = nextId(workspace);
  const written: Written = { id, author: change.by, body, createdAt: change.at };
  touchItem(workspace, repository, { ...item, comments: [...item.comments, written] }, change);
  referToOthers(workspace, repository, number, { text: textOf(body), ...change });
  return id;
}

/** Changes a comment of any kind: of the conversation, of a review, or on a line. */
export function editComment(
  workspace: GithubWorkspace,
  name: string,
  number: number,
  { id, body, ...edit }: NewComment & { readonly id: number },
): void {
  const { repository, item } = found(workspace, name, number);
  const change = beginEdit(workspace, edit);
  const edited = <T extends Written>(each: T): T => ({
    ...each,
    ...{ body, editedAt: change.at, editor: change.by },
  });
  touchItem(workspace, repository, rewrite(item, id, edited), change);
}

/** Hides a comment, without activity; undefined shows it again. */
export function minimizeComment(
  workspace: GithubWorkspace,
  name: string,
  number: number,
  { id, reason }: { readonly id: number; readonly reason: string | undefined },
): void {
  const { repository, item } = found(workspace, name, number);
  beginEdit(workspace, {});
  const hidden = <T extends Written>({ minimized: _, ...each }: T) =>
    ({ ...each, ...(reason === undefined ? {} : { minimized: reason }) }) as T;
  writeItem(workspace, repository, rewrite(item, id, hidden));
}

/** Deletes a comment of the conversation or on a line. Its thread goes with its last comment. */
export function deleteComment(
  workspace: GithubWorkspace,
  name: string,
  number: number,
  { id, ...edit }: Edit & { readonly id: number },
): void {
  const { repository, item } = found(workspace, name, number);
  const change = beginEdit(workspace, edit);
  const isKept = (each: Written) => each.id !== id;
  const comments = item.comments.filter(isKept);
  const deleted = item.comments.find((each) => each.id === id);
  if (deleted !== undefined) {
    const event = { kind: 'CommentDeletedEvent', about: { deletedAuthor: deleted.author } };
    touchItem(workspace, repository, { ...item, comments }, change, event);
    return;
  }
  if (item.kind === 'issue') throw new Error(`${name}#${number} has no comment ${id}`);
  const threads = item.threads
    .map((thread) => ({ ...thread, comments: thread.comments.filter(isKept) }))
    .filter((thread) => thread.comments.length > 0);
  touchItem(workspace, repository, { ...item, threads }, change);
}

/** A reaction to an item, or to the comment with this id. It is no activity. */
export function react(
  workspace: GithubWorkspace,
  name: string,
  number: number,
  { id, content, by }: { readonly id?: number; readonly content: Reaction['content']; readonly by?: string },
): void {
  const { repository, item } = found(workspace, name, number);
  beginEdit(workspace, {});
  const user = by ?? workspace.viewer;
  const reacted = <T extends { readonly reactions?: readonly Reaction[] }>(to: T): T => {
    const others = (to.reactions ?? []).filter((each) => each.content !== content);
    const users = (to.reactions ?? []).find((each) => each.content === content)?.users ?? [];
    return { ...to, reactions: [...others, { content, users: [...new Set([...users, user])] }] };
  };
  writeItem(workspace, repository, id === undefined ? reacted(item) : rewrite(item, id, reacted));
}

function found(workspace: GithubWorkspace, name: string, number: number) {
  const repository = repositoryNamed(workspace, name);
  return { repository, item: itemOf(repository, number) };
}

/** The item with another form of what somebody wrote there. */
function rewrite(item: Item, id: number, change: <T extends Written>(each: T) => T): Item {
  let isFound = false;
  const changed = <T extends Written>(each: T): T => {
    if (each.id !== id) return each;
    isFound = true;
    return change(each);
  };
  const rewritten = {
    ...item,
    comments: item.comments.map(changed),
    ...(item.kind === 'pull' ? reviewsOf(item, changed) : {}),
  } as Item;
  if (!isFound) throw new Error(`#${item.number} has no comment ${id}`);
  return rewritten;
}

function reviewsOf(
  { reviews, threads }: PullRequest,
  changed: <T extends Written>(each: T) => T,
): Pick<PullRequest, 'reviews' | 'threads'> {
  return {
    reviews: reviews.map(changed),
    threads: threads.map((thread) => ({ ...thread, comments: thread.comments.map(changed) })),
  };
}
