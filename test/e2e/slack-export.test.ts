import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import * as edits from '../../src/demo/slack/edits.ts';
import { exportOf } from '../../src/demo/slack/export.ts';
import { CHANNEL_KINDS } from '../../src/demo/slack/workspace.ts';
import { zipOf } from '../harness/zip.ts';
import { DAY_MS, day, linesOf, START, started, textsOf, week } from './slack-week.ts';

vi.setConfig({ testTimeout: 60_000 });

describe('ctx slack export', () => {
  test('writes the messages of the token’s owner, replies included, and what it has done', async () => {
    const { workspace, ...said } = week();
    await using own = await started(workspace);
    const { code, stdout } = await own.ctx();
    expect(code).toBe(0);
    expect(stdout).toMatch(/^4 messages of mina in 2 channels/);
    const lines = linesOf(await own.machine.read('slack-export.jsonl'));
    expect(lines.map(({ ts, text }) => [ts, text])).toEqual([
      [said.reply, 'I do'],
      [said.broadcast, 'Mended, all'],
      [said.hello, `Hello <@${said.jonas}>, *all* in <#${said.engineering}>`],
      [said.edited, 'Meet at noon'],
    ]);
    const [reply, broadcast, hello, edited] = lines;
    expect(reply).toEqual({
      text: 'I do',
      text_md: 'I do',
      ts: said.reply,
      time: new Date(Number(said.reply.slice(0, 10)) * 1000).toISOString().replace('.000Z', 'Z'),
      ...{ channel_id: said.engineering, channel_name: 'engineering', channel_type: 'channel' },
      ...{ thread_ts: said.root, is_thread_reply: true, reply_to: { ts: said.root, author: 'jonas' } },
      ...{ reactions: {}, has_attachments: false, edited: false },
    });
    expect(broadcast).toMatchObject({ is_thread_reply: true, thread_ts: said.root });
    expect(hello).toMatchObject({ reply_to: null, thread_ts: null, reactions: { wave: 2 } });
    expect(hello?.text_md).toMatch(/^Hello @jonas, \*\*all\*\* in \[#engineering\]\(https:/);
    expect(edited).toMatchObject({ edited: true });

    const metadata = JSON.parse(await own.machine.read('export_metadata.json'));
    expect(metadata).toMatchObject({
      source: 'slack',
      workspace: 'fernhollow',
      user: { id: said.mina, name: 'mina' },
      range: { since: new Date(Math.floor(Date.now() / DAY_MS - 89) * DAY_MS).toISOString() },
      options: { channels: null, include_dms: false, context: false },
      ...{ messages: 4, thread_replies: 2, context_messages: 0, failed: [], redacted: {} },
      channels: [
        { id: said.engineering, name: 'engineering', type: 'channel', messages: 2, thread_replies: 2 },
        { id: said.general, name: 'general', type: 'channel', messages: 2, thread_replies: 0 },
      ],
    });
    for (const file of ['slack-export.jsonl', 'export_metadata.json'])
      expect((await stat(join(own.machine.folder, file))).mode & 0o777).toBe(0o600);
    // Threads whose root names all who replied are not asked for in vain.
    const threads = own.simulator.requests.filter(({ method }) => method === 'conversations.replies');
    expect(threads).toHaveLength(1);
  });

  test('reads what it is asked for: channels, ranges, direct messages, private channels', async () => {
    const { workspace } = week();
    await using own = await started(workspace);
    expect(textsOf(await own.printed('--channels', '#general'))).toHaveLength(2);
    expect(textsOf(await own.printed('--until', day(0)))).toEqual(['I do', expect.stringContaining('Hello')]);
    expect(textsOf(await own.printed('--since', day(3)))).toEqual(['Mended, all', 'Meet at noon']);
    expect(await own.printed('--since', day(1), '--until', day(2))).toEqual([]);
    const minute = (time: string) => `${day(3)}T${time}Z`;
    expect(textsOf(await own.printed('--since', minute('00:01'), '--until', minute('00:02')))).toEqual([
      'Meet at noon',
    ]);
    expect(textsOf(await own.printed('--include-dms'))).toContain('Between two');

    const refused = await own.ctx('-o', '-', '--channels', 'secret,nowhere');
    expect(refused.stdout).toBe('');
    expect(refused.stderr).toMatch(
      /secret is private[\s\S]*no channel is called nowhere|nowhere[\s\S]*secret is private/,
    );
    await using other = await started(workspace, { channels: '[general, secret]' });
    expect(textsOf(await other.printed())).toContain('Between a few');
    expect((await own.ctx('--since', '2026-02-30')).code).toBe(2);
    expect((await own.ctx('--since', day(3), '--until', day(1))).code).toBe(2);
  });

  test('prints lines and nothing else, and writes no file, for -', async () => {
    const { workspace } = week();
    await using own = await started(workspace);
    const { stdout, stderr } = await own.ctx('--output', '-');
    expect(linesOf(stdout)).toHaveLength(4);
    expect(stderr).toContain('4 messages of mina');
    await expect(own.machine.read('export_metadata.json')).rejects.toThrow('ENOENT');
  });

  test('has others’ words only with --context: of the same threads, and right before', async () => {
    const { workspace } = week();
    await using own = await started(workspace);
    const lines = await own.printed('--context');
    const context = lines.filter((line) => line.context === true);
    expect(context.map(({ text, author }) => [text, author])).toEqual([
      ['Who mends it?', 'jonas'],
      ['Thanks', 'jonas'],
      ['What Jonas says before', 'jonas'],
    ]);
    expect(lines.filter((line) => line.context !== true)).toEqual(await own.printed());
  });

  test('finds replies to what was said long before', async () => {
    const { workspace, engineering, mina } = week();
    const long = String(START / 1000 - 200 * 86_400);
    const old = edits.postMessage(workspace, engineering, { text: 'Of last year', ts: `${long}.000100` });
    edits.reply(workspace, engineering, old, { by: mina, text: 'Still so' });
    await using own = await started(workspace);
    expect(textsOf(await own.printed('--since', day(1)))).toContain('Still so');
  });

  test('asks whose messages are meant where the token does not tell, and takes a name, an address or an id', async () => {
    const { workspace, mina } = week();
    await using bot = await started(workspace, { asBot: true });
    const unknown = await bot.ctx();
    expect(unknown).toMatchObject({ code: 2 });
    expect(unknown.stderr).toContain('--user');
    const email = workspace.users.get(mina)?.email as string;
    for (const user of ['mina', '@Mina', email, mina])
      expect(textsOf(await bot.printed('--user', user)), user).toHaveLength(4);
    expect((await bot.ctx('--user', 'nobody')).stderr).toContain('nobody is called nobody');
  });

  test('an export of the workspace gives the same as its API', async () => {
    const { workspace } = week();
    await using own = await started(workspace);
    const files = [...exportOf(workspace, { kinds: CHANNEL_KINDS })].map(([name, content]) => ({
      name,
      content,
    }));
    await writeFile(join(own.machine.folder, 'export.zip'), zipOf(files));
    const config = `version: 1
repo: { path: repo }
sources: [{ id: slack, type: slack, path: export.zip, workspace: fernhollow }]
`;
    const exported = async (...args: string[]) => {
      await own.machine.write('other.yaml', config);
      const ran = await own.ctx('-c', 'other.yaml', '-o', '-', ...args);
      expect(ran.stderr).not.toContain('error');
      return ran.stdout.replaceAll('https://fernhollow.slack.com', 'https://fernhollow.slack.example');
    };
    for (const args of [[], ['--context'], ['--since', day(2)]])
      expect(linesOf(await exported('--user', 'mina', ...args))).toEqual(await own.printed(...args));
    expect((await own.ctx('-c', 'other.yaml')).stderr).toContain('--user');
  });

  test('R5 secrets are replaced, whoever wrote them', async () => {
    const { workspace, general, jonas, mina } = week();
    const key = ['AKIA', 'IOSFODNN7QWERTYU'].join('');
    edits.postMessage(workspace, general, { by: jonas, text: `Mine is password: ${'hunter2-hunter2'}` });
    edits.postMessage(workspace, general, { by: mina, text: `The key is ${key}` });
    await using own = await started(workspace);
    const { stderr } = await own.ctx('--context');
    const text = await own.machine.read('slack-export.jsonl');
    expect(text).not.toMatch(/hunter2|IOSFODNN7/);
    expect(text.match(/\[redacted:/g)).toHaveLength(4);
    expect(stderr).toContain('rotate them there');
    expect(JSON.parse(await own.machine.read('export_metadata.json')).redacted).not.toEqual({});
  });

  test('writes what could be read if something could not, and says so', async () => {
    const { workspace } = week();
    await using own = await started(workspace);
    const path = /conversations\.replies/;
    own.simulator.faults.add({ fault: { kind: 'status', status: 404 }, path, times: 99 });
    const { code, stderr } = await own.ctx();
    expect(code).toBe(4);
    expect(stderr).toContain('error:');
    expect(textsOf(linesOf(await own.machine.read('slack-export.jsonl')))).toEqual([
      expect.stringContaining('Hello'),
      'Meet at noon',
    ]);
    const { failed } = JSON.parse(await own.machine.read('export_metadata.json'));
    expect(failed).toHaveLength(1);
    const before = await own.machine.read('slack-export.jsonl');
    own.simulator.faults.add({
      fault: { kind: 'status', status: 404 },
      path: /conversations\.history/,
      times: 99,
    });
    expect((await own.ctx()).code).not.toBe(0);
    expect(await own.machine.read('slack-export.jsonl')).toBe(before);
  });
});
