import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as edits from '../../../src/demo/github/edits.ts';
import type { Loose } from '../client.ts';
import { type GithubClient, HOUSE, numberOf, STORE, startGithub } from './client.ts';

const numbers = (items: readonly Loose[]): number[] => items.map(({ number }) => number);

const ISSUES = `/repos/${STORE}/issues?state=all&sort=updated&direction=asc`;

test('issues and pull requests are listed together, in the order of activity', async () => {
  const { pages, get, simulator } = await startGithub();
  const all = (await pages(`${ISSUES}&per_page=4`)).flat();
  expect(all).toHaveLength(16);
  expect(all.filter(({ pull_request: pull }) => pull !== undefined)).toHaveLength(8);
  const times = all.map(({ updated_at: at }) => at);
  expect(times).toEqual(times.toSorted());
  const since = times[9];
  expect(numbers((await get(`${ISSUES}&since=${since}`)).json)).toEqual(numbers(all.slice(9)));
  const newest = (await get(`/repos/${STORE}/issues?state=all`)).json;
  expect(numbers(newest)).toEqual(numbers(all).toSorted((a, b) => b - a));
  const open = (await get(`/repos/${STORE}/issues`)).json;
  expect(open.every(({ state }: Loose) => state === 'open')).toBe(true);
  expect(open.length + (await get(`/repos/${STORE}/issues?state=closed`)).json.length).toBe(16);
  expect(simulator.requests[0]).toMatchObject({ path: `/repos/${STORE}/issues`, status: 200 });
});

test('links lead to the pages around, by the id of the repository', async () => {
  const { get, simulator } = await startGithub();
  const id = edits.repositoryNamed(simulator.workspace, STORE).databaseId;
  const links = async (page: number) => {
    const { headers } = await get(`/repos/${STORE}/issues?state=all&per_page=6&page=${page}`);
    return [...(headers.get('link') ?? '').matchAll(/<([^>]+)>; rel="(\w+)"/g)].map(([, url = '', rel]) => [
      rel,
      url.replace(simulator.url, ''),
    ]);
  };
  const at = (page: number) => `/repositories/${id}/issues?state=all&per_page=6&page=${page}`;
  expect(await links(1)).toEqual([
    ['next', at(2)],
    ['last', at(3)],
  ]);
  expect(await links(2)).toEqual([
    ['prev', at(1)],
    ['next', at(3)],
    ['last', at(3)],
    ['first', at(1)],
  ]);
  expect(await links(3)).toEqual([
    ['prev', at(2)],
    ['first', at(1)],
  ]);
  expect((await get(`/repos/${STORE}/issues?state=all&page=9`)).json).toEqual([]);
});

test('R3 pages of any size hold the same, however they are asked for', async () => {
  const client = await startGithub();
  const all = (await client.get(`${ISSUES}&per_page=100`)).json;
  const pulls = await throughPulls(client, 100);
  const size = fc.integer({ min: 1, max: 16 });
  await fc.assert(
    fc.asyncProperty(size, async (each) => {
      expect((await client.pages(`${ISSUES}&per_page=${each}`)).flat()).toEqual(all);
      expect(await throughPulls(client, each)).toEqual(pulls);
    }),
    { numRuns: 5 },
  );
  expect(pulls).toHaveLength(8);
});

async function throughPulls({ query }: GithubClient, first: number, between = () => {}): Promise<number[]> {
  const found: number[] = [];
  for (let after: string | null = null; ; between()) {
    const { data } = await query(
      `query Pulls($first: Int!, $after: String) { repository(owner: "fernhollow", name: "storefront") {
        pullRequests(first: $first, after: $after, orderBy: {field: UPDATED_AT, direction: ASC}) {
          totalCount pageInfo { hasNextPage endCursor } nodes { number }
        } } }`,
      { first, after },
    );
    const { nodes, pageInfo } = data.repository.pullRequests;
    found.push(...numbers(nodes));
    if (!pageInfo.hasNextPage) return found;
    after = pageInfo.endCursor;
  }
}

test('a cursor remembers a time: what changes meanwhile comes again at the end, and nothing is left out', async () => {
  const client = await startGithub();
  const before = await throughPulls(client, 2);
  let changes = 0;
  const [first = 0] = before;
  const found = await throughPulls(client, 2, () => {
    changes += 1;
    if (changes === 1) edits.comment(client.simulator.workspace, STORE, first, { body: 'Late' });
  });
  expect(found).toEqual([...before, first]);
});

