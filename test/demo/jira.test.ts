import { expect, test } from 'vitest';
import {
  assignIssue,
  commentIssue,
  createIssue,
  deleteIssue,
  issueOf,
  linkIssues,
  moveIssue,
  secureIssue,
  transitionIssue,
  watchIssue,
} from '../../src/demo/workspace/edits.ts';
import { type Client, type Loose, startClient } from './client.ts';

const API = '/rest/api/3';

async function keysOf({ post }: Client, jql: string): Promise<string[]> {
  const keys: string[] = [];
  let nextPageToken: string | undefined;
  do {
    const { status, json } = await post(`${API}/search/jql`, {
      jql,
      fields: ['key'],
      maxResults: 5000,
      nextPageToken,
    });
    if (status !== 200) throw new Error(`${status} ${JSON.stringify(json)}`);
    keys.push(...json.issues.map((issue: { key: string }) => issue.key));
    nextPageToken = json.nextPageToken;
    expect(json.isLast).toBe(nextPageToken === undefined);
    expect(json).not.toHaveProperty('total');
  } while (nextPageToken !== undefined);
  return keys;
}

test('a search goes on until the token is absent, and every issue comes once', async () => {
  const client = await startClient({ pageLimit: 9 });
  const keys = await keysOf(client, 'project in (SHOP, OPS) ORDER BY key ASC');
  expect(keys).toHaveLength(84);
  expect(keys.slice(0, 3)).toEqual(['SHOP-1', 'SHOP-2', 'SHOP-3']);
});

test('without fields a search answers ids alone; with others at most 100 of them', async () => {
  const { get } = await startClient();
  const jql = encodeURIComponent('project = SHOP');
  const ids = await get(`${API}/search/jql?jql=${jql}`);
  expect(Object.keys(ids.json.issues[0])).toEqual(['id']);
  const some = await get(`${API}/search/jql?jql=${jql}&fields=summary&maxResults=5000`);
  expect(some.json.issues.length).toBeLessThanOrEqual(100);
  expect(Object.keys(some.json.issues[0].fields)).toEqual(['summary']);
});

test.each([
  ['assignee = currentUser() AND resolution = Unresolved', ['SHOP-3', 'OPS-25'], ['SHOP-5', 'SHOP-1']],
  ['watcher = currentUser() AND resolution is EMPTY', ['SHOP-1', 'SHOP-31'], ['SHOP-5']],
  ['project = SHOP AND issuetype = Epic', ['SHOP-1', 'SHOP-10'], ['SHOP-2', 'OPS-1']],
  ['parent = SHOP-1', ['SHOP-2', 'SHOP-9'], ['SHOP-7']],
  ['project = OPS AND statusCategory != Done', ['OPS-1'], ['OPS-2']],
  ['status in ("In Review", Blocked)', ['SHOP-3', 'SHOP-12'], ['SHOP-1']],
  ['sprint in openSprints() AND NOT assignee = currentUser()', ['SHOP-6'], ['SHOP-3']],
  ['labels = pickup OR labels in (sale)', ['SHOP-1', 'SHOP-10'], ['OPS-1']],
  ['project = SHOP AND updated >= -5d', ['SHOP-43'], ['SHOP-2']],
  ['updated >= 1772000000000', ['SHOP-43'], ['SHOP-2']],
  ['created < "2025-12-01" AND project = OPS', ['OPS-1'], ['OPS-14']],
  ['text ~ "bonsai"', ['OPS-14'], ['SHOP-1']],
  ['key in (SHOP-1, OPS-2)', ['SHOP-1', 'OPS-2'], ['SHOP-2']],
  ['assignee is EMPTY AND project = SHOP', ['SHOP-9'], ['SHOP-1']],
  ['(project = SHOP OR project = OPS) AND priority = Highest', ['SHOP-10', 'OPS-25'], ['SHOP-1']],
  ['resolution = "Won\'t Do"', ['SHOP-17'], ['SHOP-16']],
])('JQL %s', async (jql, included, excluded) => {
  const keys = await keysOf(await startClient(), jql);
  expect(keys).toEqual(expect.arrayContaining(included));
  for (const key of excluded) expect(keys).not.toContain(key);
});

