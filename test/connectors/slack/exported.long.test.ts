import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import * as edits from '../../../src/demo/slack/edits.ts';
import { replayed } from '../../harness/replay.ts';
import { exportFolder, packed } from './exports.ts';
import { emptyWorkspace, startSlack } from './harness.ts';
import { happen, happening } from './random-talk.ts';

vi.setConfig({ testTimeout: 600_000 });

const DAY_MS = 86_400_000;
const CONFIG = { workspace: 'fernhollow' };

test('R3 exports one after the other, interrupted or not, give what the last one gives', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          happenings: fc.array(happening, { minLength: 1, maxLength: 8 }),
          hoursAhead: fc.constantFrom(0, 9, -8),
          full: fc.boolean(),
          stop: fc.option(fc.integer({ min: 1, max: 40 })),
        }),
        { minLength: 1, maxLength: 4 },
      ),
      async (steps) => {
        const workspace = emptyWorkspace();
        const members = [workspace.userId, workspace.botUserId];
        const [quiet = '', ...channels] = ['quiet', 'general', 'random'].map((name) =>
          edits.createChannel(workspace, { name, members }),
        );
        // The days on which an export begins and ends are partial, and nothing goes from them.
        edits.postMessage(workspace, quiet, { text: 'The first word' });
        workspace.now += 2 * DAY_MS;
        await using folder = await exportFolder();
        await using context = await startSlack({ workspace });
        let build = {};
        for (const { happenings, hoursAhead, full, stop } of steps) {
          for (const each of happenings) happen(workspace, channels, each);
          workspace.now += 2 * DAY_MS;
          edits.postMessage(workspace, quiet, { text: 'The last word' });
          workspace.now += 2 * DAY_MS;
          const exported = await folder.zip(packed(workspace, { hoursAhead }));
          build = { exported, config: CONFIG };
          if (stop !== null) {
            const controller = new AbortController();
            setTimeout(() => controller.abort(new Error('interrupted')), stop);
            const stopped = { ...build, full, isHasty: true, signal: controller.signal };
            await context
              .build(stopped)
              .catch((error: unknown) => expect(error).toMatchObject({ message: 'interrupted' }));
          }
          const { errors } = await context.buildConfirming({ ...build, full });
          expect(errors).toEqual([]);
        }
        expect([...context.documents()].sort()).toEqual([...(await context.fresh(build))].sort());
      },
    ),
    replayed({ runs: 12 }),
  );
});
