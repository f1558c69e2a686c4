import { expect, test } from 'vitest';
import * as edits from '../../src/demo/workspace/edits.ts';
import { reportOf, startContext, type TestContext } from '../harness/context.ts';
import { paragraph } from '../harness/small-workspace.ts';

const at = (context: TestContext, path: string) => context.documents().get(path) ?? '';

test('R7 swapped titles swap paths, and links stay with their targets', async () => {
  await using context = await startContext({ sources: ['confluence'] });
  await context.build();
  const { workspace } = context;
  const [guide, postgres] = ['Guide', 'Use Postgres'].map((title) =>
    edits.pageIdByTitle(workspace, 'ENG', title),
  ) as [string, string];
  edits.movePage(workspace, postgres, { parent: edits.spaceByKey(workspace, 'ENG').homepageId });
  await context.build();
  edits.retitlePage(workspace, guide, 'Between');
  edits.retitlePage(workspace, postgres, 'Guide');
  edits.retitlePage(workspace, guide, 'Use Postgres');
  await context.build();
  expect(at(context, 'confluence/ENG/guide.md')).toContain(`id: "${postgres}"`);
  expect(at(context, 'confluence/ENG/use-postgres.md')).toContain(`id: "${guide}"`);
  expect(at(context, 'confluence/OPS/runbook.md')).toContain('[the guide](../ENG/use-postgres.md)');
  expect(context.documents()).toEqual(await context.fresh());
});

test('a source that is skipped keeps its documents, and links to them', async () => {
  await using context = await startContext();
  await context.build();
  const before = at(context, 'confluence/ENG/guide/set-up.md');
  context.simulator.faults.add({
    fault: { kind: 'status', status: 401 },
    path: /^\/rest\//,
    times: Number.POSITIVE_INFINITY,
  });
  edits.editIssue(context.workspace, 'SHOP-1', { description: paragraph('Unseen') });
  const result = await context.build();
  expect(reportOf(result, 'jira').status).toBe('failed');
  expect(reportOf(result, 'confluence').status).toBe('ok');
  expect(at(context, 'confluence/ENG/guide/set-up.md')).toBe(before);
});

test('R3 a document that gets another name while it is read is linked by it', async () => {
  await using context = await startContext({ sources: ['confluence'] });
  const { workspace, simulator } = context;
  await context.build();
  const setUp = edits.pageIdByTitle(workspace, 'ENG', 'Set-up');
  edits.editPage(workspace, setUp, { body: '<p>Anew.</p>' });
  let isRead = false;
  simulator.faults.schedule = ({ name }) => {
    if (isRead || !/body-format/.test(name)) return undefined;
    isRead = true;
    return { kind: 'edit', edit: () => edits.retitlePage(workspace, setUp, 'Beginning') };
  };
  await context.build();
  simulator.faults.clear();
  expect(isRead).toBe(true);
  await context.build();
  expect(context.documents()).toEqual(await context.fresh());
});
