import type { HttpResponse } from './client.ts';
import { serviceWord } from './service-message.ts';

/**
 * What services say about waiting and about what is left, as data with its source.
 */
interface WaitHeader {
  readonly name: string;
  readonly reads: 'delay-or-date' | 'date-or-epoch';
  readonly source: string;
}

/** The first that can be read wins. */
const waitHeaders: readonly WaitHeader[] = [
  {
    name: 'retry-after',
    reads: 'delay-or-date',
    source: 'https://www.rfc-editor.org/rfc/rfc9110#field.retry-after',
  },
  {
    name: 'x-ratelimit-reset',
    reads: 'date-or-epoch',
    source: 'https://developer.atlassian.com/cloud/jira/platform/rate-limiting/',
  },
];

/** How a service says, with another status than 429, that it refuses for one of its limits: in a header, or by a word in its answer. */
export type RefusalSign = { readonly status: number; readonly source: string } & (
  | {
      readonly header: string;
      /** The header's value; without it, any. */
      readonly value?: string;
    }
  | { readonly word: string }
);

const githubLimits =
  'https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit';

/** Secondary limits announce a wait, the primary one that nothing is left. */
export const githubRefusals: readonly RefusalSign[] = [
  { status: 403, header: 'retry-after', source: githubLimits },
  { status: 403, header: 'x-ratelimit-remaining', value: '0', source: githubLimits },
];

/** Limits that are renewed soon; those of a day, and of storage, are not among them. */
export const googleRefusals: readonly RefusalSign[] = ['rateLimitExceeded', 'userRateLimitExceeded'].map(
  (word) => ({
    ...{ status: 403, word },
    source: 'https://developers.google.com/workspace/drive/api/guides/handle-errors',
  }),
);

/** Whether an answer refuses for a limit, and not for good. */
export function isRefusal(signs: readonly RefusalSign[], answer: HttpResponse): boolean {
  if (answer.status === 429) return true;
  return signs.some((sign) => {
    if (sign.status !== answer.status) return false;
    if ('word' in sign) return serviceWord(answer.text) === sign.word;
    const found = answer.headers[sign.header]?.trim();
    return found !== undefined && (sign.value === undefined || found === sign.value);
  });
}

/** A quota that holds for all of a host's requests, that its answers announce, and that requests are paid from. */
export interface Quota {
  /**
   * Where answers say what is left: an entry of a list such as `"policy";r=11000;t=600` (left, seconds until it is renewed), or two
   * headers, the second with a date or epoch seconds.
   */
  readonly announced:
    | { readonly list: string; readonly policy: string }
    | { readonly remaining: string; readonly reset: string };
  /** Milliseconds from one renewal to the next: what lies farther ahead is no renewal of this quota. */
  readonly window: number;
  /** Below this requests are slowed down; in the quota's unit. */
  readonly reserve: number;
  readonly costs: { readonly read: Cost; readonly write: Cost };
  readonly source: string;
}

/** What a request takes from a quota: so much, and so much more for each object in its answer. */
interface Cost {
  readonly request: number;
  readonly object: number;
}

const atlassianPoints = {
  window: 3_600_000,
  // Ten of the largest listings, of 250 objects each: about what can be on the wire at once.
  reserve: 2_510,
  costs: { read: { request: 1, object: 1 }, write: { request: 1, object: 0 } },
  source: 'https://developer.atlassian.com/cloud/jira/platform/rate-limiting/',
} satisfies Partial<Quota>;

/**
 * Points per hour, of apps: requests with API tokens take none (https://developer.atlassian.com/cloud/confluence/rate-limiting/ says
 * the same of Confluence). Left out on purpose: `Beta-RateLimit`, whose limits are not enforced; `X-RateLimit-Remaining`, which
 * counts one call's requests in the current second, and the policy `jira-burst-based`, which does so too.
 */
export const atlassianQuotas: readonly Quota[] = [
  { ...atlassianPoints, announced: { list: 'ratelimit', policy: 'global-app-quota' } },
  { ...atlassianPoints, announced: { list: 'ratelimit', policy: 'tenant-app-quota' } },
];

/**
 * Requests per hour, of each of GitHub's resources by itself: what belongs to which is told by the lanes of the requests. A query of
 * GraphQL takes a point or a few, of as many points.
 */
