import { describe, expect, test } from 'vitest';
import { exitCodeOfRun } from '../../src/cli/exit-codes.ts';
import * as edits from '../../src/demo/workspace/edits.ts';
import type { Workspace } from '../../src/demo/workspace/model.ts';
import { fingerprintsOf, reportOf, startContext } from '../harness/context.ts';
import { emptySite, OTHER } from '../harness/small-workspace.ts';

const PAGES = 24;

describe('R6 a mass deletion', () => {
  test('is held back with a fingerprint; other scopes still commit; the confirmation accepts it', async () => {
    await using context = await startContext({ workspace: crowded(), sources: ['confluence'] });
    await context.build();
    for (const id of crowd(context.workspace, 'ENG')) edits.trashPage(context.workspace, id);
    edits.trashPage(context.workspace, crowd(context.workspace, 'OPS')[0] as string);

    const held = await context.build();
    const [fingerprint] = fingerprintsOf(held);
    expect(fingerprint).toMatch(/^[0-9a-f]{12}$/);
    expect(exitCodeOfRun(held.errors, true)).toBe(5);
    expect(reportOf(held, 'confluence')).toMatchObject({ status: 'partial', deleted: 1 });
    expect(below(context.documents(), 'confluence/ENG/')).toHaveLength(PAGES + 1);
    expect(below(context.documents(), 'confluence/OPS/')).toHaveLength(PAGES);

    const wrong = await context.build({ confirmDeletes: ['0123456789ab'] });
    expect(fingerprintsOf(wrong)).toEqual([fingerprint]);
    expect(below(context.documents(), 'confluence/ENG/')).toHaveLength(PAGES + 1);

    const confirmed = await context.build({ confirmDeletes: [fingerprint as string] });
    expect(confirmed.errors).toEqual([]);
    expect(reportOf(confirmed, 'confluence').deleted).toBe(PAGES);
    expect(context.documents()).toEqual(await context.fresh());
  });

  test('a fingerprint accepts exactly the documents it was made for', async () => {
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

  test('a view that answers with nothing is held back, however small it is', async () => {
    await using context = await startContext({ sources: ['jira'] });
    await context.build();
    const before = context.documents();
    for (const { key, parentId } of [...context.workspace.issues.values()]) {
      if (parentId === null) edits.deleteIssue(context.workspace, key);
    }
    const result = await context.build();
    expect(fingerprintsOf(result)).toHaveLength(1);
    expect(context.documents()).toEqual(before);
  });

  test('does not count what the source explains: restricted pages, tickets that left the views', async () => {
    await using context = await startContext({
      workspace: crowded(),
      jira: { views: { MINE: 'assignee = currentUser()' } },
    });
    await context.build();
    for (const id of crowd(context.workspace, 'ENG'))
      edits.restrictPage(context.workspace, id, { users: [context.workspace.accountId] });
    for (const { key } of [...context.workspace.issues.values()])
      edits.assignIssue(context.workspace, key, OTHER);
    const result = await context.build();
    expect(result.errors).toEqual([]);
    expect(reportOf(result, 'confluence').deleted).toBe(PAGES);
    expect(reportOf(result, 'jira').deleted).toBe(PAGES);
  });

  test('a space that is configured no longer is explained by the configuration', async () => {
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
});

/** Two spaces of many pages below their home pages, and as many tickets of ours. */
function crowded(): Workspace {
  const workspace = emptySite();
  for (const space of ['ENG', 'OPS']) {
    for (let n = 0; n < PAGES; n++)
      edits.createPage(workspace, { space, title: `Page ${n}`, body: `<p>${n}</p>` });
  }
  for (let n = 0; n < PAGES; n++)
    edits.createIssue(workspace, { project: 'SHOP', summary: `Issue ${n}`, assignee: workspace.accountId });
  return workspace;
}

function crowd(workspace: Workspace, space: string): string[] {
  const { id, homepageId } = edits.spaceByKey(workspace, space);
  return [...workspace.content.values()]
    .filter((content) => content.spaceId === id && content.id !== homepageId)
    .map((content) => content.id);
}

function below(documents: ReadonlyMap<string, string>, folder: string): string[] {
  return [...documents.keys()].filter((path) => path.startsWith(folder) && !path.endsWith('/INDEX.md'));
}
