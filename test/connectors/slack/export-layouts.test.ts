import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { companySlack } from '../../../src/demo/slack/company.ts';
import * as edits from '../../../src/demo/slack/edits.ts';
import { EXPORT_TOKEN } from '../../../src/demo/slack/export.ts';
import { CHANNEL_KINDS, type SlackWorkspace, type User } from '../../../src/demo/slack/workspace.ts';
import { zipOf } from '../../harness/zip.ts';
import { type ExportFolder, exportFolder, packed, readExport, talk } from './exports.ts';
import { emptyWorkspace } from './harness.ts';

const DAY_MS = 86_400_000;

let folder: ExportFolder;

beforeAll(async () => {
  folder = await exportFolder();
});
afterAll(() => folder[Symbol.asyncDispose]());

test('files are links, and the tokens in an export’s links are nowhere', async () => {
  const workspace = emptyWorkspace();
  const general = talk(workspace, 1);
  const bytes = () => new Uint8Array(9);
  edits.uploadFile(workspace, general, { name: 'plan.csv', mimetype: 'text/csv', bytes });
  const link = (query: string) => `<https://files.slack.com/files-pri/T1-F1/x.png?${query}>`;
  const token = `t=${EXPORT_TOKEN}`;
  const queries = [token, `${token}&amp;a=1`, `b=2&amp;${token}&amp;c=3`, `d=4&amp;${token}`];
  edits.postMessage(workspace, general, { text: queries.map(link).join(' ') });
  // The file tells the workspace's address.
  const { text, documents } = await readExport(await folder.zip(packed(workspace)), {});
  expect(text).toContain('[plan.csv](https://fernhollow.slack.example/files/');
  for (const query of ['x.png', 'x.png?a=1', 'x.png?b=2&c=3', 'x.png?d=4'])
    expect(text).toMatch(new RegExp(`${query.replace('?', '\\?')}[>)\\]\\s]`));
  expect(JSON.stringify([...documents.values()])).not.toContain('xoxe');
});

test('only the last days are read where the configuration says so', async () => {
  const workspace = emptyWorkspace();
  talk(workspace, 5);
  const exported = await folder.zip(packed(workspace));
  const { text } = await readExport(exported, { workspace: 'fernhollow', days: 3 });
  expect(text).not.toContain('Word 3');
  expect(text).toContain('Word 4');
});

test('a folder, a large ZIP, and one that another program packed in a folder are read alike', async () => {
  const workspace = emptyWorkspace();
  talk(workspace, 2);
  const files = packed(workspace);
  const { documents: expected } = await readExport(await folder.zip(files));
  expect(expected.size).toBe(4);
  const within = files.flatMap(({ name, content }) => [
    { name: `Our export/${name}`, content },
    { name: `__MACOSX/Our export/._${name}`, content: 'no JSON' },
  ]);
  const ways = [folder.unpacked(files), folder.zip(files, { zip64: true }), folder.zip(within)];
  for (const way of ways) expect((await readExport(await way)).documents).toEqual(expected);
});

test('days are those of UTC, whichever clocks the export goes by', async () => {
  const workspace = companySlack();
  const config = { channels: ['general', 'engineering', 'incidents', 'storefront'] };
  const [expected, ...others] = await Promise.all(
    [0, 9, -8].map(async (hoursAhead) =>
      readExport(await folder.zip(packed(workspace, { hoursAhead })), config),
    ),
  );
  expect(expected?.documents.size).toBeGreaterThan(10);
  for (const { documents } of others) expect(documents).toEqual(expected?.documents);
});

test('what is hostile in a ZIP fails or is passed over', async () => {
  const workspace = emptyWorkspace();
  talk(workspace, 2);
  const files = packed(workspace);
  const failures = async (path: string) => (await readExport(path)).failed.map(({ message }) => message);
  const day = 'general/2026-03-02.json';
  const claiming = (claimedSize: number) =>
    folder.zip(files.map((file) => (file.name === day ? { ...file, claimedSize } : file)));
  expect((await failures(await claiming(7)))[0]).toContain(day);
  expect((await failures(await claiming(400 * 1024 * 1024)))[0]).toMatch(/more than \d+ bytes/);
  const twice = await folder.zip([...files, { name: day, content: '[]' }]);
  expect((await failures(twice))[0]).toContain('two of that name');
  const astray = ['../x', '/abs/x', 'general/../general'].map((name) => ({
    name: `${name}/2026-03-02.json`,
    content: 'no JSON',
  }));
  expect(await failures(await folder.zip([...files, ...astray]))).toEqual([]);
});

