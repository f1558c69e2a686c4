import { describe, expect, test } from 'vitest';
import { exitCodeOfRun } from '../../src/cli/exit-codes.ts';
import { confluenceModel } from '../../src/connectors/confluence/model.ts';
import type { Facts } from '../../src/core/document.ts';
import * as edits from '../../src/demo/workspace/edits.ts';
import type { Workspace } from '../../src/demo/workspace/model.ts';
import type { Collected } from '../../src/pipeline/collect.ts';
import { decideRemovals } from '../../src/pipeline/guard.ts';
import { fingerprintsOf, reportOf, startContext } from '../harness/context.ts';
import { emptySite, ME, OTHER } from '../harness/small-workspace.ts';

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
    for (const { key } of [...context.workspace.issues.values()].slice(1))
      edits.assignIssue(context.workspace, key, OTHER);
    const result = await context.build();
    expect(result.errors).toEqual([]);
    expect(reportOf(result, 'confluence').deleted).toBe(PAGES);
    expect(reportOf(result, 'jira').deleted).toBe(PAGES - 1);
  });

  test('is suspected when a view is empty that was not, although its tickets still answer', async () => {
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

test.each([
  ['19 of 20', 20, 19, false],
  ['20 of 80, a quarter', 80, 20, true],
  ['20 of 81, less than a quarter', 81, 20, false],
  ['19 of 76, a quarter', 76, 19, false],
  ['25 of 100', 100, 25, true],
  ['24 of 100', 100, 24, false],
  ['the only one', 1, 1, true],
])('R6 of a scope, %s', (_, size, lost, isHeld) => {
  const facts = Array.from(
    { length: size },
    (_each, n): Facts => ({
      ...{ id: String(n), source: 'confluence', type: 'page', title: `Page ${n}`, space: 'ENG' },
      url: `https://team.example.net/wiki/spaces/ENG/pages/${n}`,
    }),
  );
  const known = new Map(facts.map((each) => [each.id, { path: '', oid: '', facts: each, destinations: [] }]));
  const collected = {
    ...{ upserts: new Map(), deletes: new Map(), failedDocuments: new Map(), failure: undefined },
    present: new Set(facts.slice(lost).map(({ id }) => id)),
    completed: new Set(['space ENG']),
  } as unknown as Collected;
  const { removed, suspicious } = decideRemovals(
    confluenceModel('confluence'),
    known,
    collected,
    () => false,
  );
  expect([removed.size, suspicious.get('space ENG')?.length ?? 0]).toEqual(isHeld ? [0, lost] : [lost, 0]);
});

describe('R7 a document that is held back', () => {
  test('keeps the folder it is in, which only the state tells of', async () => {
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
