import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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

  test('a second instance is refused, and the first is not disturbed', async () => {
    await using machine = await machineFor(simulator, simulator.token);
    simulator.faults.add({ fault: { kind: 'slow-body', ms: 4000 }, path: /conversations\.history/ });
    const running = machine.start(['slack', 'sync']);
    await vi.waitUntil(() => existsSync(join(machine.repo, '.git/ctx/slack-sync.json')), 20_000);
    const second = await machine.ctxHere(['slack', 'sync']);
    expect(second.code).toBe(1);
    expect(second.stderr).toContain('Another run is writing');
    expect((await running.ended).code).toBe(0);
    const { runs } = JSON.parse((await machine.ctxHere(['slack', 'sync', '--status', '--json'])).stdout);
    expect(runs).toMatchObject([{ outcome: 'done' }]);
  });

  test('R4 what is killed goes on with --resume, as it was asked for', async () => {
    await using machine = await machineFor(simulator, simulator.token);
    await using other = await machineFor(simulator, simulator.token);
    await other.ctxHere(['slack', 'sync', '--full', '--days', '40']);
    simulator.faults.add({
      fault: { kind: 'slow-body', ms: 1500 },
      path: /conversations\.replies/,
      skip: 6,
      times: 4,
    });
    const running = machine.start(['slack', 'sync', '--full', '--days', '40']);
    const journal = join(machine.repo, '.git/ctx/run/documents.jsonl');
    await vi.waitUntil(() => existsSync(journal) && readFileSync(journal, 'utf8').includes('"checkpoint"'), {
      timeout: 30_000,
    });
    running.kill('SIGKILL');
    await running.ended;
    simulator.faults.clear();
    const status = await machine.ctxHere(['slack', 'sync', '--status']);
    expect(status.code).not.toBe(0);
    const resumed = await machine.ctxHere(['slack', 'sync', '--resume']);
    expect(resumed).toMatchObject({ code: 0 });
    expect(resumed.stderr).toMatch(/goes on where a run was interrupted, with \d+ documents/);
    expect(documentsOf(machine)).toEqual(documentsOf(other));
    const again = await machine.ctxHere(['slack', 'sync', '--resume']);
    expect(again.stderr).toContain('No run was interrupted');
  });
});
