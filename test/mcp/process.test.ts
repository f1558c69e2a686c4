import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { describe, expect, test } from 'vitest';
import { writtenRepository } from '../harness/written-repository.ts';
import { DOCUMENTS } from './knowledge.ts';

const MAIN = new URL('../../src/cli/main.ts', import.meta.url).pathname;

const request = (id: number, method: string, params: object = {}) =>
  `${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`;
const INITIALIZE = request(1, 'initialize', {
  ...{ protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'raw', version: '1' } },
});

/** The process by its streams, without a client that would see to what is sent. */
function started(path: string, home: string) {
  const { PATH = '', GIT_CONFIG_GLOBAL = '', GIT_CONFIG_SYSTEM = '' } = process.env;
  const child = spawn(process.execPath, [MAIN, 'mcp', '--no-memory'], {
    cwd: path,
    env: { PATH, GIT_CONFIG_GLOBAL, GIT_CONFIG_SYSTEM, HOME: home },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  return {
    child,
    ended,
    async answer() {
      const { value } = await lines.next();
      return JSON.parse(value as string) as { id: number; result?: object; error?: { code: number } };
    },
  };
}

describe('the process', () => {
  test('passes over what is no message, refuses what is none of its own, and ends in order by a signal', async () => {
    await using repository = writtenRepository();
    repository.commit(DOCUMENTS);
    const { child, ended, answer } = started(repository.path, repository.root);
    child.stdin.write('no message\n{"jsonrpc":"1.0"}\n[]\n\n');
    child.stdin.write(INITIALIZE);
    expect(await answer()).toMatchObject({ id: 1, result: { serverInfo: { name: 'context-sync' } } });
    child.stdin.write('{"jsonrpc":"2.0","method":"notifications/initialized"}\n');
    child.stdin.write(request(2, 'documents/delete'));
    expect(await answer()).toMatchObject({ id: 2, error: { code: -32_601 } });
    child.stdin.write(
      request(3, 'tools/call', { name: 'search', arguments: { query: 'billing', limit: 1 } }),
    );
    expect(await answer()).toMatchObject({ id: 3, result: { structuredContent: { mode: 'hybrid' } } });
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  });

  test('ends when its client has gone', async () => {
    await using repository = writtenRepository();
    repository.commit(DOCUMENTS);
    const { child, ended, answer } = started(repository.path, repository.root);
    child.stdin.write(INITIALIZE);
    await answer();
    child.stdin.end();
    expect(await ended).toBe(0);
  });
});
