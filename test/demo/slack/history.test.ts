import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as edits from '../../../src/demo/slack/edits.ts';
import type { Loose } from '../client.ts';
import { pagesOf, type SlackClient, startSlack, tsOf } from './client.ts';

const SECOND = 1_763_625_600;
const ts = (number: number) => `${SECOND}.${String(number).padStart(6, '0')}`;

/** A channel with messages within one second: their numbers are their millionths. */
function channelWith({ simulator }: SlackClient, numbers: readonly number[]): string {
  const { workspace } = simulator;
  const id = edits.createChannel(workspace, {
    name: 'plain',
    members: [workspace.userId, workspace.botUserId],
  });
  for (const number of numbers) edits.postMessage(workspace, id, { text: `${number}`, ts: ts(number) });
  return id;
}

test('history is newest first, and its end has no cursor', async () => {
  const client = await startSlack();
  const channel = channelWith(client, [3, 1, 2]);
  const json = await client.call('conversations.history', { channel });
  expect(tsOf(json.messages)).toEqual([ts(3), ts(2), ts(1)]);
  expect([json.has_more, json.response_metadata]).toEqual([false, undefined]);
  const part = await client.call('conversations.history', { channel, limit: 2 });
  expect([part.has_more, tsOf(part.messages)]).toEqual([true, [ts(3), ts(2)]]);
  expect(Buffer.from(part.response_metadata.next_cursor, 'base64').toString()).toBe(
    `next_ts:${SECOND}000001`,
  );
});

test('oldest and latest are exclusive, unless both are to be included', async () => {
  const client = await startSlack();
  const channel = channelWith(client, [1, 2, 3, 4]);
  const read = async (bounds: object) =>
    tsOf((await client.call('conversations.history', { channel, ...bounds })).messages).map((each) =>
      Number(each.slice(-6)),
    );
  expect(await read({ oldest: ts(2) })).toEqual([4, 3]);
  expect(await read({ latest: ts(3) })).toEqual([2, 1]);
  expect(await read({ oldest: ts(1), latest: ts(4) })).toEqual([3, 2]);
  expect(await read({ oldest: ts(1), latest: ts(4), inclusive: true })).toEqual([4, 3, 2, 1]);
  expect(await read({ oldest: ts(2), inclusive: true })).toEqual([4, 3, 2]);
  expect(await read({ latest: ts(2), inclusive: 1, limit: 1 })).toEqual([2]);
  expect(await read({ inclusive: true })).toEqual([4, 3, 2, 1]);
  expect(await read({ oldest: 0, latest: SECOND + 1 })).toEqual([4, 3, 2, 1]);
  expect(await read({ oldest: SECOND })).toEqual([4, 3, 2, 1]);
  expect(await read({ latest: SECOND })).toEqual([]);
  expect(await read({ oldest: ts(3), latest: ts(2) })).toEqual([]);
  const refused = await Promise.all(
    [{ oldest: 'yesterday' }, { latest: '1.2.3' }].map((bounds) =>
      client.call('conversations.history', { channel, ...bounds }),
    ),
  );
  expect(refused.map(({ error }) => error)).toEqual(['invalid_ts_oldest', 'invalid_ts_latest']);
});

test('with oldest alone pages begin at the oldest, as the service does; each page is newest first', async () => {
  const client = await startSlack();
  const channel = channelWith(client, [1, 2, 3, 4, 5]);
  const numbers = async (args: object) =>
    (
      await pagesOf(client.call, 'conversations.history', { list: 'messages', channel, limit: 2, ...args })
    ).map((page) => page.map((message) => Number(message.text)));
  expect(await numbers({ oldest: ts(1) })).toEqual([
    [3, 2],
    [5, 4],
  ]);
  expect(await numbers({ oldest: ts(1), latest: ts(9) })).toEqual([
    [5, 4],
    [3, 2],
  ]);
  expect(await numbers({ oldest: 0 })).toEqual([[5, 4], [3, 2], [1]]);
  const one = await client.call('conversations.history', {
    channel,
    oldest: ts(3),
    inclusive: true,
    limit: 1,
  });
  expect(tsOf(one.messages)).toEqual([ts(3)]);
});

test('pages of any size show each message between two bounds once', async () => {
  const client = await startSlack();
  const numbers = fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { maxLength: 25 });
  const bound = fc.option(fc.integer({ min: 0, max: 40 }), { nil: undefined });
  await fc.assert(
    fc.asyncProperty(
      numbers,
      bound,
      bound,
      fc.boolean(),
      fc.integer({ min: 1, max: 9 }),
      async (...drawn) => {
        const [posted, oldest, latest, inclusive, limit] = drawn;
        const channel = channelWith(client, posted);
        const bounds = {
          ...(oldest === undefined ? {} : { oldest: ts(oldest) }),
          ...(latest === undefined ? {} : { latest: ts(latest) }),
        };
        const pages = await pagesOf(client.call, 'conversations.history', {
          list: 'messages',
          channel,
          limit,
          inclusive,
          ...bounds,
        });
        edits.deleteChannel(client.simulator.workspace, channel);
        const within = (number: number) =>
          (oldest === undefined || number > oldest || (inclusive && number === oldest)) &&
          (latest === undefined || number < latest || (inclusive && number === latest));
        expect(tsOf(pages.flat()).sort()).toEqual(posted.filter(within).map(ts).sort());
        expect(pages.every((page) => page.length <= limit)).toBe(true);
      },
    ),
    { numRuns: 40 },
  );
});

