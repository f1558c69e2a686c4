import { expect, test } from 'vitest';
import { startClient } from './client.ts';

const anonymous = { authorization: '' };
const wrong = { authorization: `Basic ${btoa('mina.okafor@fernhollow.example:wrong')}` };

test.each(['/wiki/api/v2/pages', '/wiki/rest/api/user/current', '/rest/api/3/myself'])(
  '%s wants the right token',
  async (path) => {
    const { get, simulator } = await startClient();
    expect([
      (await get(path, anonymous)).status,
      (await get(path, wrong)).status,
      (await get(path)).status,
    ]).toEqual([401, 401, 200]);
    expect(simulator.requests.map((request) => request.authorized)).toEqual([false, false, true]);
  },
);

test('unknown paths are 404 in the form of their product', async () => {
  const { get } = await startClient();
  expect((await get('/wiki/api/v2/poems')).json.errors[0].status).toBe(404);
  expect((await get('/wiki/rest/api/poems')).json.statusCode).toBe(404);
  expect((await get('/rest/api/3/poems')).json.errorMessages).toHaveLength(1);
  expect((await get('/wiki/api/v2/pages/abc')).status).toBe(400);
});

test('a token with scopes is refused on the site and works at the gateway', async () => {
  const { get, simulator } = await startClient({ scopedToken: true });
  const { cloudId } = (await get('/_edge/tenant_info', anonymous)).json;
  expect(cloudId).toBe(simulator.cloudId);
  expect((await get('/wiki/api/v2/spaces')).status).toBe(401);
  expect((await get('/rest/api/3/myself')).status).toBe(401);
  const spaces = await get(`/ex/confluence/${cloudId}/wiki/api/v2/spaces?limit=1`);
  expect(spaces.json.results).toHaveLength(1);
  expect(spaces.json._links.next).toMatch(/^\/wiki\/api\/v2\/spaces\?/);
  expect((await get(`/ex/jira/${cloudId}/rest/api/3/myself`)).status).toBe(200);
  expect((await get(`/ex/jira/another-site/rest/api/3/myself`)).status).toBe(404);
  expect((await get(`/ex/jira/${cloudId}/rest/api/3/myself`, wrong)).status).toBe(401);
});

test('requests are recorded with what they asked for', async () => {
  const { get, post, simulator } = await startClient();
  await get('/wiki/api/v2/pages?limit=1');
  await get('/wiki/api/v2/pages?limit=1&body-format=storage');
  await post('/rest/api/3/search/jql', { jql: 'project = SHOP', fields: ['key'] });
  await post('/rest/api/3/issue/bulkfetch', { issueIdsOrKeys: ['SHOP-1'] });
  expect(simulator.requests.map(({ at, method, path, isBody }) => [at, method, path, isBody])).toEqual([
    [1, 'GET', '/wiki/api/v2/pages', false],
    [2, 'GET', '/wiki/api/v2/pages', true],
    [3, 'POST', '/rest/api/3/search/jql', false],
    [4, 'POST', '/rest/api/3/issue/bulkfetch', true],
  ]);
});

test('answers with a latency are on their way side by side', async () => {
  const { get, simulator } = await startClient({ latencyMs: 250 });
  const start = performance.now();
  const answers = Array.from({ length: 5 }, () => get('/wiki/api/v2/spaces'));
  expect((await Promise.race(answers)).status).toBe(200);
  const first = performance.now();
  expect(first - start).toBeGreaterThanOrEqual(249);
  expect(simulator.requests.filter(({ atMs }) => atMs < first)).toHaveLength(5);
  await Promise.all(answers);
});

test('edits can be ordered over HTTP where that is allowed', async () => {
  const closed = await startClient();
  expect((await closed.post('/__control', { op: 'applyMorning' })).status).toBe(404);

  const { post, get, simulator } = await startClient({ control: true });
  const args = [{ space: 'ENG', title: 'By hand', body: '<p>x</p>' }];
  const { json } = await post('/__control', { op: 'createPage', args });
  expect((await get(`/wiki/api/v2/pages/${json.result}`)).json.title).toBe('By hand');
  const fault = { fault: { kind: 'status', status: 500 }, path: 'spaces' };
  await post('/__control', { op: 'fault', args: [fault] });
  expect((await get('/wiki/api/v2/spaces')).status).toBe(500);
  expect((await post('/__control', { op: 'applyMorning' })).status).toBe(200);
  expect((await post('/__control', { op: 'paintItGreen' })).status).toBe(400);
  expect(simulator.workspace.revision).toBeGreaterThan(10);
});
