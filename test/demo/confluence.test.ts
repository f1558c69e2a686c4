import { expect, test } from 'vitest';
import {
  addComment,
  addLabel,
  archivePage,
  attachFile,
  createPage,
  movePage,
  pageIdByTitle,
  pageOf,
  purgePage,
  renameUser,
  resolveComment,
  restorePage,
  restrictPage,
  retitlePage,
  trashPage,
  unrestrictPage,
} from '../../src/demo/workspace/edits.ts';
import { allPages, type Client, type Loose, startClient } from './client.ts';

const V2 = '/wiki/api/v2';
const search = (cql: string, rest = '') =>
  `/wiki/rest/api/content/search?cql=${encodeURIComponent(cql)}${rest}`;

const titles = (results: readonly { title: string }[]): string[] => results.map((page) => page.title);
const listing = async (client: Client, query = ''): Promise<string[]> =>
  titles((await allPages(client, `${V2}/pages?limit=250${query}`)).results);

test('listings come in pages whose relative next links lead through all of them', async () => {
  const client = await startClient({ pageLimit: 7 });
  const { results, pages } = await allPages(client, `${V2}/spaces/32769/pages?limit=250`);
  expect(pages).toBe(Math.ceil(results.length / 7));
  expect(new Set(results.map((page) => page.id)).size).toBe(results.length);
  const first = await client.get(`${V2}/spaces/32769/pages?limit=2`);
  expect(first.json._links.next).toMatch(/^\/wiki\/api\/v2\/spaces\/32769\/pages\?limit=2&cursor=/);
  expect(first.json._links.base).toBe(`${client.simulator.url}/wiki`);
});