test('what is no export is refused, and why', async () => {
  const workspace = emptyWorkspace();
  talk(workspace, 1);
  const files = packed(workspace);
  const path = join(folder.path, 'some.zip');
  const bytes = zipOf(files);
  await writeFile(path, bytes.subarray(0, bytes.length - 30));
  await expect(readExport(path)).rejects.toMatchObject({ code: 'slack.no-export' });
  await writeFile(path, 'no ZIP at all');
  await expect(readExport(path)).rejects.toThrow('it lists no channels');
  await expect(readExport(join(folder.path, 'nowhere.zip'))).rejects.toThrow('nothing is there');
  const broken = files.map((file) => (file.name === 'channels.json' ? { ...file, content: '{}' } : file));
  await expect(readExport(await folder.zip(broken))).rejects.toThrow('channels.json of the export');
  await expect(readExport(await folder.zip(files), {})).rejects.toMatchObject({
    code: 'slack.unknown-workspace',
    hint: expect.stringContaining('`workspace`'),
  });
});

test('people are called as their messages say where no list has them', async () => {
  const workspace = emptyWorkspace();
  const general = talk(workspace, 1);
  edits.postMessage(workspace, general, { text: `Ask <@${workspace.userId}>` });
  const unlisted = packed(workspace).filter(({ name }) => name !== 'users.json');
  const { text } = await readExport(await folder.zip(unlisted));
  const name = workspace.users.get(workspace.userId)?.displayName;
  expect(text).toContain(`### ${name} · 2026-03-02`);
  expect(text).toContain(`Ask @${name}`);
});

test('what old exports write otherwise is read as well', async () => {
  const workspace = emptyWorkspace();
  const general = talk(workspace, 2);
  const bytes = () => new Uint8Array(9);
  edits.uploadFile(workspace, general, { name: 'old.csv', mimetype: 'text/csv', bytes });
  const { text, failed } = await readExport(await folder.zip(packed(workspace, { isOld: true })), {});
  expect(failed).toEqual([]);
  expect(text).toMatch(/Root 1[\s\S]*Answer 1[\s\S]*Late answer 1/);
  expect(text).toContain('[old.csv](https://fernhollow.slack.example/files/');
});

test('a deleted root stands for its answers; one from before the beginning is not called deleted', async () => {
  const workspace = emptyWorkspace();
  const general = talk(workspace, 3);
  workspace.now += DAY_MS;
  const root = edits.postMessage(workspace, general, { text: 'Deleted words' });
  edits.reply(workspace, general, root, { text: 'I keep this' });
  const files = packed(workspace, { from: '2026-03-03' }).map(({ name, content }) => {
    if (!name.endsWith('2026-03-06.json')) return { name, content };
    const messages = JSON.parse(String(content)) as { ts: string }[];
    return { name, content: JSON.stringify(messages.filter(({ ts }) => ts !== root)) };
  });
  const { text } = await readExport(await folder.zip(files));
  expect(text).toMatch(/This message was deleted[\s\S]*I keep this/);
  expect(text.match(/was deleted/g)).toHaveLength(1);
  expect(text).not.toContain('Late answer 1');
});

test('direct messages are called by both people, and come only if one of them is asked for', async () => {
  const workspace = emptyWorkspace();
  const other = [...workspace.users.keys()].at(-1) as string;
  const direct = edits.createChannel(workspace, { kind: 'im', members: [workspace.userId, other] });
  edits.postMessage(workspace, direct, { text: 'Between us' });
  const exported = await folder.zip(packed(workspace, { kinds: CHANNEL_KINDS }));
  expect((await readExport(exported)).documents.size).toBe(0);
  const { displayName, realName } = workspace.users.get(other) as User;
  const name = displayName || realName;
  const config = { workspace: 'fernhollow', direct_messages: [name] };
  const [document] = (await readExport(exported, config)).documents.values();
  const mine = workspace.users.get(workspace.userId)?.displayName;
  expect([`dm-${mine}-${name}`, `dm-${name}-${mine}`]).toContain(document?.facts.fields?.channel);
});

test('of an organization’s export one workspace is read, with what all of them share', async () => {
  const channel = (workspace: SlackWorkspace, name: string, id: string) => {
    edits.createChannel(workspace, { name, id, members: [workspace.userId] });
    edits.postMessage(workspace, id, { text: `Said in ${name}` });
    return workspace;
  };
  const shared = packed(channel(emptyWorkspace(), 'announcements', 'C0SHARED01'));
  const exported = await folder.zip([
    ...shared.map((file) => ({ ...file, name: file.name.replace('users.json', 'org_users.json') })),
    ...packed(channel(emptyWorkspace(), 'garden', 'C0GARDEN01'), { root: 'teams/The Garden/' }),
    ...packed(channel(emptyWorkspace(), 'kitchen', 'C0KITCHEN1'), { root: 'teams/Kitchen/' }),
  ]);
  await expect(readExport(exported, {})).rejects.toMatchObject({
    code: 'slack.unknown-workspace',
    hint: expect.stringContaining('Kitchen, The Garden'),
  });
  const { text, failed } = await readExport(exported, { workspace: 'the-garden' });
  expect(failed).toEqual([]);
  expect(text).toMatch(/Said in announcements/);
  expect(text).toMatch(/Said in garden/);
  expect(text).not.toMatch(/Said in kitchen/);
});
