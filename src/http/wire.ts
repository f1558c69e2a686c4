import { type Dispatcher, errors, request as send } from 'undici';
import { VERSION } from '../core/version.ts';
import { watchBody } from './body.ts';
import type {
  DownloadRequest,
  DownloadSink,
  HttpClientOptions,
  HttpRequest,
  HttpResponse,
} from './client.ts';
import { createDispatcher, type Proxies } from './proxy.ts';

/** Milliseconds. `body` is the longest silence inside a body, `total` the longest attempt as a whole. */
export interface Timeouts {
  readonly connect: number;
  readonly headers: number;
  readonly body: number;
  readonly total: number;
}

export interface WireOptions extends Pick<HttpClientOptions, 'origin' | 'authorization' | 'timeouts'> {
  readonly proxies: Proxies;
}

/** What one attempt led to: an answer, or the reason why none came. */
export type WireResult =
  | { readonly type: 'response'; readonly response: HttpResponse; readonly finalUrl: URL }
  /** The body went to the sink, which answered this, or threw it. */
  | { readonly type: 'downloaded'; readonly value: unknown }
  | { readonly type: 'sink-failed'; readonly error: unknown }
  /** A web page came where a file should be. */
  | { readonly type: 'page'; readonly finalUrl: URL }
  | { readonly type: 'too-large'; readonly limit: number }
  | { readonly type: 'timeout'; readonly phase: string; readonly cause: unknown }
  | { readonly type: 'broken'; readonly reason: string; readonly cause: unknown };

export interface Wire {
  /** Sends once, following redirects of GET. Rejects with the signal's reason when aborted, else never. */
  send(request: HttpRequest, url: URL): Promise<WireResult>;
  /** The same, but a successful answer's body goes to the sink as it comes. */
  download(request: DownloadRequest, url: URL, sink: DownloadSink<unknown>): Promise<WireResult>;
  readonly stats: { requests: number };
  close(): Promise<void>;
}

const defaultTimeouts: Timeouts = { connect: 10_000, headers: 30_000, body: 60_000, total: 300_000 };
const defaultMaxBytes = 64 * 1024 * 1024;
const maxRedirects = 5;
/** Bytes per millisecond: a download may take as much longer than other requests as it needs at this speed. */
const slowestDownload = 64;

/** Single attempts over HTTP: the authorization's origins, redirects, timeouts and the size cap; no policy. */
export function createWire(options: WireOptions): Wire {
  const timeouts = { ...defaultTimeouts, ...options.timeouts };
  const trusted = new Set([options.origin].flat().map((origin) => new URL(origin).origin));
  const stats = { requests: 0 };
  const dispatcher = createDispatcher(options.proxies, {
    connectTimeout: timeouts.connect,
    headersTimeout: timeouts.headers,
    bodyTimeout: timeouts.body,
    // undici specifies its timeouts for its HTTP/1.1 parser.
    allowH2: false,
  });

  function headersFor(request: HttpRequest, url: URL): Record<string, string> {
    const headers: Record<string, string> = {
      accept: request.accept ?? 'application/json',
      'user-agent': `context-sync/${VERSION}`,
      // Nothing here decompresses, so that what is counted against a limit is what was sent.
      'accept-encoding': 'identity',
    };
    if (request.body) headers['content-type'] = request.body.type;
    else if (request.json !== undefined) headers['content-type'] = 'application/json';
    for (const [name, value] of Object.entries(request.headers ?? {})) headers[name.toLowerCase()] = value;
    const may = trusted.has(url.origin) && !request.anonymous;
    if (!may) delete headers.authorization;
    else if (options.authorization) headers.authorization = options.authorization;
    return headers;
  }

  async function once(request: HttpRequest, url: URL, signal: AbortSignal) {
    stats.requests += 1;
    return send(url, {
      dispatcher,
      method: request.method ?? 'GET',
      headers: headersFor(request, url),
      body: request.body?.bytes ?? (request.json === undefined ? null : JSON.stringify(request.json)),
      signal,
    });
  }

  /** The first answer that is no redirect to follow. */
  async function follow(request: HttpRequest, start: URL, signal: AbortSignal): Promise<Answer> {
    let url = start;
    let asked = request;
    let away: URL | undefined;
    for (let redirects = 0; ; redirects += 1) {
      const { statusCode: status, headers: raw, body } = await once(asked, url, signal);
      const headers = flatten(raw);
      const next = redirectTarget(request, status, headers.location, url);
      if (next === undefined || redirects === maxRedirects)
        return { status, headers, body, finalUrl: away ?? url };
      await body.dump();
      // Where another origin leads back to is its choice: nothing of ours must be asked for with our rights then.
      if (!trusted.has(next.origin)) {
        asked = { ...asked, anonymous: true };
        away = next;
      }
      url = next;
    }
  }

  /** One attempt within its time; whatever breaks on the way becomes a result. */
  async function attempt(
    request: HttpRequest,
    url: URL,
    time: number,
    receive: (answer: Answer) => Promise<WireResult>,
  ): Promise<WireResult> {
    const controller = new AbortController();
    const abort = () => controller.abort(request.signal?.reason);
    request.signal?.addEventListener('abort', abort, { once: true });
    const deadline = setTimeout(() => controller.abort(), time);
    try {
      const answer = await follow(request, url, controller.signal);
      if (isEncoded(answer)) {
        answer.body.on('error', () => {}).destroy();
        return { type: 'broken', reason: COMPRESSED, cause: undefined };
      }
      return await receive(answer);
    } catch (cause) {
      request.signal?.throwIfAborted();
      if (controller.signal.aborted) return { type: 'timeout', phase: 'complete answer', cause };
      return failure(cause);
    } finally {
      clearTimeout(deadline);
      request.signal?.removeEventListener('abort', abort);
    }
  }

  return {
    stats,
    close: () => dispatcher.destroy(),
    send: (request, url) =>
      attempt(request, url, timeouts.total, (answer) =>
        receiveText(answer, request.maxBytes ?? defaultMaxBytes),
      ),
    download(request, url, sink) {
      const time = timeouts.total + request.maxBytes / slowestDownload;
      return attempt(request, url, time, (answer) =>
        answer.status >= 200 && answer.status < 300
          ? receiveBytes(answer, request, sink)
          : receiveText(answer, defaultMaxBytes),
      );
    },
  };
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Dispatcher.ResponseData['body'];
  /** Where it came from; if it was led to another origin, that one, wherever it went from there. */
  readonly finalUrl: URL;
}

