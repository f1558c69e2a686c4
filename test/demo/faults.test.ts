import { expect, test } from 'vitest';
import { createFaultPlan, randomFaults } from '../../src/demo/faults.ts';
import * as edits from '../../src/demo/workspace/edits.ts';
import { allPages, startClient } from './client.ts';

const PAGES = '/wiki/api/v2/pages?limit=10';

test.each([
  ['seconds', /^3$/],
  ['date', /GMT$/],
  ['absurd', /^86400$/],
  ['absurd-date', /20\d\d .*GMT$/],
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

test('listings lie: an empty page, a page that leads to itself, one that is lost, an early end, an expired cursor', async () => {
  const client = await startClient();
  const { simulator, get, post } = client;
  const whole = (await allPages(client, PAGES)).results.length;
  simulator.faults.add({ fault: { kind: 'empty-page' } });
  const empty = (await get(PAGES)).json;
  expect(empty.results).toEqual([]);
  expect((await allPages(client, empty._links.next)).results).toHaveLength(whole);

  simulator.faults.add({ fault: { kind: 'lost-page' }, skip: 1 });
  expect((await allPages(client, PAGES)).results).toHaveLength(whole - 10);
  simulator.faults.add({ fault: { kind: 'cut-listing' }, skip: 1 });
  expect((await allPages(client, PAGES)).results).toHaveLength(20);

  const jql = { jql: 'project = SHOP', maxResults: 3 };
  const first = (await post('/rest/api/3/search/jql', jql)).json;
  simulator.faults.add({ fault: { kind: 'repeated-page' } });
  const second = (await post('/rest/api/3/search/jql', { ...jql, nextPageToken: first.nextPageToken })).json;
  expect(second.nextPageToken).toBe(first.nextPageToken);
  simulator.faults.add({ fault: { kind: 'empty-page' } });
  const again = (await post('/rest/api/3/search/jql', jql)).json;
  expect([again.issues, again.isLast]).toEqual([[], false]);
  const next = (await post('/rest/api/3/search/jql', { ...jql, nextPageToken: again.nextPageToken })).json;
  expect(next.issues).toEqual(first.issues);

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

test('a redirect leads to another origin', async () => {
  const { simulator, get } = await startClient();
  const to = 'http://127.0.0.1:1/elsewhere';
  simulator.faults.add({ fault: { kind: 'redirect', to } });
  const { status, headers } = await get(PAGES);
  expect([status, headers.get('location')]).toEqual([302, to]);
});

test('a listing changes under its reader', async () => {
  const client = await startClient();
  const { simulator, get } = client;
  const first = (await get(PAGES)).json;
  const [, , gone] = first.results;
  simulator.faults.add({ fault: { kind: 'edit', edit: (workspace) => edits.trashPage(workspace, gone.id) } });
  await get(first._links.next);
  const after = (await allPages(client, PAGES)).results;
  expect(after.map(({ id }: { id: string }) => id)).not.toContain(gone.id);
});

test('random faults depend on what is asked and on nothing else', () => {
  const draw = (seed: number, order: readonly number[]) => {
    const plan = createFaultPlan();
    plan.schedule = randomFaults({ rate: 0.3, seed, faults: [{ kind: 'reset' }, { kind: 'empty' }] });
    const drawn = order.map((index) => [index, plan.take('GET', `/${index}`)?.kind] as const);
    return drawn.sort(([a], [b]) => a - b);
  };
  const order = Array.from({ length: 40 }, (_, index) => index);
  expect(draw(7, order)).toEqual(draw(7, order.toReversed()));
  expect(draw(7, order)).not.toEqual(draw(8, order));
  expect(draw(7, order).filter(([, kind]) => kind).length).toBeGreaterThan(3);
});

test('random faults may last', () => {
  const plan = createFaultPlan();
  plan.schedule = randomFaults({ rate: 0.5, seed: 1, faults: [{ kind: 'reset' }], lasting: true });
  const first = Array.from({ length: 20 }, (_, index) => plan.take('GET', `/${index}`)?.kind);
  expect(Array.from({ length: 20 }, (_, index) => plan.take('GET', `/${index}`)?.kind)).toEqual(first);
  expect(new Set(first)).toEqual(new Set(['reset', undefined]));
});

test('a schedule may let a repeated request pass', () => {
  const plan = createFaultPlan();
  plan.schedule = ({ repetition }) => (repetition === 0 ? { kind: 'reset' } : undefined);
  expect([1, 2, 3].map(() => plan.take('POST', '/search', { jql: 'a' })?.kind)).toEqual([
    'reset',
    undefined,
    undefined,
  ]);
  expect(plan.take('POST', '/search', { jql: 'b' })?.kind).toBe('reset');
});
