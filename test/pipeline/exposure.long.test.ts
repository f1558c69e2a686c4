import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { withdrawnLine } from '../../src/cli/withdrawn.ts';
import * as edits from '../../src/demo/workspace/edits.ts';
import { reportOf, startContext } from '../harness/context.ts';
import { ME } from '../harness/small-workspace.ts';

const DAY = 24 * 60 * 60 * 1000;

test('a document that becomes restricted is reported with how long it was to be seen: since its first time, if it had been away; and no later than a shallow clone begins', async () => {
  await using context = await startContext({ sources: ['confluence'] });
  const { workspace, clock } = context;
  const id = edits.pageIdByTitle(workspace, 'ENG', 'Guide');
  await context.build();
  const since = context.git('log', '-1', '--format=%aI').trim();
  for (const act of [edits.trashPage, edits.restorePage]) {
    await clock.sleep(DAY);
    act(workspace, id);
    await context.build();
  }
  const path = await context.folder();
  execFileSync('git', ['clone', '-q', '--depth', '1', `file://${context.path}`, path]);
  const begins = context.git('log', '-1', '--format=%aI').trim();
  edits.restrictPage(workspace, id, { users: [ME] });
  const [cut] = reportOf(await context.build({ path }), 'confluence').withdrawn;
  const [whole] = reportOf(await context.build(), 'confluence').withdrawn;
  expect(Date.parse(whole?.since ?? '')).toBe(Date.parse(since));
  expect(whole).not.toHaveProperty('sinceAtLeast');
  expect(Date.parse(cut?.since ?? '')).toBe(Date.parse(begins));
  expect(cut).toMatchObject({ sinceAtLeast: true });
  expect(cut && withdrawnLine(cut)).toContain('or before (this clone');
});

describe('a document that becomes restricted is reported with how long it was to be seen', () => {
  test('by its id, through other names and places, with the title that everyone knew', async () => {
    await using context = await startContext({ sources: ['confluence'] });
    const { workspace, clock } = context;
    const id = edits.pageIdByTitle(workspace, 'ENG', 'Set-up');
    await context.build();
    const since = context.git('log', '-1', '--format=%aI').trim();
    await clock.sleep(10 * DAY);
    edits.retitlePage(workspace, id, 'Beginning');
    edits.movePage(workspace, id, { parent: edits.pageIdByTitle(workspace, 'OPS', 'Runbook') });
    edits.editPage(workspace, id, { body: '<p>Nothing is as it was, in any line of it.</p>' });
    await context.build();
    await clock.sleep(254 * DAY);
    edits.restrictPage(workspace, id, { users: [ME] });
    edits.retitlePage(workspace, id, 'Zebra deal', { refactorLinks: false });
    const result = await context.build();
    const [withdrawn, ...others] = reportOf(result, 'confluence').withdrawn;
    expect(others).toEqual([]);
    expect(withdrawn).toMatchObject({ id, path: 'confluence/OPS/runbook/beginning.md' });
    expect(Date.parse(withdrawn?.since ?? '')).toBe(Date.parse(since));
    expect(withdrawn && withdrawnLine(withdrawn)).toMatch(
      /^confluence\/OPS\/runbook\/beginning\.md is restricted now and goes; this repository showed it from \S{10} to \S{10} \(264 days\)\. Its history still holds it: `ctx purge \d+`/,
    );
    expect(context.git('log', '-1', '--format=%B')).toContain('- Beginning (restricted)');
    expect(context.git('log', '-1', '-p')).not.toContain('Zebra');
    expect(reportOf(await context.build(), 'confluence').withdrawn).toEqual([]);
  });

  test('when what is above it is restricted, or it moves there, and tickets too', async () => {
    await using context = await startContext();
    const { workspace } = context;
    const page = (title: string, space = 'ENG') => edits.pageIdByTitle(workspace, space, title);
    await context.build();
    edits.restrictPage(workspace, page('Guide'), { users: [ME] });
    edits.movePage(workspace, page('Runbook', 'OPS'), { parent: page('Guide') });
    edits.secureIssue(workspace, 'SHOP-1', 'inner');
    const result = await context.build();
    expect(
      reportOf(result, 'confluence')
        .withdrawn.map(({ path }) => path)
        .sort(),
    ).toEqual(['confluence/ENG/guide.md', 'confluence/ENG/guide/set-up.md', 'confluence/OPS/runbook.md']);
    // Its sub-task is withheld with it.
    expect(reportOf(result, 'jira').withdrawn.map(({ id }) => id)).toEqual(
      ['SHOP-1', 'SHOP-2'].map((key) => edits.issueOf(workspace, key).id),
    );
  });
});
