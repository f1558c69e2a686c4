import { type Answer, redirect } from '../answer.ts';
import { retryAfter } from '../fault-answers.ts';
import type { Fault } from '../faults.ts';
import { FIRST_PAGE } from './paging.ts';
import type { Json, SlackWorkspace } from './workspace.ts';

const HTML = { 'content-type': 'text/html; charset=utf-8' };

const page = (title: string, body: string): string =>
  `<!DOCTYPE html>\n<html lang="en"><head><title>${title} | Slack</title></head><body>${body}</body></html>\n`;

/** What people without a session get in place of what they asked for, as a success. */
export const loginPage: Answer = {
  status: 200,
  headers: HTML,
  body: page('Sign in', '<form action="/signin"><input name="email"></form>'),
};

export const refusal = (error: string): Answer => ({ status: 200, body: { ok: false, error } });

export const rateLimited = (headers: Answer['headers'] = {}): Answer => ({
  status: 429,
  headers,
  body: { ok: false, error: 'ratelimited' },
});

/** The answer that a fault puts in place of the real one; undefined when the fault needs the real one. */
export function answerOfFault(fault: Fault<SlackWorkspace>): Answer | undefined {
  switch (fault.kind) {
    case 'rate-limit':
      return rateLimited(retryAfter(fault));
    case 'status':
      return { status: fault.status, headers: HTML, body: page('Server Error', '<h1>Server Error</h1>') };
    case 'login-page':
      return loginPage;
    case 'refusal':
      return refusal(fault.error);
    case 'redirect':
      return redirect(fault.to);
    case 'empty':
      return { status: 200, body: '' };
    case 'expired-cursor':
      return refusal('invalid_cursor');
    default:
      return undefined;
  }
}

const LISTS = ['channels', 'members', 'messages'];

/** Distorts a page of a listing, if the fault is of that kind and the answer is one. Other answers pass unchanged. */
export function distortListing(fault: Fault<SlackWorkspace>, body: Json, cursor: string | undefined): Json {
  const lists = LISTS.filter((name) => Array.isArray(body[name]));
  if (lists.length === 0) return body;
  const emptied = { ...body, ...Object.fromEntries(lists.map((name) => [name, []])) };
  switch (fault.kind) {
    case 'empty-page':
      return leadingTo(emptied, cursor || FIRST_PAGE);
    case 'lost-page':
      return emptied;
    case 'cut-listing':
      return leadingTo(body, '');
    case 'repeated-page':
      return leadingTo(body, cursor || FIRST_PAGE);
    default:
      return body;
  }
}

/** The page with another cursor of the next one. */
function leadingTo(body: Json, cursor: string): Json {
  const more = 'has_more' in body ? { has_more: cursor !== '' } : {};
  return { ...body, ...more, response_metadata: { next_cursor: cursor } };
}
