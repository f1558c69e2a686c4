import type { IncomingMessage } from 'node:http';
import type { Fault } from '../faults.ts';
import { type Params, SlackRefusal } from './method.ts';

/** One call as it arrived, and how it was answered. */
export interface SlackRequest {
  /** Its place in the order of arrival, from 1. */
  readonly at: number;
  /** When it arrived, in milliseconds on a clock that only moves forward. */
  readonly atMs: number;
  readonly httpMethod: string;
  /** `conversations.history`. */
  readonly method: string;
  /** Its arguments, wherever they stood; never the token. */
  readonly params: Readonly<Record<string, string>>;
  /** 0 for a connection that was reset. */
  readonly status: number;
  /** Of an answer that says no. */
  readonly error?: string;
  readonly authorized: boolean;
  readonly userAgent?: string;
  readonly fault?: Fault['kind'];
}

/** A request that was read to its end. */
export interface Received {
  readonly httpMethod: string;
  readonly path: string;
  readonly token: string | undefined;
  /** The arguments; or why there are none. */
  readonly params: Params | SlackRefusal;
  /** Path and arguments, as rules of faults see them. */
  readonly url: string;
  readonly atMs: number;
}

/** Arguments are in the query, in a form, or in JSON; the token is in a header, or an argument like them. */
export async function receive(request: IncomingMessage): Promise<Received> {
  const atMs = performance.now();
  const target = new URL(request.url ?? '/', 'http://localhost');
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const params = readParams(target, request.headers['content-type'] ?? '', Buffer.concat(chunks).toString());
  const known = params instanceof SlackRefusal ? new Map<string, string>() : params;
  const token = bearer(request.headers.authorization) ?? known.get('token');
  // An empty cursor is none.
  const isShown = (name: string, value: string) => name !== 'token' && (name !== 'cursor' || value !== '');
  const query = new URLSearchParams([...known].filter(([name, value]) => isShown(name, value)));
  return {
    httpMethod: request.method ?? 'GET',
    path: target.pathname,
    token,
    params,
    url: query.size === 0 ? target.pathname : `${target.pathname}?${query}`,
    atMs,
  };
}

export function bearer(header: string | undefined): string | undefined {
  return /^Bearer (.+)$/i.exec(header ?? '')?.[1];
}

function readParams(target: URL, contentType: string, body: string): Params | SlackRefusal {
  const inQuery = [...target.searchParams];
  if (body === '') return new Map(inQuery);
  if (/^application\/json\b/.test(contentType)) {
    const fields = readJson(body);
    return fields instanceof SlackRefusal ? fields : new Map([...inQuery, ...fields]);
  }
  if (/^application\/x-www-form-urlencoded\b/.test(contentType))
    return new Map([...inQuery, ...new URLSearchParams(body)]);
  return new SlackRefusal('invalid_post_type');
}

function readJson(body: string): readonly (readonly [string, string])[] | SlackRefusal {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return new SlackRefusal('invalid_json');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return new SlackRefusal('json_not_object');
  return Object.entries(value).map(([name, field]) => [name, String(field)] as const);
}
