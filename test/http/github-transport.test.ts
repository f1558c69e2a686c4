import { expect, test } from 'vitest';
import { isCtxError } from '../../src/core/errors/index.ts';
import {
  type GithubQuery,
  githubTransport,
  graphqlUrlOf,
  isTooMuch,
} from '../../src/http/github-transport.ts';
import { githubQuotas, githubRefusals } from '../../src/http/rate-limits.ts';
import { client, failureOf, server } from './client-fixture.ts';
import { type Handler, json, script } from './server.ts';

const QUERY: GithubQuery = { name: 'Who', text: 'query Who { viewer { login } }', variables: {} };
const GOOD = json({ data: { viewer: { login: 'ann' } } });

async function transport(...handlers: Handler[]) {
  const { origin, received } = await server(script(...handlers));
  const { http, clock } = client(origin, { quotas: githubQuotas, refusals: githubRefusals });
  const signal = new AbortController().signal;
  const urls = { restUrl: `${origin}/api/v3`, graphqlUrl: `${origin}/api/graphql` };
  return { github: githubTransport({ http, source: 'github', ...urls, clock, signal }), received, clock };
}

test('the address of GraphQL follows from that of REST', () => {
  expect(graphqlUrlOf('https://api.github.com')).toBe('https://api.github.com/graphql');
  expect(graphqlUrlOf('https://github.acme.example/api/v3/')).toBe('https://github.acme.example/api/graphql');
});

test('paths and parameters are sent as they are, with the version of the API', async () => {
  const { github, received } = await transport(json([]));
  await github.rest('/repos/acme/api/issues', { state: 'all', page: 2, since: undefined }, 'issues');
  expect(received[0]?.path).toBe('/api/v3/repos/acme/api/issues?state=all&page=2');
  expect(received[0]?.headers).toMatchObject({ 'x-github-api-version': '2022-11-28' });
});

test.each([
  ['a secondary limit', json({}, 403, { 'retry-after': '7' }), 7000],
  ['a secondary limit as 429', json({}, 429, { 'retry-after': '7' }), 7000],
  ['the end of the quota', json({}, 403, { 'x-ratelimit-remaining': '0' }), 1000],
] as const)('%s is waited for', async (_, refusal, least) => {
  const { github, received, clock } = await transport(refusal, json({ login: 'ann' }));
  const before = clock.now();
  expect(await github.rest('/user', {}, 'connecting')).toEqual({ login: 'ann' });
  expect(received).toHaveLength(2);
  expect(clock.now() - before).toBeGreaterThanOrEqual(least);
});

test('a refusal of GraphQL with status 200 is waited for', async () => {
  const limited = json({ errors: [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded' }] });
  const { github, received } = await transport(limited, limited, GOOD);
  expect((await github.graphql(QUERY, 'connecting')).data).toEqual({ viewer: { login: 'ann' } });
  expect(received).toHaveLength(3);
});

test('a denial without a sign of a limit is final', async () => {
  const { github, received } = await transport(json({ message: 'Resource not accessible' }, 403));
  expect((await failureOf(github.rest('/user', {}, 'connecting'))).code).toBe('http.forbidden');
  expect(received).toHaveLength(1);
});

test('the renewal of a quota that is not used up is no wait', async () => {
  const later = { 'x-ratelimit-remaining': '4000', 'x-ratelimit-reset': '99999999999' };
  const { github, clock } = await transport(json({}, 502, later), json({ ok: 1 }));
  const before = clock.now();
  await github.rest('/user', {}, 'connecting');
  expect(clock.now() - before).toBeLessThan(5000);
});

test('parts that are missing are told with their place', async () => {
  const { github } = await transport(
    json({
      data: { nodes: [null, { id: 'I_2' }] },
      errors: [{ type: 'NOT_FOUND', path: ['nodes', 0], message: 'secret text' }],
    }),
  );
  expect(await github.graphql(QUERY, 'issues')).toEqual({
    data: { nodes: [null, { id: 'I_2' }] },
    errors: [{ type: 'NOT_FOUND', path: ['nodes', 0] }],
  });
});

test.each([
  ['a gateway', json({}, 502), 1],
  ['the end of its time', json({ data: null, errors: [{ message: 'Something went wrong' }] }), 1],
  [
    'a limit of resources',
    json({ data: {}, errors: [{ type: 'RESOURCE_LIMITS_EXCEEDED', path: ['a'] }] }),
    1,
  ],
] as const)('%s tells at once that a divisible query was too much', async (_, answer, sent) => {
  const { github, received } = await transport(answer);
  const error = await failureOf(github.graphql({ ...QUERY, isDivisible: true }, 'pull requests'));
  expect(isTooMuch(error)).toBe(true);
  expect(received).toHaveLength(sent);
  expect(error.message).not.toContain('went wrong');
});

test('a query that cannot be divided is tried again', async () => {
  const broken = json({ data: null, errors: [{ message: 'Something went wrong' }] });
  const { github, received } = await transport(json({}, 502), broken, GOOD);
  await github.graphql(QUERY, 'connecting');
  expect(received).toHaveLength(3);
});

test('an error of the query itself is told by its word, and not tried again', async () => {
  const answer = json({ errors: [{ extensions: { code: 'undefinedField' }, message: 'Field ...' }] });
  const { github, received } = await transport(answer);
  const error = await failureOf(github.graphql(QUERY, 'connecting'));
  expect(isCtxError(error) && error.message).toContain('UNDEFINEDFIELD');
  expect(received).toHaveLength(1);
});
