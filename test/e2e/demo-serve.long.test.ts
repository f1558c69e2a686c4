import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { configuration } from './configuration.ts';
import { newMachine } from './machine.ts';
import { resultOf, sourceOf } from './result.ts';

vi.setConfig({ testTimeout: 120_000 });

async function machine() {
  const made = await newMachine();
  onTestFinished(() => made[Symbol.asyncDispose]());
  return made;
}

test('ctx demo --serve prints the environment for ctx build, and ends by Ctrl-C', async () => {
  const { ctx, start, write, repo } = await machine();
  const serving = start(['demo', '--serve']);
  await serving.printed(/^export JIRA_API_TOKEN=\S+$/m);
  const [, url = ''] = await serving.printed(/^export CONFLUENCE_URL=(http:\/\/127\.0\.0\.1:\d+)$/m);
  await write('context.config.yaml', configuration());
  await write('environment.sh', (await serving.printed(/^(?:export \w+=\S+\n)+/))[0]);
  const env = environmentOf(join(repo, '../environment.sh'));
  const first = await ctx(['build', '--json'], { env: { ...env, GATEWAY: url } });
  expect(first.code, first.stderr).toBe(0);
  expect(sourceOf(first, 'confluence').added).toBeGreaterThan(60);
  expect(sourceOf(first, 'jira').added).toBeGreaterThan(60);

  await fetch(`${url}/__control`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ op: 'applyMorning' }),
  });
  const second = await ctx(['build', '--json'], { env: { ...env, GATEWAY: url } });
  expect(second.code, second.stderr).toBe(0);
  expect(resultOf(second).commit).not.toBeNull();
  expect(sourceOf(second, 'confluence').modified).toBeGreaterThan(0);

  serving.kill('SIGINT');
  expect((await serving.ended).code).toBe(0);
  await expect(fetch(url)).rejects.toThrow();
});

/** What a shell makes of the printed lines. */
function environmentOf(file: string): Record<string, string> {
  expect(readFileSync(file, 'utf8')).toMatch(/^export /);
  const printed = execFileSync('env', ['-i', 'sh', '-c', `. "${file}" && env`], { encoding: 'utf8' });
  const pairs = printed.split('\n').flatMap((line) => {
    const [, name, value] = /^((?:CONFLUENCE|JIRA)_\w+)=(.*)$/.exec(line) ?? [];
    return name === undefined || value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(pairs);
}
