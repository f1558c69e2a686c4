import { expect, test } from 'vitest';
import * as edits from '../../src/demo/workspace/edits.ts';
import { startContext, type TestContext } from '../harness/context.ts';
import { emptySite } from '../harness/small-workspace.ts';

const at = (context: TestContext, path: string) => context.documents().get(path) ?? '';

test('R3 a ticket keeps being found by its former key', async () => {
  await using context = await startContext();
  await context.build();
  const key = edits.moveIssue(context.workspace, 'SHOP-1', 'OPS');
  await context.build();
  expect(at(context, 'confluence/ENG/guide/set-up.md')).toContain(
    `(../../../jira/ASSIGNED/${key}-fix-the-basket.md)`,
  );
  expect(context.documents()).toEqual(await context.fresh());
});

test('R3 a link over sources follows its target, comes and goes with it', async () => {
  await using context = await startContext();
  await context.build();
  const { workspace } = context;
  const text = () => at(context, 'confluence/ENG/guide/set-up.md');
  expect(text()).toContain('(../../../jira/ASSIGNED/SHOP-1-fix-the-basket.md)');

  edits.editIssue(workspace, 'SHOP-1', { summary: 'Repair it' });
  let count = context.requestCount();
  await context.build();
  expect(text()).toContain('(../../../jira/ASSIGNED/SHOP-1-repair-it.md)');
  expect(context.bodyRequestsSince(count).filter(({ path }) => path.includes('/wiki/'))).toEqual([]);

  edits.secureIssue(workspace, 'SHOP-1', 'inner');
  count = context.requestCount();
  await context.build();
  expect(text()).toContain(`(${context.simulator.url}/browse/SHOP-1)`);
  expect(context.bodyRequestsSince(count).filter(({ path }) => path.includes('/wiki/'))).toEqual([]);

  edits.secureIssue(workspace, 'SHOP-1', null);
  await context.build();
  expect(text()).toContain('(../../../jira/ASSIGNED/SHOP-1-repair-it.md)');
});

test('R7 a new page with a smaller claim to a name moves nobody, and a vanished one gives the name free', async () => {
  await using context = await startContext({ workspace: emptySite(), sources: ['confluence'] });
  const { workspace } = context;
  const first = edits.createPage(workspace, { space: 'ENG', title: 'Plan', body: '<p>1</p>' });
  const second = edits.createPage(workspace, { space: 'ENG', title: 'Plan!', body: '<p>2</p>' });
  edits.createPage(workspace, {
    space: 'OPS',
    title: 'Reader',
    body: `<p><a href="@@SITE@@/wiki/spaces/ENG/pages/${second}">it</a></p>`,
  });
  await context.build();
  expect(at(context, 'confluence/OPS/reader.md')).toContain(`(../ENG/plan-${second}.md)`);
  edits.trashPage(workspace, first);
  await context.build();
  expect(at(context, 'confluence/OPS/reader.md')).toContain('(../ENG/plan.md)');
  expect(context.documents()).toEqual(await context.fresh());
});

test('R3 a document whose target moved is linked anew without being read again', async () => {
  await using context = await startContext();
  await context.build();
  const { workspace } = context;
  const setUp = edits.pageIdByTitle(workspace, 'ENG', 'Set-up');
  expect(at(context, 'confluence/OPS/runbook.md')).toContain('(../ENG/guide/set-up.md)');
  edits.movePage(workspace, setUp, { parent: edits.spaceByKey(workspace, 'ENG').homepageId });
  const count = context.requestCount();
  await context.build();
  expect(context.bodyRequestsSince(count).filter(({ query }) => !query.includes(setUp))).toEqual([]);
  expect(at(context, 'confluence/OPS/runbook.md')).toContain('(../ENG/set-up.md)');
  expect(at(context, 'confluence/ENG/decisions/use-postgres.md')).toContain('(../set-up.md)');
  expect(at(context, 'jira/PROJECT/OPS-1-rotate-keys.md')).toContain('(../../confluence/ENG/set-up.md)');
  expect(context.documents()).toEqual(await context.fresh());
});
