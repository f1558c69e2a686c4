import { execFile, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { editPage, pageIdByTitle } from '../../src/demo/workspace/edits.ts';
import { builtOnce, machineWith } from './built.ts';
import { configuration, variables } from './configuration.ts';
import { git, type Machine } from './machine.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const built = builtOnce();

const PROGRAM = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const ACTION = fileURLToPath(new URL('../../action.yml', import.meta.url));

/** Writes what it was given, with its environment, and ends as told. */
const TELL = `#!/usr/bin/env node
const { readFileSync, writeFileSync } = require('node:fs');
const [file, code] = process.argv.slice(2);
writeFileSync(file, JSON.stringify({ input: JSON.parse(readFileSync(0, 'utf8')), env: process.env, cwd: process.cwd() }));
console.error('said before the end');
process.exitCode = Number(code);
`;

/** Empty when it is gone; `Z` while nobody has asked how it ended. */
const stateOf = (pid: string) =>
  spawnSync('ps', ['-o', 'stat=', '-p', pid], { encoding: 'utf8' }).stdout.trim().slice(0, 1);

async function machineWithHooks(hooks: string): Promise<Machine> {
  const machine = await machineWith(
    configuration({ edits: { 'version: 1\n': `version: 1\nhooks: ${hooks}\n` } }),
    built.machine,
  );
  await machine.write('tell.cjs', TELL);
  chmodSync(join(machine.folder, 'tell.cjs'), 0o700);
  return machine;
}

const told = (machine: Machine, file: string) => JSON.parse(readFileSync(join(machine.folder, file), 'utf8'));

test('a hook is told of a change as JSON, in the folder of the configuration, without what sources are read with', async () => {
  await using machine = await machineWithHooks(
    "{ on_change: [./tell.cjs, 'changed $(id).json', '0'], on_failure: [./tell.cjs, failed.json, '0'] }",
  );
  const page = pageIdByTitle(built.simulator.workspace, 'INFRA', 'On-call runbook');
  editPage(built.simulator.workspace, page, { body: '<p>New words.</p>' });
  const secret = variables(built.simulator);
  const env = { ...secret, WEBHOOK: 'https://chat.example/hook', HEADER: `Basic ${secret.JIRA_API_TOKEN}` };
  const ran = await machine.ctxHere(['build', '--json'], { env });
  expect([ran.code, ran.stderr]).toEqual([0, '']);
  const { input, env: seen, cwd } = told(machine, 'changed $(id).json');
  expect(input).toMatchObject({
    event: 'change',
    exitCode: 0,
    repository: machine.repo,
    branch: 'main',
    commit: machine.git('rev-parse', 'HEAD'),
    counts: { added: 0, modified: 1, renamed: 0, deleted: 0, failed: 0 },
    errors: [],
    changes: [{ kind: 'modified', source: 'confluence', title: 'On-call runbook' }],
  });
  expect(input.sources.map(({ id, status }: { id: string; status: string }) => `${id} ${status}`)).toEqual([
    'confluence ok',
    'jira ok',
  ]);
  expect(input.digest).toContain('- Update `On-call runbook` in `confluence`');
  expect(cwd).toBe(machine.folder);
  expect(seen.WEBHOOK).toBe('https://chat.example/hook');
  expect(Object.keys(seen).filter((name) => /TOKEN|HEADER/.test(name))).toEqual([]);
  expect(JSON.stringify([input, seen])).not.toContain(secret.JIRA_API_TOKEN);
  expect(existsSync(join(machine.folder, 'failed.json'))).toBe(false);

  // Neither a run without news nor a dry run has a change to tell.
  await machine.write('changed $(id).json', '');
  expect((await machine.ctxHere(['build'], { env })).code).toBe(0);
  editPage(built.simulator.workspace, page, { body: '<p>Newer words.</p>' });
  expect((await machine.ctxHere(['build', '--dry-run'], { env })).code).toBe(0);
  expect(readFileSync(join(machine.folder, 'changed $(id).json'), 'utf8')).toBe('');
});

test('a hook is told of a failure, and one that fails itself is a warning', async () => {
  await using machine = await machineWithHooks("{ on_failure: [./tell.cjs, failed.json, '7'] }");
  const env = { ...variables(built.simulator), JIRA_API_TOKEN: 'not-the-token-of-anybody' };
  const ran = await machine.ctxHere(['build', '--summary', 'summary.md', '--outputs', 'outputs'], { env });
  expect(ran.code).toBe(3);
  expect(ran.stderr).toContain(
    'hooks.on_failure (./tell.cjs) failed with 7: said before the end. What the build did is not affected.',
  );
  const { input } = told(machine, 'failed.json');
  expect(input).toMatchObject({ event: 'failure', exitCode: 3 });
  expect(input.errors[0].hint).not.toBe('');
  expect(JSON.stringify(input)).not.toContain('not-the-token-of-anybody');
  expect(await machine.read('summary.md')).toMatch(/^## Context build: credentials are missing or refused\n/);
  expect(await machine.read('outputs')).toMatch(/^exit-code=3\ncommit=[0-9a-f]*\nadded=0\n/);
});

test('a failure that ends the run is told too, once the configuration could be read', async () => {
  await using machine = await machineWithHooks("{ on_failure: [./tell.cjs, failed.json, '0'] }");
  await machine.write('repo/confluence/INFRA/on-call-runbook.md', 'mine\n');
  const ran = await machine.ctxHere(['build', '--outputs', 'outputs'], { env: variables(built.simulator) });
  expect(ran.code).toBe(5);
  expect(told(machine, 'failed.json').input).toMatchObject({
    event: 'failure',
    exitCode: 5,
    commit: null,
    errors: [{ code: 'build.local-edits' }],
  });
  expect(await machine.read('outputs')).toContain('exit-code=5\ncommit=\n');
});

test('a hook that takes too long is stopped, with all that it has started; one that is not there is a warning', async () => {
  await using machine = await machineWithHooks(
    "{ on_failure: [sh, -c, 'sleep 60 & echo $! > pid; wait'], time_limit: 1 }",
  );
  await machine.write('repo/confluence/INFRA/on-call-runbook.md', 'mine\n');
  const ran = await machine.ctxHere(['build'], { env: variables(built.simulator) });
  expect(ran.code).toBe(5);
  expect(ran.stderr).toContain('hooks.on_failure (sh) took longer than 1 s and was stopped.');
  const started = (await machine.read('pid')).trim();
  await vi.waitFor(() => expect(stateOf(started)).toMatch(/^Z?$/));

  const edits = { 'version: 1\n': 'version: 1\nhooks: { on_failure: [./nowhere] }\n' };
  await machine.write('context.config.yaml', configuration({ edits }));
  const again = await machine.ctxHere(['build'], { env: variables(built.simulator) });
  expect(again.code).toBe(5);
  expect(again.stderr).toContain('hooks.on_failure (./nowhere) could not be started (ENOENT).');
});

test('a summary of a configuration that cannot be read says so', async () => {
  await using machine = await machineWith('version: 2\n');
  const ran = await machine.ctxHere(['build', '--summary', 'summary.md', '--outputs', 'outputs']);
  expect(ran.code).toBe(2);
  expect(await machine.read('summary.md')).toContain('Exit code 2. No commit was made.');
  expect(await machine.read('outputs')).toMatch(/^exit-code=2\ncommit=\n/);
});

test('the build step of action.yml builds, pushes, and tells the job what changed', async () => {
  await using machine = await machineWith(configuration(), built.machine);
  const remote = join(machine.folder, 'remote.git');
  git(machine.folder, 'clone', '--quiet', '--bare', machine.repo, remote);
  machine.git('remote', 'add', 'origin', remote);
  await machine.write('bin/ctx', `#!/bin/sh\nexec '${process.execPath}' '${PROGRAM}' "$@"\n`);
  chmodSync(join(machine.folder, 'bin/ctx'), 0o700);
  const page = pageIdByTitle(built.simulator.workspace, 'INFRA', 'On-call runbook');
  editPage(built.simulator.workspace, page, { title: 'Runbook | `$(id)` <b>', body: '<p>New words.</p>' });

  const { runs } = parse(readFileSync(ACTION, 'utf8'));
  const { run } = runs.steps.find(({ id }: { id?: string }) => id === 'build');
  const { PATH = '', GIT_CONFIG_GLOBAL = '', GIT_CONFIG_SYSTEM = '' } = process.env;
  const env = {
    ...{
      PATH: `${join(machine.folder, 'bin')}:${PATH}`,
      HOME: machine.home,
      GIT_CONFIG_GLOBAL,
      GIT_CONFIG_SYSTEM,
    },
    ...{
      GITHUB_OUTPUT: join(machine.folder, 'outputs'),
      GITHUB_STEP_SUMMARY: join(machine.folder, 'summary'),
    },
    ...{ CTX_CONFIG: 'context.config.yaml', CTX_SOURCES: 'confluence', CTX_FULL: 'false' },
    ...{ CTX_CONFIRM: '', CTX_PUSH: 'true', ...variables(built.simulator) },
  };
  const shell = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', run];
  const code = await new Promise((resolve) => {
    execFile('bash', shell, { cwd: machine.folder, env }, (error) =>
      resolve(error === null ? 0 : error.code),
    );
  });
  expect(code).toBe(0);
  const head = machine.git('rev-parse', 'HEAD');
  expect(git(remote, 'rev-parse', 'main')).toBe(head);
  const lines = (await machine.read('outputs')).trim().split('\n');
  const outputs = Object.fromEntries(lines.map((line) => line.split('=')));
  expect(outputs).toMatchObject({ 'exit-code': '0', commit: head, failed: '0' });
  expect(Number(outputs.changed)).toBeGreaterThan(0);
  expect(JSON.parse(readFileSync(outputs.json, 'utf8'))).toMatchObject({ commit: head });
  const summary = await machine.read('summary');
  expect(summary).toMatch(/^## Context build: done\n\nCommit `[0-9a-f]{10}`\.\n/);
  expect(summary).toContain('`` Runbook | `$(id)` <b> `` in `confluence`');
});
