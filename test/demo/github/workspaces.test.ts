import { expect, test } from 'vitest';
import { companyGithub } from '../../../src/demo/github/company.ts';
import { githubScale } from '../../../src/demo/github/scale.ts';
import type { GithubWorkspace, Item, PullRequest } from '../../../src/demo/github/workspace.ts';
import { companyWorkspace } from '../../../src/demo/workspace/company.ts';
import { findIssue } from '../../../src/demo/workspace/edits.ts';
import { textOf } from '../../../src/demo/workspace/model.ts';
import { numberOf, STORE, startGithub } from './client.ts';

function itemsOf(workspace: GithubWorkspace): Item[] {
  return [...workspace.repositories.values()].flatMap(({ items }) =>
    items.facts().flatMap(({ number }) => items.get(number) ?? []),
  );
}

const pullsOf = (workspace: GithubWorkspace): PullRequest[] =>
  itemsOf(workspace).filter((item) => item.kind === 'pull');

/** All of it as text, for comparisons. */
const shown = (workspace: GithubWorkspace): string =>
  JSON.stringify(
    [...workspace.repositories.values()].map((repository) => [repository, itemsOf(workspace)]),
    (_, value) => {
      if (typeof value === 'function') return value.length === 0 ? textOf(value) : undefined;
      return value instanceof Map || value instanceof Set ? [...value] : value;
    },
  );

const textsOf = (workspace: GithubWorkspace): string =>
  [...workspace.repositories.values()]
    .flatMap(({ items, discussions, releases, files }) => [
      ...items.facts().flatMap(({ number }) => {
        const item = items.get(number);
        if (item === undefined) return [];
        const reviewed =
          item.kind === 'pull' ? [...item.reviews, ...item.threads.flatMap(({ comments }) => comments)] : [];
        return [item.body, ...[...item.comments, ...reviewed].map(({ body }) => body)];
      }),
      ...[...discussions.values()].flatMap(({ body, comments }) => [
        body,
        ...comments.map((each) => each.body),
      ]),
      ...releases.map(({ body }) => body),
      ...files.values(),
    ])
    .map(textOf)
    .join('\n');

test('the company is the same each time, and an edit of one leaves the other alone', () => {
  const [one, other] = [companyGithub(), companyGithub()];
  expect(shown(one)).toBe(shown(other));
  const [repository] = one.repositories.values();
  const [item] = itemsOf(one);
  if (repository !== undefined && item !== undefined) repository.items.put({ ...item, title: 'Another' });
  expect(shown(one)).not.toBe(shown(other));
});

test('the company has some of everything', () => {
  const workspace = companyGithub();
  const items = itemsOf(workspace);
  const pulls = pullsOf(workspace);
  expect([workspace.repositories.size, pulls.length, items.length - pulls.length]).toEqual([2, 12, 12]);
  const states = new Set(pulls.map(({ state, isDraft }) => `${state} ${isDraft}`));
  expect([...states].sort()).toEqual(['CLOSED false', 'MERGED false', 'OPEN false', 'OPEN true']);
  const reviews = new Set(pulls.flatMap((pull) => pull.reviews.map(({ state }) => state)));
  expect([...reviews].sort()).toEqual(['APPROVED', 'CHANGES_REQUESTED', 'COMMENTED']);
  const threads = pulls.flatMap((pull) => pull.threads);
  expect(
    new Set(threads.map(({ outdated, resolvedBy }) => `${outdated} ${resolvedBy !== undefined}`)).size,
  ).toBe(3);
  const checks = pulls.flatMap(({ commits }) => commits.flatMap((commit) => commit.checks ?? []));
  expect(checks.some((check) => check.kind === 'run' && check.conclusion === 'FAILURE')).toBe(true);
  const events = new Set(items.flatMap((item) => item.events.map(({ kind }) => kind)));
  for (const kind of [
    ...['MergedEvent', 'ClosedEvent', 'ReopenedEvent', 'RenamedTitleEvent', 'LabeledEvent', 'AssignedEvent'],
    ...['ReviewRequestedEvent', 'HeadRefForcePushedEvent', 'CrossReferencedEvent', 'ReadyForReviewEvent'],
    ...['MilestonedEvent', 'HeadRefDeletedEvent', 'LockedEvent'],
  ])
    expect(events).toContain(kind);
  expect(items.some((item) => item.comments.some(({ author }) => author === null))).toBe(true);
  const repositories = [...workspace.repositories.values()];
  expect(repositories.flatMap(({ releases }) => releases)).toHaveLength(3);
  expect(repositories.reduce((sum, { discussions }) => sum + discussions.size, 0)).toBe(3);
  const texts = textsOf(workspace);
  for (const part of [
    ...['```suggestion', '<details>', '- [x] ', '|---|', '![', '> [!NOTE]', '@priya-raman', ' #6', '<!-- '],
    ...['fernhollow/greenhouse#5', '3f9b6d1', ':seedling:', '🌱'],
  ])
    expect(texts).toContain(part);
});

