import { expect, test } from 'vitest';
import { type Fault, randomFaults } from '../../../src/demo/faults.ts';
import * as edits from '../../../src/demo/github/edits.ts';
import type { GithubWorkspace } from '../../../src/demo/github/workspace.ts';
import type { Loose } from '../client.ts';
import { STORE, startGithub } from './client.ts';

const LISTING = `/repos/${STORE}/issues?state=all&per_page=4&page=`;
const ISSUES = /^\/repos\/fernhollow\/storefront\/issues\?/;

const PULLS = `query ListPulls($after: String) { repository(owner: "fernhollow", name: "storefront") {
  pullRequests(first: 3, after: $after) { nodes { number } pageInfo { hasNextPage endCursor } } } }`;

async function startFaulty() {
  const client = await startGithub();
  const { faults } = client.simulator;
  const list = async (page = 1) => client.get(`${LISTING}${page}`);
  const pulls = async (after?: string) => (await client.query(PULLS, { after })).data.repository.pullRequests;
  const raw = (after?: string) => {
    const body = JSON.stringify({ query: PULLS, variables: { after } });
    return client.send(client.simulator.graphqlUrl, { method: 'POST', body });
  };
  return { ...client, faults, list, pulls, raw };
}

const numbers = (items: readonly Loose[]): number[] => items.map(({ number }) => number);

