import { childrenOf, currentVersion, isPage, titleOf } from './access.ts';
import { beginEdit, nextId, put } from './journal.ts';
import { relinkTitle } from './link-refactoring.ts';
import type { Content, Page, Readers, Text, Workspace } from './model.ts';

export interface NewPage {
  /** A space's key. */
  readonly space: string;
  readonly title: string;
  readonly body: Text;
  readonly kind?: 'page' | 'blogpost';
  /** A page's or folder's id; null for the top of the space. Default: the space's home page. */
  readonly parent?: string | null;
  /** An account id; default: the account of the credentials. So in every edit. */
  readonly by?: string;
}

export function spaceByKey(workspace: Workspace, key: string) {
  const space = [...workspace.spaces.values()].find((each) => each.key === key);
  if (space === undefined) throw new Error(`the workspace has no space ${key}`);
  return space;
}

export function pageOf(workspace: Workspace, id: string): Page {
  const content = workspace.content.get(id);
  if (!isPage(content)) throw new Error(`the workspace has no page ${id}`);
  return content;
}

export function contentOf(workspace: Workspace, id: string): Content {
  const content = workspace.content.get(id);
  if (content === undefined) throw new Error(`the workspace has no content ${id}`);
  return content;
}

/** The id of the current page or blog post with this title. */
export function pageIdByTitle(workspace: Workspace, space: string, title: string): string {
  const spaceId = spaceByKey(workspace, space).id;
  for (const content of workspace.content.values()) {
    if (content.spaceId !== spaceId || content.status !== 'current') continue;
    if (titleOf(content) === title) return content.id;
  }
  throw new Error(`the workspace has no page "${title}" in ${space}`);
}

function defaultParent(workspace: Workspace, page: NewPage): string | null {
  if (page.kind === 'blogpost') return null;
  if (page.parent !== undefined) return page.parent;
  return spaceByKey(workspace, page.space).homepageId || null;
}

export function createPage(workspace: Workspace, page: NewPage): string {
  const createdAt = beginEdit(workspace);
  const id = nextId(workspace);
  const authorId = page.by ?? workspace.accountId;
  const parentId = defaultParent(workspace, page);
  put(workspace, 'content', id, {
    kind: page.kind ?? 'page',
    id,
    status: 'current',
    spaceId: spaceByKey(workspace, page.space).id,
    parentId,
    position: nextPosition(workspace),
    authorId,
    createdAt,
    versions: [{ number: 1, createdAt, authorId, message: '', title: page.title, body: page.body }],
    labels: [],
    readers: { users: [], groups: [] },
  });
  return id;
}

export function createFolder(
  workspace: Workspace,
  folder: {
    readonly space: string;
    readonly title: string;
    readonly parent?: string | null;
    readonly by?: string;
  },
): string {
  const createdAt = beginEdit(workspace);
  const id = nextId(workspace);
  const space = spaceByKey(workspace, folder.space);
  put(workspace, 'content', id, {
    kind: 'folder',
    id,
    status: 'current',
    spaceId: space.id,
    parentId: folder.parent === undefined ? space.homepageId : folder.parent,
    position: nextPosition(workspace),
    authorId: folder.by ?? workspace.accountId,
    createdAt,
    title: folder.title,
  });
  return id;
}

/** Siblings keep the order in which they came; the number itself means nothing, as in Confluence. */
function nextPosition(workspace: Workspace): number {
  return 1_000 + workspace.lastId - 1_048_576;
}

interface VersionChange {
  readonly title?: string;
  readonly body?: Text;
  readonly message?: string;
  readonly by?: string;
}

function addVersion(workspace: Workspace, page: Page, change: VersionChange): Page {
  const last = currentVersion(page);
  const version = {
    number: last.number + 1,
    createdAt: beginEdit(workspace),
    authorId: change.by ?? workspace.accountId,
    message: change.message ?? '',
    title: change.title ?? last.title,
    body: change.body ?? last.body,
  };
  const changed = { ...page, versions: [...page.versions, version] };
  put(workspace, 'content', page.id, changed);
  return changed;
}

export function editPage(
  workspace: Workspace,
  id: string,
  change: VersionChange & { readonly body: Text },
): void {
  addVersion(workspace, pageOf(workspace, id), change);
}

/**
 * Changes the title. Links that name the page by its title are rewritten in the other pages without a new
 * version of them, as Confluence does; `refactorLinks: false` leaves them broken.
 */
