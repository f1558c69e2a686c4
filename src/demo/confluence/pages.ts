import { type Answer, type Call, ok, Refusal, v2BadRequest, v2NotFound } from '../answer.ts';
import { pageOfResults } from '../paging.ts';
import type { Handler, RouteEntry } from '../router.ts';
import { ancestorsOf, childrenOf, currentVersion, maySee, titleOf } from '../workspace/access.ts';
import type { Content, Page } from '../workspace/model.ts';
import {
  bodyFormat,
  idParameter,
  listParameter,
  readPage,
  sorted,
  statusFilter,
  visiblePages,
} from './reading.ts';
import { showAttachment, showBody, showPage, showVersion } from './views.ts';

const LIVE = ['current', 'archived'];
/** What a single read may ask for; lists know the first two only. */
const SINGLE_FORMATS = [
  'storage',
  'atlas_doc_format',
  'view',
  'export_view',
  'anonymous_export_view',
  'styled_view',
  'editor',
];

function listPages(call: Call, kind: Page['kind'], inSpace?: string): Answer {
  const ids = listParameter(call, 'id');
  const spaceIds = inSpace === undefined ? listParameter(call, 'space-id') : [inSpace];
  const title = call.query.get('title');
  const wanted = statusFilter(call, kind === 'page' ? LIVE : ['current']);
  const pages = visiblePages(call.workspace, kind).filter(
    (page) =>
      wanted(page) &&
      (ids?.includes(page.id) ?? true) &&
      (spaceIds?.includes(page.spaceId) ?? true) &&
      (title === null || titleOf(page) === title) &&
      (call.query.get('depth') !== 'root' || page.parentId === null),
  );
  const format = bodyFormat(call);
  return ok(pageOfResults(call, sorted(call, pages), (page) => showPage(call.workspace, page, format)));
}

function listInSpace(kind: Page['kind']): Handler {
  return (call) => {
    const id = idParameter(call);
    if (!call.workspace.spaces.has(id)) return v2NotFound();
    return listPages(call, kind, id);
  };
}

const embedded = (results: readonly unknown[], self: string) => ({
  results,
  meta: { hasMore: false, cursor: '' },
  _links: { self },
});

function getPage(kind: Page['kind']): Handler {
  return (call) => {
    const page = readPage(call, kind, statusFilter(call, kind === 'page' ? LIVE : ['current']));
    const format = bodyFormat(call, SINGLE_FORMATS);
    const number = call.query.get('version');
    const version =
      number === null ? currentVersion(page) : page.versions.find((each) => String(each.number) === number);
    if (version === undefined) return v2NotFound();
    const shown = showPage(call.workspace, page, format, version);
    return ok({
      ...shown,
      ...(call.query.get('include-labels') === 'true'
        ? { labels: embedded(page.labels.map(showLabel), `${call.path}/labels`) }
        : {}),
      ...(call.query.get('include-versions') === 'true'
        ? { versions: embedded(page.versions.toReversed().map(showVersion), `${call.path}/versions`) }
        : {}),
      _links: { ...shown._links, base: `${call.settings.site}/wiki` },
    });
  };
}

const showLabel = (label: { readonly id: string; readonly name: string }) => ({ ...label, prefix: 'global' });

/** Sub-resources answer for pages in any state that a single read could ask for. */
const anyStatus = () => true;

function labels(kind: Page['kind']): Handler {
  return (call) => ok(pageOfResults(call, readPage(call, kind, anyStatus).labels, showLabel));
}

function versions(kind: Page['kind']): Handler {
  return (call) => {
    const page = readPage(call, kind, anyStatus);
    const sort = call.query.get('sort') ?? '-modified-date';
    if (!/^-?modified-date$/.test(sort)) throw new Refusal(v2BadRequest(`Unknown sort {${sort}}`));
    const ordered = sort.startsWith('-') ? page.versions.toReversed() : page.versions;
    const format = bodyFormat(call);
    const items = ordered.map((version) => ({ id: String(version.number), version }));
    return ok(
      pageOfResults(call, items, ({ version }) => ({
        ...showVersion(version),
        [kind]: { id: page.id, title: version.title, body: showBody(call.workspace, page, version, format) },
      })),
    );
  };
}

function attachments(kind: Page['kind']): Handler {
  return (call) => {
    const page = readPage(call, kind, anyStatus);
    const name = call.query.get('filename');
    const files = [...call.workspace.attachments.values()].filter(
      (file) => file.pageId === page.id && (name === null || file.title === name),
    );
    return ok(pageOfResults(call, files, (file) => showAttachment(call.workspace, file), 50));
  };
}

const showAncestor = (content: Content) => ({ id: content.id, type: content.kind });

const ancestors: Handler = (call) => {
  const page = readPage(call, 'page', anyStatus);
  return ok(pageOfResults(call, ancestorsOf(call.workspace, page), showAncestor));
};

export function visibleChildren(call: Call, id: string): Content[] {
  const live = (content: Content) => LIVE.includes(content.status) && maySee(call.workspace, content);
  return sorted(call, childrenOf(call.workspace, id).filter(live), 'child-position');
}

export const showChild = (content: Content) => ({
  id: content.id,
  status: content.status,
  title: titleOf(content),
  type: content.kind,
  spaceId: content.spaceId,
  childPosition: content.position,
});

/** The older endpoint leaves the type out: it lists pages only. */
const showChildPage = (content: Content) => {
  const { type: _, ...child } = showChild(content);
  return child;
};

const children: Handler = (call) => {
  const page = readPage(call, 'page', anyStatus);
  const pages = visibleChildren(call, page.id).filter((content) => content.kind === 'page');
  return ok(pageOfResults(call, pages, showChildPage));
};

const directChildren: Handler = (call) => {
  const page = readPage(call, 'page', anyStatus);
  return ok(pageOfResults(call, visibleChildren(call, page.id), showChild));
};

function routesOf(kind: Page['kind'], path: string): RouteEntry[] {
  return [
    [`GET ${path}`, (call) => listPages(call, kind)],
    [`GET /wiki/api/v2/spaces/:id/${kind}s`, listInSpace(kind)],
    [`GET ${path}/:id`, getPage(kind)],
    [`GET ${path}/:id/labels`, labels(kind)],
    [`GET ${path}/:id/versions`, versions(kind)],
    [`GET ${path}/:id/attachments`, attachments(kind)],
  ];
}

export const pageRoutes: readonly RouteEntry[] = [
  ...routesOf('page', '/wiki/api/v2/pages'),
  ...routesOf('blogpost', '/wiki/api/v2/blogposts'),
  ['GET /wiki/api/v2/pages/:id/ancestors', ancestors],
  ['GET /wiki/api/v2/pages/:id/children', children],
  ['GET /wiki/api/v2/pages/:id/direct-children', directChildren],
];
