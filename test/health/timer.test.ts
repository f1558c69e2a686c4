import { expect, test, vi } from 'vitest';
import type { CheckResult } from '../../src/health/check.ts';
import { makeHome, SYSTEMCTL } from '../schedule/fixture.ts';

vi.setConfig({ testTimeout: 60_000 });

test('ctx doctor and ctx status tell of what starts runs here', async () => {
  using home = makeHome();
  home.program('systemctl', SYSTEMCTL.replace('exit-code', 'success').replace('Status=4', 'Status=0'));
  home.program('loginctl', 'echo yes');
  const timer = async () => {
    const { stdout } = await home.ctx('doctor', '--json');
    const { checks } = JSON.parse(stdout) as { checks: CheckResult[] };
    return checks.find(({ name }) => name === 'timer');
  };
  expect((await home.ctx('build', '--no-index')).code).toBe(0);
  expect(await timer()).toMatchObject({ status: 'skip' });
  expect((await home.ctx('status', '-C', 'repo')).stdout).toContain('\nnext run: not by this machine; ');

  expect((await home.ctx('schedule', 'install')).code).toBe(0);
  expect(await timer()).toMatchObject({
    status: 'ok',
    detail: expect.stringMatching(/^systemd, next run in /),
  });
  const told = await home.ctx('status', '-C', 'repo', '--json');
  expect(JSON.parse(told.stdout)).toMatchObject({
    timer: { kind: 'systemd', active: true, next: '2026-11-22T06:03:00.000Z' },
  });
  expect((await home.ctx('status', '-C', 'repo')).stdout).toMatch(/^next run: in \d+ \S+, by systemd$/m);

  home.program('systemctl', SYSTEMCTL);
  expect(await timer()).toMatchObject({
    status: 'warn',
    detail: 'systemd: the run of 2026-11-22T05:07:31.000Z failed (exit code 4)',
    fix: expect.stringContaining('ctx schedule logs'),
  });
  home.program('systemctl', SYSTEMCTL.replace('=active', '=inactive'));
  expect(await timer()).toMatchObject({ status: 'warn', fix: 'Run `ctx schedule install`.' });
});
