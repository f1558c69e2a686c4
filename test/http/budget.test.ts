import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../src/core/logger.ts';
import { createBudget } from '../../src/http/budget.ts';
import { atlassianQuotas, costOf, longestWait, type Quota, remainderOf } from '../../src/http/rate-limits.ts';
import { client, server } from './client-fixture.ts';
import { json, raw, script } from './server.ts';

const now = Date.UTC(2026, 0, 5, 9);
const [points] = atlassianQuotas;
if (points === undefined) throw new Error('Atlassian has quotas');

/** Another service's way: two headers, epoch seconds, and each request costs the same. */
const requests: Quota = {
  announced: { remaining: 'x-ratelimit-remaining', reset: 'x-ratelimit-reset' },
  window: 3_600_000,
  reserve: 100,
  costs: { read: { request: 1, object: 0 }, write: { request: 5, object: 0 } },
  source: 'https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api',
};

describe('what is left', () => {
  const seconds = (wait: number) => String(now / 1000 + wait);

  it.each<[string, Quota, Record<string, string>, [number, number] | undefined]>([
    ['an entry', points, { ratelimit: '"global-app-quota";r=11000;t=600' }, [11_000, 600]],
    ['one of several entries', points, { ratelimit: '"x";r=1;t=1, "global-app-quota"; t=9; r=5' }, [5, 9]],
    ['an entry without a remainder', points, { ratelimit: '"global-app-quota";t=3200' }, undefined],
    ['an entry without a time', points, { ratelimit: '"global-app-quota";r=5' }, undefined],
    ['another policy', points, { ratelimit: '"jira-burst-based";r=1;t=1' }, undefined],
    ['limits that are not enforced', points, { 'beta-ratelimit': '"global-app-quota";r=0;t=50' }, undefined],
    ['a time that is over', points, { ratelimit: '"global-app-quota";r=0;t=0' }, undefined],
    ['a day', points, { ratelimit: '"global-app-quota";r=0;t=86400' }, undefined],
    ['digits without end', points, { ratelimit: `"global-app-quota";r=0;t=${'9'.repeat(400)}` }, undefined],
    ['garbage', points, { ratelimit: 'r=0;t=60' }, undefined],
    ['two headers', requests, { 'x-ratelimit-remaining': '7', 'x-ratelimit-reset': seconds(60) }, [7, 60]],
    ['a past reset', requests, { 'x-ratelimit-remaining': '7', 'x-ratelimit-reset': seconds(-1) }, undefined],
    ['a reset of zero', requests, { 'x-ratelimit-remaining': '7', 'x-ratelimit-reset': '0' }, undefined],
    ['no reset', requests, { 'x-ratelimit-remaining': '7' }, undefined],
    [
      'a remainder below zero',
      requests,
      { 'x-ratelimit-remaining': '-7', 'x-ratelimit-reset': seconds(9) },
      undefined,
    ],
  ])('is read from %s', (_, quota, headers, expected) => {
    const remainder = remainderOf(quota, headers, now);
    expect(remainder && [remainder.left, (remainder.renewedAt - now) / 1000]).toEqual(expected);
  });
});

describe('a request costs', () => {
  const at = (query: string) => `https://a.atlassian.net/rest/api/3/x${query}`;

  it.each([
    ['two points for an object', 'GET', at('/ABC-1'), 2],
    ['a point for each object that a page may hold', 'GET', at('?limit=250'), 251],
    ['the same by the other product', 'GET', at('?maxResults=100'), 101],
    ['two points with a size that is none', 'GET', at('?limit=all'), 2],
    ['one point with another method', 'POST', at('?maxResults=100'), 1],
  ])('%s', (_, method, url, cost) => {
    expect(costOf(points, { method, url })).toBe(cost);
  });
});

/** A service that counts down from `left` by one with each request, `seconds` before it is renewed. */
async function counting(left: number, seconds: number, quota: Quota = requests) {
  let rest = left;
  const { origin, received } = await server((response, ...others) => {
    rest -= 1;
    const reset = String(now / 1000 + seconds);
    const headers = { 'x-ratelimit-remaining': String(rest), 'x-ratelimit-reset': reset };
    return json('ok', 200, headers)(response, ...others);
  });
  return { origin, received, ...client(origin, { quotas: [quota], random: () => 0 }) };
}

