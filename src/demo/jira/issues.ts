import { type Call, jiraError, ok, Refusal, redirect } from '../answer.ts';
import { sliceByOffset } from '../paging.ts';
import type { Handler, RouteEntry } from '../router.ts';
import { maySeeIssue } from '../workspace/access.ts';
import { findIssue } from '../workspace/edits.ts';
import type { Issue } from '../workspace/model.ts';
import { selectFields } from './fields.ts';
import { showChange, showComment } from './views.ts';

/** How many changes an issue carries within itself when it is asked to. */
const EMBEDDED_CHANGES = 40;

export function showIssue(call: Call, issue: Issue, fields: readonly string[], expand: readonly string[]) {
  const { workspace, settings } = call;
  const selected = selectFields(fields);
  const shown = selected.flatMap((field) => {
    const value = field.show(workspace, issue, settings);
    return value === undefined ? [] : [[field.id, value] as const];
  });
  const newestFirst = issue.changes.toReversed().slice(0, EMBEDDED_CHANGES);
  return {
    expand: 'renderedFields,names,schema,operations,editmeta,changelog,versionedRepresentations',
    id: issue.id,
    self: `@@SITE@@/rest/api/3/issue/${issue.id}`,
    key: issue.key,
    ...(expand.includes('changelog')
      ? {
          changelog: {
            startAt: 0,
            maxResults: newestFirst.length,
            total: issue.changes.length,
            histories: newestFirst.map((change) => showChange(workspace, change)),
          },
        }
      : {}),
    ...(expand.includes('names')
      ? { names: Object.fromEntries(selected.map((field) => [field.id, field.name])) }
      : {}),
    ...(selected.length === 0 ? {} : { fields: Object.fromEntries(shown) }),
  };
}

export const splitList = (values: readonly string[]): string[] =>
  values.flatMap((value) => value.split(',')).map((value) => value.trim());

const NOT_FOUND = 'Issue does not exist or you do not have permission to see it.';

function readIssue(call: Call): Issue {
  const issue = findIssue(call.workspace, call.params.issue ?? '');
  if (issue === undefined || !isReadable(call, issue)) throw new Refusal(jiraError(404, NOT_FOUND));
  return issue;
}

const isReadable = (call: Call, issue: Issue): boolean =>
  maySeeIssue(call.workspace, issue) && !call.faults.forbidden.has(issue.id);

const getIssue: Handler = (call) => {
  const issue = readIssue(call);
  const asked = splitList(call.query.getAll('fields'));
  return ok(
    showIssue(call, issue, asked.length > 0 ? asked : ['*all'], splitList(call.query.getAll('expand'))),
  );
};

function stringsIn(body: unknown, name: string): readonly string[] | undefined {
  const value = (body as Record<string, unknown> | undefined)?.[name];
  return Array.isArray(value) ? value.map(String) : undefined;
}

/** Up to 100 issues in the order of their ids; what is missing or forbidden is left out without a word. */
const bulkFetch: Handler = (call) => {
  const asked = stringsIn(call.body, 'issueIdsOrKeys');
  if (asked === undefined || asked.length === 0) return jiraError(400, 'issueIdsOrKeys must not be empty.');
  if (asked.length > 100) return jiraError(400, 'The number of issues must not exceed 100.');
  const found = new Map<string, Issue>();
  for (const idOrKey of asked) {
    const issue = findIssue(call.workspace, idOrKey);
    if (issue !== undefined && isReadable(call, issue)) found.set(issue.id, issue);
  }
  const fields = stringsIn(call.body, 'fields') ?? ['*navigable'];
  const expand = stringsIn(call.body, 'expand') ?? [];
  const issues = [...found.values()].sort((a, b) => Number(a.id) - Number(b.id));
  return ok({ issues: issues.map((issue) => showIssue(call, issue, fields, expand)), issueErrors: [] });
};

