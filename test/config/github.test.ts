import { expect, test } from 'vitest';
import { github } from '../../src/config/sources/github.ts';

const base = { id: 'github', type: 'github', auth: { token: `\${GITHUB_TOKEN}` } };
const problems = (more: object) =>
  github.safeParse({ ...base, ...more }).error?.issues.map(({ path, message }) => [path.join('.'), message]);

test('repositories or views are enough, and the rest has defaults', () => {
  expect(github.parse({ ...base, repositories: ['acme/api', 'acme/*'] })).toMatchObject({
    ...{ url: 'https://api.github.com', days: 365, comments: true, views: {}, exclude: [] },
    include: ['pulls', 'issues', 'discussions', 'releases', 'readme'],
  });
  expect(problems({ views: { MINE: 'author:@me' } })).toBeUndefined();
  expect(problems({ repositories: ['acme/api'], days: 'all' })).toBeUndefined();
});

test('what is mistyped is told', () => {
  expect(problems({})).toEqual([['repositories', 'must name repositories, or views']]);
  expect(problems({ repositories: ['api'] })?.[0]?.[1]).toMatch(/acme\/api, or acme\/\*/);
  expect(problems({ repositories: ['acme/api'], include: ['wiki'] })?.[0]?.[1]).toMatch(/must be of pulls/);
  expect(problems({ repositories: ['acme/api'], days: 0 })?.[0]?.[0]).toBe('days');
  expect(problems({ repositories: ['acme/api'], exclude: ['acme/api'] })?.[0]?.[1]).toMatch(/acme\/api#42/);
});

test('documents are left out by their ids and by their names', () => {
  const exclude = ['acme/api#42', 'PR_kwDOABC123', 'MDU6SXNzdWUx', 'R_kgDOABC/readme'];
  expect(problems({ repositories: ['acme/api'], exclude })).toBeUndefined();
});
