import { afterEach, beforeEach, expect, test } from 'vitest';
import type { JiraSource } from '../../../src/config/sources/jira.ts';
import { linkDocument, writeMarkdown } from '../../../src/markdown/index.ts';
import { addIssue, configFor, createRepository } from './harness.ts';
import { type StubIssue, type StubSite, startSite } from './site.ts';

let site: StubSite;
let issue: StubIssue;
beforeEach(async () => {
  site = await startSite();
  site.people.set('ada', 'Ada Lovelace').set('bob', 'Bob');
  issue = addIssue(site, '10001', 'ACME-1');
});
afterEach(() => site.close());

const ada = { accountId: 'ada', displayName: 'Ada' };
const bob = { accountId: 'bob', displayName: 'Bob' };

const adf = (...content: unknown[]) => ({ type: 'doc', version: 1, content });
const paragraph = (...content: unknown[]) => ({ type: 'paragraph', content });
const text = (value: string) => ({ type: 'text', text: value });
const comment = (id: number, changes: Record<string, unknown> = {}) => ({
  id: String(id),
  author: ada,
  body: adf(paragraph(text(`Comment ${id}`))),
  created: `2026-02-01T00:${String(id).padStart(2, '0')}:00.000+0000`,
  updated: `2026-02-01T00:${String(id).padStart(2, '0')}:00.000+0000`,
  ...changes,
});

async function read(changes: Partial<JiraSource> = {}) {
  const repository = createRepository();
  const result = await repository.run(configFor(site, changes));
  const document = repository.documents.get('10001');
  if (!document) throw new Error(`not read: ${result.failed}`);
  const markdown = linkDocument(writeMarkdown(document.body), (url) =>
    url.replace(site.url, 'https://acme.example'),
  );
  return { facts: document.facts, attachments: document.attachments, markdown };
}

test('facts come in a fixed order, people by display name, times in UTC', async () => {
  site.fields.push(
    { id: 'customfield_2', name: 'Story Points', custom: true },
    {
      id: 'customfield_3',
      name: 'Sprint',
      custom: true,
      schema: { custom: 'com.pyxis.greenhopper.jira:gh-sprint' },
    },
    {
      id: 'customfield_4',
      name: 'Rank',
      custom: true,
      schema: { custom: 'com.pyxis.greenhopper.jira:gh-lexo-rank' },
    },
    { id: 'customfield_5', name: 'Reviewers', custom: true },
    { id: 'customfield_6', name: 'Status', custom: true },
    { id: 'customfield_7', name: 'Area', custom: true },
    { id: 'customfield_8', name: 'Empty', custom: true },
  );
  Object.assign(issue.fields, {
    summary: ' Fix\nlogin ',
    created: '2026-01-02T03:04:05.678+0200',
    status: { name: 'In Progress' },
    issuetype: { name: 'Bug' },
    priority: { name: 'High' },
    resolution: null,
    duedate: '2026-05-01',
    labels: ['b', 'a'],
    components: [{ name: 'web' }, { name: 'api' }],
    fixVersions: [{ name: '2.0' }],
    assignee: bob,
    reporter: ada,
    parent: { id: '99', key: 'ACME-9', fields: { summary: 'never shown' } },
    subtasks: [
      { id: '12', key: 'ACME-12' },
      { id: '2', key: 'ACME-2' },
    ],
    issuelinks: [
      {
        type: { name: 'Blocks', inward: 'is blocked by', outward: 'blocks' },
        outwardIssue: { id: '3', key: 'ACME-12' },
      },
      {
        type: { name: 'Blocks', inward: 'is blocked by', outward: 'blocks' },
        inwardIssue: { id: '4', key: 'OPS-3' },
      },
      {
        type: { name: 'Blocks', inward: 'is blocked by', outward: 'blocks' },
        outwardIssue: { id: '5', key: 'ACME-3' },
      },
    ],
    attachment: [
      {
        id: '7',
        filename: 'a.png',
        size: 2048,
        mimeType: 'image/png',
        created: '2026-02-01T00:00:00.000+0000',
      },
    ],
    customfield_2: 5,
    customfield_3: [
      { id: 8, name: 'Sprint 8', state: 'active' },
      { id: 7, name: 'Sprint 7', state: 'closed' },
    ],
    customfield_4: '0|i0001:',
    customfield_5: [bob, ada],
    customfield_6: { value: 'Gold', child: { value: 'Plus' } },
    customfield_7: { type: 'doc', version: 1, content: [paragraph(text('Rich'))] },
    customfield_8: [],
  });
  issue.comments.push(comment(1));
  const { facts } = await read();
  expect(facts).toEqual({
    id: '10001',
    source: 'jira',
    type: 'ticket',
    title: 'Fix login',
    url: `${site.url}/browse/ACME-1`,
    created: '2026-01-02T01:04:05.678Z',
    updated: issue.updated,
    author: 'Ada Lovelace',
    status: 'In Progress',
    labels: ['a', 'b'],
    project: 'ACME',
    key: 'ACME-1',
    parent: '99',
    views: ['MINE', 'ALL'],
    aliases: ['ACME-1'],
    people: { ada: 'Ada Lovelace', bob: 'Bob' },
    fields: expect.anything(),
  });
  expect(JSON.stringify(facts.fields, undefined, 1)).toBe(
    JSON.stringify(
      {
        issue_type: 'Bug',
        priority: 'High',
        due: '2026-05-01',
        assignee: 'Bob',
        reporter: 'Ada Lovelace',
        components: ['api', 'web'],
        fix_versions: ['2.0'],
        sprint: ['Sprint 7', 'Sprint 8'],
        parent_key: 'ACME-9',
        subtasks: ['ACME-2', 'ACME-12'],
        links: ['blocks ACME-3', 'blocks ACME-12', 'is blocked by OPS-3'],
        reviewers: ['Bob', 'Ada Lovelace'],
        status_6: 'Gold / Plus',
        story_points: 5,
        comments: 1,
      },
      undefined,
      1,
    ),
  );
});