test.each([
  ['project = NOPE', "The value 'NOPE' does not exist for the field 'project'."],
  ['colour = green', "Field 'colour' does not exist or you do not have permission to view it."],
  ['project =', 'Error in the JQL Query'],
  ['project = SHOP AND', 'Error in the JQL Query'],
  ['updated >= "soon"', 'Error in the JQL Query'],
  ['', 'Unbounded JQL queries are not allowed here.'],
  ['ORDER BY updated', 'Unbounded JQL queries are not allowed here.'],
  ['assignee = nobody()', "Unable to find JQL function 'nobody()'."],
])('JQL %j is refused with 400', async (jql, message) => {
  const { post } = await startClient();
  const { status, json } = await post(`${API}/search/jql`, { jql });
  expect(status).toBe(400);
  expect(json.errorMessages.join(' ')).toContain(message);
});

test('a page token belongs to its query', async () => {
  const { post } = await startClient();
  const first = await post(`${API}/search/jql`, { jql: 'project = SHOP', maxResults: 2 });
  const { nextPageToken } = first.json;
  expect((await post(`${API}/search/jql`, { jql: 'project = OPS', nextPageToken })).status).toBe(400);
  expect((await post(`${API}/search/jql`, { jql: 'project = SHOP', nextPageToken })).status).toBe(200);
});

test('the old search is gone', async () => {
  const { get, post } = await startClient();
  expect((await get(`${API}/search?jql=project=SHOP`)).status).toBe(410);
  expect((await post('/rest/api/2/search', {})).status).toBe(410);
});

test('a stale index misses the newest edits, except of issues named for reconciling', async () => {
  const client = await startClient();
  const { workspace, faults } = client.simulator;
  transitionIssue(workspace, 'SHOP-3', 'Done');
  faults.searchLag = 1;
  const jql = 'key = SHOP-3 AND resolution is EMPTY';
  expect(await keysOf(client, jql)).toEqual(['SHOP-3']);
  const reconcileIssues = [Number(issueOf(workspace, 'SHOP-3').id)];
  const { json } = await client.post(`${API}/search/jql`, { jql, reconcileIssues });
  expect(json.issues).toEqual([]);
});

test('bulkfetch answers in the order of ids and leaves out what is missing or forbidden', async () => {
  const { simulator, post } = await startClient();
  const { workspace, faults } = simulator;
  const unreadable = issueOf(workspace, 'SHOP-5').id;
  faults.forbidden.add(unreadable);
  const issueIdsOrKeys = ['OPS-1', 'SHOP-2', 'SHOP-999', unreadable, 'SHOP-46', 'SHOP-1'];
  const { json } = await post(`${API}/issue/bulkfetch`, { issueIdsOrKeys, fields: ['summary'] });
  expect(json.issues.map((issue: { key: string }) => issue.key)).toEqual(['SHOP-1', 'SHOP-2', 'OPS-1']);
  const many = Array.from({ length: 101 }, (_, index) => String(index));
  expect((await post(`${API}/issue/bulkfetch`, { issueIdsOrKeys: many })).status).toBe(400);
});

test('an issue carries its newest comments only; all of them come by pages', async () => {
  const { get } = await startClient();
  const { json } = await get(`${API}/issue/SHOP-12?fields=comment`);
  const { comments, total } = json.fields.comment;
  expect([comments.length, total]).toEqual([20, 28]);
  const first = await get(`${API}/issue/SHOP-12/comment?orderBy=created&maxResults=15`);
  const second = await get(`${API}/issue/SHOP-12/comment?orderBy=created&maxResults=15&startAt=15`);
  const ids = [...first.json.comments, ...second.json.comments].map((comment) => comment.id);
  expect(ids).toHaveLength(28);
  expect(ids.slice(-20)).toEqual(comments.map((comment: { id: string }) => comment.id));
});

