import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startContext } from '../harness/context.ts';
import { editsBetweenBuilds, happen } from '../harness/random-edits.ts';
import { replayed } from '../harness/replay.ts';

const run = replayed({ runs: 6 });

test('R3 whatever is left out and taken back between builds, they make what a build from nothing makes', {
  timeout: run.numRuns * 60_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      editsBetweenBuilds({ builds: 4, edits: 6 }),
      fc.array(fc.array(fc.nat(40), { maxLength: 5 }), { minLength: 4, maxLength: 4 }),
      async (steps, choices) => {
        await using context = await startContext({ pageLimit: 4, embeddedComments: 2 });
        const { workspace } = context;
        for (const [n, step] of [[], ...steps].entries()) {
          for (const happening of step) happen(workspace, happening);
          const some = (ids: readonly string[]) =>
            (choices[n % choices.length] ?? []).flatMap((choice) => ids[choice % ids.length] ?? []);
          const leftOut = {
            confluence: { exclude: some([...workspace.content.keys()].sort()) },
            jira: {
              exclude: some([...workspace.issues.values()].flatMap(({ id, key }) => [id, key]).sort()),
            },
          };
          const { errors } = await context.buildConfirming(leftOut);
          expect(errors.map(({ message }) => message)).toEqual([]);
          expect([...context.documents()].sort()).toEqual([...(await context.fresh(leftOut))].sort());
        }
      },
    ),
    run,
  );
});
