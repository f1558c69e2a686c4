import { expect, test } from 'vitest';
import { HOUSE, STORE, startGithub } from './client.ts';

const ORIGIN = /^http:\/\/127\.0\.0\.1:\d+/;

test('both APIs answer below the prefix of an enterprise server and at the root', async () => {
  const { simulator, send, get } = await startGithub();
  const [origin = ''] = ORIGIN.exec(simulator.url) ?? [];
  expect((await get('/user')).json.login).toBe('mina-okafor');
  const atRoot = await send(`${origin}/user`);
  expect(atRoot.json.url).toBe(`${origin}/users/mina-okafor`);
  expect(atRoot.headers.get('x-github-enterprise-version')).toBeNull();
  expect((await get('/user')).headers.get('x-github-enterprise-version')).toContain('enterprise-server@');
  const body = JSON.stringify({ query: 'query Who { viewer { login } }', variables: { first: 1 } });
  for (const path of ['/graphql', '/api/graphql'])
    expect((await send(`${origin}${path}`, { method: 'POST', body })).json).toEqual({
      data: { viewer: { login: 'mina-okafor' } },
    });
  expect(JSON.stringify(simulator.requests)).not.toContain(simulator.token);
  expect(simulator.requests.at(-1)).toMatchObject({
    ...{ httpMethod: 'POST', path: '/graphql', operation: 'Who', variables: { first: 1 }, points: 1 },
    ...{ status: 200, authorized: true, userAgent: 'test' },
  });
});

test('what is wrong with a request is said with a status and a message', async () => {
  const { simulator, get, send } = await startGithub();
  const cases: [status: number, message: string, headers: Record<string, string>, path?: string][] = [
    [401, 'Bad credentials', { authorization: 'Bearer another' }],
    [401, 'Requires authentication', { authorization: 'Basic eA==' }],
    [403, 'Request forbidden by administrative rules', { 'user-agent': '' }],
    [400, '"2019-01-01" is not a supported version', { 'x-github-api-version': '2019-01-01' }],
    [404, 'Not Found', {}, '/repos/fernhollow/nothing'],
    [404, 'Not Found', {}, '/repos/fernhollow/storefront/issues/999'],
    [404, 'Not Found', {}, '/repos/fernhollow/storefront/pulls/2/nothing'],
    [404, 'Not Found', {}, '/nowhere'],
    [422, 'Validation Failed', {}, `/repos/${STORE}/issues?state=all&since=yesterday`],
    [422, 'Validation Failed', {}, '/search/issues?q='],
    [422, 'The listed users and repositories cannot be searched', {}, '/search/issues?q=repo:a/b'],
  ];
  for (const [status, message, headers, path = '/user'] of cases) {
    const reply = await get(path, headers);
    expect([path, reply.status, reply.json.message]).toEqual([
      path,
      status,
      expect.stringContaining(message),
    ]);
  }
  expect((await send(`${simulator.url}/user`, { method: 'DELETE' })).status).toBe(404);
  expect((await send(simulator.graphqlUrl, { method: 'POST', body: '{"query":' })).status).toBe(400);
  const version = await get('/user', { 'x-github-api-version': '2022-11-28' });
  expect(version.headers.get('x-github-api-version-selected')).toBe('2022-11-28');
});

test('what has not changed is answered with 304, and costs nothing', async () => {
  const { get } = await startGithub();
  const path = `/repos/${STORE}/issues?state=all`;
  const first = await get(path);
  const etag = first.headers.get('etag') ?? '';
  const again = await get(path, { 'if-none-match': etag });
  expect([again.status, again.text]).toEqual([304, '']);
  const remaining = (reply: typeof first) => Number(reply.headers.get('x-ratelimit-remaining'));
  expect(remaining(again)).toBe(remaining(first));
  const other = await get(`/repos/${HOUSE}/issues?state=all`, { 'if-none-match': etag });
  expect(other.status).toBe(200);
  expect(remaining(other)).toBe(remaining(first) - 1);
});

test('the budget of an hour runs out: 403 from REST, 200 with an error from GraphQL', async () => {
  let now = Date.parse('2026-03-02T08:00:00Z');
  const limits = { core: 2, graphql: 1, search: 1 };
  const { get, query, simulator, send } = await startGithub({ limits, clock: () => now });
  const replies = [await get('/user'), await get('/user'), await get('/user')];
  expect(replies.map(({ status }) => status)).toEqual([200, 200, 403]);
  expect(replies[2]?.json.message).toContain('API rate limit exceeded');
  expect(Object.fromEntries(replies[2]?.headers ?? [])).toMatchObject({
    ...{ 'x-ratelimit-limit': '2', 'x-ratelimit-remaining': '0', 'x-ratelimit-used': '2' },
    ...{ 'x-ratelimit-resource': 'core', 'x-ratelimit-reset': String(now / 1000 + 3_600) },
  });
  const search = '/search/issues?q=is:pr';
  expect([(await get(search)).status, (await get(search)).status]).toEqual([200, 403]);
  const asked = await query('{ rateLimit { cost limit remaining used nodeCount resetAt } }');
  expect(asked.data.rateLimit).toEqual({
    ...{ cost: 1, limit: 1, remaining: 0, used: 1, nodeCount: 0, resetAt: '2026-03-02T09:00:00Z' },
  });
  const body = JSON.stringify({ query: '{ viewer { login } }' });
  const limited = await send(simulator.graphqlUrl, { method: 'POST', body });
  expect([limited.status, limited.json.data, limited.json.errors[0].type]).toEqual([
    ...[200, undefined, 'RATE_LIMITED'],
  ]);
  const all = await get('/rate_limit');
  expect(all.json.resources.core).toMatchObject({ limit: 2, used: 2, remaining: 0 });
  now += 60_000;
  expect((await get(search)).status).toBe(200);
  expect((await get('/user')).status).toBe(403);
  now += 3_540_000;
  expect((await get('/user')).status).toBe(200);
});

