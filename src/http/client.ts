import { type Clock, systemClock } from '../core/clock.ts';
import type { CtxError } from '../core/errors/index.ts';
import type { Logger } from '../core/logger.ts';
import type { Host, Load } from './host.ts';
import { createNetwork, type Network } from './network.ts';
import { classify, loadOf, type Outcome } from './outcome.ts';
import { longestWait, type Quota, type RefusalSign } from './rate-limits.ts';
import { createWire, type Timeouts, type WireResult } from './wire.ts';

export interface HttpRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD' | 'OPTIONS';
  readonly url: string | URL;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as the JSON body. */
  readonly json?: unknown;
  /** Sent as it is, instead of `json`. */
  readonly body?: { readonly type: string; readonly bytes: Uint8Array };
  readonly signal?: AbortSignal;
  /** The largest body that is accepted, in bytes; 64 MiB unless told. */
  readonly maxBytes?: number;
  /** What it is for, in error messages, such as `page 123`. */
  readonly what?: string;
  readonly accept?: string;
  /** What of the service's it is counted with; without it, all of the host's. */
  readonly lane?: Lane;
  /** Never send the authorization with it, for endpoints that are open to everyone. */
  readonly anonymous?: boolean;
  /**
   * How often it is sent when it meets broken connections, 5xx or broken answers, if not as often as the client's other requests.
   * Once, for what would be done twice if an answer was lost on its way.
   */
  readonly attempts?: number;
  /** Whether an answer with status 200 refuses for a limit: it is waited for like one with status 429. */
  readonly isRefusal?: (answer: unknown) => boolean;
  /** Gets the headers of the answer, before it is answered. */
  readonly onHeaders?: (headers: Readonly<Record<string, string>>) => void;
}

/**
 * A part of a host that the service limits by itself, such as one method of an API: its requests wait for its refusals, and for no
 * other's.
 */
export interface Lane {
  readonly name: string;
  /** The most requests in a minute. */
  readonly perMinute: number;
  /** How many of them may be sent at once after a quiet time; a fifth of a minute's unless told. */
  readonly atOnce?: number;
}

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case; repeated headers joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body, decoded as UTF-8. */
  readonly text: string;
}

/** A file to download. */
export interface DownloadRequest extends Omit<HttpRequest, 'method' | 'json' | 'body'> {
  /** The largest file that is accepted, in bytes. */
  readonly maxBytes: number;
  /** How large the file is, if known: fewer bytes are a broken answer. */
  readonly size?: number | undefined;
  /** Whether the file may be an HTML page; otherwise such an answer asks to log in. */
  readonly mayBeHtml?: boolean;
}

/**
 * Takes the bytes of one attempt, from the first on; leaving them unread ends the connection. It sends no requests to the same host:
 * it holds one of the host's slots, which may be the only one.
 */
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
  /**
   * The most attempts on the wire per host, 16 unless told. It begins with fewer, goes up with success and is halved by 429, 5xx and
   * timeouts.
   */
  readonly concurrency?: number;
  /** Shared with the other clients of a run, for hosts that they have in common; its own unless told. */
  readonly network?: Network | undefined;
  /** What the service counts, for requests to be spread before it refuses them. */
  readonly quotas?: readonly Quota[];
  /** Refusals for a limit that come with another status than 429. */
  readonly refusals?: readonly RefusalSign[];
  readonly timeouts?: Partial<Timeouts>;
  readonly retry?: Partial<RetryPolicy>;
  /** Uniform in [0, 1), for jitter. */
  readonly random?: () => number;
}

const defaultRetry: RetryPolicy = { attempts: 5, rateLimitWaits: 15, shortest: 500, longest: 30_000 };

