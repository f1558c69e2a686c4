import { describe, expect, test } from 'vitest';
import * as edits from '../../../src/demo/workspace/edits.ts';
import type { TestContext } from '../../harness/context.ts';
import { ME, smallWorkspace } from '../../harness/small-workspace.ts';
import { expectAsFresh, idOf, start } from './pages.ts';
import { SECRET, secretsIn, workspaceWithWays } from './ways-to-secrets.ts';

describe('R1 nothing of a restricted page, its files, or what is below it', () => {
  test('comes into the repository by another page', async () => {
    const { workspace, part } = workspaceWithWays();
    edits.restrictPage(workspace, part, { users: [ME] });
    await using context = await start(workspace);
    expect((await context.build()).errors).toEqual([]);
    expect(secretsIn(context)).toEqual([]);
    expect(context.simulator.mediaRequests).toEqual([]);
    expect(context.git('log', '--format=%B').toLowerCase()).not.toContain(SECRET);
  });
});

test('R1 the name of a folder is kept in the state only for as long as a document is below it', async () => {
  const workspace = smallWorkspace();
  const state = (context: TestContext) => context.files().get('.ctx/state/confluence.yaml');
  await using context = await start(workspace);
  await context.build();
  expect(state(context)).toContain('Decisions');
  edits.restrictPage(workspace, idOf(workspace, 'Use Postgres'), { users: [ME] });
  await expectAsFresh(context);
  expect(state(context)).not.toContain('Decisions');
});
