import { expect, onTestFinished, test, vi } from 'vitest';
import { startSimulator } from '../../src/demo/server.ts';
import { smallWorkspace } from '../harness/small-workspace.ts';
import { configuration, variables } from './configuration.ts';
import { newMachine } from './machine.ts';

vi.setConfig({ testTimeout: 60_000 });

async function simulation() {
  const simulator = await startSimulator({ workspace: smallWorkspace() });
  onTestFinished(() => simulator.close());
  return simulator;
}

test('an address that is none ends the run before anything is asked, and is not shown', async () => {
  const simulator = await simulation();
  await using machine = await newMachine();
  const password = ['wo', 'rd'].join('');
  await machine.write('context.config.yaml', configuration());
  const env = { ...variables(simulator), HTTPS_PROXY: `socks5://user:${password}@127.0.0.1:1` };
  const { code, stderr, stdout } = await machine.ctxHere(['build'], { env });
  expect(code).toBe(2);
  expect(stderr).toContain('HTTPS_PROXY in the environment is not the address of an HTTP proxy.');
  expect(stderr + stdout).not.toContain(password);
  expect(simulator.requests).toEqual([]);
});
