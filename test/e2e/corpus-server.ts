import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parse } from 'yaml';
import {
  type CorpusFile,
  type FileServer,
  fileResource,
  readFiles,
  standIn,
  startFileServer,
} from './corpus-files.ts';

/*
 * A second Atlassian Cloud, as small as the build needs it and written from the OpenAPI documents alone, so that a
 * mistake which the demo's simulator and the connectors share would show. It knows neither of them.
 */

interface CorpusPage {
  readonly id: string;
  readonly title: string;
  readonly storage: string;
  /** What a browser shows of it; not every page has it. */
  readonly html: string | undefined;
  readonly files: readonly CorpusFile[];
  readonly authorId: string;
  readonly createdAt: string;
  readonly version: number;
  readonly parentId: string | null;
}

export interface Corpus {
  readonly pages: readonly CorpusPage[];
  readonly issues: readonly Json[];
}

export interface CorpusSite {
  /** Wiki markup as the corpus has it: as text nodes of ADF paragraphs, or as it is. */
  readonly text: 'adf' | 'raw';
  /** Whether the site tells of files and gives pages as browsers show them. */
  readonly hasFiles: boolean;
}

export interface CorpusServer {
  readonly url: string;
  /** Method and path with the query of each request so far. */
  readonly requests: readonly string[];
  /** Requests without an answer in the specifications. */
  readonly unknown: readonly string[];
  /** Gives the files, from another origin. */
  readonly media: FileServer;
  /** Those that asked for the text of documents. */
  bodies(): readonly string[];
  close(): Promise<void>;
}

type Json = { readonly [name: string]: unknown };

const CREDENTIALS = { username: 'reader@example.test', token: 'corpus-token' };
const SPACE = { id: '70001', key: 'DOCS', name: 'Documentation', type: 'global', status: 'current' };
const PAGE_SIZE = 5;
const SEARCH_SIZE = 120;

export function readCorpus(folder: string): Corpus {
  return {
    pages: readPages(join(folder, 'confluence-pages')),
    issues: readIssues(join(folder, 'jira-issues')),
  };
}

function readPages(folder: string): CorpusPage[] {
  const sets = ['testcases', 'reverse-sync'].flatMap((set) =>
    readdirSync(join(folder, set)).map((name) => ({ name, path: join(folder, set, name) })),
  );
  const pages = sets.map(({ name, path }, index): CorpusPage => {
    const facts = { ...yamlAt(path, 'page.v1.yaml'), ...yamlAt(path, 'page.v2.yaml') };
    const version = (facts.version ?? {}) as { number?: unknown };
    const parent = facts.parentId === undefined || facts.parentId === null ? null : String(facts.parentId);
    const id = /^\d+$/.test(name) ? name : String(900_000 + index);
    return {
      id,
      title: typeof facts.title === 'string' ? facts.title : name,
      storage: readFileSync(join(path, 'page.xhtml'), 'utf8'),
      html: existsSync(join(path, 'page.html')) ? readFileSync(join(path, 'page.html'), 'utf8') : undefined,
      files: readFiles(path, id),
      authorId: typeof facts.authorId === 'string' ? facts.authorId : 'author-unknown',
      createdAt: typeof facts.createdAt === 'string' ? facts.createdAt : '2024-01-02T03:04:05.000Z',
      version: Number(version.number ?? 1) || 1,
      parentId: parent,
    };
  });
  const ids = new Set(pages.map(({ id }) => id));
  // A site knows the pages above its pages.
  return pages.map((page) => (ids.has(page.parentId ?? '') ? page : { ...page, parentId: null }));
}

function yamlAt(folder: string, name: string): Json {
  if (!readdirSync(folder).includes(name)) return {};
  // The dumps write numbers and nulls as tagged strings.
  const value: unknown = parse(readFileSync(join(folder, name), 'utf8'), { logLevel: 'silent' });
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

function readIssues(folder: string): Json[] {
  return readdirSync(folder)
    .filter((name) => /^[A-Z]+-\d+\.json$/.test(name))
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Json);
}

