import type { ServerResponse } from 'node:http';
import { type Answer, redirect } from './answer.ts';
import type { Fault } from './faults.ts';
import { sameAgain } from './paging.ts';

const LOGIN_PAGE = `<!DOCTYPE html>
<html lang="en"><head><title>Log in with Atlassian account</title></head>
<body><main><h1>Log in to continue</h1><form action="/login"><input name="username"></form></main></body></html>
`;

/** The answer that a fault puts in place of the real one; undefined when the fault needs the real one. */
export function answerOfFault(fault: Fault): Answer | undefined {
  switch (fault.kind) {
    case 'rate-limit':
      return rateLimited(fault);
    case 'status':
      return { status: fault.status, body: { code: fault.status, message: `Injected ${fault.status}` } };
    case 'login-page':
      return { status: 200, headers: { 'content-type': 'text/html;charset=UTF-8' }, body: LOGIN_PAGE };
    case 'redirect':
      return redirect(fault.to);
    case 'empty':
      return { status: 200, headers: { 'content-type': 'application/json' }, body: '' };
    case 'expired-cursor':
      return {
        status: fault.status ?? 400,
        body: {
          errorMessages: ['The provided next page token is invalid or has expired.'],
          errors: [
            {
              status: fault.status ?? 400,
              code: 'INVALID_CURSOR',
              title: 'Cursor has expired',
              detail: null,
            },
          ],
        },
      };
    default:
      return undefined;
  }
}

function rateLimited(fault: Extract<Fault, { kind: 'rate-limit' }>): Answer {
  const headers = {
    'x-ratelimit-remaining': '0',
    'ratelimit-reason': 'jira-burst-based',
    ...retryAfter(fault),
  };
  return { status: 429, headers, body: { code: 429, message: 'Rate limit exceeded' } };
}

/** The header that says how long to wait, in the form that the fault wants. */
export function retryAfter(fault: Extract<Fault, { kind: 'rate-limit' }>): Readonly<Record<string, string>> {
  const seconds = fault.seconds ?? 1;
  switch (fault.retryAfter) {
    case 'date':
      return { 'retry-after': dateAhead(seconds) };
    case 'absurd-date':
      return { 'retry-after': dateAhead(365 * 86_400) };
    case 'absurd':
      return { 'retry-after': '86400' };
    case 'absent':
      return {};
    default:
      return { 'retry-after': String(seconds) };
  }
}

function dateAhead(seconds: number): string {
  return new Date(Date.now() + seconds * 1000).toUTCString();
}

/** Distorts a page of a listing, if the fault is of that kind and the answer is one. Other answers pass unchanged. */
export function distortListing(fault: Fault, answer: Answer, url: string): Answer {
  if (answer.status !== 200 || typeof answer.body !== 'object' || answer.body === null) return answer;
  if (answer.body instanceof Uint8Array) return answer;
  const body = answer.body as Record<string, unknown>;
  const current = new URL(url, 'http://localhost').searchParams;
  switch (fault.kind) {
    case 'empty-page':
      if (!isListing(body)) return answer;
      return { ...answer, body: leadingTo(withoutItems(body), url, sameAgain(tokenIn(current))) };
    case 'lost-page':
      return { ...answer, body: isListing(body) ? withoutItems(body) : body };
    case 'cut-listing':
      return { ...answer, body: leadingTo(body, url, undefined) };
    case 'repeated-page':
      return { ...answer, body: leadingTo(body, url, tokenIn(current) ?? sameAgain(null)) };
    default:
      return answer;
  }
}

/** A page of Jira's search, or of a listing of either version of Confluence. */
function isListing(body: Record<string, unknown>): boolean {
  return ('issues' in body && 'isLast' in body) || ('results' in body && '_links' in body);
}

function tokenIn(query: URLSearchParams): string | null {
  return query.get('cursor') ?? query.get('nextPageToken');
}

function withoutItems(body: Record<string, unknown>): Record<string, unknown> {
  const lists = ['results', 'issues'].filter((name) => name in body);
  return { ...body, ...Object.fromEntries(lists.map((name) => [name, []])) };
}

/** The page with another token of the next one. */
function leadingTo(
  body: Record<string, unknown>,
  url: string,
  token: string | undefined,
): Record<string, unknown> {
  if ('issues' in body && 'isLast' in body) {
    const { nextPageToken: _, ...rest } = body;
    return { ...rest, isLast: token === undefined, ...(token !== undefined && { nextPageToken: token }) };
  }
  if (!isListing(body)) return body;
  const { next: _, ...links } = body._links as Record<string, unknown>;
  if (token === undefined) return { ...body, _links: links };
  const next = new URL(url, 'http://localhost');
  next.searchParams.set('cursor', token);
  return { ...body, _links: { ...links, next: `${next.pathname}${next.search}` } };
}

/** Sends the bytes of an answer the way a transport fault wants it. True when it took the response over. */
export function sendFaulty(fault: Fault<never>, response: ServerResponse, bytes: Buffer): boolean {
  const half = Math.floor(bytes.length / 2);
  switch (fault.kind) {
    case 'truncated':
      response.setHeader('content-length', half);
      response.end(bytes.subarray(0, half));
      return true;
    case 'stalled-body':
      response.setHeader('content-length', bytes.length);
      response.write(bytes.subarray(0, half));
      return true;
    case 'slow-body': {
      response.setHeader('content-length', bytes.length);
      response.write(bytes.subarray(0, half));
      const timer = setTimeout(() => response.end(bytes.subarray(half)), fault.ms);
      response.on('close', () => clearTimeout(timer));
      return true;
    }
    default:
      return false;
  }
}
