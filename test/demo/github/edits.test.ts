import { expect, test } from 'vitest';
import * as edits from '../../../src/demo/github/edits.ts';
import type { GithubWorkspace } from '../../../src/demo/github/workspace.ts';
import type { Loose } from '../client.ts';
import { type GithubClient, HOUSE, STORE, startGithub } from './client.ts';

/** The pull request of the pickup, and the issue behind it. */
const PULL = 17;
const ISSUE = 6;

const updatedAt = async ({ get }: GithubClient, number: number): Promise<string> =>
  (await get(`/repos/${STORE}/issues/${number}`)).json.updated_at;

const threadsOf = (workspace: GithubWorkspace) => {
  const item = edits.itemOf(edits.repositoryNamed(workspace, STORE), PULL);
  return item.kind === 'pull' ? item.threads : [];
};

test('what counts as activity touches a pull request, and what does not leaves its time alone', async () => {
  const client = await startGithub();
  const { workspace } = client.simulator;
  const [thread] = threadsOf(workspace)
    .map(({ id }) => id)
    .slice(1);
  const comment = edits.comment(workspace, STORE, PULL, { body: 'Soon' });
  const commit = { ...authored, oid: edits.oidOf('more'), message: 'More' };
  const touching: Record<string, () => unknown> = {
    comment: () => edits.comment(workspace, STORE, PULL, { body: 'Now?' }),
    editComment: () => edits.editComment(workspace, STORE, PULL, { id: comment, body: 'Later' }),
    deleteComment: () => edits.deleteComment(workspace, STORE, PULL, { id: comment }),
    retitle: () => edits.retitle(workspace, STORE, PULL, { title: 'Pickup' }),
    editBody: () => edits.editBody(workspace, STORE, PULL, { body: 'Part of #6' }),
    label: () => edits.label(workspace, STORE, PULL, { add: ['sale'], remove: ['pickup'] }),
    assign: () => edits.assign(workspace, STORE, PULL, { add: ['jlindqvist'] }),
    milestone: () => edits.setMilestone(workspace, STORE, PULL, { milestone: null }),
    draft: () => edits.setDraft(workspace, STORE, PULL, { draft: true }),
    review: () => edits.review(workspace, STORE, PULL, { by: 'jlindqvist', state: 'APPROVED' }),
    answer: () => edits.replyInThread(workspace, STORE, PULL, { thread: thread ?? 0, body: 'Done' }),
    push: () => edits.pushCommits(workspace, STORE, PULL, { commits: [commit] }),
    forcePush: () => edits.forcePush(workspace, STORE, PULL, { commits: [commit] }),
    lock: () => edits.lock(workspace, STORE, PULL, { reason: 'TOO_HEATED' }),
    close: () => edits.close(workspace, STORE, PULL),
    reopen: () => edits.reopen(workspace, STORE, PULL),
    merge: () => edits.merge(workspace, STORE, PULL),
  };
  for (const [name, edit] of Object.entries(touching)) {
    const before = await updatedAt(client, PULL);
    edit();
    expect([name, (await updatedAt(client, PULL)) > before]).toEqual([name, true]);
  }
  const silent: Record<string, () => unknown> = {
    resolve: () => edits.resolveThread(workspace, STORE, PULL, { thread: thread ?? 0 }),
    unresolve: () => edits.unresolveThread(workspace, STORE, PULL, { thread: thread ?? 0 }),
    check: () => edits.setCheck(workspace, STORE, PULL, { check: 'e2e', conclusion: 'SUCCESS' }),
    react: () => edits.react(workspace, STORE, PULL, { content: 'ROCKET', by: 'hanakim' }),
    reference: () => edits.comment(workspace, HOUSE, 5, { body: `See ${STORE}#${PULL}` }),
  };
  for (const [name, edit] of Object.entries(silent)) {
    const before = await updatedAt(client, PULL);
    edit();
    expect([name, await updatedAt(client, PULL)]).toEqual([name, before]);
  }
});

const authored = {
  author: { name: 'Mina Okafor', email: 'mina@fernhollow.example', login: 'mina-okafor' },
  committedAt: '2026-03-02T08:00:00Z',
};