export async function startCorpusServer(corpus: Corpus, site: CorpusSite): Promise<CorpusServer> {
  const media = await startFileServer(corpus.pages.flatMap(({ files }) => files));
  const requests: string[] = [];
  const unknown: string[] = [];
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const address = server.address() as AddressInfo;
      const url = new URL(request.url ?? '/', `http://127.0.0.1:${address.port}`);
      const call = `${request.method} ${url.pathname}${url.search}`;
      requests.push(call);
      const expected = `${CREDENTIALS.username}:${CREDENTIALS.token}`;
      const authorized =
        request.headers.authorization === `Basic ${Buffer.from(expected).toString('base64')}`;
      const file = authorized && site.hasFiles ? fileAt(corpus.pages, call) : undefined;
      const ticketFile = authorized && site.hasFiles ? ticketFileAt(corpus.issues, call) : undefined;
      const value = authorized ? answer(corpus, site, request.method ?? 'GET', url, body) : undefined;
      if (file) {
        response.writeHead(302, { location: media.addressOf(file) }).end();
        return;
      }
      if (ticketFile) {
        response.writeHead(200, { 'content-type': String(ticketFile.mimeType) });
        response.end(standIn(String(ticketFile.mimeType), String(ticketFile.id), Number(ticketFile.size)));
        return;
      }
      if (value === undefined) unknown.push(call);
      const isFound = value !== undefined && value !== ABSENT;
      response.writeHead(authorized ? (isFound ? 200 : 404) : 401, {
        'content-type': 'application/json',
      });
      response.end(JSON.stringify(isFound ? value : { errors: [{ status: 404, code: 'NOT_FOUND' }] }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    unknown,
    media,
    bodies: () => requests.filter((call) => /body-format=|\/issue\/(bulkfetch|\d+)/.test(call)),
    async close() {
      await media.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

export const corpusCredentials = CREDENTIALS;

/** An endpoint that is there, and a document that is not. */
const ABSENT = Symbol('absent');

async function readBody(request: IncomingMessage): Promise<Json> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? {} : (JSON.parse(text) as Json);
}

function answer(corpus: Corpus, site: CorpusSite, method: string, url: URL, body: Json): unknown {
  const call = `${method} ${url.pathname}`;
  return url.pathname.startsWith('/wiki/')
    ? confluence(corpus.pages, site, call, url.searchParams, body)
    : jira(corpus.issues, site.text, call, url.searchParams, body);
}

/** The file that a download asks for. */
function fileAt(pages: readonly CorpusPage[], call: string): CorpusFile | undefined {
  const [, page, file] =
    /^GET \/wiki\/rest\/api\/content\/(\d+)\/child\/attachment\/(\w+)\/download(?:\?|$)/.exec(call) ?? [];
  return pages.find(({ id }) => id === page)?.files.find(({ id }) => id === file);
}

/** A ticket's file, which the site gives itself when it is told not to redirect. */
function ticketFileAt(issues: readonly Json[], call: string): Json | undefined {
  const id = /^GET \/rest\/api\/3\/attachment\/content\/(\d+)\?redirect=false$/.exec(call)?.[1];
  if (id === undefined) return undefined;
  const files = issues.flatMap(({ fields }) => ((fields as Json).attachment ?? []) as Json[]);
  return files.find((file) => String(file.id) === id);
}

function confluence(
  pages: readonly CorpusPage[],
  { hasFiles }: CorpusSite,
  call: string,
  query: URLSearchParams,
  body: Json,
): unknown {
  const withBody = query.get('body-format') === 'storage';
  const page = /^GET \/wiki\/api\/v2\/pages\/(\d+)$/.exec(call)?.[1];
  if (page !== undefined) {
    const found = pages.find(({ id }) => id === page);
    if (query.get('body-format') === 'export_view')
      return found?.html !== undefined && hasFiles ? exportedResource(found, found.html) : ABSENT;
    return found ? pageResource(found, withBody) : ABSENT;
  }
  const owner = /^GET \/wiki\/api\/v2\/pages\/(\d+)\/attachments$/.exec(call)?.[1];
  if (owner !== undefined || call === 'GET /wiki/api/v2/attachments') {
    const files = pages.filter(({ id }) => owner === undefined || id === owner).flatMap((each) => each.files);
    return hasFiles ? listing(files.map(fileResource), query) : ABSENT;
  }
  if (/^GET \/wiki\/api\/v2\/(pages|blogposts)\/\d+\/(footer|inline)-comments$/.test(call))
    return listing([], query);
  switch (call) {
    case 'GET /wiki/api/v2/spaces':
      return listing([{ ...SPACE, homepageId: null }], query);
    case `GET /wiki/api/v2/spaces/${SPACE.id}/pages`:
      return listing(
        pages.map((item) => pageResource(item, withBody)),
        query,
      );
    case 'GET /wiki/api/v2/pages': {
      const ids = query.getAll('id').flatMap((value) => value.split(','));
      const chosen = pages.filter(({ id }) => ids.includes(id));
      return listing(
        chosen.map((item) => pageResource(item, withBody)),
        query,
      );
    }
    case `GET /wiki/api/v2/spaces/${SPACE.id}/blogposts`:
    case 'GET /wiki/api/v2/blogposts':
    case 'GET /wiki/api/v2/footer-comments':
    case 'GET /wiki/api/v2/inline-comments':
      return listing([], query);
    case 'GET /wiki/rest/api/content/search':
      return listing(pages.map(searchedResource), query);
    case 'POST /wiki/api/v2/users-bulk': {
      const ids = (body.accountIds ?? []) as string[];
      return {
        results: ids.map((accountId) => ({ accountId, displayName: `Person ${accountId.slice(-4)}` })),
      };
    }
    default:
      return undefined;
  }
}

function pageResource(page: CorpusPage, withBody: boolean): Json {
  const { id, title, storage, authorId, createdAt, version, parentId } = page;
  return {
    ...{ id, title, status: 'current', spaceId: SPACE.id, parentId, authorId, createdAt },
    parentType: parentId === null ? null : 'page',
    version: { number: version, createdAt, authorId, message: '', minorEdit: false },
    body: withBody ? { storage: { representation: 'storage', value: storage } } : {},
    _links: { webui: `/spaces/${SPACE.key}/pages/${id}` },
  };
}

function exportedResource(page: CorpusPage, value: string): Json {
  return { ...pageResource(page, false), body: { export_view: { representation: 'export_view', value } } };
}

function searchedResource({ id, title, version }: CorpusPage): Json {
  const nobody = { results: [], start: 0, limit: 200, size: 0 };
  return {
    ...{ id, title, type: 'page', status: 'current', version: { number: version } },
    metadata: {
      labels: { results: [{ prefix: 'global', name: 'corpus', id: '1' }], start: 0, limit: 200, size: 1 },
    },
    restrictions: { read: { operation: 'read', restrictions: { user: nobody, group: nobody } } },
  };
}

/** A page of a listing; the cursor is the offset, which no client should know. */
function listing(items: readonly unknown[], query: URLSearchParams): unknown {
  const start = Number(query.get('cursor') ?? 0);
  const end = start + Math.min(PAGE_SIZE, Number(query.get('limit') ?? 25));
  const next = end < items.length ? { next: `/wiki/any/path?cursor=${end}` } : {};
  return { results: items.slice(start, end), _links: { base: 'http://example.test/wiki', ...next } };
}

function jira(
  issues: readonly Json[],
  form: CorpusSite['text'],
  call: string,
  query: URLSearchParams,
  body: Json,
): unknown {
  const asked = (issuesOrKeys: unknown) => {
    const ids = new Set((issuesOrKeys ?? []) as string[]);
    return issues.filter(({ id, key }) => ids.has(String(id)) || ids.has(String(key)));
  };
  switch (call) {
    case 'GET /rest/api/3/myself':
      return { accountId: 'reader', displayName: 'Reader' };
    case 'GET /rest/api/3/field':
      return [];
    case 'GET /rest/api/3/user/bulk':
      return {
        ...{ isLast: true, startAt: 0, maxResults: 100 },
        values: query
          .getAll('accountId')
          .map((accountId) => ({ accountId, displayName: `Person ${accountId}` })),
      };
    case 'POST /rest/api/3/search/jql':
      return search(issues, body);
    case 'POST /rest/api/3/issue/bulkfetch':
      return {
        issues: asked(body.issueIdsOrKeys).map((issue) => issueResource(issue, form)),
        issueErrors: [],
      };
    case 'POST /rest/api/3/changelog/bulkfetch':
      return { issueChangeLogs: [] };
    default:
      return undefined;
  }
}

function search(issues: readonly Json[], body: Json): unknown {
  const fields = (body.fields ?? ['id']) as string[];
  const start = Number(body.nextPageToken ?? 0);
  const end = start + Math.min(SEARCH_SIZE, Number(body.maxResults ?? 50));
  const rows = issues.slice(start, end).map((issue) => ({
    ...{ id: issue.id, key: issue.key },
    ...(fields.includes('updated') && { fields: { updated: (issue.fields as Json).updated } }),
  }));
  return {
    issues: rows,
    isLast: end >= issues.length,
    ...(end < issues.length && { nextPageToken: String(end) }),
  };
}

function issueResource(issue: Json, form: CorpusSite['text']): Json {
  const fields = issue.fields as Json;
  const comments = ((fields.comment as Json | undefined)?.comments ?? []) as Json[];
  const text = (value: unknown) => (form === 'raw' || typeof value !== 'string' ? value : asAdf(value));
  return {
    id: issue.id,
    key: issue.key,
    fields: {
      security: null,
      ...fields,
      description: text(fields.description),
      environment: text(fields.environment),
      comment: {
        ...{ startAt: 0, maxResults: comments.length, total: comments.length },
        comments: comments.map((comment) => ({ ...comment, body: text(comment.body) })),
      },
    },
    changelog: { startAt: 0, maxResults: 0, total: 0, histories: [] },
  };
}

/** Paragraphs at empty lines, hard breaks at line ends. */
function asAdf(text: string): Json {
  const paragraphs = text.split(/\r?\n(?:[ \t]*\r?\n)+/).map((paragraph) => ({
    type: 'paragraph',
    content: paragraph
      .split(/\r?\n/)
      .flatMap((line, index) => [
        ...(index === 0 ? [] : [{ type: 'hardBreak' }]),
        ...(line === '' ? [] : [{ type: 'text', text: line }]),
      ]),
  }));
  return { type: 'doc', version: 1, content: paragraphs };
}
