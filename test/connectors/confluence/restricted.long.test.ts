import { describe, expect, test } from 'vitest';
import * as edits from '../../../src/demo/workspace/edits.ts';
import type { TestContext } from '../../harness/context.ts';
import { ME, smallWorkspace } from '../../harness/small-workspace.ts';
import { documentOf, expectAsFresh, idOf, start } from './pages.ts';
import { SECRET, secretsIn, ways, workspaceWithWays } from './ways-to-secrets.ts';

describe('R1 nothing of a restricted page, its files, or what is below it', () => {
  test('stays in the repository once it is restricted, by itself or by the page above it', async () => {
    const { workspace, part } = workspaceWithWays();
    await using context = await start(workspace);
    await expectAsFresh(context);
    // The ways lead there as long as the page is open.
    const shown = secretsIn(context).join('\n');
    for (const title of [...Object.keys(ways(part)), 'Talk']) {
      if (title.startsWith('Diagram') || ['Pictures', 'Link to a file', 'View of a file'].includes(title))
        continue;
      expect(shown).toContain(title.toLowerCase().replaceAll(' ', '-'));
    }
    expect(secretsIn(context).filter((path) => path.startsWith('attachments/')).length).toBeGreaterThan(1);
    for (const page of [part, idOf(workspace, 'Guide')]) {
      edits.restrictPage(workspace, page, { users: [ME] });
      await expectAsFresh(context);
      expect(secretsIn(context)).toEqual([]);
      edits.unrestrictPage(workspace, page);
      expect((await context.build()).errors).toEqual([]);
      expect(documentOf(context, 'confluence/ENG/include-of-an-include.md').body).toContain(SECRET);
    }
  });

  test('comes from a space that is not read, and it goes with a space that is not read any more', async () => {
    const { workspace, part } = workspaceWithWays();
    edits.movePage(workspace, part, { parent: idOf(workspace, 'Runbook', 'OPS') });
    await using context = await start(workspace);
    await context.build();
    expect(secretsIn(context)).not.toEqual([]);
    expect((await context.buildConfirming({ confluence: { spaces: ['ENG'] } })).errors).toEqual([]);
    expect(context.documents()).toEqual(await context.fresh({ confluence: { spaces: ['ENG'] } }));
    // Its folders are remembered until then: its documents could have been held back, and would have kept their places.
    edits.editPage(workspace, idOf(workspace, 'Guide'), { body: '<p>Anew.</p>' });
    expect((await context.build({ confluence: { spaces: ['ENG'] } })).errors).toEqual([]);
    expect(secretsIn(context)).toEqual([]);
  });

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