test('REST counts: what moves to the front of a listing shifts the pages behind it', async () => {
  const { get, simulator } = await startGithub();
  const path = `/repos/${STORE}/issues?state=all&sort=updated&per_page=5`;
  const first = numbers((await get(path)).json);
  const last = numbers((await get(`${path}&page=3`)).json).at(-1) ?? 0;
  edits.comment(simulator.workspace, STORE, last, { body: 'Late' });
  expect(numbers((await get(`${path}&page=2`)).json)[0]).toBe(first.at(-1));
});

test('repositories are those that the token may see', async () => {
  const { get, query, simulator } = await startGithub();
  const names = (items: Loose) => items.map(({ full_name: name }: Loose) => name);
  expect(names((await get('/user/repos')).json)).toEqual([HOUSE, STORE]);
  edits.loseAccess(simulator.workspace, HOUSE);
  expect(names((await get('/orgs/fernhollow/repos')).json)).toEqual([STORE]);
  expect((await get('/orgs/nobody/repos')).status).toBe(404);
  const { data } = await query(
    '{ organization(login: "fernhollow") { repositories(first: 9) { nodes { nameWithOwner isPrivate } } } }',
  );
  expect(data.organization.repositories.nodes).toEqual([{ nameWithOwner: STORE, isPrivate: true }]);
});

test('searches find by qualifiers, in REST and in GraphQL', async () => {
  const client = await startGithub();
  const { get, query } = client;
  const pickup = numberOf(client, STORE, 'Choose pickup in the basket');
  const found = async (q: string): Promise<string[]> => {
    const { json } = await get(`/search/issues?q=${encodeURIComponent(q)}&per_page=100`);
    const { data } = await query(
      'query ($q: String!) { search(query: $q, type: ISSUE, first: 100) { issueCount nodes { ... on Issue { number repository { name } } ... on PullRequest { number repository { name } } } } }',
      { q },
    );
    const places = json.items.map(
      ({ number, repository_url: url }: Loose) => `${url.split('/').at(-1)}#${number}`,
    );
    expect(data.search.nodes.map((node: Loose) => `${node.repository.name}#${node.number}`)).toEqual(places);
    expect([json.total_count, data.search.issueCount]).toEqual([places.length, places.length]);
    return places.sort();
  };
  const titled = (repository: string, ...titles: string[]) =>
    titles.map((title) => `${repository.split('/')[1]}#${numberOf(client, repository, title)}`).sort();
  expect(await found(`repo:${STORE} is:pr is:merged author:@me`)).toEqual(
    titled(STORE, 'Ask the basket for its total'),
  );
  expect(await found('is:pr review-requested:@me')).toEqual(
    titled(HOUSE, 'Raise the mail rate again', 'Sweeper reads reserved_until'),
  );
  expect(await found('label:pickup is:issue state:open')).toEqual([`storefront#${pickup}`]);
  expect(await found('assignee:sora-nakamura')).toEqual(titled(STORE, 'Translations of the pickup texts'));
  expect(await found(`repo:${STORE} is:issue is:closed updated:<2025-12-31`)).toHaveLength(2);
  expect(await found('is:pr is:open -is:draft updated:2026-02-26..2026-02-28')).toHaveLength(2);
  expect(await found('milestone:"Spring sale" draft:true')).toEqual([]);
  expect(await found('author:app/dependabot')).toHaveLength(1);
  expect(await found('mentions:sora-nakamura is:pr')).toEqual([`storefront#${pullCalled(client)}`]);
});

/** Of the pull request that has the title of its issue. */
function pullCalled({ simulator }: GithubClient): number {
  const { items } = edits.repositoryNamed(simulator.workspace, STORE);
  return (
    items.facts().find(({ number }) => {
      const item = items.get(number);
      return item?.kind === 'pull' && item.headRef === 'pickup-choice';
    })?.number ?? 0
  );
}

test('an index lags behind, and never shows more than a thousand', async () => {
  const { get, simulator } = await startGithub();
  const { workspace, faults } = simulator;
  const ask = async () => (await get(`/search/issues?q=repo:${HOUSE}+is:open&per_page=100`)).json.total_count;
  const before = await ask();
  const number = edits.createIssue(workspace, HOUSE, { title: 'New' });
  edits.close(workspace, HOUSE, number);
  faults.searchLag = 1;
  expect(await ask()).toBe(before + 1);
  faults.searchLag = 2;
  expect(await ask()).toBe(before);
  for (let index = 0; index < 1_001; index += 1)
    edits.createIssue(workspace, HOUSE, { title: `Many ${index}` });
  faults.searchLag = 0;
  expect(await ask()).toBe(before + 1_001);
  expect((await get(`/search/issues?q=repo:${HOUSE}&per_page=100&page=10`)).json.items).toHaveLength(100);
  expect((await get(`/search/issues?q=repo:${HOUSE}&per_page=100&page=11`)).status).toBe(422);
});
