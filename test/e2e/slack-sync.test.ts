import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { SlackSimulator } from '../../src/demo/slack/server.ts';
import { documentsOf, machineFor, startTalk } from './slack-talk.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

describe('ctx slack sync', () => {
  let simulator: SlackSimulator;
  beforeAll(async () => {
    simulator = await startTalk(12);
  });
  afterAll(() => simulator.close());

  test('reads the Slack sources alone, and answers from the repository', async () => {
    await using machine = await machineFor(simulator, simulator.userToken);
    const first = await machine.ctxHere(['slack', 'sync', '--days', '5']);
    expect(first).toMatchObject({ code: 0 });
    expect(first.stdout).toContain('jira: skipped (not asked for)');
    const after5 = documentsOf(machine).size;

    const owed = JSON.parse((await machine.ctxHere(['slack', 'sync', '--status', '--json'])).stdout);
    expect(owed.sources[0]).toMatchObject({ id: 'slack', documents: after5, debt: 2 * (89 - 4) });
    expect(owed.sources[0].channels.map(({ name }: { name: string }) => name)).toEqual([
      'general',
      'releases',
    ]);
    expect(owed.runs).toMatchObject([{ outcome: 'done', choices: { days: 5 } }]);

    await machine.ctxHere(['slack', 'sync']);
    expect(documentsOf(machine).size).toBeGreaterThan(after5);
    const status = await machine.ctxHere(['slack', 'sync', '--status']);
    expect(status.stdout).toContain('nothing left to read');
    expect(status.stdout).toMatch(/general \(C\w+\): \d+ documents; read \d{4}-\d\d-\d\d\.\.\d{4}-\d\d-\d\d/);
    expect(status.stdout).toContain('--days 5: done');

    const found = await machine.ctxHere(['slack', 'sync', '--search', 'release cve', '--limit', '3']);
    expect(found.stdout.match(/CVE-2026-\d+ in release/g)).toHaveLength(3);
    expect(found.stdout).toContain('CVE-2026-11');
    const mine = await machine.ctxHere(['slack', 'sync', '--search', 'release', '--my-only', '--json']);
    const authors = JSON.parse(mine.stdout).found.map(({ author }: { author: string }) => author);
    expect(new Set(authors)).toEqual(new Set(['mina']));
    const said = await machine.ctxHere(['slack', 'sync', '--search', 'mended 12', '--json']);
    const [{ url, text }] = JSON.parse(said.stdout).found;
    expect(text).toBe('Mended in release 12');
    const { pathname, searchParams } = new URL(url);
    expect(pathname).toMatch(/^\/archives\/C\w+\/p\d{16}$/);
    expect(searchParams.get('thread_ts')).toMatch(/^\d{10}\.\d{6}$/);
    const nobody = await machine.ctxHere(['slack', 'sync', '--search', 'release', '--user', 'nobody']);
    expect(nobody.stdout).toContain('No message has any of these words.');
  });

  test('reads no more than it is told to', async () => {
    await using machine = await machineFor(simulator, simulator.token);
    await machine.ctxHere(['slack', 'sync', '--incremental', '--no-threads']);
    const texts = [...documentsOf(machine).values()].join('');
    expect(texts).toContain('release 11?');
    expect(texts).not.toContain('Mended');
    expect(texts).not.toContain('release 3?');

    await machine.ctxHere(['slack', 'sync', '--full', '--days', '30', '--direction', 'forwards']);
    expect([...documentsOf(machine).values()].join('')).toContain('Mended in release 12');
    await using other = await machineFor(simulator, simulator.token);
    await other.ctxHere(['slack', 'sync', '--full', '--days', '30', '--workers', '1']);
    expect(documentsOf(machine)).toEqual(documentsOf(other));
  });

  test('forgets what it has read when it is told to, and keeps the documents', async () => {
    await using machine = await machineFor(simulator, simulator.token);
    await machine.ctxHere(['slack', 'sync']);
    const head = machine.git('rev-parse', 'HEAD');
    expect((await machine.ctxHere(['slack', 'sync', '--reset-tracking'])).code).toBe(0);
    const status = JSON.parse((await machine.ctxHere(['slack', 'sync', '--status', '--json'])).stdout);
    expect(status.sources[0]).toMatchObject({ debt: 2 * 89, documents: documentsOf(machine).size });
    const read = () => simulator.requests.filter(({ method }) => method === 'conversations.replies').length;
    const before = read();
    await machine.ctxHere(['slack', 'sync']);
    expect(read() - before).toBe(24);
    expect(machine.git('rev-parse', 'HEAD')).toBe(head);
  });

  test('says what it lacks', async () => {
    await using machine = await machineFor(simulator, simulator.token);
    const early = await machine.ctxHere(['slack', 'sync', '--status']);
    expect(early.code).not.toBe(0);
    expect(early.stderr).toContain('repo');
    await machine.ctxHere(['slack', 'sync', '--incremental']);
    const bot = await machine.ctxHere(['slack', 'sync', '--search', 'release', '--my-only']);
    expect(bot).toMatchObject({ code: 2 });
    expect(bot.stderr).toContain('--user');
    for (const args of [
      ['--full', '--incremental'],
      ['--search', ' '],
      ['--status', '--reset-tracking'],
      ['--days', '0'],
      ['--source', 'jira'],
    ])
      expect((await machine.ctxHere(['slack', 'sync', ...args])).code, args.join(' ')).toBe(2);
  });
});
