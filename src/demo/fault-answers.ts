import type { ServerResponse } from 'node:http';
import type { Answer } from './answer.ts';
import type { Fault } from './faults.ts';

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
  const seconds = fault.seconds ?? 1;
  const headers: Record<string, string> = {
    'x-ratelimit-remaining': '0',
    'ratelimit-reason': 'jira-burst-based',
  };
  if (fault.retryAfter === 'date')
    headers['retry-after'] = new Date(Date.now() + seconds * 1000).toUTCString();
  else if (fault.retryAfter === 'absurd') headers['retry-after'] = '86400';
  else if (fault.retryAfter !== 'absent') headers['retry-after'] = String(seconds);
  return { status: 429, headers, body: { code: 429, message: 'Rate limit exceeded' } };
}

/** Distorts a listing: `empty-page` and `repeated-page`. Other answers pass unchanged. */
export function distortListing(fault: Fault, answer: Answer, url: string): Answer {
  if (answer.status !== 200 || typeof answer.body !== 'object' || answer.body === null) return answer;
  if (answer.body instanceof Uint8Array) return answer;
  const body = { ...answer.body } as Record<string, unknown>;
  const query = new URL(url, 'http://localhost').searchParams;
  const token = query.get('nextPageToken');
  if (fault.kind === 'empty-page') {
    for (const list of ['results', 'issues', 'values']) if (Array.isArray(body[list])) body[list] = [];
    if ('issues' in body)
      Object.assign(body, { isLast: false, nextPageToken: body.nextPageToken ?? token ?? 'more' });
    else if ('_links' in body) body._links = { next: url, ...(body._links as object) };
  }
  if (fault.kind === 'repeated-page') {
    if ('issues' in body)
      Object.assign(body, { isLast: false, nextPageToken: token ?? body.nextPageToken ?? 'more' });
    else if ('_links' in body) body._links = { ...(body._links as object), next: url };
  }
  return { ...answer, body };
}

/** Sends the bytes of an answer the way a transport fault wants it. True when it took the response over. */
export function sendFaulty(fault: Fault, response: ServerResponse, bytes: Buffer): boolean {
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
