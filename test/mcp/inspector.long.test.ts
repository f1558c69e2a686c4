import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type WrittenRepository, writtenRepository } from '../harness/written-repository.ts';
import { DOCUMENTS } from './knowledge.ts';
import { servedOverHttp } from './serving.ts';

const INSPECTOR = new URL('inspector/node_modules/.bin/mcp-inspector', import.meta.url).pathname;
const MAIN = new URL('../../src/cli/main.ts', import.meta.url).pathname;

const isInstalled = existsSync(INSPECTOR);
if (!isInstalled)
  process.stderr.write(
    'skipped: no Inspector here; npm ci --prefix test/mcp/inspector --ignore-scripts installs it\n',
  );

describe.runIf(isInstalled)("the Inspector's command line", () => {
  let repository: WrittenRepository;

  beforeAll(() => {
    repository = writtenRepository();
    repository.commit(DOCUMENTS);
  });

  afterAll(() => repository[Symbol.asyncDispose]());

  /** What the Inspector prints, as JSON. */
  async function inspected(...args: string[]): Promise<unknown> {
    const { PATH = '', GIT_CONFIG_GLOBAL = '', GIT_CONFIG_SYSTEM = '' } = process.env;
    const child = spawn(process.execPath, [INSPECTOR, '--cli', ...args], {
      cwd: repository.path,
      env: { PATH, GIT_CONFIG_GLOBAL, GIT_CONFIG_SYSTEM, HOME: repository.root },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    if (code !== 0) throw new Error(`exit ${code}: ${stderr}`);
    return JSON.parse(stdout) as unknown;
  }

  const overStdio = (...args: string[]) =>
    inspected(process.execPath, MAIN, 'mcp', '-C', repository.path, ...args);

  test('lists and calls the tools over the standard streams', async () => {
    expect(await overStdio('--method', 'tools/list')).toMatchObject({
      tools: [{ name: 'search' }, { name: 'read' }, { name: 'recent' }, { name: 'related' }],
    });
    const call = ['--method', 'tools/call', '--tool-name'];
    expect(await overStdio(...call, 'search', '--tool-arg', 'query=SHOP-41', 'limit=1')).toMatchObject({
      structuredContent: { results: [{ path: 'jira/ASSIGNED/SHOP-41-invoice.md', match: 'named' }] },
    });
    expect(await overStdio(...call, 'read', '--tool-arg', 'document=docs/house.md')).toMatchObject({
      structuredContent: { content: DOCUMENTS['docs/house.md'] },
    });
  });

  test('lists and reads resources, and gets the prompt', async () => {
    expect(await overStdio('--method', 'resources/list')).toMatchObject({ resources: { length: 10 } });
    const uri = 'ctx://document/confluence/ENG/shipping.md';
    expect(await overStdio('--method', 'resources/read', '--uri', uri)).toMatchObject({
      contents: [{ uri, text: DOCUMENTS['confluence/ENG/shipping.md'] }],
    });
    const prompt = ['--method', 'prompts/get', '--prompt-name', 'gather'];
    expect(
      JSON.stringify(await overStdio(...prompt, '--prompt-args', 'query=How does billing work?')),
    ).toContain('# Knowledge Context');
  });

  test('asks over HTTP, with a token', async () => {
    const token = 'a-token-of-the-tests-0123456789';
    const served = await servedOverHttp(repository, { CTX_MCP_TOKEN: token });
    try {
      const headers = ['--header', `Authorization: Bearer ${token}`];
      expect(await inspected(served.address, '--method', 'prompts/list', ...headers)).toMatchObject({
        prompts: [{ name: 'gather' }],
      });
      await expect(inspected(served.address, '--method', 'prompts/list')).rejects.toThrow(/exit/);
    } finally {
      await served.end();
    }
  });
});
