import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A small Jira of the tests' own: what it does wrong is ordered by the test. Only what the connector asks for. */
export interface StubIssue {
  id: string;
  key: string;
  project: string;
  updated: string;
  fields: Record<string, unknown>;
  comments: unknown[];
  /** What `expand=renderedFields` shows. */
  rendered?: Record<string, unknown>;
  histories: unknown[];
}

interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Record<string, unknown>;
}

type Reply = { readonly status: number; readonly body: unknown };

export interface StubSite {
  readonly url: string;
  readonly issues: Map<string, StubIssue>;
  readonly people: Map<string, string>;
  readonly fields: { id: string; name: string; custom: boolean; schema?: { custom: string } }[];
  /** Ids that bulkfetch leaves out silently although they can be read singly. */
  readonly omitted: Set<string>;
  readonly calls: Call[];
  embeddedComments: number;
  embeddedChanges: number;
  pageSize: number;
  /** Answers instead of the site when it returns something. */
  intercept: (call: Call) => Reply | undefined;
  close(): Promise<void>;
}

const asJiraTime = (iso: string) => iso.replace(/Z$/, '+0000');

export async function startSite(): Promise<StubSite> {
  const server = createServer((request, response) => {
    readBody(request).then(
      (body) => {
        const target = new URL(request.url ?? '/', 'http://localhost');
        const call = {
          method: request.method ?? 'GET',
          path: target.pathname,
          query: target.searchParams,
          body,
        };
        site.calls.push(call);
        const { status, body: answer } = site.intercept(call) ?? answerTo(site, call);
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(JSON.stringify(answer));
      },
      (error: unknown) => response.destroy(error as Error),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const site: StubSite = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    issues: new Map(),
    people: new Map(),
    fields: [],
    omitted: new Set(),
    calls: [],
    embeddedComments: 20,
    embeddedChanges: 100,
    pageSize: 5000,
    intercept: () => undefined,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return site;
}

const bad = (...errorMessages: string[]): Reply => ({ status: 400, body: { errorMessages, errors: {} } });
const gone: Reply = {
  status: 404,
  body: { errorMessages: ['Issue does not exist or you do not have permission to see it.'] },
};
const ok = (body: unknown): Reply => ({ status: 200, body });

function answerTo(site: StubSite, { method, path, query, body }: Call): Reply {
  if (path === '/rest/api/3/myself') return ok({ accountId: 'me', displayName: 'Me' });
  if (path === '/rest/api/3/field') return ok(site.fields);
  if (path === '/rest/api/3/user/bulk') {
    const start = Number(query.get('startAt') ?? 0);
    const found = query.getAll('accountId').filter((id) => site.people.has(id));
    const values = found
      .slice(start, start + 2)
      .map((accountId) => ({ accountId, displayName: site.people.get(accountId) }));
    return ok({ values, total: found.length, isLast: start + 2 >= found.length });
  }
  if (path === '/rest/api/3/search/jql') return search(site, body);
  if (path === '/rest/api/3/issue/bulkfetch') {
    const ids = body.issueIdsOrKeys as string[];
    if (ids.length > 100) return bad('at most 100');
    const found = ids.flatMap((id) => (site.omitted.has(id) ? [] : (site.issues.get(id) ?? [])));
    return ok({ issues: found.map((issue) => show(site, issue)), issueErrors: [] });
  }
  if (path === '/rest/api/3/changelog/bulkfetch') {
    const ids = body.issueIdsOrKeys as string[];
    const start = Number(body.nextPageToken ?? 0);
    const all = ids.flatMap((id) =>
      (site.issues.get(id)?.histories ?? []).map((history) => ({ id, history })),
    );
    const page = all.slice(start, start + 2);
    return ok({
      issueChangeLogs: page.map(({ id, history }) => ({ issueId: id, changeHistories: [history] })),
      nextPageToken: start + 2 < all.length ? String(start + 2) : null,
    });
  }
  const [, id = '', part] = /^\/rest\/api\/3\/issue\/(\d+)(\/comment)?$/.exec(path) ?? [];
  const issue = site.issues.get(id);
  if (method !== 'GET' || !issue) return gone;
  if (!part) {
    const rendered = (query.get('expand') ?? '').includes('renderedFields');
    return ok({ ...show(site, issue), ...(rendered && { renderedFields: issue.rendered ?? {} }) });
  }
  const start = Number(query.get('startAt'));
  return ok({
    comments: issue.comments.slice(start, start + 2),
    total: issue.comments.length,
    startAt: start,
  });
}

function show(site: StubSite, { id, key, project, updated, fields, comments, histories }: StubIssue) {
  return {
    id,
    key,
    fields: {
      summary: `Summary of ${key}`,
      project: { key: project },
      updated: asJiraTime(updated),
      created: '2026-01-01T00:00:00.000+0000',
      security: null,
      ...fields,
      // The newest stay, as in Jira.
      comment: { comments: comments.slice(-site.embeddedComments), total: comments.length },
    },
    changelog: { histories: histories.slice(-site.embeddedChanges).reverse(), total: histories.length },
  };
}

function search(site: StubSite, body: Record<string, unknown>): Reply {
  const jql = String(body.jql);
  const unordered = jql.replace(/ order by .*/i, '');
  const projects = /project in \(([^)]*)\)/
    .exec(unordered)?.[1]
    ?.split(',')
    .map((name) => name.trim());
  if (!projects)
    return bad(
      `Error in the JQL Query: ${unordered.length > 200 ? 'too long' : 'unexpected'} near 'project'.`,
    );
  const since = Number(/updated >= (\d+)/.exec(unordered)?.[1] ?? 0);
  const ids = /\bid in \(([^)]*)\)/
    .exec(unordered)?.[1]
    ?.split(',')
    .map((id) => id.trim());
  const found = [...site.issues.values()]
    .filter(({ id }) => ids?.includes(id) ?? true)
    .filter(({ project, updated }) => projects.includes(project) && Date.parse(updated) >= since)
    .sort((a, b) =>
      /order by updated desc/i.test(jql) ? (a.updated < b.updated ? 1 : -1) : Number(a.id) - Number(b.id),
    );
  const start = Number(body.nextPageToken ?? 0);
  const size = Math.min(site.pageSize, Number(body.maxResults));
  const withUpdated = (body.fields as string[]).includes('updated');
  const rows = found.slice(start, start + size).map(({ id, updated }) => ({
    id,
    ...(withUpdated && { fields: { updated: asJiraTime(updated) } }),
  }));
  const next = start + size;
  return ok({
    issues: rows,
    isLast: next >= found.length,
    ...(next < found.length && { nextPageToken: String(next) }),
  });
}

async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return chunks.length === 0 ? {} : JSON.parse(Buffer.concat(chunks).toString());
}