export function createHttpClient(options: HttpClientOptions): HttpClient {
  const { source, log, clock = systemClock, concurrency = 16, random = Math.random } = options;
  const { quotas = [], refusals: refusalSigns = [] } = options;
  const retry = { ...defaultRetry, ...options.retry };
  const network = options.network ?? createNetwork();
  const timeouts = { ...network.timeouts, ...options.timeouts };
  const wire = createWire({ ...options, timeouts, proxies: network.proxies });

  function hostOf(url: URL, lane: Lane | undefined): Host {
    const host = network.host(lane === undefined ? url.origin : `${url.origin} ${lane.name}`);
    host.capSlotsAt(concurrency);
    return host;
  }

  /** Full jitter: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/ */
  function backoff(failures: number): number {
    return random() * Math.min(retry.longest, retry.shortest * 2 ** (failures - 1));
  }

  function pause(host: Host, wait: number): void {
    const now = clock.now();
    // Requests that were in flight with the first refused one are refused too: one line tells of them all.
    if (host.pausedUntil <= now) log.info(`${source}: rate limited, waiting ${Math.ceil(wait / 1000)} s`);
    host.pauseUntil(now + wait);
  }

  /** Keeps the requests that follow waiting if this one is paid from what is nearly used up. */
  function pay(host: Host, request: HttpRequest): void {
    const now = clock.now();
    if (request.lane) host.paceUntil(now + host.pace(request.lane.perMinute, request.lane.atOnce).take(now));
    const wait = Math.max(0, ...quotas.map((quota) => host.budget.pay(quota, request, now)));
    if (wait === 0) return;
    // Each request of a slow stretch comes here: one line tells of them all.
    if (host.pacedUntil + longestWait < now)
      log.info(`${source}: little is left of the service's quota, going on slowly until it is renewed`);
    host.paceUntil(now + wait);
  }

  /** https://www.rfc-editor.org/rfc/rfc9110#name-date: to the second, so that the middle of it is the best guess. */
  function noteAnswer(origin: string, date: string | undefined, began: number, now: number): void {
    const told = Date.parse(date ?? '');
    const ahead = Number.isNaN(told) ? undefined : told + 500 - now;
    network.answers.set(origin, { took: now - began, ahead });
  }

  async function exchange(
    request: HttpRequest,
    url: URL,
    host: Host,
    send: () => Promise<WireResult>,
  ): Promise<unknown> {
    let failures = 0;
    let refusals = 0;

    async function attempt(): Promise<{ load: Load; value: Outcome }> {
      pay(host, request);
      const began = clock.now();
      const result = await send();
      request.signal?.throwIfAborted();
      const now = clock.now();
      if (result.type === 'response')
        noteAnswer(result.finalUrl.origin, result.response.headers.date, began, now);
      const outcome = classify(result, { source, request, url, now, refusals: refusalSigns });
      if (outcome.type === 'rate-limited') {
        refusals += 1;
        pause(host, spread(waitAfterRefusal(outcome.wait, refusals), random));
      } else if (outcome.type === 'transient') {
        failures += 1;
        if (outcome.wait !== undefined) pause(host, spread(outcome.wait, random));
      } else if (result.type === 'response' && result.finalUrl.origin === url.origin) {
        for (const quota of quotas) host.budget.heard(quota, result.response.headers, now);
        if (outcome.type === 'answer') request.onHeaders?.(result.response.headers);
      }
      // Only now the slot is given back: whoever gets it next finds the host paused.
      return { load: loadOf(result), value: outcome };
    }

    for (;;) {
      const isRetry = failures + refusals > 0;
      const outcome = await host.inSlot(attempt, { clock, signal: request.signal, isRetry });
      if (outcome.type === 'answer') return outcome.value;
      if (outcome.type === 'final') throw outcome.error;
      if (outcome.type === 'rate-limited') {
        if (refusals > retry.rateLimitWaits) throw outcome.error(retry.rateLimitWaits);
      } else {
        if (failures >= (request.attempts ?? retry.attempts)) throw outcome.error;
        if (outcome.wait === undefined) {
          await waitBeforeRetry(backoff(failures), failures, outcome.error, request.signal);
        }
      }
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

  async function answerOf(request: HttpRequest, send: (url: URL) => Promise<WireResult>): Promise<unknown> {
    request.signal?.throwIfAborted();
    const url = new URL(request.url);
    return exchange(request, url, hostOf(url, request.lane), () => send(url));
  }

  return {
    json: (request) => answerOf(request, (url) => wire.send(request, url)),
    async download<T>(request: DownloadRequest, sink: DownloadSink<T>) {
      const file = { accept: '*/*', ...request };
      return (await answerOf(file, (url) => wire.download(file, url, sink))) as T;
    },
    stats: wire.stats,
    close: wire.close,
  };
}

/** From the second refusal of a request on, an announced wait is not enough by itself: some services always say 0. */
function waitAfterRefusal(announced: number | undefined, refusals: number): number {
  if (announced !== undefined && refusals === 1) return announced;
  return Math.max(announced ?? 0, 1000 * 2 ** Math.min(refusals - 1, 6));
}

/** Up to a fifth more, at most a second, so that the programs behind one limit do not come back at once. */
function spread(wait: number, random: () => number): number {
  return wait + random() * Math.min(1000, wait / 5);
}