test('a thread that is resolved and a check that ended show, although nothing else says so', async () => {
  const client = await startGithub();
  const { workspace } = client.simulator;
  const [, open] = threadsOf(workspace);
  edits.resolveThread(workspace, STORE, PULL, { thread: open?.id ?? 0, by: 'priya-raman' });
  edits.setCheck(workspace, STORE, PULL, { check: 'e2e', conclusion: 'SUCCESS' });
  edits.setCheck(workspace, STORE, PULL, { check: 'types', conclusion: null });
  const { data } = await client.query(
    `{ repository(owner: "fernhollow", name: "storefront") { pullRequest(number: ${PULL}) {
       reviewThreads(first: 9) { nodes { isResolved resolvedBy { login } } } statusCheckRollup { state contexts(first: 9) { totalCount } } } } }`,
  );
  expect(data.repository.pullRequest).toEqual({
    reviewThreads: {
      nodes: Array(2).fill({ isResolved: true, resolvedBy: { login: 'priya-raman' } }),
    },
    statusCheckRollup: { state: 'PENDING', contexts: { totalCount: 5 } },
  });
});

test('a merge closes what it says, and a reopened issue says so', async () => {
  const { get, simulator } = await startGithub();
  const issue = async () => (await get(`/repos/${STORE}/issues/${ISSUE}`)).json;
  edits.merge(simulator.workspace, STORE, PULL);
  expect(await issue()).toMatchObject({ state: 'closed', state_reason: 'completed' });
  expect((await get(`/repos/${STORE}/pulls/${PULL}`)).json).toMatchObject({
    ...{ state: 'closed', merged: true, merged_by: { login: 'mina-okafor' } },
  });
  edits.reopen(simulator.workspace, STORE, ISSUE);
  expect(await issue()).toMatchObject({ state: 'open', state_reason: 'reopened', closed_at: null });
});

test('a deleted issue is gone, and a transferred one leads to its new place', async () => {
  const { get, query, simulator } = await startGithub();
  const { workspace } = simulator;
  const node = (await get(`/repos/${STORE}/issues/${ISSUE}`)).json.node_id;
  edits.deleteIssue(workspace, STORE, 9);
  const gone = await get(`/repos/${STORE}/issues/9`);
  expect([gone.status, gone.json.message]).toEqual([410, 'This issue was deleted']);
  const number = edits.transferIssue(workspace, STORE, ISSUE, { to: HOUSE });
  const moved = await get(`/repos/${STORE}/issues/${ISSUE}/comments?page=1`);
  expect(moved.status).toBe(301);
  const target = moved.headers.get('location') ?? '';
  expect(target.replace(simulator.url, '')).toBe(
    `/repositories/${edits.repositoryNamed(workspace, HOUSE).databaseId}/issues/${number}/comments?page=1`,
  );
  expect((await get(target)).status).toBe(200);
  const old = await query('query ($id: ID!) { node(id: $id) { id } }', { id: node });
  expect([old.data.node, old.errors[0].type]).toEqual([null, 'NOT_FOUND']);
  const listed = (await get(`/repos/${STORE}/issues?state=all&per_page=100`)).json;
  expect(listed.map((each: Loose) => each.number)).not.toContain(ISSUE);
  edits.loseAccess(workspace, HOUSE);
  expect((await get(`/repos/${STORE}/issues/${ISSUE}`)).status).toBe(404);
});

test('a renamed repository is found by its old name: REST redirects, GraphQL follows', async () => {
  const { get, query, simulator } = await startGithub();
  edits.renameRepository(simulator.workspace, STORE, 'shop');
  const moved = await get(`/repos/${STORE}/issues/1`);
  expect([moved.status, moved.json.message]).toEqual([301, 'Moved Permanently']);
  expect((await get(moved.headers.get('location') ?? '')).json.html_url).toContain(
    '/fernhollow/shop/issues/1',
  );
  const byName =
    'query ($follow: Boolean) { repository(owner: "fernhollow", name: "storefront", followRenames: $follow) { nameWithOwner } }';
  expect((await query(byName)).data.repository).toEqual({ nameWithOwner: 'fernhollow/shop' });
  expect((await query(byName, { follow: false })).errors[0].type).toBe('NOT_FOUND');
  edits.createRepository(simulator.workspace, { name: STORE });
  expect((await get(`/repos/${STORE}`)).status).toBe(200);
});

