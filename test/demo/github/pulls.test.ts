import { expect, test } from 'vitest';
import * as edits from '../../../src/demo/github/edits.ts';
import type { Loose } from '../client.ts';
import { type GithubClient, HOUSE, STORE, startGithub } from './client.ts';

/** Of the pull request that comes from this branch. */
function pullFrom({ simulator }: GithubClient, branch: string): number {
  const { items } = edits.repositoryNamed(simulator.workspace, STORE);
  for (const { number } of items.facts()) {
    const item = items.get(number);
    if (item?.kind === 'pull' && item.headRef === branch) return number;
  }
  throw new Error(`no pull request comes from ${branch}`);
}

async function pull({ query }: GithubClient, number: number, fields: string): Promise<Loose> {
  const { data, errors } = await query(
    `query Pull($number: Int!) { repository(owner: "fernhollow", name: "storefront") { pullRequest(number: $number) { ${fields} } } }`,
    { number },
  );
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data.repository.pullRequest;
}

const ALL = `
  number title state isDraft merged reviewDecision baseRefName headRefName headRefOid additions deletions changedFiles
  author { __typename login } labels(first: 9) { nodes { name } } assignees(first: 9) { nodes { login } } milestone { title }
  closingIssuesReferences(first: 9) { nodes { number } }
  reviewRequests(first: 9) { nodes { requestedReviewer { __typename ... on User { login } ... on Team { slug } } } }
  files(first: 100) { nodes { path changeType additions } }
  commits(first: 100) { nodes { commit { messageHeadline author { user { login } } statusCheckRollup { state contexts(first: 50) { nodes {
    __typename ... on CheckRun { name status conclusion } ... on StatusContext { context state } } } } } } }
  reviews(first: 50) { nodes { state body author { login } comments(first: 9) { totalCount } } }
  reviewThreads(first: 50) { nodes { path line originalLine startLine originalStartLine isResolved isOutdated resolvedBy { login }
    comments(first: 50) { nodes { body diffHunk replyTo { id } author { login } reactionGroups { content reactors(first: 1) { totalCount } } } } } }
  timelineItems(first: 100) { nodes { __typename ... on RenamedTitleEvent { previousTitle currentTitle } ... on HeadRefForcePushedEvent {
    beforeCommit { abbreviatedOid } afterCommit { oid } } ... on CrossReferencedEvent { source { ... on PullRequest { number } } } } }
  comments(first: 50) { nodes { author { __typename login } body } }`;

test('a pull request tells of its reviews, threads, checks and of what happened', async () => {
  const client = await startGithub();
  const number = pullFrom(client, 'pickup-choice');
  const shown = await pull(client, number, ALL);
  expect(shown).toMatchObject({
    ...{ number, title: 'Choose pickup in the basket', state: 'OPEN', isDraft: false, merged: false },
    ...{ reviewDecision: 'CHANGES_REQUESTED', additions: 48, deletions: 1, changedFiles: 2 },
    author: { __typename: 'User', login: 'mina-okafor' },
    milestone: { title: 'Spring sale' },
    closingIssuesReferences: { nodes: [{ number: 6 }] },
    reviewRequests: { nodes: [{ requestedReviewer: { __typename: 'Team', slug: 'product' } }] },
  });
  const [strict, naming] = shown.reviewThreads.nodes;
  expect(strict).toMatchObject({
    ...{ path: 'src/basket/pickup.ts', line: null, originalLine: 12, isResolved: true, isOutdated: true },
    resolvedBy: { login: 'priya-raman' },
  });
  expect(strict.comments.nodes.map(({ body }: Loose) => body)).toEqual([
    expect.stringContaining('```suggestion\n  if (makers.size !== 1) return false;\n```'),
    'Thanks, taken.',
  ]);
  expect(strict.comments.nodes.map(({ replyTo }: Loose) => replyTo !== null)).toEqual([false, true]);
  expect(naming).toMatchObject({
    ...{ line: 9, startLine: 4, isResolved: false, isOutdated: false, resolvedBy: null },
  });
  const reactions = naming.comments.nodes[1].reactionGroups;
  expect(reactions).toHaveLength(8);
  expect(reactions.filter(({ reactors }: Loose) => reactors.totalCount > 0)).toEqual([
    { content: 'THUMBS_UP', reactors: { totalCount: 1 } },
  ]);
  const head = shown.commits.nodes.at(-1).commit;
  expect(head.author.user.login).toBe('mina-okafor');
  expect(head.statusCheckRollup).toEqual({
    state: 'FAILURE',
    contexts: {
      nodes: [
        { __typename: 'CheckRun', name: 'test', status: 'COMPLETED', conclusion: 'SUCCESS' },
        { __typename: 'CheckRun', name: 'lint', status: 'COMPLETED', conclusion: 'SUCCESS' },
        { __typename: 'CheckRun', name: 'e2e', status: 'COMPLETED', conclusion: 'TIMED_OUT' },
        { __typename: 'StatusContext', context: 'deploy/preview', state: 'SUCCESS' },
      ],
    },
  });
  expect(shown.reviews.nodes.map(({ state, comments }: Loose) => [state, comments.totalCount])).toEqual([
    ['CHANGES_REQUESTED', 2],
    ['COMMENTED', 1],
    ['COMMENTED', 1],
  ]);
  expect(shown.timelineItems.nodes.map((node: Loose) => node.__typename)).toEqual([
    ...['LabeledEvent', 'AssignedEvent', 'MilestonedEvent', 'RenamedTitleEvent', 'ReadyForReviewEvent'],
    ...['ReviewRequestedEvent', 'ReviewRequestedEvent', 'PullRequestReview', 'PullRequestReview'],
    ...['PullRequestCommit', 'PullRequestCommit', 'HeadRefForcePushedEvent', 'PullRequestReview'],
    ...['IssueComment', 'IssueComment'],
  ]);
  expect(shown.timelineItems.nodes.find((node: Loose) => node.afterCommit)?.afterCommit.oid).toBe(
    shown.headRefOid,
  );
  expect(shown.comments.nodes.at(-1).author).toEqual({ __typename: 'Bot', login: 'fernhollow-greenhouse' });
});

