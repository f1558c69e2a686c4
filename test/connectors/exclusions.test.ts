import { expect, test } from 'vitest';
import * as edits from '../../src/demo/workspace/edits.ts';
import { startContext } from '../harness/context.ts';

test('names to leave out that call nothing are told, once a run, and no others', async () => {
  await using context = await startContext();
  const { workspace } = context;
  const page = edits.pageIdByTitle(workspace, 'ENG', 'Guide');
  const { id } = edits.issueOf(workspace, 'OPS-2');
  await context.build({
    confluence: { exclude: ['999999', page] },
    jira: { exclude: ['SHOP-4711', 'shop-1', id, '888888'] },
  });
  expect(context.lines.filter((line) => line.includes('exclude'))).toEqual([
    'confluence: exclude: nothing is called 999999, or the account may not see it',
    'jira: exclude: nothing is called SHOP-4711, 888888, or the account may not see it',
  ]);
});
