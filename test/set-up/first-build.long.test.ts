import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startSimulator } from '../../src/demo/server.ts';
import { git, newMachine } from '../e2e/machine.ts';

test('from nothing: init, first build, doctor, status, and what was pushed', {
  timeout: 240_000,
}, async () => {
  const simulator = await startSimulator();
  onTestFinished(() => simulator.close());
  await using machine = await newMachine();
  const remote = join(machine.folder, 'remote.git');
  execFileSync('git', ['init', '--quiet', '--bare', remote]);
  const { username, token } = simulator.credentials;
  const site = ['--site', simulator.url, '--email', username, '--gateway', simulator.url, '--token-stdin'];
  const args = ['init', ...site, '--repo', './repo', '--remote', './remote.git'];
  const init = await machine.ctxHere(args, { input: token });
  expect(init.code, init.stderr).toBe(0);
  const [, next = ''] = /^Next: ctx (.*)$/m.exec(init.stdout) ?? [];
  const built = await machine.ctxHere(next.split(' '));
  expect(built.code, built.stderr).toBe(0);
  expect(git(remote, 'rev-parse', 'main')).toBe(machine.git('rev-parse', 'HEAD'));
  const doctor = await machine.ctxHere(['doctor']);
  expect(doctor.stdout, doctor.stdout).toContain('All is well.');
  expect(doctor.code).toBe(0);
  const status = await machine.ctxHere(['status']);
  expect(status.code, status.stderr).toBe(0);
});
