import { expect, test, vi } from 'vitest';
import * as edits from '../../../src/demo/slack/edits.ts';
import type { SlackWorkspace, UserGroup } from '../../../src/demo/slack/workspace.ts';
import { readDocument } from '../../../src/frontmatter/read.ts';
import { emptyWorkspace, type SlackContext, startSlack } from './harness.ts';

vi.setConfig({ testTimeout: 60_000 });

const DAY_MS = 86_400_000;

/** A channel that the bot is in. */
function channelIn(workspace: SlackWorkspace, name: string): string {
  return edits.createChannel(workspace, { name, members: [workspace.userId, workspace.botUserId] });
}

/** As if days had gone by. */
function wait(workspace: SlackWorkspace, days: number): void {
  workspace.now += days * DAY_MS;
}

/** By type and title, with the text. */
function texts(context: SlackContext): Map<string, string> {
  return new Map(
    [...context.documents()].flatMap(([path, content]) => {
      const read = readDocument(content);
      return read ? [[path.replace(/^slack\/fernhollow\//, ''), read.body]] : [];
    }),
  );
}

const FIRST = 'general-c0fh0000001/2026/03';

test('threads and days are files of their own, in the months of their first messages', async () => {
  const workspace = emptyWorkspace();
  const general = channelIn(workspace, 'general');
  edits.postMessage(workspace, general, { text: 'Good morning' });
  const root = edits.postMessage(workspace, general, { text: 'The deploy failed' });
  edits.reply(workspace, general, root, { text: 'Looking' });
  wait(workspace, 1);
  edits.postMessage(workspace, general, { text: 'Second day' });
  edits.reply(workspace, general, root, { text: 'Mended' });
  await using context = await startSlack({ workspace });
  const { report, errors } = await context.build();
  expect(errors).toEqual([]);
  expect(report.sources[0]).toMatchObject({ status: 'ok', added: 3 });
  const seconds = root.replace(/\..*/, '');
  expect([...texts(context).keys()].sort()).toEqual([
    `${FIRST}/${seconds}-the-deploy-failed.md`,
    `${FIRST}/2026-03-02.md`,
    `${FIRST}/2026-03-03.md`,
  ]);
  const thread = texts(context).get(`${FIRST}/${seconds}-the-deploy-failed.md`);
  expect(thread?.match(/^### .*$/gm)).toHaveLength(3);
  expect(thread).toMatch(/The deploy failed[\s\S]*Looking[\s\S]*Mended/);
  expect(texts(context).get(`${FIRST}/2026-03-02.md`)).not.toContain('The deploy failed');
  const facts = readDocument(
    context.documents().get(`slack/fernhollow/${FIRST}/${seconds}-the-deploy-failed.md`) ?? '',
  )?.facts;
  expect(facts).toMatchObject({
    id: `${general}-${root}`,
    type: 'thread',
    title: 'The deploy failed',
    url: `https://fernhollow.slack.example/archives/${general}/p${root.replace('.', '')}`,
    fields: { channel: 'general', channel_id: general, thread_ts: root, replies: 2 },
  });
});

test('a second run commits nothing, and asks for no more than the days that may have changed', async () => {
  const workspace = emptyWorkspace();
  const general = channelIn(workspace, 'general');
  const root = edits.postMessage(workspace, general, { text: 'Root' });
  edits.reply(workspace, general, root, { text: 'Answer' });
  wait(workspace, 10);
  await using context = await startSlack({ workspace });
  await context.build();
  context.calls();
  const again = await context.build();
  expect(again.report.commit).toBeNull();
  expect(context.calls()).toEqual([
    ...['auth.test', 'team.info', 'users.list', 'usergroups.list', 'conversations.list', 'search.messages'],
    'conversations.history',
  ]);
  const head = context.git('rev-parse', 'HEAD');
  await context.build({ full: true });
  expect(context.git('rev-parse', 'HEAD')).toBe(head);
});

test('replies of long ago are found by what their root tells, and by search where that is allowed', async () => {
  for (const asPerson of [false, true]) {
    const workspace = emptyWorkspace();
    const general = channelIn(workspace, 'general');
    const near = edits.postMessage(workspace, general, { text: 'Near' });
    edits.reply(workspace, general, near, { text: 'One' });
    await using context = await startSlack({
      workspace,
      asPerson,
      config: { late_replies_days: asPerson ? 0 : 30 },
    });
    wait(workspace, 20);
    await context.build();
    wait(workspace, 3);
    edits.reply(workspace, general, near, { text: 'Late' });
    await context.build();
    expect([...texts(context).values()].join('\n'), asPerson ? 'by search' : 'by its root').toContain('Late');
    expect([...context.documents()].sort()).toEqual([...(await context.fresh())].sort());
  }
});

test('a thread beyond all that is looked at comes when it is its channel’s turn', async () => {
  const workspace = emptyWorkspace();
  const channels = ['general', 'random'].map((name) => channelIn(workspace, name));
  const roots = channels.map((channel) => edits.postMessage(workspace, channel, { text: 'Old' }));
  channels.forEach((channel, n) => {
    edits.reply(workspace, channel, roots[n] as string, { text: 'One' });
  });
  wait(workspace, 40);
  await using context = await startSlack({ workspace });
  await context.build();
  channels.forEach((channel, n) => {
    edits.reply(workspace, channel, roots[n] as string, { text: 'Late' });
  });
  const late = () => [...texts(context).values()].filter((text) => text.includes('Late')).length;
  const counts: number[] = [];
  for (let day = 0; day < 3; day += 1) {
    wait(workspace, 1);
    await context.build();
    await context.build();
    counts.push(late());
  }
  expect(counts).toEqual([2, 2, 2]);
});

test('edits, deletions and what becomes a thread are seen, and are equal to a build from nothing', async () => {
  const workspace = emptyWorkspace();
  const general = channelIn(workspace, 'general');
  const edited = edits.postMessage(workspace, general, { text: 'Meat at noon' });
  const gone = edits.postMessage(workspace, general, { text: 'Nonsense' });
  const answered = edits.postMessage(workspace, general, { text: 'Anybody?' });
  const root = edits.postMessage(workspace, general, { text: 'To be deleted' });
  edits.reply(workspace, general, root, { text: 'I keep this' });
  await using context = await startSlack({ workspace });
  await context.build();
  edits.editMessage(workspace, general, edited, { text: 'Meet at noon' });
  edits.deleteMessage(workspace, general, gone);
  edits.reply(workspace, general, answered, { text: 'Here' });
  edits.deleteMessage(workspace, general, root);
  const { changes } = await context.build();
  expect(changes.map(({ kind }) => kind).sort()).toEqual(['added', 'modified', 'renamed']);
  const all = [...texts(context).values()].join('\n');
  expect(all).toContain('Meet at noon');
  expect(all).not.toContain('Nonsense');
  expect(all).toContain('I keep this');
  expect(all).toContain('This message was deleted.');
  expect([...context.documents()].sort()).toEqual([...(await context.fresh())].sort());
  edits.deleteMessage(workspace, general, edited);
  const last = await context.build();
  expect(last.errors).toEqual([]);
  expect(last.changes.map(({ kind, reason }) => [kind, reason])).toEqual([['deleted', 'purged']]);
});

test('renamed people and channels are written anew, however old', async () => {
  const workspace = emptyWorkspace();
  const general = channelIn(workspace, 'general');
  edits.postMessage(workspace, general, { text: 'Hello' });
  wait(workspace, 50);
  await using context = await startSlack({ workspace });
  await context.build();
  edits.renameUser(workspace, workspace.userId, { displayName: 'Mina Renamed' });
  await context.build();
  expect([...texts(context).values()].join('\n')).toContain('Mina Renamed');
  edits.renameChannel(workspace, general, 'everyone');
  const { changes } = await context.build();
  expect(changes.map(({ kind }) => kind)).toEqual(['renamed']);
  expect([...texts(context).keys()][0]).toMatch(/^everyone-c0fh0000001\//);
  expect([...context.documents()].sort()).toEqual([...(await context.fresh())].sort());
});

test('what a message calls a channel or a group is written anew when that has another name, however old it is', async () => {
  const workspace = emptyWorkspace();
  const [general, random] = ['general', 'random'].map((name) => channelIn(workspace, name)) as [
    string,
    string,
  ];
  const [group] = workspace.groups.values();
  edits.postMessage(workspace, general, { text: `Take it to <#${random}>, <!subteam^${group?.id}>` });
  wait(workspace, 50);
  await using context = await startSlack({ workspace });
  await context.build();
  const shown = () => [...texts(context).values()].join('\n');
  expect(shown()).toContain(`@${group?.handle}`);
  edits.renameChannel(workspace, random, 'chatter');
  workspace.groups.set(group?.id as string, { ...(group as UserGroup), handle: 'helpers' });
  await context.build();
  expect(shown()).toContain('#chatter');
  expect(shown()).toContain('@helpers');
  await context.build({ config: { channels: ['general'] } });
  expect(shown()).not.toContain('#chatter');
  expect([...context.documents()].sort()).toEqual(
    [...(await context.fresh({ config: { channels: ['general'] } }))].sort(),
  );
});

test('noise is left out unless it is asked for, and never out of a thread', async () => {
  const workspace = emptyWorkspace();
  const general = channelIn(workspace, 'general');
  const [bot] = workspace.bots.keys();
  edits.joinChannel(workspace, general, [...workspace.users.keys()].at(-1) as string);
  edits.postBotMessage(workspace, general, { bot: bot as string, text: 'Build 12 is green' });
  const root = edits.postBotMessage(workspace, general, { bot: bot as string, text: 'Alarm' });
  edits.reply(workspace, general, root, { text: 'On it' });
  await using context = await startSlack({ workspace });
  await context.build();
  expect([...texts(context).values()].join('\n')).not.toMatch(/green|joined/);
  expect([...texts(context).values()].join('\n')).toMatch(/Alarm[\s\S]*On it/);
  await context.build({ config: { bots: true, joins: true } });
  expect([...texts(context).values()].join('\n')).toMatch(/joined[\s\S]*green/);
});

test('a lost channel keeps its documents; one that is left out goes when that is confirmed', async () => {
  const workspace = emptyWorkspace();
  const [general, random] = [channelIn(workspace, 'general'), channelIn(workspace, 'random')];
  for (const channel of [general, random]) edits.postMessage(workspace, channel, { text: `In ${channel}` });
  await using context = await startSlack({ workspace });
  await context.build();
  const before = [...context.documents()];
  edits.leaveChannel(workspace, random);
  edits.archiveChannel(workspace, random);
  const lost = await context.build({ config: { channels: ['general', 'random'] } });
  expect([...context.documents()]).toEqual(before);
  expect(lost.report.sources[0]?.status).not.toBe('failed');
  const { errors } = await context.build({ config: { channels: ['general'] } });
  expect(errors.map(({ code }) => code)).toEqual(['build.mass-deletion']);
  const confirmDeletes = errors.flatMap((error) =>
    error.is('build.mass-deletion') ? [error.params.fingerprint] : [],
  );
  await context.build({ config: { channels: ['general'] }, confirmDeletes });
  expect([...texts(context).keys()]).toEqual([expect.stringMatching(/^general-/)]);
});

test('what is excluded is never written, and goes if it is there', async () => {
  const workspace = emptyWorkspace();
  const general = channelIn(workspace, 'general');
  const root = edits.postMessage(workspace, general, { text: 'Secret plan' });
  edits.reply(workspace, general, root, { text: 'Psst' });
  edits.postMessage(workspace, general, { text: 'Weather' });
  wait(workspace, 60);
  await using context = await startSlack({ workspace });
  await context.build();
  const exclude = [`${general}-${root}`];
  const { changes } = await context.build({ config: { exclude } });
  expect(changes.map(({ kind, reason }) => [kind, reason])).toEqual([['deleted', 'excluded']]);
  expect([...context.documents()].sort()).toEqual([...(await context.fresh({ config: { exclude } }))].sort());
});

test.each(['lost-page', 'empty-page', 'cut-listing'] as const)(
  'R6 a history that leaves messages out deletes nothing: %s',
  async (kind) => {
    const workspace = emptyWorkspace();
    const general = channelIn(workspace, 'general');
    for (let n = 0; n < 4; n += 1) {
      const root = edits.postMessage(workspace, general, { text: `Root ${n}` });
      edits.reply(workspace, general, root, { text: `Answer ${n}` });
      edits.postMessage(workspace, general, { text: `Word ${n}` });
      wait(workspace, 1);
    }
    await using context = await startSlack({ workspace, pageLimit: 2, config: { recent_days: 9 } });
    await context.build();
    const before = [...context.documents()];
    const path = /conversations\.history/;
    context.simulator.faults.add({ fault: { kind }, path, skip: 1 });
    await context.build();
    expect([...context.documents()]).toEqual(before);
    context.simulator.faults.clear();
    expect((await context.build()).report.sources[0]?.status).toBe('ok');
    expect([...context.documents()]).toEqual(before);
  },
);

test('a thread that cannot be read keeps its last version, and the next run has it', async () => {
  const workspace = emptyWorkspace();
  const general = channelIn(workspace, 'general');
  const root = edits.postMessage(workspace, general, { text: 'Root' });
  edits.reply(workspace, general, root, { text: 'One' });
  await using context = await startSlack({ workspace });
  await context.build();
  edits.reply(workspace, general, root, { text: 'Two' });
  const path = /conversations\.replies/;
  context.simulator.faults.add({ fault: { kind: 'status', status: 500 }, path, times: 99 });
  const failed = await context.build();
  expect(failed.report.sources[0]).toMatchObject({ status: 'partial', failed: 1, modified: 0 });
  expect([...texts(context).values()].join('')).not.toContain('Two');
  context.simulator.faults.clear();
  wait(workspace, 20);
  await context.build({ config: { late_replies_days: 0 } });
  expect([...texts(context).values()].join('')).toContain('Two');
});

test.each(['backwards', 'forwards'] as const)(
  '%s and side by side, the tree is the same',
  async (direction) => {
    const workspace = emptyWorkspace();
    const channels = ['general', 'random', 'shop'].map((name) => channelIn(workspace, name));
    for (let n = 0; n < 12; n += 1) {
      const channel = channels[n % 3] as string;
      const root = edits.postMessage(workspace, channel, { text: `Root ${n}` });
      if (n % 2 === 0) edits.reply(workspace, channel, root, { text: `Answer ${n}` });
      wait(workspace, 2);
    }
    await using context = await startSlack({ workspace, pageLimit: 2 });
    await context.build({ config: { direction, workers: 2 } });
    expect(texts(context).size).toBe(12);
    expect(context.documents()).toEqual(await context.fresh({ config: { workers: 1 } }));
  },
);

test('replies that are left for later come with the next run that reads them', async () => {
  const workspace = emptyWorkspace();
  const general = channelIn(workspace, 'general');
  const root = edits.postMessage(workspace, general, { text: 'Root' });
  edits.reply(workspace, general, root, { text: 'One' });
  await using context = await startSlack({ workspace });
  await context.build({ config: { threads: 'later' } });
  expect(context.calls()).not.toContain('conversations.replies');
  expect([...texts(context).values()].join('')).not.toContain('One');
  wait(workspace, 100);
  await context.build();
  expect([...texts(context).values()].join('')).toContain('One');
  const before = context.documents();
  edits.reply(workspace, general, root, { text: 'Two' });
  await context.build({ full: true, config: { threads: 'later' } });
  expect(context.documents()).toEqual(before);
  await context.build();
  expect([...texts(context).values()].join('')).toContain('Two');
});

test('a delay stands between the requests of a method, and of no other', async () => {
  const workspace = emptyWorkspace();
  const general = channelIn(workspace, 'general');
  for (let n = 0; n < 6; n += 1) edits.postMessage(workspace, general, { text: `Word ${n}` });
  await using context = await startSlack({ workspace, config: { page_size: 2 } });
  const waited = async (delay: number) => {
    const before = context.waits.length;
    await context.build({ full: true, config: { delay } });
    return context.waits.slice(before).reduce((sum, ms) => sum + ms, 0);
  };
  expect(await waited(0)).toBe(0);
  expect(await waited(30)).toBe(60_000);
});

test('a wrong token ends the run and says where tokens are', async () => {
  const workspace = emptyWorkspace();
  channelIn(workspace, 'general');
  await using context = await startSlack({ workspace });
  const { errors, report } = await context.build({ config: { auth: { token: 'xoxb-wrong' } } });
  expect(report.commit).toBeNull();
  expect(errors[0]?.code).toBe('slack.refused');
  expect(errors[0]?.message).not.toContain('xoxb');
});

test('R1 a quote of a message of a channel that is not read is no more than a link', async () => {
  const workspace = emptyWorkspace();
  const [general, secret] = [channelIn(workspace, 'general'), 'C0SECRET001'];
  const quote = (channel: string, text: string) => ({
    ...{
      channel_id: channel,
      from_url: `https://fernhollow.slack.example/archives/${channel}/p1772438400000100`,
    },
    ...{ is_msg_unfurl: true, is_share: true, author_name: 'mina', text, fallback: text },
  });
  edits.postMessage(workspace, general, {
    text: 'Look',
    attachments: [quote(general, 'Open words'), quote(secret, 'Hidden words')],
  });
  await using context = await startSlack({ workspace });
  await context.build();
  const all = [...context.documents().values()].join('\n');
  expect(all).toContain('Open words');
  expect(all).not.toContain('Hidden words');
  expect(all).toContain(`archives/${secret}/p1772438400000100`);
});

test('a channel’s only document goes when that is confirmed, however old it is', async () => {
  const workspace = emptyWorkspace();
  const general = channelIn(workspace, 'general');
  const only = edits.postMessage(workspace, general, { text: 'Alone' });
  await using context = await startSlack({ workspace });
  await context.build();
  wait(workspace, 200);
  await context.build();
  edits.deleteMessage(workspace, general, only);
  wait(workspace, 1);
  const held = await context.build();
  expect(held.errors.map(({ code }) => code)).toEqual(['build.mass-deletion']);
  expect(texts(context).size).toBe(1);
  const { changes, errors } = await context.buildConfirming();
  expect(errors).toEqual([]);
  expect(changes.map(({ kind }) => kind)).toEqual(['deleted']);
});

test('R1 direct messages and private channels go when the configuration no longer asks for any', async () => {
  const workspace = emptyWorkspace();
  const members = [workspace.userId, workspace.botUserId];
  const general = channelIn(workspace, 'general');
  const secret = edits.createChannel(workspace, { name: 'secret', kind: 'private_channel', members });
  const direct = edits.createChannel(workspace, { kind: 'im', members });
  for (const channel of [general, secret, direct])
    edits.postMessage(workspace, channel, { text: `Said in ${channel}` });
  await using context = await startSlack({ workspace });
  await context.build({ config: { channels: ['general', 'secret'], direct_messages: 'all' } });
  expect(texts(context).size).toBe(3);
  await context.buildConfirming();
  expect([...texts(context).keys()]).toEqual([expect.stringMatching(/^general-/)]);
});

test.each([
  { scopes: undefined },
  { scopes: ['channels:read', 'channels:history', 'users:read', 'team:read', 'usergroups:read'] },
])('R1 a channel that was made private is taken away: %j', async ({ scopes }) => {
  const workspace = emptyWorkspace();
  const [general, secret] = [channelIn(workspace, 'general'), channelIn(workspace, 'plans')];
  for (const channel of [general, secret]) edits.postMessage(workspace, channel, { text: `In ${channel}` });
  await using context = await startSlack({ workspace, ...(scopes && { scopes }) });
  await context.build();
  expect(texts(context).size).toBe(2);
  edits.makePrivate(workspace, secret);
  const { report } = await context.buildConfirming();
  expect(report.sources[0]?.withdrawn).toHaveLength(1);
  expect([...texts(context).keys()]).toEqual([expect.stringMatching(/^general-/)]);
  expect([...context.documents()].sort()).toEqual([...(await context.fresh())].sort());
});

test.each([
  ['excluded', (id: string) => ({ exclude: [id] })],
  ['named no more', () => ({ channels: ['general'] })],
])('a channel that is gone keeps its documents, until it is %s', async (_, leaveOut) => {
  const workspace = emptyWorkspace();
  const [general, random] = [channelIn(workspace, 'general'), channelIn(workspace, 'random')];
  for (const channel of [general, random]) edits.postMessage(workspace, channel, { text: `In ${channel}` });
  await using context = await startSlack({ workspace });
  await context.build();
  edits.deleteChannel(workspace, random);
  const { report } = await context.build();
  expect(report.commit).toBeNull();
  expect(context.lines).toContainEqual(expect.stringContaining(`put ${random} under exclude`));
  await context.buildConfirming({ config: leaveOut(random) });
  expect([...texts(context).keys()]).toEqual([expect.stringMatching(/^general-/)]);
});

test('a channel can be excluded, and comes back when it no longer is', async () => {
  const workspace = emptyWorkspace();
  const [general, random] = [channelIn(workspace, 'general'), channelIn(workspace, 'random')];
  for (const channel of [general, random]) edits.postMessage(workspace, channel, { text: `In ${channel}` });
  await using context = await startSlack({ workspace });
  await context.build();
  const before = context.documents();
  await context.buildConfirming({ config: { exclude: [random] } });
  expect(texts(context).size).toBe(1);
  wait(workspace, 10);
  await context.build();
  expect(context.documents()).toEqual(before);
});

test('R6 a day whose second page is lost keeps all of its messages', async () => {
  const workspace = emptyWorkspace();
  const general = channelIn(workspace, 'general');
  for (let n = 0; n < 5; n += 1) edits.postMessage(workspace, general, { text: `Word ${n}` });
  await using context = await startSlack({ workspace, pageLimit: 2 });
  await context.build();
  const before = context.documents();
  context.simulator.faults.add({ fault: { kind: 'lost-page' }, path: /conversations\.history/, skip: 1 });
  const { report } = await context.build();
  expect(report.sources[0]).toMatchObject({ status: 'partial', failed: 1 });
  expect(context.documents()).toEqual(before);
  wait(workspace, 20);
  expect((await context.build({ config: { late_replies_days: 0 } })).report.sources[0]?.status).toBe('ok');
  expect(context.documents()).toEqual(before);
});
