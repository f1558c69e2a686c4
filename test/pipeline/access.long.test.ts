import { expect, test } from 'vitest';
import type { Fault } from '../../src/demo/faults.ts';
import { reportOf } from '../harness/context.ts';
import { expectToWait, SEARCH, SINGLY, startWaiting } from './unknown-access.ts';

const failures: readonly Fault[] = [
  { kind: 'status', status: 500 },
  { kind: 'status', status: 403 },
  { kind: 'truncated' },
  { kind: 'empty' },
  { kind: 'empty-page' },
];

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
