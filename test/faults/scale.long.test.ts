import { randomInt } from 'node:crypto';
import { expect, test } from 'vitest';
import { type Fault, randomFaults } from '../../src/demo/faults.ts';
import { scaleWorkspace } from '../../src/demo/workspace/scale.ts';
import { startContext } from '../harness/context.ts';
import { sorted } from '../harness/replay.ts';
import { faultsNamed } from './schedule.ts';

const PAGES = 2_600;
const TICKETS = 2_400;

/** All that passes when it is asked again. */
const passing = [
  'rate limit, seconds',
  'rate limit, date',
  'rate limit, a day',
  'rate limit, in a year',
  'rate limit, silent',
  '500',
  '502',
  '503',
  '504',
  'reset',
  'slow body',
  'stalled body',
  'truncated',
  'login page',
  'empty',
  'empty page',
] as const;

test('R3 5,000 documents read while one request in twenty fails equal those of a run without faults', {
  timeout: 600_000,
}, async () => {
  await using context = await startContext({
    workspace: scaleWorkspace({ pages: PAGES, tickets: TICKETS, seed: 1 }),
    jira: { views: { ALL: 'project is not EMPTY ORDER BY created' } },
    pageLimit: 20,
    timeouts: { body: 1_000 },
  });
  const { faults } = context.simulator;
  const named = faultsNamed('');
  const seed = randomInt(2 ** 31);
  faults.schedule = randomFaults({ seed, rate: 0.05, faults: passing.map((name): Fault => named[name]) });
  const { errors, report } = await context.build();
  expect(errors, `seed ${seed}`).toEqual([]);
  const given = faults.given.length;
  expect(given / context.requestCount()).toBeGreaterThan(0.03);
  expect(report.sources.reduce((sum, { added }) => sum + added, 0)).toBe(PAGES + TICKETS);
  faults.clear();

  expect(sorted(context.documents()), `seed ${seed}`).toEqual(sorted(await context.fresh()));
  expect((await context.build()).report.commit).toBeNull();
});