test('the body has the description first, then what surrounds it', async () => {
  site.fields.push({ id: 'customfield_7', name: 'Acceptance', custom: true });
  Object.assign(issue.fields, {
    description: adf(
      paragraph({ type: 'mention', attrs: { id: 'bob', text: '@Old Name' } }, text(' see '), {
        type: 'text',
        text: 'it',
        marks: [{ type: 'link', attrs: { href: `${site.url}/browse/ACME-3` } }],
      }),
    ),
    environment: 'Linux\r\nKernel 6\r\n\r\nARM',
    customfield_7: adf(paragraph(text('Works'))),
    parent: { id: '99', key: 'ACME-9' },
    subtasks: [{ id: '2', key: 'ACME-2' }],
    issuelinks: [
      {
        type: { name: 'Relates', inward: 'relates to', outward: 'relates to' },
        inwardIssue: { id: '4', key: 'OPS-3' },
      },
    ],
    attachment: [{ id: '7', filename: 'log.txt', size: 2150, mimeType: 'text/plain' }],
  });
  issue.comments.push(
    comment(2, {
      author: null,
      updated: '2026-02-02T10:00:00.000+0000',
      body: adf({ type: 'heading', attrs: { level: 1 }, content: [text('Loud')] }),
    }),
    comment(1),
    comment(3, {
      visibility: { type: 'role', value: 'Administrators' },
      body: adf(paragraph(text('hidden'))),
    }),
  );
  issue.histories.push(
    change(
      '2026-02-01T10:00:00.000+0000',
      ada,
      ['status', 'To Do', 'In Progress'],
      ['Rank', '', 'Ranked higher'],
    ),
    change('2026-02-01T10:00:30.000+0000', ada, ['assignee', '', 'Bob']),
    change(
      '2026-02-03T10:00:00.000+0000',
      bob,
      ['description', 'long', 'longer'],
      ['Fix Version', '2.0', ''],
      ['Link', '', 'This issue blocks OPS-1'],
    ),
  );
  const { markdown, facts } = await read();
  expect(facts.people).toEqual({ ada: 'Ada Lovelace', bob: 'Bob' });
  expect(markdown).toBe(`@Bob see [it](https://acme.example/browse/ACME-3)

## Environment

Linux\\
Kernel 6

ARM

## Acceptance

Works

## Links

- parent [ACME-9](https://acme.example/browse/ACME-9)
- subtask [ACME-2](https://acme.example/browse/ACME-2)
- relates to [OPS-3](https://acme.example/browse/OPS-3)

## Attachments

- [log.txt](https://acme.example/rest/api/3/attachment/content/7) · 2.1 KB · text/plain

## Comments

### Ada Lovelace · 2026-02-01 00:01 UTC

Comment 1

### Someone · 2026-02-01 00:02 UTC (edited 2026-02-02 10:00 UTC)

#### Loud

## History

- 2026-02-01 Ada Lovelace: status To Do → In Progress; assignee set to Bob
- 2026-02-03 Bob: description changed; fix version 2.0 removed; link This issue blocks OPS-1 added
`);
});

