import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isPage, maySeeIssue } from '../../src/demo/workspace/access.ts';
import { companyWorkspace } from '../../src/demo/workspace/company.ts';
import { pageIdByTitle } from '../../src/demo/workspace/edits.ts';
import { textOf, type Workspace } from '../../src/demo/workspace/model.ts';
import { applyMorning } from '../../src/demo/workspace/morning.ts';
import { scaleWorkspace } from '../../src/demo/workspace/scale.ts';
import { allPages, type Loose, startClient } from './client.ts';

const bodies = (workspace: Workspace): string[] =>
  [...workspace.content.values()].filter(isPage).map((page) => textOf(page.versions.at(-1)?.body ?? ''));

test('R15 the simulator imports nothing that reads it', () => {
  const root = new URL('../../src/demo/', import.meta.url).pathname;
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  expect(files.length).toBeGreaterThan(30);
  for (const file of files) {
    const imports = [...readFileSync(join(root, file), 'utf8').matchAll(/from '([^']+)'/g)].map(
      ([, from = '']) => from,
    );
    for (const from of imports)
      expect(`${file}: ${from}`).toMatch(/: (node:|graphql$|\.\.?\/(?!.*(connectors|http|markdown)\/))/);
  }
});

test('the workspace is the same each time it is built', () => {
  const text = (workspace: Workspace) =>
    JSON.stringify([[...workspace.content], [...workspace.comments], [...workspace.issues]]);
  const [first, second] = [companyWorkspace(), companyWorkspace()];
  expect(text(second)).toBe(text(first));
  applyMorning(first);
  applyMorning(second);
  expect(text(second)).toBe(text(first));
});

test('it is a team of some size', () => {
  const workspace = companyWorkspace();
  expect(bodies(workspace).length).toBeGreaterThanOrEqual(60);
  expect(workspace.issues.size).toBeGreaterThanOrEqual(80);
  const mine = [...workspace.issues.values()].filter(
    (issue) =>
      issue.assigneeId === workspace.accountId &&
      issue.resolutionName === null &&
      maySeeIssue(workspace, issue),
  );
  expect(mine.length).toBeGreaterThan(10);
});

const CONSTRUCTS = [
  ...[
    'toc',
    'children',
    'code',
    'info',
    'note',
    'tip',
    'warning',
    'panel',
    'expand',
    'status',
    'anchor',
    'excerpt',
  ],
  ...[
    'excerpt-include',
    'details',
    'detailssummary',
    'drawio',
    'plantuml',
    'iframe',
    'widget',
    'jira',
    'roadmap',
    'include',
    'contentbylabel',
    'recently-updated',
    'view-file',
    'attachments',
  ],
].map((name) => `ac:name="${name}"`);

test.each([
  ...CONSTRUCTS,
  ...[
    '<ac:task-status>complete',
    '<ac:adf-node type="decision-item"',
    '<ac:adf-node type="panel"',
    '<ri:user',
  ],
  ...[
    '<time datetime="2026',
    '<ac:emoticon',
    '<ac:image',
    '<ac:caption>',
    '<ri:attachment',
    'ri:space-key="INFRA"',
  ],
  ...[
    'data-card-appearance="inline"',
    '<ac:plain-text-link-body>',
    '<ac:layout-section',
    'rowspan="2"',
    'colspan="2"',
  ],
  ...['<ac:inline-comment-marker', '<![CDATA[', '<blockquote>', '<del>', '<sub>', '<hr />', '/browse/SHOP-1'],
])('some page has %s', (construct) => {
  const workspace = companyWorkspace();
  expect(bodies(workspace).some((body) => body.includes(construct))).toBe(true);
});

test('every macro has an id, by which its rendered form is found', () => {
  const workspace = companyWorkspace();
  const macros = bodies(workspace).flatMap((body) => body.match(/<ac:structured-macro[^>]*>/g) ?? []);
  expect(macros.length).toBeGreaterThan(50);
  expect(macros.filter((macro) => !/ac:macro-id="[0-9a-f-]{36}"/.test(macro))).toEqual([]);
});

