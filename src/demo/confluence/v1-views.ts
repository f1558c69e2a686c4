import { ancestorsOf, currentVersion, titleOf } from '../workspace/access.ts';
import type { Comment, Content, Page, Person, Workspace } from '../workspace/model.ts';
import { textOf } from '../workspace/model.ts';
import { webPath } from './web-path.ts';

/** Which parts are asked for: `restrictions.read.restrictions.user` expands every level on its way. */
export type Expansions = (path: string) => boolean;

export function parseExpand(values: readonly string[]): Expansions {
  const paths = values.flatMap((value) => value.split(',')).map((path) => path.trim());
  return (path) => paths.some((asked) => asked === path || asked.startsWith(`${path}.`));
}

export function showKnownUser(person: Person, site: string) {
  return {
    type: 'known',
    accountId: person.accountId,
    accountType: person.accountType,
    email: '',
    publicName: person.displayName,
    displayName: person.displayName,
    timeZone: person.timeZone,
    profilePicture: { path: `/wiki/aa-avatar/${person.accountId}`, width: 48, height: 48, isDefault: true },
    isExternalCollaborator: false,
    externalCollaborator: false,
    _expandable: { operations: '', personalSpace: '' },
    _links: { self: `${site}/wiki/rest/api/user?accountId=${person.accountId}` },
  };
}

const UNKNOWN = { type: 'unknown', displayName: 'Unknown user', accountType: '' } as const;

function showUserOrUnknown(workspace: Workspace, accountId: string, site: string) {
  const person = workspace.people.get(accountId);
  return person === undefined ? { ...UNKNOWN, accountId } : showKnownUser(person, site);
}

const list = (results: readonly unknown[], limit = 200) => ({
  results,
  start: 0,
  limit,
  size: results.length,
});

/** One operation's restrictions; users and groups appear only where they are expanded. */
export function showRestriction(
  workspace: Workspace,
  page: Page,
  operation: 'read' | 'update',
  expand: Expansions,
  site: string,
) {
  const readers = operation === 'read' ? page.readers : { users: [], groups: [] };
  const self = `${site}/wiki/rest/api/content/${page.id}/restriction/byOperation/${operation}`;
  const user = expand('restrictions.user')
    ? { user: list(readers.users.map((id) => showUserOrUnknown(workspace, id, site))) }
    : {};
  const group = expand('restrictions.group')
    ? { group: list(readers.groups.map((name) => showGroup(workspace, name))) }
    : {};
  const expandable = {
    ...('user' in user ? {} : { user: '' }),
    ...('group' in group ? {} : { group: '' }),
  };
  const content = `/rest/api/content/${page.id}`;
  if (!expand('restrictions')) {
    return { operation, _expandable: { restrictions: '', content }, _links: { self } };
  }
  return {
    operation,
    restrictions: { ...user, ...group, _expandable: expandable },
    _expandable: { content },
    _links: { self },
  };
}

function showGroup(workspace: Workspace, name: string) {
  const id = workspace.groups.find((group) => group.name === name)?.id ?? '';
  return { type: 'group', name, id, _links: { self: '' } };
}

function showSpace(workspace: Workspace, spaceId: string, site: string) {
  const space = workspace.spaces.get(spaceId);
  if (space === undefined) return {};
  return {
    id: Number(space.id),
    key: space.key,
    name: space.name,
    type: space.type,
    status: space.status,
    _expandable: {
      settings: '',
      metadata: '',
      operations: '',
      homepage: `/rest/api/content/${space.homepageId}`,
    },
    _links: { webui: `/spaces/${space.key}`, self: `${site}/wiki/rest/api/space/${space.key}` },
  };
}

const EXPANDABLE = [
  'container',
  'metadata',
  'restrictions',
  'history',
  'ancestors',
  'body',
  'version',
  'space',
];

/** A page, blog post or folder of a search, with exactly the parts that were asked for. */
export function showContent(
  workspace: Workspace,
  content: Content,
  expand: Expansions,
  site: string,
): object {
  const shown: Record<string, unknown> = {
    id: content.id,
    type: content.kind,
    status: content.status,
    title: titleOf(content),
    macroRenderedOutput: {},
    extensions: { position: content.position },
  };
  if (expand('space')) shown.space = showSpace(workspace, content.spaceId, site);
  if (expand('ancestors')) {
    const chain = ancestorsOf(workspace, content);
    shown.ancestors = chain.map((each) => showContent(workspace, each, () => false, site));
  }
  if (content.kind !== 'folder') Object.assign(shown, showPageParts(workspace, content, expand, site));
  const closed = EXPANDABLE.filter((name) => !(name in shown));
  shown._expandable = Object.fromEntries(closed.map((name) => [name, '']));
  shown._links = {
    self: `${site}/wiki/rest/api/content/${content.id}`,
    tinyui: `/x/${content.id}`,
    editui: `/pages/resumedraft.action?draftId=${content.id}`,
    webui: webPath(workspace, content),
  };
  return shown;
}

function showPageParts(workspace: Workspace, page: Page, expand: Expansions, site: string) {
  const parts: Record<string, unknown> = {};
  const version = currentVersion(page);
  if (expand('version')) {
    parts.version = {
      by: showUserOrUnknown(workspace, version.authorId, site),
      when: version.createdAt,
      friendlyWhen: version.createdAt.slice(0, 10),
      message: version.message,
      number: version.number,
      minorEdit: false,
      contentTypeModified: false,
      _expandable: { collaborators: '', content: `/rest/api/content/${page.id}` },
      _links: { self: `${site}/wiki/rest/api/content/${page.id}/version/${version.number}` },
    };
  }
  if (expand('history')) {
    parts.history = {
      latest: true,
      createdBy: showUserOrUnknown(workspace, page.authorId, site),
      createdDate: page.createdAt,
      _expandable: { lastUpdated: '', previousVersion: '', contributors: '', nextVersion: '' },
      _links: { self: `${site}/wiki/rest/api/content/${page.id}/history` },
    };
  }
  if (expand('metadata')) {
    const labels = page.labels.map(({ id, name }) => ({ prefix: 'global', name, id, label: name }));
    parts.metadata = expand('metadata.labels')
      ? { labels: list(labels), _expandable: { currentuser: '', properties: '', frontend: '' } }
      : { _expandable: { currentuser: '', properties: '', frontend: '', labels: '' } };
  }
  if (expand('restrictions')) {
    const nested: Expansions = (path) => expand(`restrictions.read.${path}`);
    parts.restrictions = expand('restrictions.read')
      ? {
          read: showRestriction(workspace, page, 'read', nested, site),
          _expandable: { update: '' },
          _links: {},
        }
      : { _expandable: { read: '', update: '' }, _links: {} };
  }
  if (expand('body')) {
    const body = { value: textOf(version.body), representation: 'storage', embeddedContent: [] };
    parts.body = expand('body.storage')
      ? { storage: { ...body, _expandable: { content: `/rest/api/content/${page.id}` } } }
      : { _expandable: { storage: '', view: '' } };
  }
  return parts;
}

export function showFoundComment(workspace: Workspace, comment: Comment, site: string) {
  const page = workspace.content.get(comment.pageId);
  return {
    id: comment.id,
    type: 'comment',
    status: comment.status,
    title: currentVersion(comment).title,
    extensions: { location: comment.kind },
    _expandable: { container: `/rest/api/content/${comment.pageId}`, body: '', version: '', metadata: '' },
    _links: {
      self: `${site}/wiki/rest/api/content/${comment.id}`,
      webui: page === undefined ? '' : `${webPath(workspace, page)}?focusedCommentId=${comment.id}`,
    },
  };
}