test('queries that cannot be answered are refused, with the reason', async () => {
  const { query } = await startGithub();
  const reason = async (text: string, variables = {}) => {
    const { data, errors } = await query(text, variables);
    return [data, errors?.map(({ type, path, message }: Record<string, unknown>) => [type, path, message])];
  };
  const inStore = (fields: string) => `{ repository(owner: "fernhollow", name: "storefront") { ${fields} } }`;
  const type = (kind: string, message: RegExp, path: readonly unknown[]) => [
    [kind, path, expect.stringMatching(message)],
  ];
  expect(await reason(inStore('labels { totalCount }'))).toEqual([
    { repository: { labels: null } },
    type('MISSING_PAGINATION_BOUNDARIES', /`first` or `last`.*`labels`/, ['repository', 'labels']),
  ]);
  expect(await reason(inStore('labels(first: 101) { totalCount }'))).toEqual([
    { repository: { labels: null } },
    type('EXCESSIVE_PAGINATION', /101 records.*limit of 100/, ['repository', 'labels']),
  ]);
  expect(await reason(inStore('labels(first: 1, after: "x") { totalCount }'))).toEqual([
    { repository: { labels: null } },
    type('INVALID_CURSOR_ARGUMENTS', /`x` does not appear/, ['repository', 'labels']),
  ]);
  expect(await reason(inStore('issue(number: 3) { title }'))).toEqual([
    { repository: { issue: null } },
    type('NOT_FOUND', /an Issue with the number of 3/, ['repository', 'issue']),
  ]);
  expect(await reason('{ repository(owner: "a", name: "b") { id } viewer { login } }')).toEqual([
    { repository: null, viewer: { login: 'mina-okafor' } },
    type('NOT_FOUND', /Repository with the name 'a\/b'/, ['repository']),
  ]);
  const deep =
    'pullRequests(first: 100) { nodes { comments(first: 100) { nodes { reactionGroups { users(first: 100) { totalCount } } } } } }';
  expect(await reason(inStore(deep))).toEqual([
    undefined,
    type('MAX_NODE_LIMIT_EXCEEDED', /1010100 possible nodes/, undefined as never),
  ]);
  const [, problems] = await reason(inStore('colour'));
  expect(problems[0]).toEqual([undefined, undefined, expect.stringContaining('Cannot query field "colour"')]);
  const ids = Array.from({ length: 101 }, () => 'x');
  expect((await reason('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids }))[1]).toEqual(
    type('ARGUMENT_LIMIT', /more than 100/, ['nodes']),
  );
});

test('what a query costs depends on what it may give', async () => {
  const { query, simulator } = await startGithub();
  await query(
    'query Big($n: Int!) { repository(owner: "fernhollow", name: "storefront") { pullRequests(first: $n) { nodes { comments(first: 10) { nodes { id } } reviews(first: 10) { nodes { comments(first: 5) { totalCount } } } } } } }',
    { n: 50 },
  );
  // 1 list, 50 × 2 lists, 50 × 10 lists of comments: 601 requests.
  expect(simulator.requests.at(-1)).toMatchObject({ operation: 'Big', points: 6 });
});

test('a query for more details than it may ask for takes too long', async () => {
  const { send, simulator } = await startGithub({ detailLimit: 3 });
  const ask = async (first: number, fields: string) => {
    const query = `{ repository(owner: "fernhollow", name: "storefront") { pullRequests(first: ${first}) { nodes { title ${fields} } } } }`;
    return send(simulator.graphqlUrl, { method: 'POST', body: JSON.stringify({ query }) });
  };
  const tooMuch = await ask(4, 'reviewThreads(first: 10) { totalCount }');
  expect([tooMuch.status, tooMuch.json.data]).toEqual([502, null]);
  expect(tooMuch.json.errors[0].message).toContain('may be the result of a timeout');
  expect(
    (await ask(3, 'reviewThreads(first: 10) { totalCount } commits(first: 5) { totalCount }')).status,
  ).toBe(200);
  expect((await ask(7, 'body')).status).toBe(200);
});