test('numbers follow time, in each repository', () => {
  for (const { items, discussions } of companyGithub().repositories.values()) {
    const made = [...items.facts(), ...discussions.values()].sort((a, b) => a.number - b.number);
    expect(made.map(({ number }) => number)).toEqual(made.map((_, index) => index + 1));
    const times = made.map(({ createdAt }) => createdAt);
    expect(times).toEqual(times.toSorted());
  }
});

test('the company writes about issues and pages that its Jira and Confluence have', () => {
  const company = companyWorkspace();
  const texts = textsOf(companyGithub());
  const keys = [...texts.matchAll(/@@SITE@@\/browse\/([A-Z]+-\d+)/g)].map(([, key = '']) => key);
  const pages = [...texts.matchAll(/@@SITE@@\/wiki\/spaces\/[A-Z]+\/pages\/(\d+)/g)].map(([, id = '']) => id);
  expect([keys.length > 10, pages.length > 5]).toEqual([true, true]);
  expect(keys.filter((key) => findIssue(company, key) === undefined)).toEqual([]);
  expect(pages.filter((id) => !company.content.has(id))).toEqual([]);
});

test('a generated repository depends on its seed and on nothing else', () => {
  const make = (seed: number) => shown(githubScale({ pullRequests: 60, seed }));
  expect(make(1)).toBe(make(1));
  expect(make(1)).not.toBe(make(2));
});

test('a generated repository has as many pull requests as asked for, and its facts are those of its items', () => {
  for (const pullRequests of [0, 1, 3, 4, 1_000]) {
    const workspace = githubScale({ pullRequests, seed: 7 });
    expect(pullsOf(workspace)).toHaveLength(pullRequests);
    for (const { items } of workspace.repositories.values())
      for (const facts of items.facts()) expect(items.get(facts.number)).toMatchObject({ ...facts });
  }
});

test('all of a generated repository can be paged through, and edits of it stay', async () => {
  const client = await startGithub({ workspace: githubScale({ pullRequests: 300, seed: 1 }) });
  const pages = await client.pages('/repos/fernhollow/monolith/issues?state=all&sort=updated&per_page=100');
  expect(pages.flat()).toHaveLength(399);
  const [repository] = client.simulator.workspace.repositories.values();
  const item = repository?.items.get(42);
  if (item !== undefined)
    repository?.items.put({ ...item, title: 'Edited', updatedAt: '2026-03-02T08:00:00Z' });
  const [newest] = (await client.get('/repos/fernhollow/monolith/issues?state=all&sort=updated&per_page=1'))
    .json;
  expect([newest.number, newest.title]).toEqual([42, 'Edited']);
  expect(numberOf(client, 'fernhollow/monolith', 'Edited')).toBe(42);
});

test('what stands for the company’s other site is its address in every answer', async () => {
  const { get, query } = await startGithub({ atlassianSite: 'https://atlassian.example' });
  const { text } = await get(`/repos/${STORE}/issues/6`);
  expect(text).toContain('https://atlassian.example/browse/SHOP-3');
  const answer = await query(
    '{ repository(owner: "fernhollow", name: "storefront") { issue(number: 6) { body } } }',
  );
  expect(answer.data.repository.issue.body).toContain('https://atlassian.example/wiki/');
  expect(answer.data.repository.issue.body).not.toContain('@@SITE@@');
});