export const githubQuotas: readonly Quota[] = [
  {
    announced: { remaining: 'x-ratelimit-remaining', reset: 'x-ratelimit-reset' },
    window: 3_600_000,
    reserve: 100,
    costs: { read: { request: 1, object: 0 }, write: { request: 1, object: 0 } },
    source: 'https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api',
  },
];

/** Announced waits are clamped: resets near zero are wrong in practice, and hours would look like a hang. */
export const shortestWait = 500;
export const longestWait = 120_000;

type Headers = Readonly<Record<string, string>>;

/** The wait in milliseconds that an answer asks for, clamped; undefined when it asks for none. */
export function announcedWait(answer: Headers, now: number): number | undefined {
  for (const { name, reads } of waitHeaders) {
    const value = answer[name]?.trim();
    if (!value || (name === 'x-ratelimit-reset' && isAnythingLeft(answer))) continue;
    const wait = reads === 'delay-or-date' ? delayOrDate(value, now) : dateOrEpoch(value, now);
    if (wait !== undefined) return Math.min(longestWait, Math.max(shortestWait, wait));
  }
  return undefined;
}

/** Some services name the renewal of a quota in every answer: it is a wait only for whom nothing is left. */
function isAnythingLeft(answer: Headers): boolean {
  return (wholeNumber(answer['x-ratelimit-remaining']) ?? 0) > 0;
}

export interface Remainder {
  readonly left: number;
  /** Milliseconds since the epoch. */
  readonly renewedAt: number;
}

/** What an answer says is left of the quota; undefined when it says nothing, or nothing that can be true. */
export function remainderOf(quota: Quota, answer: Headers, now: number): Remainder | undefined {
  const { left, wait } =
    'list' in quota.announced
      ? inList(answer[quota.announced.list], quota.announced.policy)
      : {
          left: wholeNumber(answer[quota.announced.remaining]),
          wait: dateOrEpoch(answer[quota.announced.reset] ?? '', now),
        };
  if (left === undefined || wait === undefined || wait <= 0 || wait > quota.window) return undefined;
  return { left, renewedAt: now + wait };
}

/** The part of a request by which services count. */
export interface CountedRequest {
  readonly method?: string;
  readonly url: string | URL;
}

/** Parameters that bound how many objects an answer holds. */
const pageSizes = ['limit', 'maxResults', 'per_page'];

/** The most that a request takes from the quota: how many objects come is known only afterwards. */
export function costOf(quota: Quota, { method = 'GET', url }: CountedRequest): number {
  const { request, object } = ['GET', 'HEAD', 'OPTIONS'].includes(method)
    ? quota.costs.read
    : quota.costs.write;
  const { searchParams } = new URL(url);
  const size = pageSizes.map((name) => wholeNumber(searchParams.get(name) ?? undefined)).find(Boolean);
  return request + object * (size ?? 1);
}

function inList(value = '', policy: string): { left: number | undefined; wait: number | undefined } {
  const entry = value.split(/,\s*(?=")/).find((candidate) => candidate.startsWith(`"${policy}"`)) ?? '';
  const parameter = (name: string) => wholeNumber(new RegExp(`;\\s*${name}=(\\d+)`).exec(entry)?.[1]);
  const seconds = parameter('t');
  return { left: parameter('r'), wait: seconds === undefined ? undefined : seconds * 1000 };
}

function wholeNumber(value: string | undefined): number | undefined {
  const trimmed = value?.trim() ?? '';
  return /^\d{1,15}$/.test(trimmed) ? Number(trimmed) : undefined;
}

function delayOrDate(value: string, now: number): number | undefined {
  return /^-?\d+(\.\d+)?$/.test(value) ? Number(value) * 1000 : until(value, now);
}

function dateOrEpoch(value: string, now: number): number | undefined {
  return /^\d+$/.test(value) ? Number(value) * 1000 - now : until(value, now);
}

/** `Date.parse` takes `in 7 s` for a day of 2001, so only what begins like an HTTP or ISO 8601 date is given to it. */
function until(value: string, now: number): number | undefined {
  const time = /^(?:[A-Z][a-z]{2,8},? |\d{4}-\d\d-\d\dT)/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? undefined : time - now;
}
