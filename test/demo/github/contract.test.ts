import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { emptyFernhollow } from '../../../src/demo/github/company.ts';
import * as edits from '../../../src/demo/github/edits.ts';
import type { Loose } from '../client.ts';
import { STORE, startGithub } from './client.ts';

const CORPUS = new URL('../../../../shared/corpus/github/', import.meta.url);

/** Skips, with the reason in the report, where the examples are absent. */
function withCorpus(name: string, run: () => Promise<void>): void {
  test(name, async ({ skip }) => {
    skip(!existsSync(CORPUS), 'the examples of the REST API are not in ../shared/corpus/github');
    await run();
  });
}

const read = (path: string): Loose => JSON.parse(readFileSync(new URL(path, CORPUS), 'utf8'));

const example = (name: string): Loose => {
  const { examples } = read(`rest-examples/${name}.json`);
  return examples.default.value ?? examples.default;
};

/** What an example has and an answer has not, or has as something else. Either may say null; of lists, the first counts. */
function lacks(answer: Loose, wanted: Loose, at = ''): string[] {
  if (answer === undefined) return [`${at} is missing`];
  if (answer === null || wanted === null) return [];
  const kind = (value: unknown): string => (Array.isArray(value) ? 'list' : typeof value);
  if (kind(answer) !== kind(wanted)) return [`${at} is a ${kind(answer)}, not a ${kind(wanted)}`];
  if (Array.isArray(wanted))
    return wanted.length === 0 || answer.length === 0 ? [] : lacks(answer[0], wanted[0], `${at}[]`);
  if (typeof wanted !== 'object') return [];
  return Object.keys(wanted).flatMap((key) => lacks(answer[key], wanted[key], `${at}.${key}`));
}

/** What is of old, of settings, or shown of some items only. */
const NOT_SIMULATED =
  /\.(pinned_comment|temp_clone_token|allow_\w+|delete_branch_on_merge|use_squash_pr_title_as_default|in_reply_to_id|type|resources\.\w+) is missing$/;

withCorpus('R15 REST answers have what the examples of the documentation have', async () => {
  const { get } = await startGithub();
  const base = `/repos/${STORE}`;
  const requests: [name: string, path: string][] = [
    ['issues-get', `${base}/issues/17`],
    ['issues-list-for-repo', `${base}/issues?state=all`],
    ['issues-list-comments', `${base}/issues/12/comments`],
    ['pulls-get', `${base}/pulls/17`],
    ['pulls-list-files', `${base}/pulls/17/files`],
    ['pulls-list-review-comments', `${base}/pulls/17/comments`],
    ['repos-list-releases', `${base}/releases`],
    ['search-issues-and-pull-requests', '/search/issues?q=is:pr'],
    ['rate-limit-get', '/rate_limit'],
  ];
  for (const [name, path] of requests) {
    const { status, json } = await get(path);
    const problems = lacks(json, example(name)).filter((problem) => !NOT_SIMULATED.test(problem));
    expect({ name, status, problems }).toEqual({ name, status: 200, problems: [] });
  }
});

withCorpus('R15 repositories and searches have what recorded answers have', async () => {
  const { get } = await startGithub();
  const recorded = (name: string): Loose => read(`scenarios/${name}/normalized-fixture.json`)[0].response;
  const requests: [name: string, path: string][] = [
    ['get-repository', `/repos/${STORE}`],
    ['search-issues', '/search/issues?q=is:issue'],
    ['paginate-issues', `/repos/${STORE}/issues?state=all`],
  ];
  for (const [name, path] of requests) {
    const problems = lacks((await get(path)).json, recorded(name)).filter(
      (each) => !NOT_SIMULATED.test(each),
    );
    expect({ name, problems }).toEqual({ name, problems: [] });
  }
});

withCorpus('R15 links and redirects are those of the recordings', async () => {
  const workspace = emptyFernhollow('2026-03-02T07:30:00Z');
  edits.createRepository(workspace, { name: 'fernhollow/paginate-issues' });
  for (let index = 0; index < 13; index += 1)
    edits.createIssue(workspace, 'fernhollow/paginate-issues', { title: `Issue ${index}` });
  const { get, simulator } = await startGithub({ workspace });
  const [repository] = workspace.repositories.values();
  const plain = (text: string | null): string =>
    (text ?? '')
      .replaceAll(simulator.url, 'https://api.github.com')
      .replaceAll(`/${repository?.databaseId}`, '/1000');
  for (const { path, headers } of read('scenarios/paginate-issues/normalized-fixture.json')) {
    const own = path
      .replace('octokit-fixture-org', 'fernhollow')
      .replace('/repositories/1000', `/repositories/${repository?.databaseId}`);
    expect([path, plain((await get(own)).headers.get('link'))]).toEqual([path, headers.link]);
  }
  edits.renameRepository(workspace, 'fernhollow/paginate-issues', 'another');
  const { status, response, headers } = read('scenarios/rename-repository/normalized-fixture.json')[1];
  const moved = await get('/repos/fernhollow/paginate-issues');
  expect(moved.status).toBe(status);
  expect(plain(moved.headers.get('location'))).toBe(headers.location);
  expect([moved.json.message, plain(moved.json.url)]).toEqual([response.message, response.url]);
});

test('the check itself finds what does not fit', () => {
  const wanted = { id: 1, user: { login: 'a' }, labels: [{ name: 'b' }], body: 'c' };
  expect(lacks({ id: '1', user: {}, labels: [{ name: 2 }], body: null }, wanted)).toEqual([
    ...[
      '.id is a string, not a number',
      '.user.login is missing',
      '.labels[].name is a number, not a string',
    ],
  ]);
});