test('a moved issue keeps its id and answers under both keys', async () => {
  const { simulator, get } = await startClient();
  const { id } = issueOf(simulator.workspace, 'SHOP-44');
  const key = moveIssue(simulator.workspace, 'SHOP-44', 'OPS');
  for (const name of ['SHOP-44', key, id]) {
    const { json } = await get(`${API}/issue/${name}?fields=project`);
    expect([json.id, json.key, json.fields.project.key]).toEqual([id, key, 'OPS']);
  }
});

test('edits show in fields and in the changelog, watching in neither', async () => {
  const { simulator, get } = await startClient();
  const { workspace } = simulator;
  const key = createIssue(workspace, { project: 'SHOP', summary: 'New', type: 'Bug' });
  transitionIssue(workspace, key, 'In Progress');
  assignIssue(workspace, key, workspace.accountId);
  transitionIssue(workspace, key, 'Done');
  linkIssues(workspace, key, 'Blocks', 'SHOP-1');
  const { updated } = issueOf(workspace, key);
  watchIssue(workspace, key);
  const { json } = await get(`${API}/issue/${key}?expand=changelog`);
  expect(json.fields.resolution.name).toBe('Done');
  expect(json.fields.issuelinks[0].outwardIssue.key).toBe('SHOP-1');
  expect(Date.parse(json.fields.updated)).toBe(Date.parse(updated));
  const items = json.changelog.histories.flatMap((each: { items: unknown[] }) => each.items);
  expect(items.map((item: { field: string }) => item.field)).toEqual([
    'status',
    'resolution',
    'assignee',
    'status',
  ]);
  const other = await get(`${API}/issue/SHOP-1?fields=issuelinks`);
  expect(other.json.fields.issuelinks.at(-1).inwardIssue.key).toBe(key);
});

test('a security level that leaves the account out hides the issue everywhere', async () => {
  const client = await startClient();
  secureIssue(client.simulator.workspace, 'SHOP-19', '10501');
  expect((await client.get(`${API}/issue/SHOP-19`)).status).toBe(404);
  expect(await keysOf(client, 'key = SHOP-19')).toEqual([]);
  const linked = await client.get(`${API}/issue/OPS-14?fields=issuelinks`);
  expect(linked.json.fields.issuelinks).toEqual([]);
});

test('a deleted issue takes its sub-tasks and links with it', async () => {
  const client = await startClient();
  deleteIssue(client.simulator.workspace, 'SHOP-6');
  expect(await keysOf(client, 'key in (SHOP-6, SHOP-7, SHOP-8)')).toEqual([]);
  const { json } = await client.get(`${API}/issue/SHOP-4?fields=issuelinks`);
  expect(json.fields.issuelinks).toEqual([]);
});

test('changelogs come in bulk, oldest first, by pages', async () => {
  const { simulator, post } = await startClient();
  commentIssue(simulator.workspace, 'SHOP-1', { body: { type: 'doc', version: 1, content: [] } });
  const issueIdsOrKeys = ['SHOP-1', 'SHOP-5', 'OPS-14'];
  const times: string[] = [];
  let nextPageToken: string | undefined;
  do {
    const { json } = await post(`${API}/changelog/bulkfetch`, {
      issueIdsOrKeys,
      maxResults: 2,
      nextPageToken,
    });
    const page = json.issueChangeLogs.flatMap((each: Loose) =>
      each.changeHistories.map((change: Loose) => change.created),
    );
    times.push(...page.sort());
    nextPageToken = json.nextPageToken;
  } while (nextPageToken !== undefined);
  expect(times.length).toBeGreaterThan(4);
  expect(times).toEqual(times.toSorted());
});
