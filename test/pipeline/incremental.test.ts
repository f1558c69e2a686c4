import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Fault } from '../../src/demo/faults.ts';
import { startContext } from '../harness/context.ts';
import { editsBetweenBuilds, happen } from '../harness/random-edits.ts';

/** `FC_SEED=… FC_RUNS=1 FC_PATH=…` replays what a failure printed. */
const numRuns = Number(process.env.FC_RUNS ?? 4);
const replay = {
  ...(process.env.FC_SEED && { seed: Number(process.env.FC_SEED) }),
  ...(process.env.FC_PATH && { path: process.env.FC_PATH }),
};

test('R3 builds between any edits end with the documents of a build from nothing', {
  timeout: numRuns * 30_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(editsBetweenBuilds({ builds: 4, edits: 8 }), async (steps) => {
      await using context = await startContext({ pageLimit: 4, embeddedComments: 2 });
      await context.build();
      for (const step of steps) {
        for (const happening of step) happen(context.workspace, happening);
        const { errors } = await context.buildConfirming();
        expect(errors.map(({ message }) => message)).toEqual([]);
      }
      expect(sorted(context.documents())).toEqual(sorted(await context.fresh()));
      const head = context.git('rev-parse', 'HEAD');
      await context.build();
      expect(context.git('rev-parse', 'HEAD')).toBe(head);
    }),
    { numRuns, ...replay },
  );
});

// Slow: run it with FC_FAULTS=1.
test.runIf(process.env.FC_FAULTS)(
  'R3 builds that fail in part, or see an index that lags, lose nothing that a later one does not find',
  {
    timeout: numRuns * 30_000,
  },
  async () => {
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
      { numRuns, ...replay },
    );
  },
);

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

function sorted(documents: ReadonlyMap<string, string>): [string, string][] {
  return [...documents].sort(([a], [b]) => (a < b ? -1 : 1));
}