describe('while little is left', () => {
  it('requests are spread over the time until there is more', async () => {
    const { http, clock, origin } = await counting(13, 100);
    for (let sent = 0; sent < 5; sent += 1) await http.json({ url: origin });
    // 12 left is heard first; 11 of 100 s, then 10 of what remains of them, and so on.
    expect(clock.sleeps.map((ms) => Math.round(ms))).toEqual([9_091, 9_091]);
  });

  it('nothing waits as long as enough is left', async () => {
    const { http, clock, origin } = await counting(200, 100);
    for (let sent = 0; sent < 30; sent += 1) await http.json({ url: origin });
    expect(clock.sleeps).toEqual([]);
  });

  it('no request waits longer than the longest wait', async () => {
    const { http, clock, origin } = await counting(4, 3_500);
    for (let sent = 0; sent < 4; sent += 1) await http.json({ url: origin });
    expect(Math.max(...clock.sleeps)).toBe(longestWait);
  });

  it('it is told once', async () => {
    const lines: string[] = [];
    const { origin } = await counting(13, 100);
    const log = { ...silentLogger, info: (line: string) => void lines.push(line) };
    const { http } = client(origin, { quotas: [requests], log });
    for (let sent = 0; sent < 8; sent += 1) await http.json({ url: origin });
    expect(lines).toEqual([
      "wiki: little is left of the service's quota, going on slowly until it is renewed",
    ]);
  });

  it('a remainder that does not fall makes nobody wait, however small it is', async () => {
    const answer = json('ok', 200, { ratelimit: '"tenant-app-quota";r=0;t=3000' });
    const { origin } = await server(answer);
    const { http, clock } = client(origin, { quotas: atlassianQuotas });
    for (let sent = 0; sent < 20; sent += 1) await http.json({ url: origin });
    expect(clock.sleeps).toEqual([]);
  });

  it('a refusal is waited for once: what it says of the quota changes nothing', async () => {
    const refusal = raw('', 429, {
      'retry-after': '7',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': '2026-01-05T09:50:00Z',
      ratelimit: '"global-app-quota";r=0;t=3000',
    });
    const { origin } = await server(script(json(1), refusal, json('ok')));
    const { http, clock } = client(origin, { quotas: [...atlassianQuotas, requests], random: () => 0 });
    for (let sent = 0; sent < 4; sent += 1) await http.json({ url: origin });
    expect(clock.sleeps).toEqual([7_000]);
  });

  it('another host’s headers count for nothing after a redirect', async () => {
    const media = await counting(10, 600);
    const { origin } = await server(raw('', 302, { location: media.origin }));
    const { http, clock } = client(origin, { quotas: [requests] });
    for (let sent = 0; sent < 6; sent += 1) await http.json({ url: origin });
    expect(media.received).toHaveLength(6);
    expect(clock.sleeps).toEqual([]);
  });
});

describe('an account', () => {
  const page = { url: 'https://a.example/rest/api/3/x?limit=9' };
  const announce = (left: number, seconds: number) => ({
    ratelimit: `"global-app-quota";r=${left};t=${seconds}`,
  });

  it('is charged for what is on the wire, before an answer tells of it', () => {
    const budget = createBudget();
    budget.heard(points, announce(101, 100), now);
    budget.heard(points, announce(100, 100), now);
    const gaps = [1, 2, 3].map(() => budget.pay(points, page, now));
    expect(gaps).toEqual([10_000, 100_000 / 9, 100_000 / 8]);
  });

  it('is renewed when it was to be first, whatever is said later', () => {
    const budget = createBudget();
    budget.heard(points, announce(101, 100), now);
    budget.heard(points, announce(100, 3_000), now + 50_000);
    expect(budget.pay(points, page, now + 50_000)).toBe(5_000);
    expect(budget.pay(points, page, now + 100_000)).toBe(0);
  });
});

describe('whatever a service announces', () => {
  const count = fc.oneof(fc.integer({ min: -5, max: 5_000 }).map(String), fc.string({ maxLength: 8 }));
  const time = fc.oneof(fc.integer({ min: -5, max: 5_000 }), fc.maxSafeInteger()).map(String);
  const step = fc.record({ left: count, wait: time, passes: fc.nat(200_000) });

  it('a request waits between nothing and the longest wait, and nothing at all after the window', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const budget = createBudget();
        let time = now;
        for (const { left, wait, passes } of steps) {
          budget.heard(points, { ratelimit: `"global-app-quota";r=${left};t=${wait}` }, time);
          const gap = budget.pay(points, { url: 'https://a.example/?limit=250' }, time);
          expect(gap).toBeGreaterThanOrEqual(0);
          expect(gap).toBeLessThanOrEqual(longestWait);
          time += passes;
        }
        expect(budget.pay(points, { url: 'https://a.example/' }, time + points.window)).toBe(0);
      }),
    );
  });
});
