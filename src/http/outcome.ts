import type { HttpFailure } from '../core/errors/http.ts';
import { type CtxError, ctxError } from '../core/errors/index.ts';
import type { HttpRequest, HttpResponse } from './client.ts';
import type { Load } from './host.ts';
import { announcedWait, isRefusal, type RefusalSign } from './rate-limits.ts';
import { isMissingScope, serviceReason, serviceWord } from './service-message.ts';
import { COMPRESSED, PROXY_ANSWERED, type WireResult } from './wire.ts';

/** What an attempt means for its request: an answer, another attempt, or the end. */
export type Outcome =
  | { readonly type: 'answer'; readonly value: unknown }
  | { readonly type: 'final'; readonly error: unknown }
  /** Worth another attempt; `wait` is what the service asked for, of all requests to the host. */
  | { readonly type: 'transient'; readonly error: CtxError; readonly wait?: number }
  | {
      readonly type: 'rate-limited';
      readonly wait: number | undefined;
      readonly error: (retries: number) => CtxError;
    };

export interface Attempt {
  readonly source: string;
  readonly request: HttpRequest;
  readonly url: URL;
  readonly now: number;
  readonly refusals: readonly RefusalSign[];
}

/**
 * What the next attempt would meet too: an unknown name (the resolver's own troubles are EAI_AGAIN), a
 * certificate, a request that cannot be sent, a client that was closed, a proxy that refuses.
 */
const permanentReasons = new RegExp(
  `^ENOTFOUND$|CERT|SELF_SIGNED|^ERR_(SSL|TLS)|^UND_ERR_(INVALID_ARG|DESTROYED|CLOSED)$|^${PROXY_ANSWERED} 4`,
);

const transientStatuses = new Set([500, 502, 503, 504]);

/**
 * A timeout is a sign of load, for an overloaded service answers late before it refuses. A broken connection is not: networks drop
 * them, and services close those that were idle at the moment they are used again.
 */
export function loadOf(result: WireResult): Load {
  if (result.type === 'timeout') return 'too-much';
  if (result.type === 'downloaded') return 'bearable';
  if (result.type !== 'response') return 'unknown';
  const { status } = result.response;
  return status === 429 || status >= 500 ? 'too-much' : 'bearable';
}

/** Any request may be sent again: what may not says so by its `attempts`. */
export function classify(result: WireResult, attempt: Attempt): Outcome {
  const at = failureOf(attempt);
  const redirectedAway = 'finalUrl' in result && result.finalUrl.origin !== attempt.url.origin;
  switch (result.type) {
    case 'downloaded':
      return { type: 'answer', value: result.value };
    case 'sink-failed':
      return final(result.error);
    case 'page':
      return pageInstead(at, 'the file', redirectedAway);
    case 'too-large':
      return final(ctxError('http.too-large', { ...at, limit: result.limit }));
    case 'timeout':
      return transient(ctxError('http.timeout', { ...at, phase: result.phase }, result.cause));
    case 'broken': {
      const error = ctxError('http.unreachable', { ...at, reason: result.reason }, result.cause);
      const isPermanent = result.reason === COMPRESSED || permanentReasons.test(result.reason);
      return isPermanent ? final(error) : transient(error);
    }
    case 'response':
      return result.response.status < 300
        ? classifySuccess(result.response, at, attempt, redirectedAway)
        : classifyStatus(result.response, at, attempt, redirectedAway);
  }
}

function failureOf({ source, request, url }: Attempt): HttpFailure {
  const at = { source, request: `${request.method ?? 'GET'} ${url.host}${url.pathname}` };
  return request.what === undefined ? at : { ...at, what: request.what };
}

function classifySuccess(
  { status, headers, text }: HttpResponse,
  at: HttpFailure,
  { request, now }: Attempt,
  redirectedAway: boolean,
): Outcome {
  if (status === 204) return { type: 'answer', value: undefined };
  const start = text.trimStart();
  if (start === '') return transient(ctxError('http.empty', at));
  if (start.startsWith('<')) return pageInstead(at, 'JSON', redirectedAway);
  try {
    const value: unknown = JSON.parse(text);
    return request.isRefusal?.(value) ? rateLimited(headers, at, now) : { type: 'answer', value };
  } catch {
    // The parser's error quotes the text, which may be a document's.
    return transient(ctxError('http.invalid-json', at));
  }
}

function pageInstead(at: HttpFailure, expected: string, redirectedAway: boolean): Outcome {
  const error = ctxError('http.login-page', { ...at, expected });
  return redirectedAway ? final(error) : transient(error);
}

function classifyStatus(
  { status, headers, text }: HttpResponse,
  at: HttpFailure,
  { now, refusals }: Attempt,
  redirectedAway: boolean,
): Outcome {
  if (isRefusal(refusals, { status, headers, text })) return rateLimited(headers, at, now);
  if (transientStatuses.has(status)) {
    return transient(ctxError('http.server-error', { ...at, status }), announcedWait(headers, now));
  }
  // Another origin gets no credentials, so it says nothing of them.
  if (status === 401 && redirectedAway) return final(ctxError('http.forbidden', { ...at, status }));
  return final(statusError(status, text, at));
}

function rateLimited(headers: HttpResponse['headers'], at: HttpFailure, now: number): Outcome {
  return {
    type: 'rate-limited',
    wait: announcedWait(headers, now),
    error: (retries) => ctxError('http.too-many-requests', { ...at, retries }),
  };
}

function statusError(status: number, text: string, at: HttpFailure): CtxError {
  switch (status) {
    case 400:
    case 422: {
      const reason = serviceReason(text);
      return ctxError(
        'http.bad-request',
        reason === undefined ? { ...at, status } : { ...at, status, reason },
      );
    }
    case 401:
      return ctxError('http.unauthorized', { ...at, missingScope: isMissingScope(text) });
    case 403: {
      const word = serviceWord(text);
      return ctxError('http.forbidden', { ...at, status, ...(word !== undefined && { word }) });
    }
    case 404:
      return ctxError('http.not-found', at);
    case 410:
      return ctxError('http.gone', at);
    default:
      return status >= 500
        ? ctxError('http.server-error', { ...at, status })
        : ctxError('http.unexpected-status', { ...at, status });
  }
}

function final(error: unknown): Outcome {
  return { type: 'final', error };
}

function transient(error: CtxError, wait?: number): Outcome {
  return wait === undefined ? { type: 'transient', error } : { type: 'transient', error, wait };
}
