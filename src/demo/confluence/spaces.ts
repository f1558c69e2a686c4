import { ok, v2BadRequest, v2NotFound } from '../answer.ts';
import { pageOfResults } from '../paging.ts';
import type { Handler, RouteEntry } from '../router.ts';
import { ancestorsOf, maySee } from '../workspace/access.ts';
import { showChild, visibleChildren } from './pages.ts';
import { idParameter, listParameter } from './reading.ts';
import { showSpace, showUser } from './views.ts';

const listSpaces: Handler = (call) => {
  const keys = listParameter(call, 'keys');
  const ids = listParameter(call, 'ids');
  const type = call.query.get('type');
  const status = call.query.get('status');
  const format = call.query.get('description-format');
  const spaces = [...call.workspace.spaces.values()].filter(
    (space) =>
      (keys?.includes(space.key) ?? true) &&
      (ids?.includes(space.id) ?? true) &&
      (type === null || space.type === type) &&
      (status === null || space.status === status),
  );
  return ok(pageOfResults(call, spaces, (space) => showSpace(space, format)));
};

const getSpace: Handler = (call) => {
  const space = call.workspace.spaces.get(idParameter(call));
  if (space === undefined) return v2NotFound();
  const shown = showSpace(space, call.query.get('description-format'));
  return ok({ ...shown, _links: { ...shown._links, base: `${call.settings.site}/wiki` } });
};

const getFolder: Handler = (call) => {
  const folder = call.workspace.content.get(idParameter(call));
  if (folder?.kind !== 'folder' || !maySee(call.workspace, folder)) return v2NotFound();
  const parent = folder.parentId === null ? undefined : call.workspace.content.get(folder.parentId);
  return ok({
    id: folder.id,
    type: 'folder',
    status: folder.status,
    title: folder.title,
    parentId: parent?.id ?? null,
    parentType: parent?.kind ?? null,
    position: folder.position,
    authorId: folder.authorId,
    ownerId: folder.authorId,
    createdAt: folder.createdAt,
    spaceId: folder.spaceId,
    version: {
      number: 1,
      message: '',
      minorEdit: false,
      authorId: folder.authorId,
      createdAt: folder.createdAt,
    },
    _links: { webui: `/spaces/folder/${folder.id}`, base: `${call.settings.site}/wiki` },
  });
};

const folderChildren: Handler = (call) => {
  const folder = call.workspace.content.get(idParameter(call));
  if (folder?.kind !== 'folder' || !maySee(call.workspace, folder)) return v2NotFound();
  return ok(pageOfResults(call, visibleChildren(call, folder.id), showChild));
};

const folderAncestors: Handler = (call) => {
  const folder = call.workspace.content.get(idParameter(call));
  if (folder?.kind !== 'folder' || !maySee(call.workspace, folder)) return v2NotFound();
  const show = (content: { readonly id: string; readonly kind: string }) => ({
    id: content.id,
    type: content.kind,
  });
  return ok(pageOfResults(call, ancestorsOf(call.workspace, folder), show));
};

const usersBulk: Handler = (call) => {
  const body = call.body as { readonly accountIds?: unknown } | undefined;
  const ids = body?.accountIds;
  if (!Array.isArray(ids)) return v2BadRequest("The field 'accountIds' is missing");
  if (ids.length > 250) return v2BadRequest("The field 'accountIds' holds more than 250 ids");
  const people = ids.flatMap((id) => call.workspace.people.get(String(id)) ?? []);
  return ok({ results: people.map(showUser), _links: { base: `${call.settings.site}/wiki` } });
};

export const spaceRoutes: readonly RouteEntry[] = [
  ['GET /wiki/api/v2/spaces', listSpaces],
  ['GET /wiki/api/v2/spaces/:id', getSpace],
  ['GET /wiki/api/v2/folders/:id', getFolder],
  ['GET /wiki/api/v2/folders/:id/direct-children', folderChildren],
  ['GET /wiki/api/v2/folders/:id/ancestors', folderAncestors],
  ['POST /wiki/api/v2/users-bulk', usersBulk],
];