export function retitlePage(
  workspace: Workspace,
  id: string,
  title: string,
  options: { readonly by?: string; readonly refactorLinks?: boolean } = {},
): void {
  const page = pageOf(workspace, id);
  const before = { title: titleOf(page), spaceId: page.spaceId };
  addVersion(workspace, page, { title, ...(options.by === undefined ? {} : { by: options.by }) });
  if (options.refactorLinks ?? true) relinkTitle(workspace, before, { title, spaceId: page.spaceId });
}

/**
 * Moves a page or folder with all below it. No version is added: only title and body have versions. What is archived or in the
 * trash stays in its space: https://support.atlassian.com/confluence-cloud/docs/archive-pages/
 */
export function movePage(
  workspace: Workspace,
  id: string,
  target: { readonly parent: string | null; readonly space?: string },
  options: { readonly refactorLinks?: boolean } = {},
): void {
  beginEdit(workspace);
  const spaceId = target.space
    ? spaceByKey(workspace, target.space).id
    : target.parent === null
      ? contentOf(workspace, id).spaceId
      : contentOf(workspace, target.parent).spaceId;
  const moveInto = (content: Content, parentId: string | null) => {
    put(workspace, 'content', content.id, { ...content, spaceId, parentId });
    for (const child of childrenOf(workspace, content.id))
      if (child.status === 'current') moveInto(child, content.id);
    if (content.spaceId === spaceId || !(options.refactorLinks ?? true)) return;
    const title = titleOf(content);
    relinkTitle(workspace, { title, spaceId: content.spaceId }, { title, spaceId });
  };
  moveInto(contentOf(workspace, id), target.parent);
}

function setStatus(workspace: Workspace, id: string, status: Content['status']): void {
  beginEdit(workspace);
  put(workspace, 'content', id, { ...contentOf(workspace, id), status });
}

/** Children of a page that goes to the trash move up to its parent. */
export function trashPage(workspace: Workspace, id: string): void {
  takeOut(workspace, id, 'trashed');
}

/** Takes a page out of the tree of its space; its children move up to its parent. */
function takeOut(workspace: Workspace, id: string, status: 'trashed' | 'archived'): void {
  setStatus(workspace, id, status);
  const { parentId } = contentOf(workspace, id);
  for (const child of childrenOf(workspace, id)) put(workspace, 'content', child.id, { ...child, parentId });
}

/** What comes back to find nothing above it stands at the top of its space. */
export function restorePage(workspace: Workspace, id: string): void {
  setStatus(workspace, id, 'current');
  const content = contentOf(workspace, id);
  const parent = workspace.content.get(content.parentId ?? '');
  if (parent?.status !== 'current' || parent.spaceId !== content.spaceId)
    put(workspace, 'content', id, { ...content, parentId: null });
}

/** Children of a page that is archived without them move up to its parent. */
export function archivePage(workspace: Workspace, id: string): void {
  takeOut(workspace, id, 'archived');
}

/** Empties the trash of one page. It stays visible as `deleted`, unless `forget` removes every trace. */
export function purgePage(
  workspace: Workspace,
  id: string,
  options: { readonly forget?: boolean } = {},
): void {
  setStatus(workspace, id, 'deleted');
  if (options.forget) put(workspace, 'content', id, undefined);
}

/** Lets only these users and groups read the page and what is below it. */
export function restrictPage(workspace: Workspace, id: string, readers: Partial<Readers>): void {
  beginEdit(workspace);
  const page = pageOf(workspace, id);
  put(workspace, 'content', id, {
    ...page,
    readers: { users: readers.users ?? [], groups: readers.groups ?? [] },
  });
}

export function unrestrictPage(workspace: Workspace, id: string): void {
  restrictPage(workspace, id, {});
}

export function addLabel(workspace: Workspace, id: string, name: string): void {
  beginEdit(workspace);
  const page = pageOf(workspace, id);
  if (page.labels.some((label) => label.name === name)) return;
  put(workspace, 'content', id, { ...page, labels: [...page.labels, { id: nextId(workspace), name }] });
}

export function removeLabel(workspace: Workspace, id: string, name: string): void {
  beginEdit(workspace);
  const page = pageOf(workspace, id);
  put(workspace, 'content', id, { ...page, labels: page.labels.filter((label) => label.name !== name) });
}
