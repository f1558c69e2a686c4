import { currentVersion } from '../workspace/access.ts';
import type {
  Attachment,
  Comment,
  Content,
  Page,
  Person,
  Space,
  Version,
  Workspace,
} from '../workspace/model.ts';
import { textOf } from '../workspace/model.ts';
import { referencesOf } from './references.ts';
import { storageToAdf } from './storage-to-adf.ts';
import { storageToView } from './storage-to-view.ts';
import { webPath } from './web-path.ts';

/** How bodies are asked for; `undefined` leaves them out. */
export type BodyFormat = 'storage' | 'atlas_doc_format' | 'view' | 'export_view' | undefined;

export function showVersion(version: Version) {
  const { number, createdAt, authorId, message } = version;
  return { number, message, minorEdit: false, authorId, createdAt, ncsStepVersion: null };
}

/** The body of a page or of a comment on it, in the format asked for. The two views are the same here. */
export function showBody(
  workspace: Workspace,
  page: Content | undefined,
  version: Version,
  format: BodyFormat,
) {
  if (format === undefined) return {};
  const value = inFormat(workspace, page, textOf(version.body), format);
  return { [format]: { representation: format, value } };
}

function inFormat(
  workspace: Workspace,
  page: Content | undefined,
  storage: string,
  format: Exclude<BodyFormat, undefined>,
): string {
  if (format === 'storage' || page === undefined) return storage;
  if (format === 'atlas_doc_format')
    return JSON.stringify(storageToAdf(storage, referencesOf(workspace, page)));
  return storageToView(workspace, page, storage);
}

function contentLinks(workspace: Workspace, page: Page) {
  const key = workspace.spaces.get(page.spaceId)?.key ?? '';
  return {
    editui: `/pages/resumedraft.action?draftId=${page.id}`,
    edituiv2: `/spaces/${key}/pages/edit-v2/${page.id}`,
    webui: webPath(workspace, page),
    tinyui: `/x/${Buffer.from(page.id).toString('base64url').slice(0, 8)}`,
  };
}

/** A page or blog post as listings and single reads show it, at one of its versions. */
export function showPage(
  workspace: Workspace,
  page: Page,
  format: BodyFormat,
  version = currentVersion(page),
) {
  const common = {
    id: page.id,
    status: page.status,
    title: version.title,
    spaceId: page.spaceId,
    authorId: page.authorId,
    createdAt: page.createdAt,
    version: showVersion(version),
    body: showBody(workspace, page, version, format),
    _links: contentLinks(workspace, page),
  };
  if (page.kind === 'blogpost') return common;
  const parent = page.parentId === null ? undefined : workspace.content.get(page.parentId);
  return {
    ...common,
    parentId: parent?.id ?? null,
    parentType: parent === undefined ? null : parent.kind === 'folder' ? 'folder' : 'page',
    position: page.position,
    ownerId: page.authorId,
    lastOwnerId: null,
    subtype: null,
  };
}

export function showSpace(space: Space, descriptionFormat: string | null) {
  const format = descriptionFormat === 'view' ? 'view' : 'plain';
  return {
    id: space.id,
    key: space.key,
    name: space.name,
    type: space.type,
    status: space.status,
    authorId: space.authorId,
    createdAt: space.createdAt,
    homepageId: space.homepageId,
    currentActiveAlias: space.key,
    description:
      descriptionFormat === null ? null : { [format]: { representation: format, value: space.description } },
    icon: null,
    _links: { webui: `/spaces/${space.key}` },
  };
}

export function showComment(workspace: Workspace, comment: Comment, format: BodyFormat) {
  const version = currentVersion(comment);
  const page = workspace.content.get(comment.pageId);
  const focus = `focusedCommentId=${comment.id}`;
  const common = {
    id: comment.id,
    status: comment.status,
    title: version.title,
    [page?.kind === 'blogpost' ? 'blogPostId' : 'pageId']: comment.pageId,
    ...(comment.parentId === null ? {} : { parentCommentId: comment.parentId }),
    version: showVersion(version),
    body: showBody(workspace, page, version, format),
    _links: { webui: page === undefined ? '' : `${webPath(workspace, page)}?${focus}` },
  };
  if (comment.kind === 'footer') return common;
  const { resolution, marker } = comment;
  return {
    ...common,
    resolutionStatus: resolution?.status ?? 'open',
    resolutionLastModifierId: resolution?.by ?? version.authorId,
    resolutionLastModifiedAt: resolution?.at ?? version.createdAt,
    properties: {
      inlineMarkerRef: marker?.ref ?? '',
      inlineOriginalSelection: marker?.selection ?? '',
    },
  };
}

export function showAttachment(workspace: Workspace, attachment: Attachment) {
  const page = workspace.content.get(attachment.pageId);
  const webui = `/pages/viewpageattachments.action?pageId=${attachment.pageId}&preview=/${attachment.id}`;
  const download = `/download/attachments/${attachment.pageId}/${encodeURIComponent(attachment.title)}?version=${attachment.version}&api=v2`;
  return {
    id: attachment.id,
    status: 'current',
    title: attachment.title,
    createdAt: attachment.createdAt,
    [page?.kind === 'blogpost' ? 'blogPostId' : 'pageId']: attachment.pageId,
    mediaType: attachment.mediaType,
    mediaTypeDescription: attachment.mediaType.split('/')[1]?.toUpperCase() ?? 'File',
    comment: attachment.comment,
    fileId: attachment.fileId,
    fileSize: attachment.bytes().length,
    webuiLink: webui,
    downloadLink: download,
    version: {
      number: attachment.version,
      message: attachment.comment,
      minorEdit: false,
      authorId: attachment.authorId,
      createdAt: attachment.createdAt,
    },
    _links: { webui, download },
  };
}

export function showUser(person: Person) {
  return {
    accountId: person.accountId,
    accountType: person.accountType,
    accountStatus: person.active ? 'active' : 'inactive',
    displayName: person.displayName,
    publicName: person.displayName,
    email: '',
    timeZone: person.timeZone,
    isExternalCollaborator: false,
    profilePicture: { path: `/wiki/aa-avatar/${person.accountId}`, isDefault: true },
  };
}
