import { pageOf } from './edit-pages.ts';
import { beginEdit, nextId, put } from './journal.ts';
import type { Workspace } from './model.ts';

export interface NewAttachment {
  readonly title: string;
  readonly mediaType: string;
  readonly bytes: () => Uint8Array;
  readonly comment?: string;
  readonly by?: string;
}

/** Puts a file on a page. The same name again is a new version of the file, under the same id. */
export function attachFile(workspace: Workspace, pageId: string, file: NewAttachment): string {
  const page = pageOf(workspace, pageId);
  const createdAt = beginEdit(workspace);
  const earlier = [...workspace.attachments.values()].find(
    (each) => each.pageId === page.id && each.title === file.title,
  );
  const number = nextId(workspace);
  const id = earlier?.id ?? `att${number}`;
  put(workspace, 'attachments', id, {
    id,
    pageId: page.id,
    title: file.title,
    mediaType: file.mediaType,
    fileId: fileIdFrom(number),
    comment: file.comment ?? '',
    version: (earlier?.version ?? 0) + 1,
    authorId: file.by ?? workspace.accountId,
    createdAt,
    bytes: file.bytes,
  });
  return id;
}

/** Gives a file another name, or another page, without a new version. The same name must be free there. */
export function moveFile(
  workspace: Workspace,
  id: string,
  to: { readonly title?: string; readonly page?: string },
): void {
  const file = workspace.attachments.get(id);
  if (file === undefined) throw new Error(`the workspace has no file ${id}`);
  const { title = file.title, page = file.pageId } = to;
  beginEdit(workspace);
  put(workspace, 'attachments', id, { ...file, title, pageId: pageOf(workspace, page).id });
}

/** Takes a file off its page for good. */
export function removeFile(workspace: Workspace, id: string): void {
  beginEdit(workspace);
  put(workspace, 'attachments', id, undefined);
}

/** Media ids are UUIDs; this one is made from the id, so that a rebuilt workspace is the same. */
function fileIdFrom(number: string): string {
  const digits = number.padStart(12, '0');
  return `6f1c2a90-7b3d-4e58-9a41-${digits}`;
}
