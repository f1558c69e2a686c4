import { expect, test } from 'vitest';
import * as edits from '../../../src/demo/slack/edits.ts';
import type { Loose } from '../client.ts';
import { pagesOf, startSlack } from './client.ts';

const ALL = 'public_channel,private_channel,mpim,im';
const names = (channels: readonly Loose[]) => channels.map(({ name, user }) => name ?? user);

test('auth.test says who a token is', async () => {
  const { simulator, call, callAsUser } = await startSlack();
  const { team, workspace } = simulator;
  const common = {
    ok: true,
    url: team.url,
    team: 'Fernhollow',
    team_id: team.id,
    is_enterprise_install: false,
  };
  const bot = workspace.users.get(workspace.botUserId);
  expect(await call('auth.test')).toEqual({
    ...common,
    user: 'greenhouse',
    user_id: workspace.botUserId,
    bot_id: bot?.botId,
  });
  expect(await callAsUser('auth.test')).toEqual({ ...common, user: 'mina', user_id: workspace.userId });
});

test('a bot sees public channels, and of the others those that it is in; a user as well', async () => {
  const { simulator, call, callAsUser } = await startSlack();
  const open = edits.createChannel(simulator.workspace, { name: 'open' });
  edits.createChannel(simulator.workspace, { name: 'closed', kind: 'private_channel' });
  const list = await call('conversations.list', { types: ALL });
  expect(names(list.channels)).toEqual([
    ...['general', 'engineering', 'incidents', 'storefront', 'on-call', 'desk', 'open'],
    simulator.workspace.userId,
  ]);
  const own = await callAsUser('conversations.list', { types: ALL });
  expect(names(own.channels)).toEqual(expect.arrayContaining(['closed', 'mpdm-mina--jonas--hana-1']));
  expect(names((await call('conversations.list')).channels)).not.toContain('on-call');
  expect(names((await call('users.conversations')).channels)).not.toContain('open');
  expect(names((await call('users.conversations', { types: 'im' })).channels)).toHaveLength(1);
  expect(await call('conversations.history', { channel: open })).toEqual({
    ok: false,
    error: 'not_in_channel',
  });
  expect((await callAsUser('conversations.history', { channel: open })).ok).toBe(true);
});

test('a renamed channel keeps its id and says what it was called', async () => {
  const { call, channel } = await startSlack();
  const { channel: info } = await call('conversations.info', {
    channel: channel('storefront'),
    include_num_members: true,
  });
  expect(info).toMatchObject({
    name: 'storefront',
    previous_names: ['shop'],
    is_member: true,
    num_members: 5,
  });
  const { messages } = await call('conversations.history', { channel: channel('storefront') });
  expect(messages.map(({ subtype }: Loose) => subtype)).toContain('channel_name');
});

test('bots lose archived channels, people do not', async () => {
  const { simulator, call, callAsUser, channel } = await startSlack();
  const [open, closed] = [channel('incidents'), channel('on-call')];
  edits.archiveChannel(simulator.workspace, open);
  edits.archiveChannel(simulator.workspace, closed);
  expect((await call('conversations.info', { channel: open })).channel).toMatchObject({
    is_archived: true,
    is_member: false,
  });
  expect((await call('conversations.history', { channel: open })).error).toBe('not_in_channel');
  expect((await call('conversations.history', { channel: closed })).error).toBe('channel_not_found');
  expect((await callAsUser('conversations.history', { channel: closed })).ok).toBe(true);
  const left = await call('conversations.list', { types: ALL, exclude_archived: true });
  expect(names(left.channels)).not.toContain('incidents');
  expect(names((await call('conversations.list')).channels)).toContain('incidents');
  expect(() => edits.postMessage(simulator.workspace, open, { text: 'late' })).toThrow('archived');
});

test('a bot that left a channel is told so until it is back', async () => {
  const { simulator, call, channel } = await startSlack();
  const id = channel('engineering');
  edits.leaveChannel(simulator.workspace, id);
  expect((await call('conversations.history', { channel: id })).error).toBe('not_in_channel');
  edits.joinChannel(simulator.workspace, id, simulator.workspace.botUserId);
  const { messages } = await call('conversations.history', { channel: id, limit: 2 });
  expect(messages.map(({ subtype }: Loose) => subtype)).toEqual(['channel_join', 'channel_leave']);
});

test('lists go on by cursors, which an item that is gone does not disturb', async () => {
  const { simulator, call } = await startSlack({ pageLimit: 2 });
  const members = (await pagesOf(call, 'users.list', { list: 'members', limit: 200 })).flat();
  expect(members.map(({ id }) => id)).toEqual([...simulator.workspace.users.keys()].sort());
  const first = await call('conversations.list', { types: ALL });
  expect(first.channels).toHaveLength(2);
  const [gone = ''] = [...simulator.workspace.channels.keys()].slice(2);
  edits.deleteChannel(simulator.workspace, gone);
  const second = await call('conversations.list', {
    types: ALL,
    cursor: first.response_metadata.next_cursor,
  });
  expect(names(second.channels)).toEqual(['storefront', 'on-call']);
  const general = names((await call('conversations.list', { types: ALL })).channels)[0];
  expect(general).toBe('general');
  const people = (
    await pagesOf(call, 'conversations.members', {
      list: 'members',
      channel: first.channels[0].id,
    })
  ).flat();
  expect(people).toHaveLength(10);
  expect(new Set(people).size).toBe(10);
});

test('people have names, a time zone and an address; those who left are marked', async () => {
  const { simulator, call } = await startSlack();
  const { workspace } = simulator;
  const { user } = await call('users.info', { user: workspace.userId });
  expect(user).toMatchObject({
    name: 'mina',
    real_name: 'Mina Okafor',
    deleted: false,
    is_bot: false,
    tz: 'Europe/Berlin',
    tz_offset: 3600,
    profile: { display_name: 'mina', real_name: 'Mina Okafor', email: 'mina@fernhollow.example' },
  });
  const { members } = await call('users.list');
  const marked = (field: string) =>
    members.filter((each: Loose) => each[field]).map(({ name }: Loose) => name);
  expect([marked('deleted'), marked('is_bot')]).toEqual([['gwen'], ['greenhouse']]);
  edits.renameUser(workspace, workspace.userId, { displayName: 'mina o.' });
  const renamed = (await call('users.info', { user: workspace.userId })).user;
  expect(renamed.profile.display_name).toBe('mina o.');
  expect(renamed.updated).toBeGreaterThan(user.updated);
});

test('groups, bots, emoji and the team can be asked for', async () => {
  const { simulator, call } = await startSlack();
  const { usergroups } = await call('usergroups.list', { include_users: true });
  expect(usergroups.map(({ handle, users }: Loose) => [handle, users.length])).toEqual([
    ['on-call', 3],
    ['leads', 2],
  ]);
  expect((await call('usergroups.list')).usergroups[0]).not.toHaveProperty('users');
  const [bot] = [...simulator.workspace.bots.keys()];
  expect((await call('bots.info', { bot: bot ?? '' })).bot).toMatchObject({
    name: 'Greenhouse',
    user_id: simulator.workspace.botUserId,
  });
  expect((await call('emoji.list')).emoji.sprout).toBe('alias:seedling-spin');
  expect((await call('team.info')).team).toMatchObject({ domain: 'fernhollow', name: 'Fernhollow' });
});
