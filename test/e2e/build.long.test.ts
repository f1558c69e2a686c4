import { readdirSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { startSimulator } from '../../src/demo/server.ts';
import { builtOnce, documentsOf, machineWith } from './built.ts';
import { configuration, variables } from './configuration.ts';
import { resultOf } from './result.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const built = builtOnce();

describe('ctx build', () => {
  test('--dry-run says what would change and writes nothing', async () => {
    await using machine = await machineWith(configuration());
    const ran = await machine.ctxHere(['build', '--dry-run'], { env: variables(built.simulator) });
    expect(ran.code, ran.stderr).toBe(0);
    expect(ran.stdout).toMatch(/^\+ confluence\/INFRA\/on-call-runbook\.md$/m);
    expect(ran.stdout).toMatch(/nothing was written/i);
    expect(readdirSync(machine.repo)).toEqual(['.git']);
    expect(machine.git('for-each-ref')).toBe('');
  });

  test('R3 --full reads every body again and finds the same bytes', async () => {
    await using machine = await machineWith(configuration(), built.machine);
    const ran = await machine.ctxHere(['build', '--full', '--json'], { env: variables(built.simulator) });
    expect(ran.code, ran.stderr).toBe(0);
    expect(resultOf(ran).commit).toBeNull();
    expect(built.bodies().length).toBeGreaterThan(0);
  });
});

describe('credentials and addresses', () => {
  test('a scoped token works through the gateway, and so do a URL with /wiki and the *_BASE_URL names', async () => {
    const scoped = await startSimulator({ scopedToken: true });
    try {
      await using machine = await machineWith(configuration());
      const { CONFLUENCE_URL, JIRA_URL, ...rest } = variables(scoped);
      const env = { ...rest, CONFLUENCE_BASE_URL: `${CONFLUENCE_URL}/wiki/`, JIRA_BASE_URL: `${JIRA_URL}/` };
      const ran = await machine.ctxHere(['build', '--json'], { env });
      expect(ran.code, ran.stderr).toBe(0);
      for (const source of ['confluence', 'jira'])
        expect(documentsOf(machine, source)).toEqual(documentsOf(built.machine, source));
      const page = await machine.read('repo/confluence/INFRA/on-call-runbook.md');
      expect(page).toContain(`\nurl: ${scoped.url}/wiki/spaces/INFRA/pages/`);
    } finally {
      await scoped.close();
    }
  });
});
