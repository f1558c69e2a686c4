import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startContext } from '../harness/context.ts';
import { editsBetweenBuilds, happen } from '../harness/random-edits.ts';
import { replayed, sorted } from '../harness/replay.ts';

const run = replayed({ runs: 3 });

test('R3 builds between any edits end with the documents of a build from nothing', {
  timeout: run.numRuns * 30_000,
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
    run,
  );
});
