import PQueue from 'p-queue';
import { type Clock, systemClock } from '../core/clock.ts';
import type { CtxError } from '../core/errors/index.ts';
import type { Logger } from '../core/logger.ts';
import { classify } from './outcome.ts';
import { createWire, type Timeouts, type WireResult } from './wire.ts';

export interface HttpRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD' | 'OPTIONS';
  readonly url: string | URL;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as the JSON body. */
  readonly json?: unknown;
  readonly signal?: AbortSignal;
  /** The largest body that is accepted, in bytes; 64 MiB unless told. */
  readonly maxBytes?: number;
  /** What it is for, in error messages, such as `page 123`. */
  readonly what?: string;
  readonly accept?: string;
  /** Never send the authorization with it, for endpoints that are open to everyone. */
  readonly anonymous?: boolean;
}

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case; repeated headers joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body, decoded as UTF-8. */
  readonly text: string;
}

/** A file to download. */
export interface DownloadRequest extends Omit<HttpRequest, 'method' | 'json'> {
  /** The largest file that is accepted, in bytes. */
  readonly maxBytes: number;
  /** How large the file is, if known: fewer bytes are a broken answer. */
  readonly size?: number | undefined;
  /** Whether the file may be an HTML page; otherwise such an answer asks to log in. */
  readonly mayBeHtml?: boolean;
}

/** Takes the bytes of one attempt, from the first on; leaving them unread ends the connection. */
export type DownloadSink<T> = (
  bytes: AsyncIterable<Uint8Array>,
  headers: Readonly<Record<string, string>>,
) => Promise<T>;

export interface HttpClient {
  /**
   * Sends the request, with retries, and answers the parsed JSON (undefined for 204). Fails with an error of
   * the catalogue (`http.*`), or with the signal's reason when it is aborted.
   */
  json(request: HttpRequest): Promise<unknown>;
  /**
   * Downloads a file, streamed: answers what `sink` made of its bytes. Retries, waits and redirects are those of
   * `json`, and `sink` is called anew for each attempt that gets a file, so what it kept of an earlier one is to be
   * forgotten. What it throws itself is thrown.
   */
  download<T>(request: DownloadRequest, sink: DownloadSink<T>): Promise<T>;
  /** Every attempt on the wire is counted, redirects too. */
  readonly stats: { readonly requests: number };
  close(): Promise<void>;
}

export interface RetryPolicy {
  /** How often a request is sent when it meets broken connections, 5xx or broken answers. */
  readonly attempts: number;
  /** How often a request waits for a rate limit before it gives up. */
  readonly rateLimitWaits: number;
  /** The first backoff's upper bound in milliseconds; it doubles each time, up to `longest`. */
  readonly shortest: number;
  readonly longest: number;
}

export interface HttpClientOptions {
  /** The configured source's id, for messages. */
  readonly source: string;
  /** The value of the `Authorization` header. */
  readonly authorization?: string;
  /** The only origins that the authorization is sent to. */
  readonly origin: string | readonly string[];
  readonly log: Logger;
  readonly clock?: Clock;
  /** Requests in flight per host. */
  readonly concurrency?: number;
  readonly timeouts?: Partial<Timeouts>;
  readonly retry?: Partial<RetryPolicy>;
  /** Uniform in [0, 1), for jitter. */
  readonly random?: () => number;
}

const defaultRetry: RetryPolicy = { attempts: 5, rateLimitWaits: 15, shortest: 500, longest: 30_000 };

/** One host's queue and the moment until which a rate limit keeps all of its requests waiting. */
interface Host {
  readonly queue: PQueue;
  pausedUntil: number;
}

export function createHttpClient(options: HttpClientOptions): HttpClient {
  const { source, log, clock = systemClock, concurrency = 6, random = Math.random } = options;
  const retry = { ...defaultRetry, ...options.retry };
  const wire = createWire(options);
  const hosts = new Map<string, Host>();

  function hostOf(url: URL): Host {
    const known = hosts.get(url.origin);
    if (known) return known;
    const host = { queue: new PQueue({ concurrency }), pausedUntil: 0 };
    hosts.set(url.origin, host);
    return host;
  }

  /** Full jitter: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/ */
  function backoff(failures: number): number {
    return random() * Math.min(retry.longest, retry.shortest * 2 ** (failures - 1));
  }

  async function untilResumed(host: Host, signal: AbortSignal | undefined): Promise<void> {
    for (let wait = host.pausedUntil - clock.now(); wait > 0; wait = host.pausedUntil - clock.now()) {
      await clock.sleep(wait, signal);
    }
  }

  function pause(host: Host, wait: number): void {
    const now = clock.now();
    // Requests that were in flight with the first refused one are refused too: one line tells of them all.
    if (host.pausedUntil <= now) log.info(`${source}: rate limited, waiting ${Math.ceil(wait / 1000)} s`);
    host.pausedUntil = Math.max(host.pausedUntil, now + wait);
  }

  async function exchange(
    request: HttpRequest,
    url: URL,
    host: Host,
    attempt: () => Promise<WireResult>,
  ): Promise<unknown> {
    let failures = 0;
    let rateLimitWaits = 0;
    for (;;) {
      await untilResumed(host, request.signal);
      const result = await attempt();
      request.signal?.throwIfAborted();
      const outcome = classify(result, { source, request, url, now: clock.now() });
      if (outcome.type === 'answer') return outcome.value;
      if (outcome.type === 'final') throw outcome.error;
      if (outcome.type === 'rate-limited') {
        rateLimitWaits += 1;
        if (rateLimitWaits > retry.rateLimitWaits) throw outcome.error(retry.rateLimitWaits);
        pause(host, spread(outcome.wait ?? 1000 * 2 ** Math.min(rateLimitWaits - 1, 6), random));
        continue;
      }
      failures += 1;
      if (failures >= retry.attempts) throw outcome.error;
      if (outcome.wait !== undefined) pause(host, spread(outcome.wait, random));
      else await waitBeforeRetry(backoff(failures), failures, outcome.error, request.signal);
    }
  }

  async function waitBeforeRetry(
    wait: number,
    failures: number,
    error: CtxError,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    log.debug(`${error.message} Attempt ${failures} of ${retry.attempts}, next in ${Math.round(wait)} ms`);
    await clock.sleep(wait, signal);
  }

  async function queued(request: HttpRequest, send: (url: URL) => Promise<WireResult>): Promise<unknown> {
    request.signal?.throwIfAborted();
    const url = new URL(request.url);
    const host = hostOf(url);
    const { signal } = request;
    return host.queue.add(() => exchange(request, url, host, () => send(url)), signal ? { signal } : {});
  }

  return {
    json: (request) => queued(request, (url) => wire.send(request, url)),
    async download<T>(request: DownloadRequest, sink: DownloadSink<T>) {
      const file = { accept: '*/*', ...request };
      return (await queued(file, (url) => wire.download(file, url, sink))) as T;
    },
    stats: wire.stats,
    close: wire.close,
  };
}

/** Up to a fifth more, at most a second, so that the programs behind one limit do not come back at once. */
function spread(wait: number, random: () => number): number {
  return wait + random() * Math.min(1000, wait / 5);
}
