import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Fault } from '../../src/demo/faults.ts';
import { startContext } from '../harness/context.ts';
import { editsBetweenBuilds, happen } from '../harness/random-edits.ts';
import { replayed, sorted } from '../harness/replay.ts';

const run = replayed({ runs: 4 });

test('R3 builds that fail in part, or see an index that lags, lose nothing that a later one does not find', {
  timeout: run.numRuns * 45_000,
}, async () => {
  const mishap = fc.record({
    seed: fc.nat({ max: 9999 }),
    rate: fc.constantFrom(0.05, 0.2, 0.6),
    lag: fc.nat({ max: 5 }),
  });
  const steps = fc.tuple(
    editsBetweenBuilds({ builds: 3, edits: 6 }),
    fc.array(mishap, { minLength: 3, maxLength: 3 }),
  );
  await fc.assert(
    fc.asyncProperty(steps, async ([sequence, mishaps]) => {
      await using context = await startContext({ pageLimit: 4, embeddedComments: 2 });
      const { faults } = context.simulator;
      await context.build();
      for (const [index, step] of sequence.entries()) {
        for (const happening of step) happen(context.workspace, happening);
        const { seed, rate, lag } = mishaps[index] as { seed: number; rate: number; lag: number };
        faults.randomly({ seed, rate, faults: troubles });
        faults.searchLag = lag;
        await context.build();
        faults.clear();
      }
      // What was read through a lagging index may be found one run late.
      await context.buildConfirming();
      const { errors } = await context.buildConfirming();
      expect(errors.map(({ message }) => message)).toEqual([]);
      expect(sorted(context.documents())).toEqual(sorted(await context.fresh()));
    }),
    run,
  );
});

/** Single failures that do not end a source by themselves. */
const troubles: readonly Fault[] = [
  { kind: 'status', status: 500 },
  { kind: 'status', status: 403 },
  { kind: 'status', status: 404 },
  { kind: 'truncated' },
  { kind: 'empty' },
  { kind: 'empty-page' },
  { kind: 'repeated-page' },
  { kind: 'login-page' },
  { kind: 'reset' },
];
