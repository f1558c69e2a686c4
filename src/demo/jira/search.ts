import { type Call, jiraError, ok } from '../answer.ts';
import { matchJql } from '../jql.ts';
import { sliceByCursor } from '../paging.ts';
import type { Handler, RouteEntry } from '../router.ts';
import { maySeeIssue } from '../workspace/access.ts';
import { tableBehind } from '../workspace/journal.ts';
import type { Issue } from '../workspace/model.ts';
import { showIssue, splitList } from './issues.ts';

interface SearchRequest {
  readonly jql: string;
  readonly nextPageToken: string | null;
  readonly maxResults: number;
  readonly fields: readonly string[];
  readonly expand: readonly string[];
  readonly reconcileIssues: readonly string[];
}

const DEFAULT_PAGE = 50;
/** Pages of ids and keys may be long, pages with more fields not. */
const PAGE_OF_IDS = 5_000;
const PAGE_OF_FIELDS = 100;
const RECONCILE_LIMIT = 50;

function fromQuery({ query }: Call): SearchRequest {
  return {
    jql: query.get('jql') ?? '',
    nextPageToken: query.get('nextPageToken'),
    maxResults: Number(query.get('maxResults') ?? DEFAULT_PAGE),
    fields: splitList(query.getAll('fields')),
    expand: splitList(query.getAll('expand')),
    reconcileIssues: splitList(query.getAll('reconcileIssues')),
  };
}

function fromBody({ body }: Call): SearchRequest {
  const sent = (body ?? {}) as Partial<Record<keyof SearchRequest, unknown>>;
  const list = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
  return {
    jql: typeof sent.jql === 'string' ? sent.jql : '',
    nextPageToken: typeof sent.nextPageToken === 'string' ? sent.nextPageToken : null,
    maxResults: typeof sent.maxResults === 'number' ? sent.maxResults : DEFAULT_PAGE,
    fields: list(sent.fields),
    expand: typeof sent.expand === 'string' ? splitList([sent.expand]) : [],
    reconcileIssues: list(sent.reconcileIssues),
  };
}

/** What the index knows: the issues as they were some edits ago, but those named for reconciling as they are. */
function indexedIssues(call: Call, reconcile: readonly string[]): Issue[] {
  const indexed = new Map(tableBehind(call.workspace, 'issues', call.faults.searchLag));
  for (const id of reconcile) {
    const issue = call.workspace.issues.get(id);
    if (issue === undefined) indexed.delete(id);
    else indexed.set(id, issue);
  }
  return [...indexed.values()].filter((issue) => maySeeIssue(call.workspace, issue));
}

function search(read: (call: Call) => SearchRequest): Handler {
  return (call) => {
    const request = read(call);
    if (request.reconcileIssues.length > RECONCILE_LIMIT) {
      return jiraError(400, `At most ${RECONCILE_LIMIT} issues can be reconciled.`);
    }
    const found = matchJql(call.workspace, request.jql, indexedIssues(call, request.reconcileIssues));
    if ('problems' in found) return jiraError(400, ...found.problems);
    const fields = request.fields.length > 0 ? request.fields : ['id'];
    const idsOnly = fields.every((field) => field === 'id' || field === 'key');
    const cap = Math.min(idsOnly ? PAGE_OF_IDS : PAGE_OF_FIELDS, call.settings.pageLimit);
    const size = Math.max(1, Math.min(request.maxResults, cap));
    // A token belongs to its exact JQL; another query with it is refused.
    const slice = sliceByCursor(found.issues, request.nextPageToken, size, request.jql);
    if (slice === undefined) return jiraError(400, 'The provided next page token is invalid or has expired.');
    const issues = slice.items.map((issue) =>
      // Without another field the answer has ids alone, not even keys.
      idsOnly && !fields.includes('key') ? { id: issue.id } : showIssue(call, issue, fields, request.expand),
    );
    const isLast = slice.cursor === undefined;
    return ok({ issues, ...(isLast ? {} : { nextPageToken: slice.cursor }), isLast });
  };
}

const removed: Handler = () =>
  jiraError(
    410,
    'The requested API has been removed. Please migrate to the /rest/api/3/search/jql API. A full migration guideline is available at https://developer.atlassian.com/changelog/#CHANGE-2046',
  );

export const searchRoutes: readonly RouteEntry[] = [
  ['GET /rest/api/3/search/jql', search(fromQuery)],
  ['POST /rest/api/3/search/jql', search(fromBody)],
  ...['GET', 'POST'].flatMap((method): RouteEntry[] => [
    [`${method} /rest/api/3/search`, removed],
    [`${method} /rest/api/2/search`, removed],
  ]),
];
