import type { IncomingMessage } from 'node:http';
import { type Address, resolveAddress } from './auth.ts';
import type { Fault } from './faults.ts';

/** One request as it arrived, and how it was answered. */
export interface RequestRecord {
  /** Its place in the order of arrival, from 1. */
  readonly at: number;
  /** When it arrived, in milliseconds on a clock that only moves forward. */
  readonly atMs: number;
  readonly method: string;
  /** As sent: with the gateway's prefix, if it came that way; without the query. */
  readonly path: string;
  readonly query: string;
  /** What was sent with it, if anything. */
  readonly body?: unknown;
  /** 0 for a connection that was reset. */
  readonly status: number;
  readonly authorized: boolean;
  /** Whether it asked for the text of documents, not only for their names and versions. */
  readonly isBody: boolean;
  readonly headers: { readonly accept?: string; readonly userAgent?: string };
  readonly fault?: Fault['kind'];
}

/** A request that was read to its end. */
export interface Received {
  readonly method: string;
  readonly target: URL;
  readonly address: Address;
  /** Path and query on the site, as rules of faults see them. */
  readonly urlOnSite: string;
  readonly body: unknown;
  readonly headers: RequestRecord['headers'];
  readonly atMs: number;
}

const ANOTHER_SITE: Address = { path: '/another-site', product: 'edge', gateway: true };

export async function receive(request: IncomingMessage, site: string, cloudId: string): Promise<Received> {
  const atMs = performance.now();
  const target = new URL(request.url ?? '/', site);
  const address = resolveAddress(target.pathname, cloudId) ?? ANOTHER_SITE;
  const body = await readJson(request);
  const { accept, 'user-agent': userAgent } = request.headers;
  return {
    method: request.method ?? 'GET',
    target,
    address,
    urlOnSite: urlOnSite(address, target, body),
    body,
    headers: {
      ...(accept === undefined ? {} : { accept }),
      ...(userAgent === undefined ? {} : { userAgent }),
    },
    atMs,
  };
}

interface Outcome {
  readonly at: number;
  readonly authorized: boolean;
  readonly status: number;
  readonly fault: Fault | undefined;
}

export function recordOf(received: Received, { at, authorized, status, fault }: Outcome): RequestRecord {
  const { method, target, address, body, headers, atMs } = received;
  return {
    at,
    atMs,
    method,
    path: target.pathname,
    query: target.search.slice(1),
    ...(body === undefined ? {} : { body }),
    status: fault?.kind === 'reset' ? 0 : status,
    authorized,
    isBody: asksForBodies(address.path, target.searchParams, body),
    headers,
    ...(fault === undefined ? {} : { fault: fault.kind }),
  };
}

/** Path and query on the site; a page token from a body stands in the query too, so that rules see one form. */
function urlOnSite(address: Address, target: URL, body: unknown): string {
  const query = new URLSearchParams(target.search);
  const token = (body as { readonly nextPageToken?: unknown } | undefined)?.nextPageToken;
  if (typeof token === 'string') query.set('nextPageToken', token);
  return query.size === 0 ? address.path : `${address.path}?${query}`;
}

function asksForBodies(path: string, query: URLSearchParams, body: unknown): boolean {
  if (query.has('body-format') && !/-comments/.test(path)) return true;
  if (/\bbody\./.test(query.get('expand') ?? '')) return true;
  return /\/issue\/bulkfetch$|\/rest\/api\/3\/issue\/[^/]+$/.test(path) || asksForDescription(query, body);
}

function asksForDescription(query: URLSearchParams, body: unknown): boolean {
  const fields = [...query.getAll('fields').flatMap((value) => value.split(','))];
  const asked = (body as { readonly fields?: unknown } | undefined)?.fields;
  if (Array.isArray(asked)) fields.push(...asked.map(String));
  return fields.some((field) => field === 'description' || field === '*all' || field === '*navigable');
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  if (chunks.length === 0) return undefined;
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    return undefined;
  }
}
