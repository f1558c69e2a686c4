import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import * as edits from '../../../src/demo/github/edits.ts';
import { interrupted } from '../../harness/interrupted.ts';
import { replayed } from '../../harness/replay.ts';
import { startGithub } from './harness.ts';
import { happen, happening } from './random-activity.ts';
import { STOREFRONT, smallGithub } from './small-github.ts';

vi.setConfig({ testTimeout: 600_000 });

test('R3 any sequence of runs, interrupted or not, gives what one build gives', async () => {
  const step = fc.record({
    happenings: fc.array(happening, { minLength: 1, maxLength: 6 }),
    stops: fc.array(fc.integer({ min: 4, max: 24 }), { maxLength: 3 }),
    full: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 3 }), async (steps) => {
      const workspace = smallGithub();
      const config = { repositories: ['fernhollow/*'] };
      await using context = await startGithub({ workspace, pageLimit: 3, config });
      for (const { happenings, stops, full } of steps) {
        for (const each of happenings) happen(workspace, each);
        for (const nth of stops) await interrupted(context, nth, { full });
        const { errors } = await context.buildConfirming({ full });
        expect(errors).toEqual([]);
        expect(context.git('status', '--porcelain')).toBe('');
      }
      expect([...context.documents()].sort()).toEqual([...(await context.fresh())].sort());
    }),
    replayed({ runs: 8 }),
  );
});

test('R4 a first build that is interrupted again and again reads each document once', async () => {
  const workspace = smallGithub();
  for (let nth = 0; nth < 300; nth += 1)
    edits.createIssue(workspace, STOREFRONT, { title: `Trouble ${nth}`, body: 'So' });
  await using context = await startGithub({ workspace });
  const read = () =>
    context.simulator.requests
      .filter(({ operation }) => operation === 'Issues')
      .reduce((sum, { variables }) => sum + (variables as { readonly ids: readonly string[] }).ids.length, 0);
  let stops = 0;
  while (stops < 30 && (await interrupted(context, 12))) stops += 1;
  expect(stops).toBeGreaterThan(0);
  // What was on its way when a run was stopped is asked for again, and nothing else.
  expect(read()).toBeLessThanOrEqual(303 + 50 * stops);
  expect([...context.documents()].sort()).toEqual([...(await context.fresh())].sort());
  expect(context.git('rev-list', '--count', 'HEAD').trim()).toBe('1');
});
