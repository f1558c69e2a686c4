import { describe, expect, test } from 'vitest';
import * as edits from '../../../src/demo/workspace/edits.ts';
import type { Workspace } from '../../../src/demo/workspace/model.ts';
import { startContext } from '../../harness/context.ts';

/** SHOP-2 is a sub-task of SHOP-1, which blocks OPS-1. Each time a build ends, the next thing happens. */
const cases: Readonly<Record<string, readonly ((workspace: Workspace) => void)[]>> = {
  'moves to another project': [(workspace) => edits.moveIssue(workspace, 'SHOP-1', 'OPS')],
  'is secured, and its sub-tasks with it': [
    (workspace) => edits.secureIssue(workspace, 'SHOP-1', 'inner'),
    (workspace) => edits.secureIssue(workspace, 'SHOP-1', null),
  ],
  'comes out of sight and back': [
    (workspace) => edits.secureIssue(workspace, 'SHOP-1', 'outer'),
    (workspace) => edits.secureIssue(workspace, 'SHOP-1', null),
  ],
  'is deleted': [(workspace) => edits.deleteIssue(workspace, 'SHOP-1')],
};

describe('R1 R3 what others say of a ticket is true when the ticket', () => {
  test.each(
    Object.entries(cases).flatMap(([name, happenings]) => [
      [name, 'is left out', [() => undefined, ...happenings]] as const,
      [name, 'comes to be left out', happenings] as const,
    ]),
  )('%s, and %s', async (_, __, happenings) => {
    await using context = await startContext({ sources: ['jira'] });
    const leftOut = { jira: { exclude: [edits.issueOf(context.workspace, 'SHOP-1').id] } };
    await context.build();
    for (const happen of happenings) {
      happen(context.workspace);
      expect((await context.buildConfirming(leftOut)).errors).toEqual([]);
      expect(context.documents()).toEqual(await context.fresh(leftOut));
    }
    expect((await context.buildConfirming()).errors).toEqual([]);
    expect(context.documents()).toEqual(await context.fresh());
  });
});