test('comments beyond those inside the issue are paged for, and all are there in order', async () => {
  site.embeddedComments = 2;
  for (let id = 1; id <= 7; id++) issue.comments.push(comment(id));
  const { markdown, facts } = await read();
  expect(markdown.match(/Comment \d/g)).toEqual(
    ['1', '2', '3', '4', '5', '6', '7'].map((id) => `Comment ${id}`),
  );
  expect(facts.fields?.comments).toBe(7);
});

test('a thread whose announced rest does not come fails the issue and is no shorter thread', async () => {
  site.embeddedComments = 1;
  issue.comments.push(comment(1), comment(2));
  site.intercept = ({ path }) =>
    path.endsWith('/comment') ? { status: 200, body: { comments: [], total: 2 } } : undefined;
  const result = await createRepository().run(configFor(site));
  expect(result.failed).toEqual(['10001 source.document-failed']);
});

test('without comments none are read, and none are asked for', async () => {
  site.embeddedComments = 1;
  issue.comments.push(comment(1), comment(2));
  const { markdown, facts } = await read({ comments: false });
  expect(markdown).not.toContain('Comment');
  expect(facts.fields).not.toHaveProperty('comments');
  expect(site.calls.some(({ path }) => path.endsWith('/comment'))).toBe(false);
});

test('R1 comments for a role or group are there only on request', async () => {
  issue.comments.push(comment(1, { visibility: { type: 'group', value: 'staff' } }));
  expect((await read()).markdown).not.toContain('Comment 1');
  expect((await read({ include_restricted: true })).markdown).toContain('Comment 1');
});

test('a changelog that is cut off inside the issue is read whole, with the former keys', async () => {
  site.embeddedChanges = 1;
  issue.histories.push(
    change('2026-02-01T10:00:00.000+0000', ada, ['Key', 'OLD-1', 'MID-1']),
    change('2026-02-02T10:00:00.000+0000', ada, ['Key', 'MID-1', 'ACME-1']),
    change('2026-02-03T10:00:00.000+0000', ada, ['status', 'Open', 'Done']),
  );
  const { facts, markdown } = await read();
  expect(facts.aliases).toEqual(['ACME-1', 'MID-1', 'OLD-1']);
  expect(markdown.match(/^- 2026/gm)).toHaveLength(3);
});

test('only the wanted custom fields are shown', async () => {
  site.fields.push(
    { id: 'customfield_1', name: 'Team', custom: true },
    { id: 'customfield_2', name: 'Cost', custom: true },
  );
  Object.assign(issue.fields, { customfield_1: { name: 'Blue' }, customfield_2: 7 });
  expect((await read({ fields: ['team'] })).facts.fields).toEqual({ team: 'Blue' });
});

test('two custom fields of one name keep apart', async () => {
  site.fields.push(
    { id: 'customfield_20', name: 'Team', custom: true },
    { id: 'customfield_3', name: 'team!', custom: true },
  );
  Object.assign(issue.fields, { customfield_20: 'second', customfield_3: 'first' });
  expect((await read()).facts.fields).toEqual({ team: 'first', team_20: 'second' });
});

test('without the list of fields the names inside the issues serve', async () => {
  site.intercept = ({ path, body }) => {
    if (path.endsWith('/field')) return { status: 403, body: {} };
    // Who may see the issue is asked without it.
    if (!path.endsWith('/issue/bulkfetch') || body.expand === undefined) return undefined;
    expect(body.expand).toContain('names');
    const fields = { summary: 'x', security: null, customfield_1: 'Blue' };
    const names = { customfield_1: 'Team', summary: 'Summary' };
    return {
      status: 200,
      body: {
        issues: [{ id: '10001', key: 'ACME-1', fields, names, changelog: { histories: [], total: 0 } }],
      },
    };
  };
  expect((await read()).facts.fields).toEqual({ team: 'Blue' });
});

function change(created: string, author: unknown, ...items: [string, string, string][]) {
  return {
    id: created.replace(/\D/g, ''),
    author,
    created,
    items: items.map(([field, fromString, to]) => ({ field, fromString, toString: to })),
  };
}