test('a page that is created while a listing is read is neither lost nor doubled', async () => {
  const client = await startClient();
  const first = await client.get(`${V2}/pages?limit=50`);
  trashPage(client.simulator.workspace, first.json.results[3].id);
  createPage(client.simulator.workspace, { space: 'ENG', title: 'Late', body: '<p>x</p>' });
  const second = await allPages(client, first.json._links.next);
  const ids = [...first.json.results, ...second.results].map((page) => page.id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(titles(second.results)).toContain('Late');
});

test('cursors of another query, unknown cursors and limits above 250 are refused with 400', async () => {
  const { get } = await startClient();
  const { json } = await get(`${V2}/pages?limit=2`);
  const cursor = new URL(json._links.next, 'http://x').searchParams.get('cursor');
  expect((await get(`${V2}/pages?limit=2&space-id=32769&cursor=${cursor}`)).status).toBe(400);
  expect((await get(`${V2}/pages?cursor=abc`)).status).toBe(400);
  const tooMany = await get(`${V2}/pages?limit=251`);
  expect(tooMany.status).toBe(400);
  expect(tooMany.json.errors[0].code).toBe('INVALID_REQUEST_PARAMETER');
});

test('pages under a restriction that leaves the account out are nowhere, and 404 singly', async () => {
  const client = await startClient();
  const { workspace } = client.simulator;
  const hidden = pageIdByTitle(workspace, 'INFRA', 'Access review Q4 2025');
  expect(await listing(client)).not.toContain('Access review Q4 2025');
  expect((await client.get(search('space = INFRA', '&limit=200'))).text).not.toContain('Access review');
  expect((await client.get(`${V2}/pages/${hidden}`)).status).toBe(404);
  unrestrictPage(workspace, pageIdByTitle(workspace, 'INFRA', 'Access reviews'));
  expect((await client.get(`${V2}/pages/${hidden}`)).status).toBe(200);
});

test('a restriction that names the account shows in the restrictions of a page that is visible', async () => {
  const client = await startClient();
  const { workspace } = client.simulator;
  const id = pageIdByTitle(workspace, 'ENG', 'Glossary');
  restrictPage(workspace, id, { users: [workspace.accountId], groups: ['leads'] });
  const expand = '&expand=restrictions.read.restrictions.user,restrictions.read.restrictions.group';
  const { json } = await client.get(search(`id = ${id}`, expand));
  const { user, group } = json.results[0].restrictions.read.restrictions;
  expect(user.results.map((each: { accountId: string }) => each.accountId)).toEqual([workspace.accountId]);
  expect(group.results.map((each: { name: string }) => each.name)).toEqual(['leads']);
});

test('what a search does not expand appears under _expandable only', async () => {
  const { get } = await startClient();
  const [plain] = (await get(search('space = ENG', '&limit=1'))).json.results;
  expect(Object.keys(plain._expandable)).toEqual(
    expect.arrayContaining(['metadata', 'restrictions', 'version', 'ancestors', 'space', 'body']),
  );
  expect(plain).not.toHaveProperty('metadata');
  const [half] = (await get(search('space = ENG', '&limit=1&expand=restrictions.read.restrictions.user')))
    .json.results;
  expect(half.restrictions.read.restrictions).toHaveProperty('user');
  expect(half.restrictions.read.restrictions).not.toHaveProperty('group');
  expect(half.restrictions.read.restrictions._expandable).toEqual({ group: '' });
});

test.each([
  ['space = "ENG" AND type = page', 200],
  ['space in ("ENG","INFRA") and type in (page, blogpost) order by lastmodified desc', 200],
  ['label = adr', 200],
  ['lastmodified >= "2026-02-20 00:00"', 200],
  ['(space = ENG or space = INFRA) and not label = adr', 200],
  ['space = ', 400],
  ['space ENG', 400],
  ['colour = green', 400],
  ['type = poem', 400],
  ['lastmodified >= "yesterday"', 400],
  ['(space = ENG', 400],
])('CQL %s is answered with %i', async (cql, status) => {
  const { get } = await startClient();
  const { status: actual, json } = await get(search(cql, '&limit=200'));
  expect(actual).toBe(status);
  if (status === 200) expect(json.results.length).toBeGreaterThan(0);
  else expect(json.message).toContain('Could not parse cql');
});

test('the label search finds labelled pages only, and next links are relative to the base', async () => {
  const client = await startClient({ pageLimit: 3 });
  const seen: string[] = [];
  for (let path: string | undefined = search('label = adr', '&limit=100'); path; ) {
    const { json }: { json: Loose } = await client.get(path);
    seen.push(...titles(json.results));
    path = json._links.next && `/wiki${json._links.next}`;
  }
  expect(seen).toHaveLength(7);
  expect(seen.every((title) => /^ADR-|^Architecture decisions/.test(title))).toBe(true);
});

const CONTENT = '/wiki/rest/api/content';

test('the older listing leads by offsets through what a space has, and ends with an empty page', async () => {
  const client = await startClient({ pageLimit: 7 });
  const seen: Loose[] = [];
  let start = 0;
  for (let size = 1; size > 0; start += size) {
    const { json }: { json: Loose } = await client.get(
      `${CONTENT}?spaceKey=ENG&limit=25&start=${start}&expand=body.storage,version`,
    );
    expect([json.start, json.limit, json.results.length]).toEqual([start, 7, json.size]);
    seen.push(...json.results);
    size = json.size;
  }
  const listed = await allPages(client, `${V2}/spaces/32769/pages?status=current&body-format=storage`);
  const told = ({ id, title, version, body }: Loose) => [id, title, version.number, body.storage.value];
  expect(seen.map(told)).toEqual(listed.results.map(told));
  const linked: string[] = [];
  for (let path: string | undefined = `${CONTENT}?spaceKey=ENG`; path; ) {
    const { json }: { json: Loose } = await client.get(path);
    linked.push(...titles(json.results));
    path = json._links.next && `/wiki${json._links.next}`;
  }
  expect(linked).toEqual(titles(seen));
});

test('the older listing shows the parts, type, title and states that are asked for', async () => {
  const client = await startClient();
  const { get } = client;
  const list = async (query: string): Promise<Loose[]> => (await get(`${CONTENT}?${query}`)).json.results;
  const [plain] = await list('spaceKey=ENG&title=Glossary');
  expect([plain.title, plain.space.key, plain.version.number > 0, plain.history.latest]).toEqual([
    'Glossary',
    'ENG',
    true,
    true,
  ]);
  expect(plain).not.toHaveProperty('body');
  const [bare] = await list('spaceKey=ENG&title=Glossary&expand=version');
  expect(bare).toHaveProperty('version');
  expect(bare).not.toHaveProperty('space');
  const posts = await list('spaceKey=ENG&type=blogpost');
  expect(new Set(posts.map(({ type }) => type))).toEqual(new Set(['blogpost']));
  trashPage(client.simulator.workspace, plain.id);
  expect(await list('spaceKey=ENG&title=Glossary')).toEqual([]);
  expect(await list('spaceKey=ENG&title=Glossary&status=trashed')).toHaveLength(1);
  expect(await list('spaceKey=ENG&title=Glossary&status=any')).toHaveLength(1);
  expect(titles(await list('spaceKey=INFRA&limit=250'))).not.toContain('Access review Q4 2025');
});

test.each([
  ['type=poem', 400],
  ['start=15001', 400],
  ['start=-1', 400],
  ['spaceKey=NOWHERE', 404],
])('the older listing answers %s with %i', async (query, status) => {
  const { get } = await startClient();
  const { status: actual, json } = await get(`${CONTENT}?${query}`);
  expect([actual, json.statusCode]).toEqual([status, status]);
});

test('the search index can lag behind, while single reads are current', async () => {
  const client = await startClient();
  const { workspace, faults } = client.simulator;
  const id = createPage(workspace, { space: 'ENG', title: 'Fresh', body: '<p>x</p>' });
  addLabel(workspace, id, 'new');
  faults.searchLag = 1;
  expect((await client.get(search('label = new'))).json.results).toEqual([]);
  expect((await client.get(search(`id = ${id}`))).json.results).toHaveLength(1);
  faults.searchLag = 2;
  expect((await client.get(search(`id = ${id}`))).json.results).toEqual([]);
  expect((await client.get(`${V2}/pages/${id}`)).status).toBe(200);
});

test('versions rise with titles and bodies, not with labels, comments, moves or restrictions', async () => {
  const client = await startClient();
  const { workspace } = client.simulator;
  const id = pageIdByTitle(workspace, 'ENG', 'Events');
  addLabel(workspace, id, 'x');
  addComment(workspace, id, { body: '<p>x</p>' });
  restrictPage(workspace, id, { users: [workspace.accountId] });
  movePage(workspace, id, { parent: pageIdByTitle(workspace, 'INFRA', 'Runbooks') });
  const moved = (await client.get(`${V2}/pages/${id}`)).json;
  expect([moved.version.number, moved.spaceId]).toEqual([1, '32770']);
  retitlePage(workspace, id, 'Facts');
  expect((await client.get(`${V2}/pages/${id}`)).json.version.number).toBe(2);
  const old = await client.get(`${V2}/pages/${id}?version=1&body-format=storage`);
  expect(old.json.title).toBe('Events');
});

test('a new title is followed by links in other pages, without a version of them', async () => {
  const client = await startClient();
  const { workspace } = client.simulator;
  const target = pageIdByTitle(workspace, 'INFRA', 'On-call runbook');
  const linking = pageIdByTitle(workspace, 'ENG', 'Your first week');
  const before = pageOf(workspace, linking).versions.length;
  retitlePage(workspace, target, 'When it "rings" & more');
  const { json } = await client.get(`${V2}/pages/${linking}?body-format=storage`);
  expect(json.body.storage.value).toContain('ri:content-title="When it &quot;rings&quot; &amp; more"');
  expect(json.body.storage.value).not.toContain('ri:content-title="On-call runbook"');
  expect(json.version.number).toBe(before);
  retitlePage(workspace, target, 'On call', { refactorLinks: false });
  const left = await client.get(`${V2}/pages/${linking}?body-format=storage`);
  expect(left.json.body.storage.value).toContain('When it &quot;rings&quot;');
});

test('trash, archive and purge are states that can be asked for', async () => {
  const client = await startClient();
  const { workspace } = client.simulator;
  const id = pageIdByTitle(workspace, 'ENG', 'Glossary');
  trashPage(workspace, id);
  expect(await listing(client)).not.toContain('Glossary');
  expect(await listing(client, '&status=trashed')).toEqual(['Glossary']);
  expect((await client.get(`${V2}/pages/${id}`)).status).toBe(404);
  expect((await client.get(`${V2}/pages/${id}?status=trashed`)).json.status).toBe('trashed');
  restorePage(workspace, id);
  expect(await listing(client)).toContain('Glossary');
  archivePage(workspace, id);
  expect(await listing(client, '&status=current')).not.toContain('Glossary');
  purgePage(workspace, id);
  expect(await listing(client, '&status=deleted')).toEqual(['Glossary']);
  purgePage(workspace, id, { forget: true });
  expect(await listing(client, '&status=deleted')).toEqual([]);
});

test('children of a trashed page move up', async () => {
  const client = await startClient();
  const { workspace } = client.simulator;
  const child = pageIdByTitle(workspace, 'PRODUCT', 'Pickup codes');
  trashPage(workspace, pageIdByTitle(workspace, 'PRODUCT', 'Local pickup'));
  const { json } = await client.get(`${V2}/pages/${child}`);
  expect(json.parentId).toBe(pageIdByTitle(workspace, 'PRODUCT', 'Specs'));
});

test('comments of the whole site hold replies and resolutions; those of trashed pages are gone', async () => {
  const client = await startClient();
  const { workspace } = client.simulator;
  const { results } = await allPages(client, `${V2}/inline-comments?body-format=storage`);
  const reply = results.find((comment) => comment.parentCommentId !== undefined);
  expect(reply.body.storage.value).toContain('<p>');
  resolveComment(workspace, results[0].id);
  const resolved = await client.get(`${V2}/inline-comments/${results[0].id}`);
  expect(resolved.json.resolutionStatus).toBe('resolved');
  trashPage(workspace, results[0].pageId);
  const left = await allPages(client, `${V2}/inline-comments`);
  expect(left.results.map((comment) => comment.pageId)).not.toContain(results[0].pageId);
});

test('the list of attachments leaves out those of content that is hidden or in the trash', async () => {
  const client = await startClient({ pageLimit: 2 });
  const { workspace } = client.simulator;
  const files = async () =>
    (await allPages(client, `${V2}/attachments?limit=250`)).results.map((file) => file.title);
  const before = await files();
  expect(before).toEqual(expect.arrayContaining(['systems.png', 'interviews.csv', 'checkout-latency.png']));
  trashPage(workspace, pageIdByTitle(workspace, 'ENG', 'Architecture'));
  restrictPage(workspace, pageIdByTitle(workspace, 'INFRA', 'Dashboards'), { users: ['nobody'] });
  expect(await files()).toEqual(before.filter((name) => !/^systems|^checkout-latency/.test(name)));
  const page = pageIdByTitle(workspace, 'ENG', 'Glossary');
  const attach = (text: string) =>
    attachFile(workspace, page, { title: 'a.txt', mediaType: 'text/plain', bytes: () => Buffer.from(text) });
  attach('one');
  const id = attach('two');
  const { json } = await client.get(`${V2}/attachments/${id}`);
  expect([json.version.number, json.fileSize, json.pageId]).toEqual([2, 3, page]);
});

test('what is shown of a page has the name and id of each macro, and lists made for the account', async () => {
  const client = await startClient();
  const { workspace } = client.simulator;
  const show = async (space: string, title: string) => {
    const id = pageIdByTitle(workspace, space, title);
    const storage = (await client.get(`${V2}/pages/${id}?body-format=storage`)).json.body.storage.value;
    const { body } = (await client.get(`${V2}/pages/${id}?body-format=export_view`)).json;
    const macros: string[] =
      storage.match(/ac:name="[^"]+" ac:schema-version="1" ac:macro-id="[^"]+"/g) ?? [];
    for (const macro of macros) {
      const [, name, macroId] = /ac:name="([^"]+)".*ac:macro-id="([^"]+)"/.exec(macro) ?? [];
      if (name !== 'anchor')
        expect(body.export_view.value).toContain(`data-macro-id="${macroId}" data-macro-name="${name}"`);
    }
    expect(body.export_view.value).not.toMatch(/<ac:|<ri:|@@/);
    return body.export_view.value as string;
  };
  expect(await show('INFRA', 'On-call runbook')).toMatch(
    /<td><a href="[^"]+\/browse\/OPS-\d+">OPS-\d+<\/a><\/td>/,
  );
  expect(await show('ENG', 'Architecture decisions')).toMatch(
    /<td class="title"><a [^>]+>ADR-007[^<]+<\/a><\/td><td>/,
  );
  expect(await show('PRODUCT', 'Specs')).toContain('Local pickup</a>');
  expect(await show('PRODUCT', 'Words we use')).toContain('The API gateway');
  expect(await show('INFRA', 'Alerting')).toContain('we could not take your payment');
  expect(await show('INFRA', 'Infrastructure Home')).not.toContain('Access review Q4 2025');
});

test('an attachment is fetched from another origin, which refuses forwarded credentials', async () => {
  const client = await startClient();
  const [file] = [...client.simulator.workspace.attachments.values()];
  const { status, headers } = await client.get(
    `/wiki/rest/api/content/${file?.pageId}/child/attachment/${file?.id}/download`,
  );
  const location = headers.get('location') ?? '';
  expect([status, new URL(location).host === new URL(client.simulator.url).host]).toEqual([302, false]);
  const bytes = new Uint8Array(await (await fetch(location)).arrayBuffer());
  expect(bytes).toEqual(new Uint8Array(file?.bytes() ?? []));
  expect((await fetch(location, { headers: { authorization: 'Basic eA==' } })).status).toBe(403);
  expect((await fetch(location.replace(/token=.*/, 'token=x'))).status).toBe(403);
});

test('a person who is renamed shows under the new name', async () => {
  const client = await startClient();
  const { workspace } = client.simulator;
  renameUser(workspace, workspace.accountId, 'Mina Okafor-Lind');
  const { json } = await client.post(`${V2}/users-bulk`, { accountIds: [workspace.accountId] });
  expect(json.results[0].displayName).toBe('Mina Okafor-Lind');
});