const comments: Handler = (call) => {
  const issue = readIssue(call);
  const orderBy = call.query.get('orderBy') ?? 'created';
  const descending = orderBy.startsWith('-');
  const ordered = descending ? issue.comments.toReversed() : issue.comments;
  const { items, startAt, maxResults } = sliceByOffset(call, ordered, 100, 5_000);
  const shown = items.map((comment) => showComment(call.workspace, issue, comment));
  return ok({ startAt, maxResults, total: issue.comments.length, comments: shown });
};

const changelog: Handler = (call) => {
  const issue = readIssue(call);
  const { items, startAt, maxResults } = sliceByOffset(call, issue.changes, 100, 100);
  const total = issue.changes.length;
  const isLast = startAt + items.length >= total;
  const self = `@@SITE@@${call.path}`;
  return ok({
    self: `${self}?maxResults=${maxResults}&startAt=${startAt}`,
    ...(isLast ? {} : { nextPage: `${self}?maxResults=${maxResults}&startAt=${startAt + items.length}` }),
    maxResults,
    startAt,
    total,
    isLast,
    values: items.map((change) => showChange(call.workspace, change)),
  });
};

/** Changes of up to 1,000 issues, oldest first over all of them, by pages with a token. */
const bulkChangelog: Handler = (call) => {
  const asked = stringsIn(call.body, 'issueIdsOrKeys');
  if (asked === undefined || asked.length === 0) return jiraError(400, 'issueIdsOrKeys must not be empty.');
  if (asked.length > 1_000) return jiraError(400, 'The number of issues must not exceed 1000.');
  const body = call.body as { readonly maxResults?: number; readonly nextPageToken?: string };
  const wanted = stringsIn(call.body, 'fieldIds');
  const issues = asked.flatMap((idOrKey) => findIssue(call.workspace, idOrKey) ?? []);
  const changes = issues
    .filter((issue) => isReadable(call, issue))
    .flatMap((issue) => issue.changes.map((change) => ({ issueId: issue.id, change })))
    .filter(
      ({ change }) => wanted === undefined || change.items.some((item) => wanted.includes(item.fieldId)),
    )
    .sort((a, b) => (a.change.created < b.change.created ? -1 : 1));
  const size = Math.min(body.maxResults ?? 1_000, 10_000, call.settings.pageLimit);
  const start = body.nextPageToken === undefined ? 0 : Number(Buffer.from(body.nextPageToken, 'base64url'));
  if (!Number.isInteger(start)) return jiraError(400, 'The provided next page token is invalid.');
  const byIssue = Map.groupBy(changes.slice(start, start + size), ({ issueId }) => issueId);
  const next =
    start + size < changes.length ? Buffer.from(String(start + size)).toString('base64url') : undefined;
  return ok({
    issueChangeLogs: [...byIssue].map(([issueId, entries]) => ({
      issueId,
      changeHistories: entries.map(({ change }) => showChange(call.workspace, change)),
    })),
    ...(next === undefined ? {} : { nextPageToken: next }),
  });
};

const attachmentContent: Handler = (call) => {
  const id = call.params.id ?? '';
  const owner = [...call.workspace.issues.values()].find((issue) =>
    issue.attachments.some((each) => each.id === id),
  );
  const file = owner?.attachments.find((each) => each.id === id);
  if (owner === undefined || file === undefined || !isReadable(call, owner))
    return jiraError(404, `The attachment ${id} was not found.`);
  if (call.query.get('redirect') === 'false')
    return { status: 200, headers: { 'content-type': file.mimeType }, body: file.bytes() };
  const fileId = `issue-${id}`;
  const token = Buffer.from(fileId).toString('base64url');
  return redirect(`${call.settings.mediaSite}/file/${fileId}/binary?token=${token}`, 303);
};

export const issueRoutes: readonly RouteEntry[] = [
  ['POST /rest/api/3/issue/bulkfetch', bulkFetch],
  ['POST /rest/api/3/changelog/bulkfetch', bulkChangelog],
  ['GET /rest/api/3/issue/:issue', getIssue],
  ['GET /rest/api/3/issue/:issue/comment', comments],
  ['GET /rest/api/3/issue/:issue/changelog', changelog],
  ['GET /rest/api/3/attachment/content/:id', attachmentContent],
];
