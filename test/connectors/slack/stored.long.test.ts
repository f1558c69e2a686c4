import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { companySlack } from '../../../src/demo/slack/company.ts';
import * as edits from '../../../src/demo/slack/edits.ts';
import { replayed } from '../../harness/replay.ts';
import { fromSlack, inStore, messagesOf, withoutText } from './exporting.ts';
import { emptyWorkspace, startSlack } from './harness.ts';
import { happen, happening } from './random-talk.ts';

vi.setConfig({ testTimeout: 120_000 });

const UNHURRIED = {
  ...{ 'conversations.history': 1_000_000, 'conversations.replies': 1_000_000 },
  ...{ 'conversations.list': 1_000_000, 'search.messages': 1_000_000, 'users.list': 1_000_000 },
  ...{ 'usergroups.list': 1_000_000, 'auth.test': 1_000_000, 'team.info': 1_000_000 },
};

describe('messages that the repository tells', () => {
  test('of the whole company, of each person, are those that Slack tells', async () => {
    await using context = await startSlack({
      workspace: companySlack(),
      asPerson: true,
      config: { days: 400, requests_per_minute: UNHURRIED },
    });
    await context.buildConfirming();
    let told = 0;
    for (const user of context.workspace.users.keys()) {
      const request = { includeDms: false, context: true, user };
      const slack = await fromSlack(context, request);
      const stored = await inStore(context, request);
      expect(stored.gaps).toEqual([]);
      expect(withoutText(await messagesOf(stored.open(user))), user).toEqual(withoutText(slack));
      told += slack.length;
    }
    expect(told).toBeGreaterThan(50);
  });

  test('are those that Slack tells, whatever has happened', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(happening, { minLength: 5, maxLength: 25 }),
        fc.boolean(),
        fc.nat(9),
        async (happenings, context, back) => {
          const workspace = emptyWorkspace();
          const members = [workspace.userId, workspace.botUserId];
          const channels = ['general', 'random'].map((name) =>
            edits.createChannel(workspace, { name, members }),
          );
          for (const each of happenings) happen(workspace, channels, each);
          // A build leaves to the next what is written from its moment on.
          workspace.now += 1000;
          await using slack = await startSlack({
            workspace,
            asPerson: true,
            config: { days: 90, requests_per_minute: UNHURRIED },
          });
          await slack.build();
          const user = workspace.userId;
          const request = { includeDms: false, context, user, since: workspace.now - back * 86_400_000 };
          const stored = await inStore(slack, request);
          expect(stored.gaps).toEqual([]);
          expect(withoutText(await messagesOf(stored.open(user)))).toEqual(
            withoutText(await fromSlack(slack, request)),
          );
        },
      ),
      replayed({ runs: 30 }),
    );
  });
});
