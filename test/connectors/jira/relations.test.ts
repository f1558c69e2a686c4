import { describe, expect, test } from 'vitest';
import * as edits from '../../../src/demo/workspace/edits.ts';
import type { Workspace } from '../../../src/demo/workspace/model.ts';
import { startContext } from '../../harness/context.ts';

/** SHOP-2 is a sub-task of SHOP-1, which blocks OPS-1. Each time a build ends, the next thing happens. */
const cases: Readonly<Record<string, readonly ((workspace: Workspace) => void)[]>> = {
  'that is secured gets another parent': [
    (workspace) => edits.secureIssue(workspace, 'SHOP-2', 'inner'),
    (workspace) => edits.editIssue(workspace, 'SHOP-2', { parent: 'OPS-2' }),
  ],
  'moves to another project and is secured': [
    (workspace) => {
      edits.moveIssue(workspace, 'SHOP-2', 'OPS');
      edits.secureIssue(workspace, edits.issueOf(workspace, 'SHOP-2').key, 'inner');
    },
  ],
  'is made and secured before anyone saw it': [
    (workspace) => {
      const id = edits.createIssue(workspace, {
        project: 'SHOP',
        summary: 'Hush',
        type: 'Sub-task',
        parent: 'SHOP-1',
      });
      edits.secureIssue(workspace, id, 'inner');
    },
  ],
  'is secured, and its sub-tasks with it': [
    (workspace) => edits.secureIssue(workspace, 'SHOP-1', 'inner'),
    (workspace) => edits.secureIssue(workspace, 'SHOP-1', null),
    (workspace) => edits.secureIssue(workspace, 'SHOP-1', 'outer'),
  ],
  'is deleted while it is secured': [
    (workspace) => edits.secureIssue(workspace, 'OPS-1', 'inner'),
    (workspace) => edits.deleteIssue(workspace, 'OPS-1'),
  ],
};

describe('R1 R3 what others say of a ticket is true when the ticket', () => {
  test.each(Object.entries(cases))('%s', async (_, happenings) => {
    await using context = await startContext({ sources: ['jira'] });
    await context.build();
    for (const happen of happenings) {
      happen(context.workspace);
      expect((await context.buildConfirming()).errors).toEqual([]);
      expect(context.documents()).toEqual(await context.fresh());
    }
  });
});