test('REST fails in the forms that the service has', async () => {
  const { faults, list, simulator } = await startFaulty();
  const next = async (fault: Fault<GithubWorkspace>) => {
    faults.add({ fault, path: ISSUES });
    const { status, headers, text, json } = await list();
    return {
      status,
      type: headers.get('content-type'),
      wait: headers.get('retry-after'),
      headers,
      text,
      json,
    };
  };
  const secondary = await next({ kind: 'rate-limit', seconds: 7 });
  expect(secondary).toMatchObject({ status: 403, wait: '7' });
  expect(secondary.json.message).toContain('secondary rate limit');
  const primary = await next({ kind: 'rate-limit', retryAfter: 'absent', seconds: 30 });
  expect(primary).toMatchObject({ status: 403, wait: null });
  expect(primary.headers.get('x-ratelimit-remaining')).toBe('0');
  expect(Number(primary.headers.get('x-ratelimit-reset')) - Date.now() / 1000).toBeGreaterThan(25);
  expect(await next({ kind: 'status', status: 401 })).toMatchObject({ json: { message: 'Bad credentials' } });
  for (const status of [500, 503])
    expect(await next({ kind: 'status', status })).toMatchObject({
      status,
      type: 'text/html; charset=utf-8',
    });
  expect((await next({ kind: 'login-page' })).text).toContain('Sign in to GitHub');
  const half = await next({ kind: 'truncated' });
  expect([half.status, half.json]).toEqual([200, undefined]);
  expect(half.text).toMatch(/^\[\{"url"/);
  expect(await next({ kind: 'empty' })).toMatchObject({ status: 200, text: '' });
  await expect(next({ kind: 'reset' })).rejects.toThrow();
  expect(simulator.requests.map(({ fault }) => fault)).toEqual(faults.given.map(({ kind }) => kind));
  expect(simulator.requests.at(-1)?.status).toBe(0);
  expect((await list()).status).toBe(200);
});

test('GraphQL fails in its own forms, and rules select operations by their names', async () => {
  const { faults, raw, pulls, simulator } = await startFaulty();
  const operation = /^\/graphql\?operation=ListPulls\b/;
  const next = async (fault: Fault<GithubWorkspace>) => {
    faults.add({ fault, path: operation, method: 'POST' });
    const { status, headers, json } = await raw();
    return {
      status,
      remaining: headers.get('x-ratelimit-remaining'),
      wait: headers.get('retry-after'),
      json,
    };
  };
  expect(await next({ kind: 'rate-limit', retryAfter: 'absent' })).toMatchObject({
    ...{ status: 200, remaining: '0', json: { errors: [{ type: 'RATE_LIMITED' }] } },
  });
  expect(await next({ kind: 'rate-limit', seconds: 3 })).toMatchObject({ status: 403, wait: '3' });
  expect(await next({ kind: 'status', status: 502 })).toMatchObject({ status: 502, json: { data: null } });
  expect(await next({ kind: 'refusal', error: 'SERVICE_UNAVAILABLE' })).toMatchObject({
    ...{ status: 200, json: { errors: [{ type: 'SERVICE_UNAVAILABLE' }] } },
  });
  expect(simulator.requests.every((each) => each.operation === 'ListPulls')).toBe(true);
  faults.add({ fault: { kind: 'status', status: 500 }, path: /operation=Another/ });
  expect((await pulls()).nodes).toHaveLength(3);
  faults.add({ fault: { kind: 'expired-cursor' } });
  const first = await pulls();
  faults.clear();
  faults.add({ fault: { kind: 'expired-cursor' } });
  const { json } = await raw(first.pageInfo.endCursor);
  expect(json.errors[0].type).toBe('INVALID_CURSOR_ARGUMENTS');
});

test('listings of REST lie about where they go on', async () => {
  const { faults, list, get } = await startFaulty();
  const first = await list();
  const linked = (reply: typeof first) => /<([^>]+)>; rel="next"/.exec(reply.headers.get('link') ?? '')?.[1];
  const lying = async (kind: 'empty-page' | 'lost-page' | 'cut-listing' | 'repeated-page') => {
    faults.add({ path: ISSUES, fault: { kind } });
    return list();
  };
  const empty = await lying('empty-page');
  expect(empty.json).toEqual([]);
  expect((await get(linked(empty) ?? '')).json).toEqual(first.json);
  const lost = await lying('lost-page');
  expect([lost.json, linked(lost)]).toEqual([[], linked(first)]);
  const cut = await lying('cut-listing');
  expect([cut.json, linked(cut)]).toEqual([first.json, undefined]);
  const repeated = await lying('repeated-page');
  expect((await get(linked(repeated) ?? '')).json).toEqual(first.json);
  faults.add({ path: /^\/search/, fault: { kind: 'lost-page' } });
  expect((await get('/search/issues?q=is:pr')).json).toMatchObject({ total_count: 12, items: [] });
});

test('connections of GraphQL lie as well', async () => {
  const { faults, pulls } = await startFaulty();
  const first = await pulls();
  const lying = async (kind: Fault['kind'], after?: string) => {
    faults.add({ path: /operation=ListPulls/, fault: { kind } as Fault<GithubWorkspace> });
    return pulls(after);
  };
  const empty = await lying('empty-page', first.pageInfo.endCursor);
  expect([empty.nodes, empty.pageInfo.hasNextPage]).toEqual([[], true]);
  expect(await pulls(empty.pageInfo.endCursor)).toEqual(await pulls(first.pageInfo.endCursor));
  expect(await lying('lost-page')).toEqual({ ...first, nodes: [] });
  expect((await lying('cut-listing')).pageInfo.hasNextPage).toBe(false);
  const repeated = await lying('repeated-page');
  expect(repeated.pageInfo.hasNextPage).toBe(true);
  expect(await pulls(repeated.pageInfo.endCursor)).toEqual(first);
});

test('an edit comes between two pages', async () => {
  const { faults, pages, simulator } = await startFaulty();
  const edit = (workspace: GithubWorkspace) => edits.createIssue(workspace, STORE, { title: 'In between' });
  faults.add({ path: ISSUES, skip: 1, fault: { kind: 'edit', edit } });
  const seen = numbers((await pages(`${LISTING}1`)).flat());
  expect(seen).toHaveLength(16);
  const again = numbers((await pages(`${LISTING}1`)).flat());
  expect(again).toHaveLength(17);
  expect(simulator.workspace.revision).toBe(1);
});

test('what is forbidden is listed but cannot be read, and schedules may draw faults', async () => {
  const { faults, list, get, query } = await startFaulty();
  faults.forbidden.add(`${STORE}#17`);
  expect(numbers((await list()).json)).toContain(17);
  expect((await get(`/repos/${STORE}/pulls/17`)).status).toBe(404);
  const drawn = [{ kind: 'status', status: 503 }] as const;
  faults.schedule = randomFaults<GithubWorkspace>({ rate: 1, seed: 3, faults: drawn });
  expect((await get('/user')).status).toBe(503);
  faults.clear();
  expect((await get(`/repos/${STORE}/pulls/17`)).status).toBe(200);
  expect((await query('{ viewer { login } }')).data.viewer.login).toBe('mina-okafor');
});
