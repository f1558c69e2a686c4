import { type Answer, redirect } from '../answer.ts';
import { retryAfter } from '../fault-answers.ts';
import type { Fault } from '../faults.ts';
import { refusal } from './graphql/run.ts';
import type { Received } from './requests.ts';
import { restError } from './rest/call.ts';

const LOGIN_PAGE = `<!DOCTYPE html>
<html lang="en"><head><title>Sign in to GitHub</title></head>
<body><h1>Sign in to GitHub</h1><form action="/session"><input name="login"></form></body></html>
`;

const UNICORN = `<!DOCTYPE html>
<html lang="en"><head><title>Unicorn! · GitHub</title></head>
<body><p><strong>We had issues producing the response to your request.</strong></p></body></html>
`;

const html = (status: number, body: string): Answer => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body,
});

/** The answer that a fault puts in place of the real one; undefined when the fault needs the real one. */
export function answerOfFault(fault: Fault<never>, received: Received): Answer | undefined {
  const isGraphql = received.graphql !== 'absent';
  switch (fault.kind) {
    case 'rate-limit':
      return fault.retryAfter === 'absent' ? exhausted(isGraphql, fault.seconds ?? 1) : secondary(fault);
    case 'status':
      return answerOfStatus(fault.status, isGraphql);
    case 'refusal':
      return isGraphql
        ? refusal(fault.error, `The service says ${fault.error}.`)
        : restError(422, fault.error);
    case 'login-page':
      return html(200, LOGIN_PAGE);
    case 'empty':
      return { status: 200, headers: { 'content-type': 'application/json; charset=utf-8' }, body: '' };
    case 'expired-cursor':
      return refusal('INVALID_CURSOR_ARGUMENTS', '`cursor` does not appear to be a valid cursor.');
    case 'redirect':
      return redirect(fault.to);
    default:
      return undefined;
  }
}

const MESSAGES: Readonly<Record<number, string>> = {
  401: 'Bad credentials',
  403: 'Resource not accessible by personal access token',
  404: 'Not Found',
  410: 'This issue was deleted',
};

function answerOfStatus(status: number, isGraphql: boolean): Answer {
  if (status < 500) return restError(status, MESSAGES[status] ?? `Injected ${status}`);
  if (isGraphql && status === 502) return gaveUp;
  return html(status, UNICORN);
}

/** A query that took too long; no documentation shows this answer, which clients have met since the API began. */
export const gaveUp: Answer = {
  status: 502,
  body: {
    data: null,
    errors: [
      {
        message:
          'Something went wrong while executing your query. This may be the result of a timeout, or it could be a GitHub bug. Please include `0400:05C2:0FH:0000` when reporting this issue.',
      },
    ],
  },
};

/** https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit */
function secondary(fault: Extract<Fault, { kind: 'rate-limit' }>): Answer {
  const message = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
  return { ...restError(403, message), headers: retryAfter(fault) };
}

/** The budget of the hour is used up for as many seconds: 403 from REST, 200 with an error from GraphQL. */
export function exhausted(isGraphql: boolean, seconds: number): Answer {
  const headers = {
    'x-ratelimit-limit': '5000',
    'x-ratelimit-used': '5000',
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000 + seconds)),
  };
  const answer = isGraphql
    ? refusal('RATE_LIMITED', 'API rate limit exceeded for user ID 1001.')
    : restError(403, 'API rate limit exceeded for user ID 1001.');
  return { ...answer, headers };
}

/** Distorts a page of a listing of REST, if the fault is of that kind and the answer is one. */
export function distortListing(fault: Fault<never>, answer: Answer, received: Received): Answer {
  const items = itemsOf(answer.body);
  if (answer.status !== 200 || received.graphql !== 'absent' || items === undefined) return answer;
  // What is distorted is not what its tag stands for.
  const { link, etag: _, ...others } = answer.headers ?? {};
  const { api, path, query } = received;
  const leadingTo = (address: string) => ({ ...others, link: `<${address}>; rel="next"` });
  const same = `${api}${path}?${query}`;
  switch (fault.kind) {
    case 'empty-page':
      return { ...answer, headers: leadingTo(same), body: withItems(answer.body, []) };
    case 'lost-page':
      return { ...answer, headers: { ...others, ...(link && { link }) }, body: withItems(answer.body, []) };
    case 'cut-listing':
      return { ...answer, headers: others };
    case 'repeated-page':
      return { ...answer, headers: leadingTo(same) };
    default:
      return answer;
  }
}

function itemsOf(body: unknown): readonly unknown[] | undefined {
  if (Array.isArray(body)) return body;
  const { items } = (body ?? {}) as { readonly items?: unknown };
  return Array.isArray(items) ? items : undefined;
}

const withItems = (body: unknown, items: readonly unknown[]): unknown =>
  Array.isArray(body) ? items : { ...(body as object), items };