test('every body is well-formed: what is opened is closed, in order', () => {
  const workspace = companyWorkspace();
  applyMorning(workspace);
  const comments = [...workspace.comments.values()].map((each) => textOf(each.versions.at(-1)?.body ?? ''));
  for (const body of [...bodies(workspace), ...comments]) {
    const open: string[] = [];
    const text = body.replaceAll(/<!\[CDATA\[[\s\S]*?\]\]>/g, '');
    for (const [tag, slash, name = '', rest = ''] of text.matchAll(/<(\/?)([\w:-]+)([^<>]*)>/g)) {
      if (rest.endsWith('/')) continue;
      if (slash === '') open.push(name);
      else expect([tag, open.pop()]).toEqual([tag, name]);
    }
    expect(open).toEqual([]);
    expect(text.replaceAll(/<\/?[\w:-]+[^<>]*>/g, '')).not.toMatch(/[<>]|&(?!\w+;|#)|@@PAGE|\{\{/);
  }
});

test('links by title lead to pages that exist', () => {
  const workspace = companyWorkspace();
  applyMorning(workspace);
  for (const content of workspace.content.values()) {
    if (!isPage(content) || content.status !== 'current') continue;
    const own = workspace.spaces.get(content.spaceId)?.key ?? '';
    for (const [reference] of textOf(content.versions.at(-1)?.body ?? '').matchAll(/<ri:page[^>]*>/g)) {
      const space = /ri:space-key="([^"]*)"/.exec(reference)?.[1] ?? own;
      const title = (/ri:content-title="([^"]*)"/.exec(reference)?.[1] ?? '').replaceAll('&amp;', '&');
      expect(() => pageIdByTitle(workspace, space, title)).not.toThrow();
    }
  }
});

test('the morning edits, retitles, moves, adds, trashes, restricts and comments', async () => {
  const client = await startClient();
  const { workspace } = client.simulator;
  const before = new Map(workspace.content);
  applyMorning(workspace);
  const changes = [...workspace.content.values()].flatMap((after) => {
    const was = before.get(after.id);
    if (was === undefined) return [`new ${isPage(after) ? after.versions.at(-1)?.title : ''}`];
    if (!isPage(was) || !isPage(after) || was === after) return [];
    const [old, now] = [was.versions.at(-1), after.versions.at(-1)];
    return [
      ...(old?.title === now?.title ? [] : [`title ${now?.title}`]),
      ...(old?.number === now?.number || old?.title !== now?.title ? [] : [`body ${now?.title}`]),
      ...(was.parentId === after.parentId ? [] : [`parent ${now?.title}`]),
      ...(was.status === after.status ? [] : [`${after.status} ${now?.title}`]),
      ...(was.readers === after.readers ? [] : [`readers ${now?.title}`]),
    ];
  });
  expect(changes.sort()).toEqual([
    'body On-call runbook',
    'new 2026-03-02 On-call handover',
    'parent Gift cards',
    'readers Costs',
    'title Seedbank: the stock ledger',
    'trashed Old staging access',
  ]);
});

test('a generated workspace of 2,000 pages and tickets is served from little memory', async () => {
  const client = await startClient({ workspace: scaleWorkspace({ pages: 2_000, tickets: 2_000, seed: 3 }) });
  const heap = () => process.memoryUsage().heapUsed / 1e6;
  const before = heap();
  let bytes = 0;
  let next: string | undefined = '/wiki/api/v2/pages?limit=100&body-format=storage';
  while (next !== undefined) {
    const { text, json }: { text: string; json: Loose } = await client.get(next);
    bytes += text.length;
    next = json._links.next;
  }
  const { json } = await client.post('/rest/api/3/search/jql', {
    jql: 'project = OPS',
    fields: ['key'],
    maxResults: 5000,
  });
  expect(json.issues).toHaveLength(1_000);
  expect(bytes).toBeGreaterThan(2_000 * 3_000);
  expect(heap() - before).toBeLessThan(150);
});

test('a generated workspace has as many spaces as are wanted', async () => {
  const client = await startClient({
    workspace: scaleWorkspace({ pages: 30, tickets: 0, seed: 3, spaces: 1 }),
  });
  const { results } = await allPages(client, '/wiki/api/v2/spaces');
  expect(results.map(({ key }) => key)).toEqual(['ENG']);
  expect((await allPages(client, `/wiki/api/v2/spaces/${results[0].id}/pages`)).results).toHaveLength(30);
});

test('the same seed generates the same workspace', async () => {
  const first = await startClient({ workspace: scaleWorkspace({ pages: 30, tickets: 5, seed: 9 }) });
  const second = await startClient({ workspace: scaleWorkspace({ pages: 30, tickets: 5, seed: 9 }) });
  const path = '/wiki/api/v2/pages?limit=250&body-format=storage';
  expect((await allPages(second, path)).results).toEqual((await allPages(first, path)).results);
});