test('what is posted or deleted while someone pages neither repeats nor hides the rest', async () => {
  const client = await startSlack();
  const { workspace } = client.simulator;
  const channel = channelWith(client, [1, 2, 3, 4, 5]);
  const first = await client.call('conversations.history', { channel, limit: 2 });
  edits.postMessage(workspace, channel, { text: 'new' });
  edits.deleteMessage(workspace, channel, ts(3));
  const { next_cursor: cursor } = first.response_metadata;
  const second = await client.call('conversations.history', { channel, limit: 2, cursor });
  expect(tsOf(second.messages)).toEqual([ts(2), ts(1)]);
});

test('replies never stand in history; broadcasts do, with their root', async () => {
  const { call, channel } = await startSlack();
  const id = channel('engineering');
  const { messages } = await call('conversations.history', { channel: id });
  const isReply = ({ ts: own, thread_ts: root }: Loose) => root !== undefined && root !== own;
  expect(messages.filter(isReply).map(({ subtype }: Loose) => subtype)).toEqual(['thread_broadcast']);
  const [broadcast] = messages.filter(isReply);
  expect(broadcast.root).toMatchObject({ ts: broadcast.thread_ts, reply_count: 4 });
  const root = messages.find((each: Loose) => each.ts === broadcast.thread_ts);
  expect(root).toMatchObject({
    thread_ts: root.ts,
    reply_count: 4,
    reply_users_count: 3,
    latest_reply: broadcast.ts,
    subscribed: false,
  });
  expect(root.reply_users).toHaveLength(3);
});

test('a thread is its root and then its replies, oldest first', async () => {
  const { call, channel } = await startSlack();
  const id = channel('incidents');
  const { messages } = await call('conversations.history', { channel: id });
  const root = messages.find(({ reply_count: count }: Loose) => count === 4);
  const thread = await call('conversations.replies', { channel: id, ts: root.ts });
  expect(tsOf(thread.messages)).toEqual(tsOf(thread.messages).toSorted());
  expect(thread.messages[0]).toMatchObject({ ts: root.ts, subtype: 'bot_message', username: 'Greenhouse' });
  for (const reply of thread.messages.slice(1)) {
    expect(reply.thread_ts).toBe(root.ts);
    expect(reply).not.toHaveProperty('parent_user_id');
  }
  const [, first, second] = tsOf(thread.messages);
  const later = await call('conversations.replies', { channel: id, ts: root.ts, oldest: first ?? '' });
  expect(tsOf(later.messages)).toEqual([root.ts, ...tsOf(thread.messages).slice(2)]);
  const between = await call('conversations.replies', {
    channel: id,
    ts: root.ts,
    latest: second ?? '',
    inclusive: true,
  });
  expect(tsOf(between.messages)).toEqual([root.ts, first, second]);
  const alone = await call('conversations.replies', { channel: id, ts: second ?? '' });
  expect(tsOf(alone.messages)).toEqual([second]);
  const missing = await call('conversations.replies', { channel: id, ts: '1700000000.000001' });
  expect(missing).toEqual({ ok: false, error: 'thread_not_found' });
});

test('every page of a thread begins with its root, and no more than five repliers are named', async () => {
  const client = await startSlack();
  const { workspace } = client.simulator;
  const channel = channelWith(client, [1]);
  const people = [...workspace.users.keys()].slice(0, 7);
  const replies = people.map((by) => edits.reply(workspace, channel, ts(1), { text: 'yes', by }));
  for (const limit of [1, 2, 3, 8, 9]) {
    const pages = await pagesOf(client.call, 'conversations.replies', {
      list: 'messages',
      channel,
      ts: ts(1),
      limit,
    });
    expect(pages.map(([first]) => first.ts)).toEqual(pages.map(() => ts(1)));
    const answers = pages.flatMap((page) => page.slice(1));
    expect(tsOf(answers)).toEqual(replies);
    expect(new Set(answers.map((answer) => answer.parent_user_id))).toEqual(new Set([workspace.userId]));
  }
  const { messages } = await client.call('conversations.history', { channel });
  expect(messages[0]).toMatchObject({ reply_count: 7, reply_users_count: 7 });
  expect(messages[0].reply_users).toHaveLength(5);
});

test('an app that is sold outside of the Marketplace gets fifteen messages at most', async () => {
  const client = await startSlack({ pageLimit: 15 });
  const channel = channelWith(
    client,
    Array.from({ length: 40 }, (_, index) => index),
  );
  const pages = await pagesOf(client.call, 'conversations.history', {
    list: 'messages',
    channel,
    limit: 200,
  });
  expect(pages.map((page) => page.length)).toEqual([15, 15, 10]);
});

test('a permalink has the digits of ts, and of a reply the thread and the channel', async () => {
  const client = await startSlack();
  const { workspace, team } = client.simulator;
  const channel = channelWith(client, [100]);
  const reply = edits.reply(workspace, channel, ts(100), { text: 'yes' });
  const link = async (message: string) =>
    (await client.call('chat.getPermalink', { channel, message_ts: message })).permalink;
  expect(await link(ts(100))).toBe(`${team.url}archives/${channel}/p${SECOND}000100`);
  expect(await link(reply)).toBe(
    `${team.url}archives/${channel}/p${reply.replace('.', '')}?thread_ts=${ts(100)}&cid=${channel}`,
  );
  const none = await client.call('chat.getPermalink', { channel, message_ts: ts(7) });
  expect(none.error).toBe('message_not_found');
});