test('REST says the same, in its own words', async () => {
  const client = await startGithub();
  const number = pullFrom(client, 'pickup-choice');
  const base = `/repos/${STORE}`;
  const one = (await client.get(`${base}/pulls/${number}`)).json;
  const graph = await pull(client, number, 'id databaseId body updatedAt headRefOid url');
  expect(one).toMatchObject({
    ...{ node_id: graph.id, id: graph.databaseId, body: graph.body, updated_at: graph.updatedAt },
    ...{ html_url: graph.url, changed_files: 2, commits: 2, review_comments: 4, mergeable_state: 'unstable' },
    head: { sha: graph.headRefOid },
    requested_teams: [{ slug: 'product' }],
  });
  const issue = (await client.get(`${base}/issues/${number}`)).json;
  expect(issue.node_id).toBe(graph.id);
  expect(issue.id).not.toBe(one.id);
  expect(issue.pull_request.merged_at).toBeNull();
  const files = (await client.get(`${base}/pulls/${number}/files`)).json;
  expect(files.map(({ filename, status }: Loose) => [filename, status])).toEqual([
    ['src/basket/pickup.ts', 'modified'],
    ['test/pickup.test.ts', 'added'],
  ]);
  const comments = (await client.get(`${base}/pulls/${number}/comments`)).json;
  expect(comments.map((each: Loose) => [each.line, each.original_line, 'in_reply_to_id' in each])).toEqual([
    ...[
      [null, 12, false],
      [9, 9, false],
      [null, 12, true],
      [9, 9, true],
    ],
  ]);
  const timeline = (await client.get(`${base}/issues/${number}/timeline`)).json;
  expect(timeline.map(({ event }: Loose) => event)).toEqual([
    ...['labeled', 'assigned', 'milestoned', 'renamed', 'ready_for_review', 'review_requested'],
    ...['review_requested', 'reviewed', 'reviewed', 'committed', 'committed', 'head_ref_force_pushed'],
    ...['reviewed', 'commented', 'commented'],
  ]);
  expect((await client.get(`${base}/pulls/6`)).status).toBe(404);
});

test('who deleted the account is nobody in GraphQL and a ghost in REST; bots have two names', async () => {
  const client = await startGithub();
  const { data } = await client.query(
    '{ repository(owner: "fernhollow", name: "storefront") { issue(number: 12) { comments(first: 1) { nodes { author { login } body } } } old: issue(number: 1) { author { __typename login } } } }',
  );
  expect(data.repository.issue.comments.nodes[0].author).toBeNull();
  expect(data.repository.old.author).toEqual({ __typename: 'Mannequin', login: 'lena-of-old' });
  const [ghost] = (await client.get(`/repos/${STORE}/issues/12/comments`)).json;
  expect([ghost.user.login, ghost.user.id]).toEqual(['ghost', 10_137]);
  const bump = (await client.get(`/repos/${STORE}/pulls/14`)).json;
  expect([bump.user.login, bump.user.type]).toEqual(['dependabot[bot]', 'Bot']);
  const graph = await pull(
    client,
    14,
    'author { login } commits(first: 1) { nodes { commit { author { name user { login } } } } }',
  );
  expect(graph.author.login).toBe('dependabot');
  expect(graph.commits.nodes[0].commit.author).toEqual({ name: 'dependabot[bot]', user: null });
});

