import { type Call, ok, Refusal, redirect, v1Error } from '../answer.ts';
import { matchCql } from '../cql.ts';
import { queryWithoutPosition, sliceByCursor } from '../paging.ts';
import type { Handler, RouteEntry } from '../router.ts';
import { isPage, maySee, titleOf } from '../workspace/access.ts';
import { tableBehind } from '../workspace/journal.ts';
import type { Comment, Content, Page } from '../workspace/model.ts';
import { listParameter, statusFilter, visiblePages } from './reading.ts';
import { parseExpand, showContent, showFoundComment, showKnownUser, showRestriction } from './v1-views.ts';

/** The service answers with fewer results than asked for, silently. */
const RESULT_LIMIT = 250;
/** https://community.developer.atlassian.com/t/limit-placed-on-start-parameter-in-get-content-api-endpoint/60807 */
const LAST_START = 15_000;
const API = '/wiki/rest/api';

function resultLimit({ query, settings }: Call): number {
  const asked = Number(query.get('limit') ?? 25);
  return Math.max(1, Math.min(Number.isFinite(asked) ? asked : 25, RESULT_LIMIT, settings.pageLimit));
}

const linksOf = (site: string, path: string, query: URLSearchParams) => ({
  base: `${site}/wiki`,
  context: '/wiki',
  self: `${site}${API}${path}?${query}`,
});

/** The older listing of pages, or of blog posts: an offset leads from one page of it to the next. */
const listContent: Handler = (call) => {
  const { workspace, settings, query } = call;
  const type = query.get('type') ?? 'page';
  if (type !== 'page' && type !== 'blogpost')
    return v1Error(400, `No content of this type is listed : ${type}`);
  const spaceKey = query.get('spaceKey');
  const space = [...workspace.spaces.values()].find(({ key }) => key === spaceKey);
  if (spaceKey !== null && space === undefined) return v1Error(404, `No space found with key : ${spaceKey}`);
  const start = Number(query.get('start') ?? 0);
  if (!Number.isInteger(start) || start < 0 || start > LAST_START)
    return v1Error(400, `start must be between 0 and ${LAST_START}`);

  const title = query.get('title');
  const wanted = query.getAll('status').includes('any') ? () => true : statusFilter(call, ['current']);
  const pages = visiblePages(workspace, type)
    .filter(
      (page) =>
        wanted(page) &&
        (space === undefined || page.spaceId === space.id) &&
        (title === null || titleOf(page) === title),
    )
    .sort((a, b) => Number(a.id) - Number(b.id));
  const limit = resultLimit(call);
  const results = pages.slice(start, start + limit);
  const asked = query.getAll('expand');
  const expand = parseExpand(asked.length > 0 ? asked : ['space', 'history', 'version']);
  const next = new URLSearchParams(query);
  next.set('start', String(start + limit));
  return ok({
    results: results.map((page) => showContent(workspace, page, expand, settings.site)),
    start,
    limit,
    size: results.length,
    _links: {
      ...linksOf(settings.site, '/content', query),
      ...(start + limit < pages.length ? { next: `/rest/api/content?${next}` } : {}),
    },
  });
};

const searchContent: Handler = (call) => {
  const { workspace, settings } = call;
  const cql = call.query.get('cql');
  if (cql === null || cql.trim() === '') return v1Error(400, 'CQL was not provided');
  const lag = call.faults.searchLag;
  // A stale index is asked with the state it knows; what the account may see is judged today.
  const indexed = { ...workspace, content: tableBehind(workspace, 'content', lag) };
  const found = matchCql(indexed, cql, (page) => maySee(workspace, page));
  if ('problem' in found) return v1Error(400, `Could not parse cql : ${cql} : ${found.problem}`);

  const limit = resultLimit(call);
  const slice = sliceByCursor(found.results, call.query.get('cursor'), limit, queryWithoutPosition(call));
  if (slice === undefined) return v1Error(400, 'The cursor is invalid or has expired');
  const expand = parseExpand(call.query.getAll('expand'));
  const show = (item: Content | Comment) =>
    'pageId' in item
      ? showFoundComment(indexed, item, settings.site)
      : showContent(indexed, item, expand, settings.site);
  const next = new URLSearchParams(call.query);
  if (slice.cursor !== undefined) next.set('cursor', slice.cursor);
  return ok({
    results: slice.items.map(show),
    start: 0,
    limit,
    size: slice.items.length,
    _links: {
      ...linksOf(settings.site, '/content/search', call.query),
      // Relative to `base`, unlike the v2 API, whose links are relative to the host.
      ...(slice.cursor === undefined ? {} : { next: `/rest/api/content/search?${next}` }),
    },
  });
};

