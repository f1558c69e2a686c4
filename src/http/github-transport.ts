import type { Clock } from '../core/clock.ts';
import { type CtxError, ctxError, isCtxError } from '../core/errors/index.ts';
import type { HttpClient, Lane } from './client.ts';

/** Calls of GitHub's two APIs. Answers are the JSON as it came: who calls checks what it uses. */
export interface GithubTransport {
  /** GET of a path of the REST API, such as `/repos/acme/api/issues`. */
  rest(path: string, parameters: GithubParameters, what: string): Promise<unknown>;
  /** The same of a list, and the number of the page that follows. */
  restPage(path: string, parameters: GithubParameters, what: string): Promise<RestPage>;
  graphql(query: GithubQuery, what: string): Promise<GithubAnswer>;
}

export interface RestPage {
  readonly value: unknown;
  /** Undefined for the last. */
  readonly next: number | undefined;
}

export type GithubParameters = { readonly [name: string]: string | number | undefined };

export interface GithubQuery {
  /** The operation's name in `text`, which errors show. */
  readonly name: string;
  readonly text: string;
  readonly variables: { readonly [name: string]: unknown };
  /** Whether less can be asked for at once: then an answer that does not come is told at once, as `http.server-error`. */
  readonly isDivisible?: boolean;
}

/** Data may be there in part: what an error is about stands for nothing, also where its value is null. */
export interface GithubAnswer {
  readonly data: { readonly [field: string]: unknown };
  readonly errors: readonly GithubFailure[];
}

export interface GithubFailure {
  /** A word of the API's, such as `NOT_FOUND`. */
  readonly type: string;
  /** Where in the answer something is missing, from its root on. */
  readonly path: readonly (string | number)[];
}

export interface GithubTransportOptions {
  readonly http: HttpClient;
  readonly source: string;
  /** What REST paths are appended to, such as `https://api.github.com` or `https://github.example.com/api/v3`. */
  readonly restUrl: string;
  readonly graphqlUrl: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** https://docs.github.com/en/rest/about-the-rest-api/api-versions; servers that know no versions pass over it. */
const HEADERS = { 'x-github-api-version': '2022-11-28' };
const REST = 'application/vnd.github+json';

/**
 * Each resource has its own quota, and its refusals hold up no other. Per minute: what the secondary limits let through
 * (https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits), and searches
 * (https://docs.github.com/en/rest/search/search#rate-limit).
 */
const LANES = {
  core: { name: 'core', perMinute: 900 },
  search: { name: 'search', perMinute: 30 },
  graphql: { name: 'graphql', perMinute: 2000 },
} satisfies Record<string, Lane>;

/** https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api#using-link-headers */
const NEXT = /<([^<>]*)>\s*;[^,<]*\brel="?next\b/;

/** The whole query came to nothing, for now: https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api */
const TOO_MUCH = new Set(['RESOURCE_LIMITS_EXCEEDED', 'MAX_NODE_LIMIT_EXCEEDED', 'TIMEOUT']);
const ATTEMPTS = 4;
const WAIT_MS = 1000;

/** What the GraphQL API's address is, by that of the REST API: on a server of one's own it is no path below it. */
export function graphqlUrlOf(restUrl: string): string {
  const { origin, pathname } = new URL(restUrl);
  const path = pathname.replace(/\/+$/, '').replace(/\/v3$/, '');
  return `${origin}${path}/graphql`;
}

export function githubTransport(options: GithubTransportOptions): GithubTransport {
  const { http, source, graphqlUrl, clock, signal } = options;
  const restUrl = options.restUrl.replace(/\/+$/, '');

  async function once({ name, text, variables, isDivisible = false }: GithubQuery, what: string) {
    const answer = await http.json({
      ...{ url: graphqlUrl, method: 'POST', headers: HEADERS, lane: LANES.graphql, what, signal },
      json: { query: text, variables, operationName: name },
      isRefusal: (value) => failuresIn(value).some(({ type }) => type === 'RATE_LIMITED'),
      ...(isDivisible && { attempts: 1 }),
    });
    const { data } = (answer ?? {}) as { readonly data?: unknown };
    const errors = failuresIn(answer);
    const isThere = typeof data === 'object' && data !== null;
    if (isThere && errors.every(({ type, path }) => path.length > 0 && !TOO_MUCH.has(type)))
      return { data: data as GithubAnswer['data'], errors };
    const reason = errors.find(({ path }) => path.length === 0)?.type ?? errors[0]?.type ?? 'no data';
    throw ctxError('github.query-failed', { source, query: name, what, reason });
  }

  async function restPage(path: string, parameters: GithubParameters, what: string): Promise<RestPage> {
    const url = new URL(`${restUrl}${path}`);
    for (const [name, value] of Object.entries(parameters))
      if (value !== undefined) url.searchParams.set(name, String(value));
    const lane = path.startsWith('/search/') ? LANES.search : LANES.core;
    let next: number | undefined;
    const value = await http.json({
      ...{ url, what, lane, headers: HEADERS, accept: REST, signal },
      onHeaders: ({ link = '' }) => {
        const [, address = ''] = NEXT.exec(link) ?? [];
        const page = URL.canParse(address, restUrl) && new URL(address, restUrl).searchParams.get('page');
        if (page && /^\d{1,6}$/.test(page)) next = Number(page);
      },
    });
    return { value, next };
  }

  return {
    restPage,
    rest: async (path, parameters, what) => (await restPage(path, parameters, what)).value,

    async graphql(query, what) {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await once(query, what);
        } catch (error) {
          const isWorthAnother = isCtxError(error) && isPassing(error) && !query.isDivisible;
          if (!isWorthAnother || attempt === ATTEMPTS) throw error;
          await clock.sleep(WAIT_MS * 2 ** (attempt - 1), signal);
        }
      }
    },
  };
}

/** Broken connections too: a server that runs out of time may just hang up. */
const HEAVY = new Set<string>([
  ...['http.server-error', 'http.timeout', 'http.too-large'],
  ...['http.unreachable', 'http.empty', 'http.invalid-json'],
]);

/** Whether half of what was asked for may be answered where all of it was not. */
export function isTooMuch(error: CtxError): boolean {
  return (
    HEAVY.has(error.code) ||
    (error.is('github.query-failed') && (isPassing(error) || TOO_MUCH.has(error.params.reason)))
  );
}

/** What the service says of itself and of no part of the query. */
function isPassing(error: CtxError): boolean {
  return error.is('github.query-failed') && ['UNKNOWN', 'no data', 'TIMEOUT'].includes(error.params.reason);
}

function failuresIn(answer: unknown): GithubFailure[] {
  const { errors } = (answer ?? {}) as { readonly errors?: unknown };
  if (!Array.isArray(errors)) return [];
  return errors.map((error: unknown) => {
    const { type, path, extensions } = (error ?? {}) as {
      readonly type?: unknown;
      readonly path?: unknown;
      readonly extensions?: { readonly code?: unknown };
    };
    const word = typeof type === 'string' ? type : extensions?.code;
    return {
      // It is printed: nothing but a word of the API's.
      type: typeof word === 'string' && /^[A-Za-z_]{1,64}$/.test(word) ? word.toUpperCase() : 'UNKNOWN',
      path: Array.isArray(path) ? path.filter((step) => ['string', 'number'].includes(typeof step)) : [],
    };
  });
}
