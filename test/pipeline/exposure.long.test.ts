import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
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