test('who loses access sees nothing of a repository, and everything of it again later', async () => {
  const { get, query, simulator } = await startGithub();
  const { workspace } = simulator;
  const paths = [STORE, `${STORE}/issues`, `${STORE}/pulls/17`, `${STORE}/readme`].map(
    (each) => `/repos/${each}`,
  );
  const statuses = async () => Promise.all(paths.map(async (path) => (await get(path)).status));
  const node = (await get(`/repos/${STORE}/issues/${ISSUE}`)).json.node_id;
  edits.loseAccess(workspace, STORE);
  expect(await statuses()).toEqual([404, 404, 404, 404]);
  expect((await query('query ($id: ID!) { node(id: $id) { id } }', { id: node })).data.node).toBeNull();
  expect((await get('/search/issues?q=pickup')).json.items.map((item: Loose) => item.repository_url)).toEqual(
    [expect.stringContaining(HOUSE)],
  );
  edits.regainAccess(workspace, STORE);
  edits.setPrivate(workspace, STORE, false);
  expect((await get(`/repos/${STORE}`)).json).toMatchObject({ private: false, visibility: 'public' });
});

test('files, releases and discussions change as well', async () => {
  const { get, query, simulator } = await startGithub({ atlassianSite: 'https://atlassian.example' });
  const { workspace } = simulator;
  const readme = await get(`/repos/${STORE}/readme`);
  expect(Buffer.from(readme.json.content, 'base64').toString()).toContain('https://atlassian.example/wiki/');
  edits.writeFile(workspace, STORE, 'README.md', '# New\n');
  const raw = await get(`/repos/${STORE}/contents/README.md`, { accept: 'application/vnd.github.raw+json' });
  expect(raw.text).toBe('# New\n');
  edits.writeFile(workspace, STORE, 'README.md', undefined);
  expect((await get(`/repos/${STORE}/readme`)).status).toBe(404);
  const listed = (await get(`/repos/${STORE}/contents`)).json;
  expect(listed.map(({ name, type }: Loose) => [name, type])).toEqual([
    ['docs', 'dir'],
    ['src', 'dir'],
  ]);
  edits.publishRelease(workspace, STORE, { tag: 'v3', draft: true });
  edits.deleteRelease(workspace, STORE, 'v2026.01.1');
  expect((await get(`/repos/${STORE}/releases`)).json.map(({ tag_name: tag }: Loose) => tag)).toEqual([
    'v2026.02.1',
  ]);
  const comment = edits.commentDiscussion(workspace, STORE, 11, { body: 'More?' });
  edits.commentDiscussion(workspace, STORE, 11, { body: 'Yes', replyTo: comment });
  edits.deleteDiscussionComment(workspace, STORE, 11, { comment });
  edits.closeDiscussion(workspace, STORE, 11, { reason: 'RESOLVED' });
  const { data } = await query(
    `{ repository(owner: "fernhollow", name: "storefront") { discussions(first: 5) { nodes { number closed stateReason isAnswered upvoteCount
       category { slug isAnswerable } answer { body } comments(first: 9) { nodes { body deletedAt replies(first: 9) { nodes { body } } } } } } } }`,
  );
  const [ideas, question] = data.repository.discussions.nodes;
  expect(ideas).toMatchObject({
    ...{ number: 11, closed: true, stateReason: 'RESOLVED', isAnswered: null, upvoteCount: 4 },
    category: { slug: 'ideas', isAnswerable: false },
  });
  expect(ideas.comments.nodes[1]).toEqual({
    ...{ body: '', deletedAt: expect.any(String), replies: { nodes: [{ body: 'Yes' }] } },
  });
  expect(question).toMatchObject({
    isAnswered: true,
    answer: { body: expect.stringContaining('A lock would') },
  });
});

test('hidden comments stay where they are, and say why', async () => {
  const { query, simulator } = await startGithub();
  const { workspace } = simulator;
  const id = edits.comment(workspace, STORE, ISSUE, { body: 'Buy plants', by: 'hanakim' });
  edits.minimizeComment(workspace, STORE, ISSUE, { id, reason: 'spam' });
  const { data } = await query(
    `{ repository(owner: "fernhollow", name: "storefront") { issue(number: ${ISSUE}) { comments(last: 1) { nodes { body isMinimized minimizedReason } }
       subIssues(first: 9) { nodes { number parent { number } } } subIssuesSummary { total completed } } } }`,
  );
  expect(data.repository.issue).toEqual({
    comments: { nodes: [{ body: 'Buy plants', isMinimized: true, minimizedReason: 'spam' }] },
    subIssues: { nodes: [{ number: 7, parent: { number: ISSUE } }] },
    subIssuesSummary: { total: 1, completed: 0 },
  });
});
