import { describe, expect, test } from 'vitest';
import type { Fault } from '../../src/demo/faults.ts';
import * as edits from '../../src/demo/workspace/edits.ts';
import { reportOf, startContext, type TestContext } from '../harness/context.ts';
import { ME } from '../harness/small-workspace.ts';
import { expectToWait, SEARCH, SINGLY, startWaiting } from './unknown-access.ts';

const failures: readonly Fault[] = [
  { kind: 'status', status: 500 },
  { kind: 'status', status: 403 },
  { kind: 'truncated' },
  { kind: 'empty' },
  { kind: 'empty-page' },
];

const page = ({ workspace }: TestContext, title: string, space = 'ENG') =>
  edits.pageIdByTitle(workspace, space, title);

test('R1 a page whose restrictions cannot be read is not written when new and stays when known, however their list fails, and when neither it nor a single answer has them', async () => {
  await using context = await startWaiting();
  for (const fault of failures) await expectToWait(context, [{ fault, path: SEARCH }]);
  for (const fault of [
    { kind: 'status', status: 404 },
    { kind: 'status', status: 403 },
    { kind: 'empty' },
  ] as const)
    await expectToWait(context, [
      { fault: { kind: 'status', status: 404 }, path: SEARCH },
      { fault, path: SINGLY },
    ]);
  // Who is asked to log in can read nothing at all.
  const before = context.documents();
  context.simulator.faults.add({
    fault: { kind: 'login-page' },
    path: SEARCH,
    times: Number.POSITIVE_INFINITY,
  });
  expect(reportOf(await context.build(), 'confluence').status).toBe('failed');
  expect(context.documents()).toEqual(before);
  context.simulator.faults.clear();
  await context.build();
  expect(context.documents()).toEqual(await context.fresh());
});

describe('R1 restricted pages', () => {
  test('by themselves or by the page above them: never written, and removed once restricted', async () => {
    await using context = await startContext({ sources: ['confluence'] });
    await context.build();
    const before = [...context.documents().keys()];
    const gone: string[] = [];
    // What is below the second went with the first, and stays away though it is open itself again.
    for (const [title, path] of [
      ['Set-up', 'confluence/ENG/guide/set-up.md'],
      ['Guide', 'confluence/ENG/guide.md'],
    ] as const) {
      edits.unrestrictPage(context.workspace, page(context, 'Set-up'));
      edits.restrictPage(context.workspace, page(context, title), { users: [ME] });
      const { changes, errors } = await context.build();
      expect(errors).toEqual([]);
      const deleted = changes.filter(({ kind }) => kind === 'deleted');
      expect(deleted.map((change) => [change.path, change.reason])).toEqual([[path, 'restricted']]);
      gone.push(path);
      expect([...context.documents().keys()]).toEqual(before.filter((each) => !gone.includes(each)));
    }
    expect(context.documents()).toEqual(await context.fresh());
    edits.unrestrictPage(context.workspace, page(context, 'Guide'));
    await context.build();
    expect([...context.documents().keys()]).toEqual(before);
  });
});

describe('R1 a page whose restrictions cannot be read is not written when new and stays when known', () => {
  test('when their list fails, and when neither it nor a single answer has them', async () => {
    await using context = await startWaiting();
    await expectToWait(context, [{ fault: { kind: 'status', status: 500 }, path: SEARCH }]);
    await expectToWait(context, [
      { fault: { kind: 'status', status: 404 }, path: SEARCH },
      { fault: { kind: 'empty' }, path: SINGLY },
    ]);
    await context.build();
    expect(context.documents()).toEqual(await context.fresh());
  });
});
