import { expect, test, vi } from 'vitest';
import * as edits from '../../src/demo/workspace/edits.ts';
import type { Workspace } from '../../src/demo/workspace/model.ts';
import { reportOf, startContext, type TestContext } from '../harness/context.ts';
import { git } from '../harness/git.ts';

vi.setConfig({ testTimeout: 60_000 });

/** Each commit with the paths it changed, the oldest first; without the time of the runs' own. */
function story(context: TestContext, ...range: string[]): string[] {
  const format = '--format=%x00%an <%ae>, %ad by %cn %cd: %s';
  const told = context.git(
    ...['log', '--reverse', '--date=format-local:%H:%M', '--name-status', '--no-renames', format],
    ...range,
  );
  return told
    .split('\0')
    .slice(1)
    .map((commit) => commit.trim().replace(/\n+/g, ' ').replaceAll('\t', ' '))
    .map((line) =>
      line.replace(/^(context-sync <context-sync@localhost>), \d\d:\d\d by \S+ \d\d:\d\d/, '$1'),
    );
}

function edited(workspace: Workspace): string {
  const page = edits.pageIdByTitle(workspace, 'ENG', 'Guide');
  edits.editPage(workspace, page, { body: '<p>First.</p>', by: 'acc-2', message: 'begun' });
  edits.transitionIssue(workspace, 'SHOP-2', 'In Progress', { by: 'acc-2' });
  edits.editPage(workspace, page, { body: '<p>First.</p><p>Second.</p>', by: 'acc-1' });
  return page;
}

test('R9 each change is a commit of its own document, by whoever made it and when; what follows comes with the run', async () => {
  await using context = await startContext();
  const { workspace } = context;
  await context.build({ commit: 'per-revision' });
  expect(story(context)).toHaveLength(1);
  const page = edited(workspace);
  edits.addComment(workspace, page, { body: '<p>Nice.</p>', by: 'acc-3' });
  edits.retitlePage(workspace, page, 'Guidebook', { by: 'acc-2' });
  edits.createPage(workspace, { space: 'ENG', title: 'Guide', body: '<p>Another.</p>', by: 'acc-2' });
  const { report } = await context.build({ commit: 'per-revision' });
  expect(report.revisions).toBe(6);
  expect(story(context, '-7')).toMatchInlineSnapshot(`
    [
      "Bo <acc-2@127.0.0.1>, 09:23 by context-sync 09:23: Guide: begun M confluence/ENG/guide.md",
      "Bo <acc-2@127.0.0.1>, 09:24 by context-sync 09:24: SHOP-2: status To Do → In Progress M jira/WATCHING/SHOP-2-speed-up.md",
      "Ann <acc-1@127.0.0.1>, 09:25 by context-sync 09:25: Guide: version 3 M confluence/ENG/guide.md",
      "Cy <acc-3@127.0.0.1>, 09:26 by context-sync 09:26: Guide: comment M confluence/ENG/guide.md",
      "Bo <acc-2@127.0.0.1>, 09:27 by context-sync 09:27: Guidebook: renamed from Guide M confluence/ENG/guide.md",
      "Bo <acc-2@127.0.0.1>, 09:28 by context-sync 09:28: Guide: created A confluence/ENG/guide-1048601.md",
      "context-sync <context-sync@localhost>: Sync 6 documents: confluence +1 ~2 >2, jira ~1 M .ctx/state/jira.yaml M INDEX.md M confluence/ENG/INDEX.md M confluence/ENG/decisions/use-postgres.md D confluence/ENG/guide-1048601.md M confluence/ENG/guide.md D confluence/ENG/guide/set-up.md A confluence/ENG/guidebook.md A confluence/ENG/guidebook/set-up.md M confluence/OPS/runbook.md M jira/PROJECT/OPS-1-rotate-keys.md",
    ]
  `);
  expect(context.git('log', '-1', '--skip=4', '--format=%B').trim()).toBe(
    [
      'Guide: version 3\n',
      `Document: confluence/${page}`,
      'Revision: 3',
      `Url: ${context.simulator.url}/wiki/pages/viewpage.action?pageId=${page}&pageVersion=3`,
    ].join('\n'),
  );
  expect(context.documents()).toEqual(await context.fresh());
  expect(context.git('status', '--porcelain')).toBe('');
  context.git('fsck', '--strict');
});

const ALL = { history: { since: 'all' } };

test('a history that is asked for is told by the first build, line by line, and twice the same', async () => {
  await using context = await startContext({ confluence: ALL, jira: ALL });
  edited(context.workspace);
  const other = await context.folder();
  await context.build({ commit: 'per-revision' });
  await context.build({ commit: 'per-revision', path: other });
  expect(context.git('rev-parse', 'HEAD')).toBe(git(other, ['rev-parse', 'HEAD']).toString());
  expect(blame(context, 'confluence/ENG/guide.md')).toEqual(
    expect.arrayContaining(['Bo: First.', 'Ann: Second.']),
  );
  expect(blame(context, 'jira/WATCHING/SHOP-2-speed-up.md')).toContain('Bo: status: In Progress');
  expect(context.documents()).toEqual(await context.fresh());
});

test('a backfill tells the history of what is there: other lines’ authors, the same documents', async () => {
  await using context = await startContext();
  edited(context.workspace);
  await context.build();
  const before = context.git('rev-parse', 'HEAD^{tree}');
  const whole = { confluence: ALL, backfill: ['confluence'] };
  const { report } = await context.build(whole);
  // Seven documents with two further versions and three comments, and the commit that takes them out first.
  expect(report.revisions).toBe(13);
  expect(context.git('rev-parse', 'HEAD^{tree}')).toBe(before);
  expect(blame(context, 'confluence/ENG/guide.md')).toEqual(
    expect.arrayContaining(['Bo: First.', 'Ann: Second.']),
  );
  expect(blame(context, 'jira/WATCHING/SHOP-2-speed-up.md')).toContain('context-sync: status: In Progress');
  expect((await context.build()).report.commit).toBeNull();
});

test('R5 a secret that a former version had is in none of the commits', async () => {
  await using context = await startContext({ sources: ['confluence'], confluence: ALL });
  const token = ['ghp', 'A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8'].join('_');
  const page = edits.pageIdByTitle(context.workspace, 'ENG', 'Guide');
  edits.editPage(context.workspace, page, { body: `<p>Use ${token}.</p>`, message: `token ${token}` });
  edits.editPage(context.workspace, page, { body: '<p>Use your own.</p>' });
  const result = await context.build({ commit: 'per-revision' });
  // It is still in the source's own history, so that someone has to rotate it.
  expect(reportOf(result, 'confluence').guarded).toMatchObject([{ path: 'confluence/ENG/guide.md' }]);
  const all = context.git('log', '-p', '--format=%B');
  expect(all).toContain('[redacted:');
  expect(all).not.toContain(token);
  expect(all).toContain('+Use your own.');
});

/** Who wrote each line, as `git blame` tells it. */
function blame(context: TestContext, path: string): string[] {
  const told = context.git('blame', '--line-porcelain', path);
  return [...told.matchAll(/^author (.+)[\s\S]*?^\t(.*)$/gm)].map(([, name, line]) => `${name}: ${line}`);
}
