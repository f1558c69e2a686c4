import type { Clock } from '../core/clock.ts';
import { type CtxError, ctxError } from '../core/errors/index.ts';
import type { HttpClient, HttpRequest } from './client.ts';

/** One call of the Web API; the answer is the JSON as it came, after `ok` was looked at. */
export interface SlackTransport {
  call(
    method: string,
    parameters: SlackParameters,
    what: string,
    onHeaders?: HttpRequest['onHeaders'],
  ): Promise<unknown>;
}

export type SlackParameters = { readonly [name: string]: string | number | boolean | undefined };

export interface SlackTransportOptions {
  readonly http: HttpClient;
  readonly source: string;
  /** The origin of the Web API, such as `https://slack.com`. */
  readonly origin: string;
  /** The most calls of a method in a minute. */
  readonly perMinute: (method: string) => number;
  /** The least time between two calls of a method, in seconds. */
  readonly delay: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** What the service says of itself, with status 200: another attempt may be answered. */
const TRANSIENT = new Set(['fatal_error', 'internal_error', 'request_timeout', 'service_unavailable']);

/** The token is not, or no longer, good for anything. https://docs.slack.dev/reference/methods/auth.test#errors */
const REFUSED = new Set([
  ...['account_inactive', 'invalid_auth', 'not_authed', 'token_expired', 'token_revoked'],
  ...['ekm_access_denied', 'org_login_required', 'team_access_not_granted'],
]);

const ATTEMPTS = 4;
const WAIT_MS = 1000;

/**
 * Calls of Slack's Web API. Each method has its own limit, and its refusals hold up no other method
 * (https://docs.slack.dev/apis/web-api/rate-limits). Failures that come with status 200 become errors of the catalogue.
 */
export function slackTransport(options: SlackTransportOptions): SlackTransport {
  const { http, source, origin, perMinute, delay, clock, signal } = options;

  async function once(
    method: string,
    parameters: SlackParameters,
    what: string,
    onHeaders: HttpRequest['onHeaders'],
  ): Promise<Answer> {
    const url = new URL(`/api/${method}`, origin);
    for (const [name, value] of Object.entries(parameters))
      if (value !== undefined) url.searchParams.set(name, String(value));
    const lane =
      delay > 0
        ? { name: method, perMinute: Math.min(perMinute(method), 60 / delay), atOnce: 1 }
        : { name: method, perMinute: perMinute(method) };
    const answer = await http.json({ url, what, lane, signal, ...(onHeaders && { onHeaders }) });
    if (typeof answer === 'object' && answer !== null && 'ok' in answer) return answer as Answer;
    throw ctxError('source.unexpected-answer', {
      source,
      what,
      problem: 'the answer does not say whether it is ok',
    });
  }

  return {
    async call(method, parameters, what, onHeaders) {
      for (let attempt = 1; ; attempt += 1) {
        const answer = await once(method, parameters, what, onHeaders);
        if (answer.ok === true) return answer;
        const failure = failureOf({ source, method, what }, answer);
        if (!TRANSIENT.has(failure.error) || attempt === ATTEMPTS) throw failure.toThrow;
        await clock.sleep(WAIT_MS * 2 ** (attempt - 1), signal);
      }
    },
  };
}

interface Answer {
  readonly ok?: unknown;
  readonly error?: unknown;
  readonly needed?: unknown;
}

function failureOf(
  call: { readonly source: string; readonly method: string; readonly what: string },
  { error, needed }: Answer,
): { readonly error: string; readonly toThrow: CtxError } {
  // It is printed: nothing but a word of the API's.
  const word = typeof error === 'string' && /^[a-z0-9_]{1,64}$/.test(error) ? error : 'unknown_error';
  if (REFUSED.has(word)) return { error: word, toThrow: ctxError('slack.refused', { ...call, error: word }) };
  if (word !== 'missing_scope')
    return { error: word, toThrow: ctxError('slack.error', { ...call, error: word }) };
  const scope = typeof needed === 'string' && /^[a-z0-9_:.,-]{1,200}$/.test(needed) ? needed : undefined;
  return { error: word, toThrow: ctxError('slack.missing-scope', { ...call, ...(scope && { scope }) }) };
}
