import { describe, expect, test } from 'vitest';
import { exitCodeOfRun } from '../../src/cli/exit-codes.ts';
import * as edits from '../../src/demo/workspace/edits.ts';
import { fingerprintsOf, reportOf, startContext } from '../harness/context.ts';
import { ME, OTHER } from '../harness/small-workspace.ts';
import { below, crowd, crowded, PAGES } from './crowd.ts';

test('R6 a fingerprint accepts exactly the documents it was made for', async () => {
  await using context = await startContext({ workspace: crowded(), sources: ['confluence'] });
  await context.build();
  const [kept, ...gone] = crowd(context.workspace, 'ENG');
  for (const id of gone) edits.trashPage(context.workspace, id);
  const confirmDeletes = fingerprintsOf(await context.build());
  edits.trashPage(context.workspace, kept as string);
  const result = await context.build({ confirmDeletes });
  expect(fingerprintsOf(result)).not.toEqual([]);
  expect(fingerprintsOf(result)).not.toEqual(confirmDeletes);
  expect(below(context.documents(), 'confluence/ENG/')).toHaveLength(PAGES + 1);
});

test('R6 a mass deletion is suspected when a view is empty that was not, although its tickets still answer', async () => {
  await using context = await startContext({
    sources: ['jira'],
    jira: { views: { MINE: 'assignee = currentUser()', SHOP: 'project = SHOP AND labels = shown' } },
  });
  const { workspace } = context;
  edits.assignIssue(workspace, 'SHOP-2', ME);
  edits.editIssue(workspace, 'SHOP-2', { labels: ['shown'] });
  await context.build();
  const before = [...context.documents().keys()];
  const mine = [...workspace.issues.values()].filter(({ assigneeId }) => assigneeId === ME);
  for (const { key } of mine) edits.assignIssue(workspace, key, OTHER);
  edits.secureIssue(workspace, 'OPS-1', 'inner');

  const held = await context.build();
  const confirmDeletes = fingerprintsOf(held);
  expect(confirmDeletes).toHaveLength(1);
  expect(exitCodeOfRun(held.errors, true)).toBe(5);
  const paths = [...context.documents().keys()];
  expect(paths).toContain('jira/MINE/SHOP-1-fix-the-basket.md');
  // What another view lists lives there now, and what is restricted goes all the same.
  expect(before).toContain('jira/MINE/SHOP-2-speed-up.md');
  expect(paths).toContain('jira/SHOP/SHOP-2-speed-up.md');
  expect(paths.join('\n')).not.toContain('OPS-1');

  expect(fingerprintsOf(await context.build())).toEqual(confirmDeletes);
  expect((await context.build({ confirmDeletes })).errors).toEqual([]);
  expect(context.documents()).toEqual(await context.fresh());
});

test('R6 a space that is configured no longer is explained by the configuration', async () => {
  await using context = await startContext({
    workspace: crowded(),
    sources: ['confluence'],
    confluence: { spaces: ['ENG', 'OPS'] },
  });
  await context.build();
  const result = await context.buildConfirming({ confluence: { spaces: ['ENG'] } });
  expect(result.errors).toEqual([]);
  expect(below(context.documents(), 'confluence/OPS/')).toEqual([]);
  expect(below(context.documents(), 'confluence/ENG/')).toHaveLength(PAGES + 1);
});

test('R7 a document that is held back keeps the folder it is in, which only the state tells of', async () => {
  await using context = await startContext({ sources: ['confluence'], confluence: { spaces: ['ENG'] } });
  await context.build();
  const before = [...context.documents().keys()];
  expect(before).toContain('confluence/ENG/decisions/use-postgres.md');
  const { id } = edits.spaceByKey(context.workspace, 'ENG');
  for (const content of context.workspace.content.values()) {
    if (content.spaceId !== id || content.kind === 'folder') continue;
    edits.purgePage(context.workspace, content.id, { forget: true });
  }
  for (let run = 0; run < 2; run++) {
    expect(fingerprintsOf(await context.build())).toHaveLength(1);
    expect([...context.documents().keys()]).toEqual(before);
  }
  expect((await context.buildConfirming()).errors).toEqual([]);
  expect(context.documents()).toEqual(await context.fresh());
});

describe('R6 a mass deletion', () => {
  test('does not count what the source explains: restricted pages, tickets that left the views', async () => {
    await using context = await startContext({
      workspace: crowded(),
      jira: { views: { MINE: 'assignee = currentUser()' } },
    });
    await context.build();
    for (const id of crowd(context.workspace, 'ENG'))
      edits.restrictPage(context.workspace, id, { users: [context.workspace.accountId] });
    for (const { key } of [...context.workspace.issues.values()].slice(1))
      edits.assignIssue(context.workspace, key, OTHER);
    const result = await context.build();
    expect(result.errors).toEqual([]);
    expect(reportOf(result, 'confluence').deleted).toBe(PAGES);
    expect(reportOf(result, 'jira').deleted).toBe(PAGES - 1);
  });
});
