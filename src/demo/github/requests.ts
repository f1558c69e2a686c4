import type { IncomingMessage } from 'node:http';
import type { Fault } from '../faults.ts';
import { type GraphqlRequest, operationName, readGraphql } from './graphql/run.ts';

/** One request as it arrived, and how it was answered. */
export interface GithubRequest {
  /** Its place in the order of arrival, from 1. */
  readonly at: number;
  /** When it arrived, in milliseconds on a clock that only moves forward. */
  readonly atMs: number;
  readonly httpMethod: string;
  /** Without the prefix of an enterprise server: `/repos/fernhollow/storefront/issues`, `/graphql`. */
  readonly path: string;
  readonly query: string;
  /** Of GraphQL: the operation's name, if it has one, and its variables. */
  readonly operation?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** What a GraphQL query took from the budget. */
  readonly points?: number;
  /** 0 for a connection that was reset. */
  readonly status: number;
  readonly authorized: boolean;
  readonly userAgent?: string;
  readonly apiVersion?: string;
  readonly fault?: Fault['kind'];
}

/** A request that was read to its end. */
export interface Received {
  readonly httpMethod: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** The address of the API as the request came to it. */
  readonly api: string;
  readonly isEnterprise: boolean;
  readonly token: string | undefined;
  /** `absent` for what came to REST, `unreadable` for what should be GraphQL and is not. */
  readonly graphql: GraphqlRequest | 'absent' | 'unreadable';
  /** As rules of faults see it: path and query, and of GraphQL `/graphql?operation=NAME&VARIABLE=VALUE`. */
  readonly url: string;
  readonly accept: string;
  readonly ifNoneMatch: string | undefined;
  readonly apiVersion: string | undefined;
  readonly userAgent: string | undefined;
  readonly atMs: number;
}

const ENTERPRISE = /^\/api(?:\/v3(?=\/|$)|(?=\/graphql$))/;

export async function receive(request: IncomingMessage, origin: string): Promise<Received> {
  const atMs = performance.now();
  const target = new URL(request.url ?? '/', origin);
  const prefix = ENTERPRISE.exec(target.pathname)?.[0];
  const path = target.pathname.slice(prefix?.length ?? 0) || '/';
  const body = await readJson(request);
  const { authorization, accept = '', 'user-agent': userAgent } = request.headers;
  const isGraphql = path === '/graphql';
  const graphql = isGraphql ? (readGraphql(body) ?? 'unreadable') : 'absent';
  const query = target.searchParams;
  return {
    httpMethod: request.method ?? 'GET',
    path,
    query,
    api: prefix === undefined ? origin : `${origin}/api/v3`,
    isEnterprise: prefix !== undefined,
    token: /^(?:Bearer|token) (.+)$/i.exec(authorization ?? '')?.[1],
    graphql,
    url: urlOf(path, typeof graphql === 'object' ? queryOf(graphql) : query),
    accept,
    ifNoneMatch: request.headers['if-none-match'],
    apiVersion: headerOf(request, 'x-github-api-version'),
    userAgent,
    atMs,
  };
}

const urlOf = (path: string, query: URLSearchParams): string =>
  query.size === 0 ? path : `${path}?${query}`;

/** A cursor among the variables stands in the query as `cursor`, so that rules see one form. */
function queryOf(request: GraphqlRequest): URLSearchParams {
  const query = new URLSearchParams();
  const name = operationName(request);
  if (name !== undefined) query.set('operation', name);
  for (const [key, value] of Object.entries(request.variables)) {
    if (value == null) continue;
    query.set(key, typeof value === 'string' ? value : JSON.stringify(value));
    if (typeof value === 'string' && /after|before|cursor/i.test(key)) query.set('cursor', value);
  }
  return query;
}

function headerOf(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    return undefined;
  }
}

interface Outcome {
  readonly at: number;
  readonly status: number;
  readonly authorized: boolean;
  readonly points: number | undefined;
  readonly fault: Fault<never> | undefined;
}

export function recordOf(
  received: Received,
  { at, status, authorized, points, fault }: Outcome,
): GithubRequest {
  const { httpMethod, path, query, graphql, atMs, userAgent, apiVersion } = received;
  const operation = typeof graphql === 'object' ? operationName(graphql) : undefined;
  return {
    ...{ at, atMs, httpMethod, path, query: query.toString() },
    ...(operation === undefined ? {} : { operation }),
    ...(typeof graphql === 'object' ? { variables: graphql.variables } : {}),
    ...(points === undefined ? {} : { points }),
    status: fault?.kind === 'reset' ? 0 : status,
    authorized,
    ...(userAgent === undefined ? {} : { userAgent }),
    ...(apiVersion === undefined ? {} : { apiVersion }),
    ...(fault === undefined ? {} : { fault: fault.kind }),
  };
}
