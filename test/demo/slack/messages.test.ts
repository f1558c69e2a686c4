import { expect, test } from 'vitest';
import * as edits from '../../../src/demo/slack/edits.ts';
import type { Loose } from '../client.ts';
import { startSlack } from './client.ts';

async function startChannel() {
  const client = await startSlack();
  const { workspace } = client.simulator;
  const members = [workspace.userId, workspace.botUserId];
  const channel = edits.createChannel(workspace, { name: 'plain', members });
  const shown = async (): Promise<Loose[]> =>
    (await client.call('conversations.history', { channel })).messages;
  const thread = async (ts: string): Promise<Loose[]> =>
    (await client.call('conversations.replies', { channel, ts })).messages;
  return { ...client, workspace, channel, shown, thread };
}

test('a deleted message without replies is gone', async () => {
  const { workspace, channel, shown } = await startChannel();
  const ts = edits.postMessage(workspace, channel, { text: 'a' });
  edits.deleteMessage(workspace, channel, ts);
  expect(await shown()).toEqual([]);
});

test('a deleted root leaves a tombstone, which goes with its last reply', async () => {
  const { workspace, channel, shown, thread, call } = await startChannel();
  const root = edits.postMessage(workspace, channel, { text: 'secret' });
  const [first = '', second = ''] = ['b', 'c'].map((text) => edits.reply(workspace, channel, root, { text }));
  edits.deleteMessage(workspace, channel, root);
  const tombstone = {
    type: 'message',
    subtype: 'tombstone',
    text: 'This message was deleted.',
    user: 'USLACKBOT',
    hidden: true,
    ts: root,
    thread_ts: root,
    parent_user_id: 'USLACKBOT',
    reply_count: 2,
    reply_users_count: 1,
    latest_reply: second,
    reply_users: [workspace.userId],
    is_locked: false,
    subscribed: false,
  };
  expect(await shown()).toEqual([tombstone]);
  expect((await thread(root))[0]).toEqual(tombstone);
  edits.deleteMessage(workspace, channel, first);
  expect((await shown())[0].reply_count).toBe(1);
  edits.deleteMessage(workspace, channel, second);
  expect(await shown()).toEqual([]);
  expect((await call('conversations.replies', { channel, ts: root })).error).toBe('thread_not_found');
});

test('a deleted reply is gone, and its root counts one less', async () => {
  const { workspace, channel, shown, thread } = await startChannel();
  const root = edits.postMessage(workspace, channel, { text: 'a' });
  const [first = '', second = ''] = [false, true].map((broadcast) =>
    edits.reply(workspace, channel, root, { text: 'b', broadcast }),
  );
  edits.deleteMessage(workspace, channel, second);
  expect((await shown()).map(({ ts, latest_reply: latest }) => [ts, latest])).toEqual([[root, first]]);
  edits.deleteMessage(workspace, channel, first);
  expect((await thread(root))[0]).not.toHaveProperty('thread_ts');
});

test('an edit keeps ts and says who made it when; a rewrite by an app says nothing', async () => {
  const { workspace, channel, shown } = await startChannel();
  const ts = edits.postMessage(workspace, channel, { text: 'a' });
  edits.editMessage(workspace, channel, ts, { text: 'b', mark: false });
  expect((await shown())[0]).not.toHaveProperty('edited');
  edits.editMessage(workspace, channel, ts, { text: 'c' });
  const [message] = await shown();
  expect(message).toMatchObject({ ts, text: 'c', edited: { user: workspace.userId } });
  expect(message.edited.ts > ts).toBe(true);
  expect(message.blocks[0].elements[0].elements).toEqual([{ type: 'text', text: 'c' }]);
});

test('reactions count those who gave them', async () => {
  const { workspace, channel, shown } = await startChannel();
  const ts = edits.postMessage(workspace, channel, { text: 'a' });
  const by = workspace.userId;
  edits.addReaction(workspace, channel, ts, { name: '+1', by });
  edits.addReaction(workspace, channel, ts, { name: '+1', by: workspace.botUserId });
  edits.addReaction(workspace, channel, ts, { name: '+1', by });
  edits.addReaction(workspace, channel, ts, { name: 'eyes', by });
  edits.removeReaction(workspace, channel, ts, { name: 'eyes', by });
  const users = [by, workspace.botUserId];
  expect((await shown())[0].reactions).toEqual([{ name: '+1', users, count: 2 }]);
});