test('of its files a ticket tells which its texts show or link to, in whatever form', async () => {
  const file = (id: string, filename: string) => ({
    ...{ id, filename, size: 3, mimeType: 'image/png' },
    created: `2026-02-0${id}T00:00:00.000+0000`,
  });
  const link = (href: string) => ({ ...text('it'), marks: [{ type: 'link', attrs: { href } }] });
  const media = { type: 'media', attrs: { type: 'file', id: 'uuid', collection: '', alt: 'shown.png' } };
  issue.fields.attachment = [
    file('1', 'shown.png'),
    file('2', 'linked.png'),
    file('3', 'pasted.png'),
    file('4', 'elsewhere.png'),
    file('5', 'only-attached.png'),
  ];
  issue.fields.description = {
    ...{ type: 'doc', version: 1 },
    content: [
      { type: 'mediaSingle', content: [media] },
      paragraph(link(`${site.url}/secure/attachment/2/linked.png`)),
      paragraph(link(`https://other.example/secure/attachment/4/elsewhere.png`)),
    ],
  };
  issue.comments.push({
    ...(comment(1) as object),
    body: {
      type: 'doc',
      version: 1,
      content: [paragraph(link(`${site.url}/rest/api/3/attachment/content/3`))],
    },
  });
  const { attachments, markdown } = await read();
  expect(attachments.filter(({ referenced }) => referenced).map(({ name }) => name)).toEqual([
    'shown.png',
    'linked.png',
    'pasted.png',
  ]);
  expect(attachments[0]).toEqual({
    ...{ id: '1', name: 'shown.png', version: '2026-02-01T00:00:00.000Z', type: 'image/png', size: 3 },
    url: `${site.url}/rest/api/3/attachment/content/1`,
    referenced: true,
  });
  expect(markdown).toContain('[it](https://acme.example/rest/api/3/attachment/content/2)');
  expect(markdown).toContain('https://other.example/secure/attachment/4/elsewhere.png');
});

const media = (id: string, alt?: string) => ({
  type: 'mediaSingle',
  content: [{ type: 'media', attrs: { type: 'file', id, collection: '', ...(alt && { alt }) } }],
});
const attached = (id: string, filename: string) => ({ id, filename, mimeType: 'image/png', size: 8 });
const shown = (id: string) =>
  `<p><a href="/rest/api/3/attachment/content/${id}"><img src="${site.url}/rest/api/3/attachment/thumbnail/${id}"></a></p>`;

test('a file without a name is the one that Jira shows in its place', async () => {
  issue.fields.attachment = [attached('7', 'a.png'), attached('8', 'a.png'), attached('9', 'b.png')];
  issue.fields.description = adf(media('m-1'), media('m-2', 'b.png'), media('m-3'));
  issue.comments = [comment(1, { body: adf(media('m-4')) })];
  issue.rendered = {
    description: shown('8') + shown('9') + shown('7'),
    comment: { comments: [{ id: '1', body: shown('9') }] },
  };
  const { markdown, attachments } = await read();
  const images = [...markdown.matchAll(/!\[.*?\]\(.*?content\/(\d+)\)/g)].map(([, id]) => id);
  expect(images).toEqual(['8', '9', '7', '9']);
  expect(attachments.map(({ id, referenced }) => `${id} ${referenced}`)).toEqual([
    '7 true',
    '8 true',
    '9 true',
  ]);
  const asked = site.calls.filter(({ query }) => query.get('expand') === 'renderedFields');
  expect(asked.map(({ query }) => query.get('fields'))).toEqual(['description,comment']);
});

test('files that can not be told apart are named as unknown, and no issue that names its files is asked twice', async () => {
  issue.fields.attachment = [attached('7', 'a.png')];
  issue.fields.description = adf(media('m-1'), media('m-2'));
  issue.rendered = { description: shown('7') };
  expect((await read()).markdown).toContain('`[image: unnamed]`');
  site.calls.length = 0;
  issue.fields.description = adf(media('m-1', 'a.png'));
  await read();
  expect(site.calls.filter(({ query }) => query.has('expand')).length).toBe(0);
});

test('text that is not a document is wiki markup', async () => {
  issue.fields.description = 'h2. Steps\r\n\r\n# open\r\n# *close*\r\n\r\n{code:java}\r\nint a;\r\n{code}';
  expect((await read()).markdown).toContain('## Steps\n\n1. open\n2. **close**\n\n```java\nint a;\n```\n');
});