test('what refers to an issue shows on it, and what closed it is known', async () => {
  const { query } = await startGithub();
  const { data } = await query(
    `{ repository(owner: "fernhollow", name: "greenhouse") { issue(number: 2) { state stateReason
       closedByPullRequestsReferences(first: 5) { nodes { number } }
       timelineItems(first: 50, itemTypes: [CROSS_REFERENCED_EVENT, CLOSED_EVENT]) { filteredCount nodes { __typename
         ... on CrossReferencedEvent { willCloseTarget isCrossRepository source { ... on PullRequest { number } } }
         ... on ClosedEvent { stateReason closer { ... on PullRequest { number } } } } } }
       pickup: issue(number: 5) { timelineItems(first: 9, itemTypes: CROSS_REFERENCED_EVENT) { nodes { ... on CrossReferencedEvent {
         isCrossRepository source { ... on PullRequest { number repository { nameWithOwner } } } } } } } } }`,
  );
  expect(data.repository.issue).toEqual({
    ...{ state: 'CLOSED', stateReason: 'COMPLETED' },
    closedByPullRequestsReferences: { nodes: [{ number: 3 }] },
    timelineItems: {
      filteredCount: 2,
      nodes: [
        {
          ...{ __typename: 'CrossReferencedEvent', willCloseTarget: true, isCrossRepository: false },
          source: { number: 3 },
        },
        { __typename: 'ClosedEvent', stateReason: 'COMPLETED', closer: { number: 3 } },
      ],
    },
  });
  const [, cross] = data.repository.pickup.timelineItems.nodes;
  expect(cross).toEqual({
    isCrossRepository: true,
    source: { number: 17, repository: { nameWithOwner: STORE } },
  });
});

test('of three thousand and more files as many are listed, and all are counted', async () => {
  const client = await startGithub({ pageLimit: 100 });
  const { workspace } = client.simulator;
  const number = edits.createPullRequest(workspace, HOUSE, {
    ...{ title: 'Generated', head: 'generated', commits: [], files: edits.manyFiles(3_100) },
  });
  const pages = await client.pages(`/repos/${HOUSE}/pulls/${number}/files?per_page=100`);
  expect([pages.length, pages.flat().length]).toEqual([30, 3_000]);
  expect((await client.get(`/repos/${HOUSE}/pulls/${number}`)).json.changed_files).toBe(3_100);
  const { data } = await client.query(
    `query ($number: Int!) { repository(owner: "fernhollow", name: "greenhouse") { pullRequest(number: $number) { changedFiles files(last: 1) { totalCount nodes { path } } } } }`,
    { number },
  );
  expect(data.repository.pullRequest).toEqual({
    changedFiles: 3_100,
    files: { totalCount: 3_000, nodes: [{ path: 'generated/02999.txt' }] },
  });
});

test('nodes are found by their ids, each for itself', async () => {
  const client = await startGithub();
  const number = pullFrom(client, 'pickup-choice');
  const shown = await pull(
    client,
    number,
    'id reviews(first: 1) { nodes { id } } reviewThreads(first: 1) { nodes { id comments(first: 1) { nodes { id } } } } comments(first: 1) { nodes { id } } commits(first: 1) { nodes { commit { id } } } repository { id discussions(first: 1) { nodes { id comments(first: 1) { nodes { id } } } } releases(first: 1) { nodes { id } } issue(number: 6) { id } } author { ... on User { id } }',
  );
  const ids = [...JSON.stringify(shown).matchAll(/"id":"([^"]+)"/g)].map(([, id = '']) => id);
  expect(ids.length).toBe(12);
  const { data } = await client.query('query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }', { ids });
  expect(data.nodes.map((node: Loose) => node.id)).toEqual(ids);
  expect(new Set(data.nodes.map((node: Loose) => node.__typename)).size).toBe(12);
  client.simulator.faults.forbidden.add(ids[0] ?? '');
  const partial = await client.query('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
    ids: [ids[0], 'PR_kwX', ids[1]],
  });
  expect(partial.data.nodes).toEqual([null, null, { id: ids[1] }]);
  expect(partial.errors.map(({ type, path }: Loose) => [type, path])).toEqual([
    ['FORBIDDEN', ['nodes', 0]],
    ['NOT_FOUND', ['nodes', 1]],
  ]);
});
