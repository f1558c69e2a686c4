import { describe, expect, test, vi } from 'vitest';
import * as edits from '../../src/demo/slack/edits.ts';
import { DAY_MS, day, type Line, linesOf, started, textsOf, week } from './slack-week.ts';

vi.setConfig({ testTimeout: 60_000 });

const FILE = { name: 'a.txt', mimetype: 'text/plain', bytes: () => Buffer.from('a') };
const ALL = '    direct_messages: all\n    group_messages: all\n';

/** The week, with more of what a message can have, in a repository that has read it. */
async function synced(options: Parameters<typeof started>[1] = {}) {
  const said = week();
  const { workspace, general, engineering, mina, jonas } = said;
  edits.postMessage(workspace, general, {
    by: mina,
    text: '> quoted\n\nand *bold* `code` <https://a.example|here>',
  });
  edits.addReaction(
    workspace,
    general,
    edits.postMessage(workspace, general, { by: mina, text: ':wave: 2' }),
    { name: 'eyes', by: jonas },
  );
  edits.uploadFile(workspace, general, { ...FILE, by: mina, text: '• one\n• two' });
  edits.postMessage(workspace, general, { by: jonas, text: 'Between' });
  edits.postMessage(workspace, engineering, {
    by: mina,
    text: `See <https://fernhollow.slack.example/archives/${engineering}/p${said.root.replace('.', '')}>`,
  });
  const own = await started(workspace, options);
  const sync = await own.machine.ctxHere(['slack', 'sync']);
  expect(sync).toMatchObject({ code: 0 });
  return { ...own, ...said, requests: own.simulator.requests };
}

const withoutText = (lines: readonly Line[]) => lines.map(({ text: _, ...rest }) => rest);

describe('ctx slack export from the repository', () => {
  test('gives what Slack gives, but for the form of text', async () => {
    await using own = await synced({ settings: ALL });
    const choices = [
      [],
      ['--context', '--include-dms', '--since', day(2)],
      ['--until', day(1), '--channels', 'general'],
      ['--user', 'jonas', '--context'],
    ];
    for (const args of choices) {
      const slack = await own.printed('--from', 'slack', ...args);
      const asked = own.requests.length;
      const ran = await own.ctx('-o', '-', ...args);
      expect(ran, args.join(' ')).toMatchObject({
        code: 0,
        stderr: expect.stringContaining('from the repository'),
      });
      // Whose token it is, and nothing else.
      expect(own.requests.slice(asked).map(({ method }) => method)).toEqual(
        args.includes('--user') ? [] : ['auth.test'],
      );
      const stored = linesOf(ran.stdout);
      expect(withoutText(stored), args.join(' ')).toEqual(withoutText(slack));
      expect(stored.map(({ text }) => text)).toEqual(stored.map((line) => line.text_md));
      expect(slack.length, args.join(' ')).toBeGreaterThan(0);
    }
  });

  test('needs no token where --user tells whose messages are meant', async () => {
    await using own = await synced();
    await own.machine.write('.env', '');
    const asked = own.requests.length;
    const { code, stdout } = await own.ctx('--user', 'mina');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^8 messages of mina in 2 channels/);
    const metadata = JSON.parse(await own.machine.read('export_metadata.json'));
    expect(metadata).toMatchObject({
      ...{ source: 'slack', from: 'store', text: 'markdown', workspace: 'fernhollow', failed: [] },
      commit: own.machine.git('rev-parse', 'HEAD').trim(),
      ...{ user: { id: own.mina, name: 'mina' }, messages: 8, thread_replies: 2 },
    });
    const nobody = await own.ctx();
    expect(nobody).toMatchObject({ code: 2 });
    expect(nobody.stderr).toContain('--user');
    expect((await own.ctx('--from', 'store', '--user', 'nobody')).stderr).toContain(
      'nobody is called nobody',
    );
    expect(own.requests).toHaveLength(asked);
  });

  test('is not taken for what it lacks: Slack is asked, or the export says what is missing', async () => {
    await using own = await synced();
    const lacks = async (...args: string[]) => {
      const asked = await own.ctx('-o', '-', ...args);
      expect(asked.stderr, args.join(' ')).toContain('Slack is asked: the repository lacks');
      const stored = await own.ctx('-o', '-', '--from', 'store', ...args);
      expect(stored, args.join(' ')).toMatchObject({ code: 4 });
      expect(stored.stderr).toContain('the repository lacks');
      return { asked: textsOf(linesOf(asked.stdout)), stored: textsOf(linesOf(stored.stdout)) };
    };
    // Before the window that was read, and by a channel and conversations that were not.
    const early = await lacks('--since', day(-300));
    expect(early.stored).toHaveLength(early.asked.length);
    expect((await lacks('--include-dms')).asked).toContain('Between two');
    await lacks('--channels', 'general,nowhere');
    const email = own.workspace.users.get(own.mina)?.email as string;
    const named = await own.ctx('-o', '-', '--user', email);
    expect(named.stderr).toContain(`lacks anybody who is called ${email}`);
    expect(linesOf(named.stdout)).toHaveLength(8);

    await own.machine.ctxHere(['slack', 'sync', '--reset-tracking']);
    await lacks();
    await own.machine.ctxHere(['slack', 'sync', '--days', '30']);
    expect((await lacks()).stored).toHaveLength(8);
    expect((await own.ctx('--since', day(0))).stderr).toContain('from the repository');
  });

  test('is not taken for what it has of yesterday, or by other settings', async () => {
    await using own = await synced();
    const tomorrow = Date.now() + DAY_MS;
    const later = await own.machine.ctxHere(['slack', 'export', '-o', '-'], { now: () => tomorrow });
    expect(later.stderr).toMatch(/lacks engineering of \d{4}-\d\d-\d\d; general of/);
    const config = await own.machine.read('context.config.yaml');
    await own.machine.write('context.config.yaml', `${config}    bots: true\n`);
    expect((await own.ctx('-o', '-')).stderr).toContain('lacks documents of this version and these settings');
  });

  test('has to be there to be read', async () => {
    await using own = await started(week().workspace);
    expect(await own.ctx('--from', 'store')).toMatchObject({ code: 2 });
    expect(textsOf(await own.printed())).toHaveLength(4);
  });

  test('says which documents do not tell the times of their messages', async () => {
    await using own = await synced();
    const path = own.machine.git('ls-files', `slack/*/general-*/*.md`).split('\n')[0] as string;
    const marked = await own.machine.read(`repo/${path}`);
    await own.machine.write(`repo/${path}`, marked.replaceAll(/ <!-- .* -->$/gm, ''));
    own.machine.git('commit', '-qam', 'As an earlier version wrote it');
    const { code, stdout, stderr } = await own.ctx('-o', '-');
    expect(code).toBe(4);
    expect(stderr).toContain('1 document of general without the times of the messages');
    const texts = textsOf(linesOf(stdout));
    expect(texts).toContain('I do');
    expect(texts.length).toBeLessThan(8);
  });
});
