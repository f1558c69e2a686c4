import { expect, test } from 'vitest';
import * as edits from '../../../src/demo/slack/edits.ts';
import type { Loose } from '../client.ts';
import { type Arguments, startSlack } from './client.ts';
import { openApi2, type Spec, specIsPresent } from './openapi2.ts';

let parsed: Spec | undefined;

/** Skips, with the reason in the report, where the description is absent. */
function withSpec(name: string, run: (spec: Spec) => void | Promise<void>): void {
  test(name, async ({ skip }) => {
    skip(!specIsPresent, 'the description of the Slack API is not in ../shared/specs');
    parsed ??= openApi2();
    await run(parsed);
  });
}

const ALL = 'public_channel,private_channel,mpim,im';

withSpec('R15 Slack answers fit their description', async (spec) => {
  const { simulator, call, callAsUser } = await startSlack();
  const { workspace } = simulator;
  const [bot = ''] = workspace.bots.keys();
  const [file = ''] = workspace.files.keys();
  const asked: [method: string, args?: Arguments][] = [
    ['auth.test'],
    ['team.info'],
    ['conversations.list', { types: ALL, limit: 3 }],
    ['conversations.list', { types: ALL }],
    ['users.conversations', { types: ALL }],
    ['users.list'],
    ['users.info', { user: workspace.userId }],
    ['usergroups.list', { include_users: true }],
    ['bots.info', { bot }],
    ['emoji.list'],
    ['files.info', { file }],
    ['search.messages', { query: 'on:2026-02-26' }],
  ];
  for (const channel of workspace.channels.keys()) {
    asked.push(
      ['conversations.info', { channel }],
      ['conversations.members', { channel }],
      ['conversations.history', { channel }],
      ['conversations.history', { channel, limit: 1, oldest: 1 }],
    );
    for (const root of workspace.logs.get(channel)?.threads.keys() ?? [])
      asked.push(
        ['conversations.replies', { channel, ts: root }],
        ['conversations.replies', { channel, ts: root, limit: 2 }],
        ['chat.getPermalink', { channel, message_ts: root }],
      );
  }
  for (const [method, args] of asked) {
    const ask = method === 'bots.info' || method === 'auth.test' ? call : callAsUser;
    const json = await ask(method, args);
    expect({ method, args, ok: json.ok, problems: spec.problems(method, '200', json) }).toEqual({
      method,
      args,
      ok: true,
      problems: [],
    });
  }
});

withSpec('R15 Slack refusals fit their description', async (spec) => {
  const { simulator, call } = await startSlack({ scopes: ['channels:read', 'channels:history'] });
  const { workspace } = simulator;
  const channel = edits.createChannel(workspace, { name: 'ours', members: [workspace.botUserId] });
  const asked: [error: string, method: string, args?: Arguments][] = [
    ['missing_scope', 'conversations.list', { types: 'im' }],
    ['channel_not_found', 'conversations.info', { channel: 'C0NOWHERE0' }],
    ['thread_not_found', 'conversations.replies', { channel, ts: '1.1' }],
    ['invalid_ts_oldest', 'conversations.history', { channel, oldest: 'x' }],
    ['message_not_found', 'chat.getPermalink', { channel, message_ts: '1.1' }],
    ['invalid_cursor', 'conversations.members', { channel, cursor: 'x' }],
    ['invalid_types', 'users.conversations', { types: 'x' }],
  ];
  for (const [error, method, args] of asked) {
    const json: Loose = await call(method, args);
    expect({ method, error: json.error, problems: spec.problems(method, 'default', json) }).toEqual({
      method,
      error,
      problems: [],
    });
  }
});

withSpec('the check itself finds what does not fit', (spec) => {
  const message = { type: 'message', text: 'a', ts: 1.5 };
  const history = {
    ok: true,
    messages: [message],
    has_more: false,
    pin_count: 0,
    channel_actions_ts: null,
    channel_actions_count: 0,
  };
  expect(spec.problems('conversations.history', '200', history)).toEqual(['/messages/0/ts must be string']);
  const channels = { ok: true, channels: [{ id: 'C0FH0000001', is_im: false }] };
  expect(spec.problems('conversations.list', '200', channels)).not.toEqual([]);
  const refused = { ok: false, error: 'no_such_error' };
  expect(spec.problems('conversations.replies', 'default', refused)).not.toEqual([]);
});
