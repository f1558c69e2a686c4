/**
 * What services say about waiting, as data with its source. A header's value is read as seconds, as an HTTP or
 * ISO 8601 date, or as epoch seconds; the first header that can be read wins.
 */
interface RateLimitHeader {
  readonly name: string;
  readonly reads: 'delay-or-date' | 'date-or-epoch';
  readonly source: string;
}

const headers: readonly RateLimitHeader[] = [
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

/** Announced waits are clamped: resets near zero are wrong in practice, and hours would look like a hang. */
export const shortestWait = 500;
export const longestWait = 120_000;

/** The wait in milliseconds that an answer asks for, clamped; undefined when it asks for none. */
export function announcedWait(answer: Readonly<Record<string, string>>, now: number): number | undefined {
  for (const { name, reads } of headers) {
    const value = answer[name]?.trim();
    if (!value) continue;
    const wait = reads === 'delay-or-date' ? delayOrDate(value, now) : dateOrEpoch(value, now);
    if (wait !== undefined) return Math.min(longestWait, Math.max(shortestWait, wait));
  }
  return undefined;
}

function delayOrDate(value: string, now: number): number | undefined {
  return /^-?\d+(\.\d+)?$/.test(value) ? Number(value) * 1000 : until(Date.parse(value), now);
}

function dateOrEpoch(value: string, now: number): number | undefined {
  return until(/^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value), now);
}

function until(time: number, now: number): number | undefined {
  return Number.isNaN(time) ? undefined : time - now;
}