test('a message may have no text, and one of an integration has no user', async () => {
  const { workspace, channel, shown } = await startChannel();
  const [bot = ''] = workspace.bots.keys();
  edits.postMessage(workspace, channel, { attachments: [{ id: 1, fallback: 'a picture' }] });
  edits.postBotMessage(workspace, channel, { bot, text: 'it rang', username: 'Pager' });
  const [fromBot, silent] = await shown();
  expect(fromBot).toMatchObject({ subtype: 'bot_message', bot_id: bot, username: 'Pager', text: 'it rang' });
  expect(fromBot).not.toHaveProperty('user');
  expect(fromBot).not.toHaveProperty('blocks');
  expect(silent).toMatchObject({ attachments: [{ id: 1, fallback: 'a picture' }] });
  expect(silent).not.toHaveProperty('text');
});

test('an app of today writes as its user, with its profile', async () => {
  const { simulator, callAsUser } = await startSlack();
  const direct = [...simulator.workspace.channels.values()].find(
    ({ kind, members }) => kind === 'im' && members.includes(simulator.workspace.botUserId),
  );
  const { messages } = await callAsUser('conversations.history', { channel: direct?.id ?? '' });
  expect(messages[0]).toMatchObject({
    user: simulator.workspace.botUserId,
    bot_profile: { name: 'Greenhouse', team_id: simulator.team.id },
  });
  expect(messages[0]).not.toHaveProperty('subtype');
});

test('what people write has blocks', async () => {
  const { workspace, channel, shown } = await startChannel();
  const text =
    'Hi <@U0FHMINA000>, *see _this_* at <https://a.example/?b=1&amp;c=2|a &lt;b&gt;> :tada: 12:30:00\n• one\n• `two`\n    ◦ deep\n1. first\n&gt; said\n```\na *b*\n```\n<!here> <#C0FH0000001|general> <!subteam^S0FH0000001> snake_case_name @@SITE@@';
  edits.postMessage(workspace, channel, { text });
  const [{ blocks }] = await shown();
  const [section, list, nested, ordered, quote, code, last] = blocks[0].elements;
  expect(section.elements).toEqual([
    { type: 'text', text: 'Hi ' },
    { type: 'user', user_id: 'U0FHMINA000' },
    { type: 'text', text: ', ' },
    { type: 'text', text: 'see ', style: { bold: true } },
    { type: 'text', text: 'this', style: { bold: true, italic: true } },
    { type: 'text', text: ' at ' },
    { type: 'link', url: 'https://a.example/?b=1&c=2', text: 'a <b>' },
    { type: 'text', text: ' ' },
    { type: 'emoji', name: 'tada' },
    { type: 'text', text: ' 12:30:00' },
  ]);
  const item = (...elements: object[]) => ({ type: 'rich_text_section', elements });
  expect(list).toEqual({
    type: 'rich_text_list',
    style: 'bullet',
    indent: 0,
    border: 0,
    elements: [
      item({ type: 'text', text: 'one' }),
      item({ type: 'text', text: 'two', style: { code: true } }),
    ],
  });
  expect([nested.indent, ordered.style, quote.type]).toEqual([1, 'ordered', 'rich_text_quote']);
  expect(code).toMatchObject({ type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'a *b*' }] });
  expect(last.elements).toEqual([
    { type: 'broadcast', range: 'here' },
    { type: 'text', text: ' ' },
    { type: 'channel', channel_id: 'C0FH0000001' },
    { type: 'text', text: ' ' },
    { type: 'usergroup', usergroup_id: 'S0FH0000001' },
    { type: 'text', text: ' snake_case_name https://fernhollow.example' },
  ]);
});

test('two messages of one channel cannot have one time', async () => {
  const { workspace, channel } = await startChannel();
  edits.postMessage(workspace, channel, { text: 'a', ts: '1763625600.0001' });
  const again = () => edits.postMessage(workspace, channel, { text: 'b', ts: '1763625600.000100' });
  expect(again).toThrow('has a message 1763625600.000100 already');
});
