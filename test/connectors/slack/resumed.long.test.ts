import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import * as edits from '../../../src/demo/slack/edits.ts';
import { interrupted } from '../../harness/interrupted.ts';
import { replayed } from '../../harness/replay.ts';
import { emptyWorkspace, startSlack } from './harness.ts';
import { happen, happening } from './random-talk.ts';

vi.setConfig({ testTimeout: 600_000 });

/** So far back that everything of a test is within what each run reads whole. */
const WIDE = { recent_days: 60 };

function twoChannels() {
  const workspace = emptyWorkspace();
  const members = [workspace.userId, workspace.botUserId];
  const channels = ['general', 'random'].map((name) => edits.createChannel(workspace, { name, members }));
  return { workspace, channels };
}

test('R3 any sequence of runs, interrupted or not, gives what one build gives', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          happenings: fc.array(happening, { minLength: 1, maxLength: 6 }),
          stops: fc.array(fc.integer({ min: 6, max: 30 }), { maxLength: 3 }),
          full: fc.boolean(),
          config: fc.record({
            direction: fc.constantFrom('backwards', 'forwards'),
            workers: fc.integer({ min: 1, max: 3 }),
          }),
        }),
        { minLength: 1, maxLength: 4 },
      ),
      fc.integer({ min: 1, max: 5 }),
      async (steps, pageLimit) => {
        const { workspace, channels } = twoChannels();
        await using context = await startSlack({ workspace, pageLimit, config: WIDE });
        for (const { happenings, stops, full, config } of steps) {
          for (const each of happenings) happen(workspace, channels, each);
          for (const nth of stops) await interrupted(context, nth, { full, config });
          const { errors } = await context.buildConfirming({ full, config });
          expect(errors).toEqual([]);
          expect(context.git('status', '--porcelain')).toBe('');
        }
        expect([...context.documents()].sort()).toEqual([...(await context.fresh())].sort());
      },
    ),
    replayed({ runs: 12 }),
  );
});

test('R4 a first build that is interrupted again and again reads each day to its end once', async () => {
  const { workspace, channels } = twoChannels();
  for (let day = 0; day < 20; day += 1) {
    for (const channel of channels) {
      const root = edits.postMessage(workspace, channel, { text: `Root ${day}` });
      edits.reply(workspace, channel, root, { text: `Answer ${day}` });
      edits.postMessage(workspace, channel, { text: `Word ${day}` });
    }
    workspace.now += 86_400_000;
  }
  await using context = await startSlack({
    workspace,
    pageLimit: 3,
    config: { recent_days: 1, late_replies_days: 0 },
  });
  const threads = () =>
    context.simulator.requests.filter(({ method }) => method === 'conversations.replies').length;
  let stops = 0;
  while (stops < 60 && (await interrupted(context, 18))) stops += 1;
  expect(stops).toBeGreaterThan(3);
  // What was on its way in both channels when a run was stopped is asked for again, and nothing else.
  expect(threads()).toBeLessThanOrEqual(40 + 8 * stops);
  expect([...context.documents()].sort()).toEqual([...(await context.fresh())].sort());
  expect(context.git('rev-list', '--count', 'HEAD').trim()).toBe('1');
});