/** The reason for refusing an answer whose body is not what was asked for, but a compressed form of it. */
export const COMPRESSED = 'compressed answer';

/** The reason, with a status, when a proxy opens no tunnel to the host. */
export const PROXY_ANSWERED = 'the proxy answered';

function isEncoded({ headers }: Answer): boolean {
  return !/^(?:identity)?$/i.test(headers['content-encoding']?.trim() ?? '');
}

async function receiveText({ status, headers, body, finalUrl }: Answer, limit: number): Promise<WireResult> {
  const text = await readCapped(body, limit);
  if (text === undefined) return { type: 'too-large', limit };
  return { type: 'response', response: { status, headers, text }, finalUrl };
}

async function receiveBytes(
  { headers, body, finalUrl }: Answer,
  { maxBytes: limit, size, mayBeHtml = false }: DownloadRequest,
  sink: DownloadSink<unknown>,
): Promise<WireResult> {
  try {
    if (!mayBeHtml && /^\s*(text\/html|application\/xhtml\+xml)\b/i.test(headers['content-type'] ?? ''))
      return { type: 'page', finalUrl };
    if (Number(headers['content-length'] ?? 0) > limit) return { type: 'too-large', limit };
    const watched = watchBody(body, { limit, expected: size });
    try {
      const value = await sink(watched.bytes, headers);
      if (watched.problem === undefined) return { type: 'downloaded', value };
    } catch (error) {
      if (watched.problem === undefined) return { type: 'sink-failed', error };
    }
    const { problem } = watched;
    if (problem?.type === 'too-large') return { type: 'too-large', limit };
    if (problem?.type === 'broken') throw problem.cause;
    return { type: 'broken', reason: 'the file was cut short', cause: undefined };
  } finally {
    // Ends the connection if bytes are left, and does nothing otherwise.
    body.on('error', () => {}).destroy();
  }
}

function redirectTarget(
  request: HttpRequest,
  status: number,
  location: string | undefined,
  from: URL,
): URL | undefined {
  if ((request.method ?? 'GET') !== 'GET' || !location) return undefined;
  if (![301, 302, 303, 307, 308].includes(status) || !URL.canParse(location, from.href)) return undefined;
  const target = new URL(location, from);
  return target.protocol === 'https:' || target.protocol === 'http:' ? target : undefined;
}

async function readCapped(body: AsyncIterable<Buffer>, limit: number): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    // Leaving the loop destroys the stream and with it the connection.
    if (size > limit) return undefined;
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

function flatten(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}

function failure(cause: unknown): WireResult {
  if (cause instanceof errors.ConnectTimeoutError) return { type: 'timeout', phase: 'connection', cause };
  if (cause instanceof errors.HeadersTimeoutError) return { type: 'timeout', phase: 'answer', cause };
  if (cause instanceof errors.BodyTimeoutError)
    return { type: 'timeout', phase: 'rest of the answer', cause };
  return { type: 'broken', reason: refusalOfProxy(cause) ?? reasonOf(cause), cause };
}

/** undici says it in the message only. */
function refusalOfProxy(cause: unknown): string | undefined {
  const [, status] =
    (cause instanceof errors.RequestAbortedError && /^Proxy response \((\d+)\)/.exec(cause.message)) || [];
  return status && `${PROXY_ANSWERED} ${status}`;
}

/** The system's or undici's code: a message could quote what was sent. */
function reasonOf(cause: unknown): string {
  if (cause instanceof AggregateError && cause.errors.length > 0) return reasonOf(cause.errors[0]);
  const code = (cause as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : 'connection lost';
}
