import { describe, expect, test } from 'vitest';
import * as edits from '../../../src/demo/workspace/edits.ts';
import { reportOf } from '../../harness/context.ts';
import { smallWorkspace } from '../../harness/small-workspace.ts';
import { create, documentOf, expectAsFresh, FOREVER, idOf, macro, start } from './pages.ts';

const list = 'confluence/ENG/list.md';
const EXPORT = /body-format=export_view/;

test('macros that only the service can render are asked for once with the page, and never while it stays as it is', async () => {
  const workspace = smallWorkspace();
  const guide = idOf(workspace, 'Guide');
  create(workspace, 'List', `<p>Below:</p>${macro('jira', { jqlQuery: 'project = SHOP order by key' })}`);
  await using context = await start(workspace);
  await context.build();
  expect(context.bodyRequestsSince(0).filter(({ query }) => EXPORT.test(query))).toHaveLength(1);
  expect(documentOf(context, list).body).toMatch(
    /<!-- live: jira -->[\s\S]*Fix the basket[\s\S]*<!-- \/live -->/,
  );
  edits.editIssue(workspace, 'SHOP-1', { summary: 'Something else' });
  edits.editPage(workspace, guide, { body: '<p>New.</p>' });
  const count = context.requestCount();
  await context.build();
  expect(context.bodyRequestsSince(count)).toHaveLength(1);
  expect(documentOf(context, list).body).toContain('Fix the basket');
});

test('macros that only the service can render that cannot be rendered cost their page nothing else, and are tried again', async () => {
  const workspace = smallWorkspace();
  create(workspace, 'List', `<p>Below:</p>${macro('jira', { jqlQuery: 'project = SHOP' })}<p>Above.</p>`);
  await using context = await start(workspace);
  context.simulator.faults.add({ fault: { kind: 'status', status: 500 }, path: EXPORT, times: FOREVER });
  const result = await context.build();
  expect(reportOf(result, 'confluence')).toMatchObject({ status: 'partial', failed: 0 });
  expect(reportOf(result, 'confluence').fidelity.lost).toBe(1);
  expect(documentOf(context, list).body).toMatch(/Below:[\s\S]*project = SHOP[\s\S]*Above\./);
  context.simulator.faults.clear();
  await expectAsFresh(context);
  expect(documentOf(context, list).body).toContain('Fix the basket');
});

describe('macros that only the service can render', () => {
  test('do not describe their page: what they show changes without it', async () => {
    const workspace = smallWorkspace();
    const parent = create(workspace, 'List', `${macro('children')}<p>Above are pages.</p>`);
    create(workspace, 'Child', '<p>x</p>', { parent });
    await using context = await start(workspace);
    await context.build();
    expect(documentOf(context, list).body).toMatch(/Child[\s\S]*Above/);
    expect(documentOf(context, list).description).toBe('Above are pages.');
    create(workspace, 'Another', '<p>x</p>', { parent });
    const { changes } = await context.build({ full: true });
    expect(changes.map(({ path }) => path)).toEqual(['confluence/ENG/list/another.md']);
  });
});