function readPage(call: Call): Page {
  const id = call.params.id ?? '';
  const content = call.workspace.content.get(id);
  const found = isPage(content) && content.status !== 'deleted' && maySee(call.workspace, content);
  if (!found || call.faults.forbidden.has(id)) {
    throw new Refusal(
      v1Error(
        404,
        `com.atlassian.confluence.api.service.exceptions.NotFoundException: No content found with id: ${id}`,
      ),
    );
  }
  return content;
}

const OPERATIONS = ['read', 'update'] as const;

/** Where restrictions are asked for by operation, the service expands users and groups by itself. */
function restrictionsShown({ query }: Call) {
  const asked = query.getAll('expand');
  return parseExpand(asked.length > 0 ? asked : ['restrictions.user', 'restrictions.group']);
}

const restrictionsByOperation: Handler = (call) => {
  const page = readPage(call);
  const expand = restrictionsShown(call);
  const { site } = call.settings;
  const shown = OPERATIONS.map((name) => [name, showRestriction(call.workspace, page, name, expand, site)]);
  const self = `${site}${API}/content/${page.id}/restriction/byOperation`;
  return ok({ ...Object.fromEntries(shown), _links: { self } });
};

const restrictionOfOperation: Handler = (call) => {
  const page = readPage(call);
  const operation = OPERATIONS.find((name) => name === call.params.operation);
  if (operation === undefined) return v1Error(400, `No such operation: ${call.params.operation}`);
  return ok(showRestriction(call.workspace, page, operation, restrictionsShown(call), call.settings.site));
};

const restrictions: Handler = (call) => {
  const page = readPage(call);
  const asked = parseExpand(call.query.getAll('expand'));
  const { site } = call.settings;
  const results = OPERATIONS.map((name) => {
    const expand = (path: string) => asked(path) || asked(`${name}.${path}`);
    return showRestriction(call.workspace, page, name, expand, site);
  });
  const self = `${site}${API}/content/${page.id}/restriction`;
  const restrictionsHash = String(page.readers.users.length * 31 + page.readers.groups.length);
  return ok({ results, start: 0, limit: 100, size: results.length, restrictionsHash, _links: { self } });
};

const usersBulk: Handler = (call) => {
  const ids = listParameter(call, 'accountId') ?? [];
  const people = ids.flatMap((id) => call.workspace.people.get(id) ?? []);
  const results = people.map((person) => showKnownUser(person, call.settings.site));
  const links = { self: `${call.settings.site}${API}/user/bulk` };
  return ok({ results, start: 0, limit: 200, size: results.length, _links: links });
};

const getUser: Handler = (call) => {
  const id = call.query.get('accountId') ?? '';
  const person = call.workspace.people.get(id);
  if (person === undefined) return v1Error(404, `No user found with account id: ${id}`);
  return ok(showKnownUser(person, call.settings.site));
};

const currentUser: Handler = (call) => {
  const person = call.workspace.people.get(call.workspace.accountId);
  if (person === undefined) throw new Error('the workspace lacks the account of its credentials');
  return ok(showKnownUser(person, call.settings.site));
};

const download: Handler = (call) => {
  const page = readPage(call);
  const file = call.workspace.attachments.get(call.params.attachment ?? '');
  if (file?.pageId !== page.id) return v1Error(404, `No attachment found with id: ${call.params.attachment}`);
  const token = Buffer.from(file.fileId).toString('base64url');
  return redirect(`${call.settings.mediaSite}/file/${file.fileId}/binary?token=${token}`);
};

export const v1Routes: readonly RouteEntry[] = [
  [`GET ${API}/content`, listContent],
  [`GET ${API}/content/search`, searchContent],
  [`GET ${API}/content/:id/restriction`, restrictions],
  [`GET ${API}/content/:id/restriction/byOperation`, restrictionsByOperation],
  [`GET ${API}/content/:id/restriction/byOperation/:operation`, restrictionOfOperation],
  [`GET ${API}/content/:id/child/attachment/:attachment/download`, download],
  [`GET ${API}/user/bulk`, usersBulk],
  [`GET ${API}/user/current`, currentUser],
  [`GET ${API}/user`, getUser],
];
