import { currentVersion } from './access.ts';
import { contentOf } from './edit-pages.ts';
import { beginEdit, nextId, put } from './journal.ts';
import type { Comment, Workspace } from './model.ts';

export interface NewComment {
  /** Storage format. */
  readonly body: string;
  /** Makes an inline comment on this text of the page; `ref` is the marker's id in the page's storage. */
  readonly on?: { readonly selection: string; readonly ref: string };
  readonly by?: string;
}

function commentOf(workspace: Workspace, id: string): Comment {
  const comment = workspace.comments.get(id);
  if (comment === undefined) throw new Error(`the workspace has no comment ${id}`);
  return comment;
}

export function addComment(workspace: Workspace, pageId: string, comment: NewComment): string {
  const page = contentOf(workspace, pageId);
  const createdAt = beginEdit(workspace);
  const id = nextId(workspace);
  const authorId = comment.by ?? workspace.accountId;
  const title = `Re: ${page.kind === 'folder' ? page.title : currentVersion(page).title}`;
  const common = {
    id,
    status: 'current',
    pageId,
    parentId: null,
    versions: [{ number: 1, createdAt, authorId, message: '', title, body: comment.body }],
  } as const;
  put(
    workspace,
    'comments',
    id,
    comment.on === undefined
      ? { kind: 'footer', ...common }
      : {
          kind: 'inline',
          ...common,
          marker: comment.on,
          resolution: { status: 'open', by: authorId, at: createdAt },
        },
  );
  return id;
}

export function replyComment(
  workspace: Workspace,
  parentId: string,
  reply: { readonly body: string; readonly by?: string },
): string {
  const parent = commentOf(workspace, parentId);
  const id = addComment(workspace, parent.pageId, reply);
  const { kind, marker, resolution } = parent;
  put(workspace, 'comments', id, {
    ...commentOf(workspace, id),
    kind,
    parentId,
    ...(marker === undefined ? {} : { marker }),
    ...(resolution === undefined ? {} : { resolution }),
  });
  return id;
}

export function editComment(
  workspace: Workspace,
  id: string,
  change: { readonly body: string; readonly by?: string },
): void {
  const comment = commentOf(workspace, id);
  const last = currentVersion(comment);
  const version = {
    ...last,
    number: last.number + 1,
    createdAt: beginEdit(workspace),
    authorId: change.by ?? last.authorId,
    body: change.body,
  };
  put(workspace, 'comments', id, { ...comment, versions: [...comment.versions, version] });
}

/** Removes the comment and the replies below it. */
export function deleteComment(workspace: Workspace, id: string): void {
  beginEdit(workspace);
  const remove = (comment: Comment) => {
    put(workspace, 'comments', comment.id, undefined);
    for (const other of [...workspace.comments.values()]) if (other.parentId === comment.id) remove(other);
  };
  remove(commentOf(workspace, id));
}

export function resolveComment(
  workspace: Workspace,
  id: string,
  options: { readonly status?: 'resolved' | 'reopened'; readonly by?: string } = {},
): void {
  const comment = commentOf(workspace, id);
  const at = beginEdit(workspace);
  const resolution = { status: options.status ?? 'resolved', by: options.by ?? workspace.accountId, at };
  put(workspace, 'comments', id, { ...comment, resolution });
}
