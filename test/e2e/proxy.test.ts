import { expect, onTestFinished, test, vi } from 'vitest';
import { startSimulator } from '../../src/demo/server.ts';
import { smallWorkspace } from '../harness/small-workspace.ts';
import { proxyServer } from '../http/proxy-server.ts';
import { configuration, variables } from './configuration.ts';
import { newMachine } from './machine.ts';

vi.setConfig({ testTimeout: 60_000 });

async function simulation() {
  const simulator = await startSimulator({ workspace: smallWorkspace() });
  onTestFinished(() => simulator.close());
  return simulator;
}

test('both sources are read by the proxy of the environment', async () => {
  const simulator = await simulation();
  await using machine = await newMachine();
  const proxy = await proxyServer({ port: Number(new URL(simulator.url).port) });
  const site = { url: 'http://site.example.test', credentials: simulator.credentials };
  await machine.write('context.config.yaml', configuration({ edits: { '[ENG, INFRA, PRODUCT]': 'all' } }));
  const env = { ...variables(site), HTTP_PROXY: proxy.address };
  const { code, stderr } = await machine.ctxHere(['build'], { env });
  expect(code, stderr).toBe(0);
  const read = (path: RegExp) => simulator.requests.filter((request) => path.test(request.path)).length;
  expect(read(/\/wiki\//)).toBeGreaterThan(1);
  expect(read(/\/rest\/api\/3\//)).toBeGreaterThan(1);
  expect(new Set(proxy.asked.map(({ target }) => target))).toEqual(new Set(['site.example.test:80']));
});

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
