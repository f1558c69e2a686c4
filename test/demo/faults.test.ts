import { expect, test } from 'vitest';
import { createFaultPlan } from '../../src/demo/faults.ts';
import { allPages, startClient } from './client.ts';

const PAGES = '/wiki/api/v2/pages?limit=10';

test.each([
  ['seconds', /^3$/],
  ['date', /GMT$/],
  ['absurd', /^86400$/],
] as const)('a 429 tells when to come back: %s', async (retryAfter, pattern) => {
  const { simulator, get } = await startClient();
  simulator.faults.add({ fault: { kind: 'rate-limit', retryAfter, seconds: 3 } });
  const refused = await get(PAGES);
  expect(refused.status).toBe(429);
  expect(refused.headers.get('retry-after')).toMatch(pattern);
  expect((await get(PAGES)).status).toBe(200);
});

test('a 429 may also say nothing', async () => {
  const { simulator, get } = await startClient();
  simulator.faults.add({ fault: { kind: 'rate-limit', retryAfter: 'absent' } });
  expect((await get(PAGES)).headers.has('retry-after')).toBe(false);
});

test('rules choose by method, path, how many pass before and how often they act', async () => {
  const { simulator, get, post } = await startClient();
  simulator.faults.add({
    fault: { kind: 'status', status: 503 },
    method: 'GET',
    path: /\/pages\?/,
    skip: 1,
    times: 2,
  });
  const statuses = [];
  for (let round = 0; round < 4; round += 1) statuses.push((await get(PAGES)).status);
  expect(statuses).toEqual([200, 503, 503, 200]);
  expect((await get('/wiki/api/v2/spaces')).status).toBe(200);
  expect((await post('/wiki/api/v2/users-bulk', { accountIds: [] })).status).toBe(200);
  expect(simulator.requests.map((request) => request.fault)).toEqual([
    undefined,
    'status',
    'status',
    undefined,
    undefined,
    undefined,
  ]);
});

test('answers break in transport: reset, truncated, stalled, slow', async () => {
  const { simulator, get } = await startClient();
  simulator.faults.add({ fault: { kind: 'reset' } });
  await expect(get(PAGES)).rejects.toThrow('fetch failed');
  simulator.faults.add({ fault: { kind: 'truncated' } });
  const cut = await get(PAGES);
  expect([cut.status, cut.json]).toEqual([200, undefined]);
  simulator.faults.add({ fault: { kind: 'slow-body', ms: 60 } });
  const start = performance.now();
  expect((await get(PAGES)).json.results).toHaveLength(10);
  expect(performance.now() - start).toBeGreaterThan(50);
  simulator.faults.add({ fault: { kind: 'stalled-body' } });
  const { username, token } = simulator.credentials;
  const stalled = fetch(`${simulator.url}${PAGES}`, {
    headers: { authorization: `Basic ${btoa(`${username}:${token}`)}` },
    signal: AbortSignal.timeout(150),
  }).then((response) => response.text());
  await expect(stalled).rejects.toThrow(/timeout/);
});

test('answers that are no answers: a login page, an empty body', async () => {
  const { simulator, get } = await startClient();
  simulator.faults.add({ fault: { kind: 'login-page' } });
  const login = await get(PAGES);
  expect([login.status, login.headers.get('content-type')]).toEqual([200, 'text/html;charset=UTF-8']);
  expect(login.text).toContain('Log in');
  simulator.faults.add({ fault: { kind: 'empty' } });
  expect(await get(PAGES)).toMatchObject({ status: 200, text: '' });
});

test('listings lie: an empty page that goes on, a page that leads to itself, an expired cursor', async () => {
  const client = await startClient();
  const { simulator, get, post } = client;
  simulator.faults.add({ fault: { kind: 'empty-page' } });
  const empty = (await get(PAGES)).json;
  expect(empty.results).toEqual([]);
  expect(empty._links.next).toContain('/wiki/api/v2/pages');
  expect((await allPages(client, empty._links.next)).results.length).toBeGreaterThan(40);

  const jql = { jql: 'project = SHOP', maxResults: 3 };
  const first = (await post('/rest/api/3/search/jql', jql)).json;
  simulator.faults.add({ fault: { kind: 'repeated-page' } });
  const second = (await post('/rest/api/3/search/jql', { ...jql, nextPageToken: first.nextPageToken })).json;
  expect(second.nextPageToken).toBe(first.nextPageToken);

  simulator.faults.add({ fault: { kind: 'expired-cursor', status: 410 } });
  const page = (await get(PAGES)).json;
  expect((await get(page._links.next)).status).toBe(410);
});

test('a document may be listed and yet be unreadable', async () => {
  const { simulator, get } = await startClient();
  const [page] = (await get(PAGES)).json.results;
  simulator.faults.forbidden.add(page.id);
  expect((await get(`/wiki/api/v2/pages/${page.id}`)).status).toBe(404);
  expect((await get(PAGES)).json.results[0].id).toBe(page.id);
});

test('random faults are the same for the same seed', () => {
  const draw = (seed: number) => {
    const plan = createFaultPlan();
    plan.randomly({ rate: 0.3, seed, faults: [{ kind: 'reset' }, { kind: 'empty' }] });
    return Array.from({ length: 40 }, (_, index) => plan.take('GET', `/${index}`)?.kind);
  };
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
  expect(draw(7).filter(Boolean).length).toBeGreaterThan(3);
});
