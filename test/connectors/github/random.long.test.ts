import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { replayed } from '../../harness/replay.ts';
import { startGithub } from './harness.ts';
import { happen, happening } from './random-activity.ts';
import { smallGithub } from './small-github.ts';

vi.setConfig({ testTimeout: 600_000 });

test('R3 whatever happens between builds, they make what a build from nothing makes', async () => {
  const rounds = fc.array(fc.array(happening, { minLength: 1, maxLength: 8 }), {
    minLength: 1,
    maxLength: 4,
  });
  await fc.assert(
    fc.asyncProperty(rounds, async (all) => {
      const workspace = smallGithub();
      await using context = await startGithub({
        workspace,
        pageLimit: 3,
        config: { repositories: ['fernhollow/*'] },
      });
      await context.build();
      for (const round of all) {
        for (const each of round) happen(workspace, each);
        const { errors } = await context.buildConfirming();
        expect(errors).toEqual([]);
        expect([...context.documents()].sort()).toEqual([...(await context.fresh())].sort());
      }
      expect((await context.build()).report.commit).toBeNull();
    }),
    replayed({ runs: 8 }),
  );
});
