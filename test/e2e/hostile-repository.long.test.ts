import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type Simulator, startSimulator } from '../../src/demo/server.ts';
import * as edits from '../../src/demo/workspace/edits.ts';
import { readDocument } from '../../src/frontmatter/read.ts';
import { openRepo } from '../../src/git/open.ts';
import { smallWorkspace } from '../harness/small-workspace.ts';
import { configuration, variables } from './configuration.ts';
import { git, type Machine, newMachine } from './machine.ts';

/** Every hook that git documents: https://git-scm.com/docs/githooks */
const HOOKS = [
  ...[
    'applypatch-msg',
    'pre-applypatch',
    'post-applypatch',
    'pre-commit',
    'pre-merge-commit',
    'prepare-commit-msg',
  ],
  ...[
    'commit-msg',
    'post-commit',
    'pre-rebase',
    'post-checkout',
    'post-merge',
    'pre-push',
    'pre-receive',
    'update',
  ],
  ...[
    'proc-receive',
    'post-receive',
    'post-update',
    'reference-transaction',
    'push-to-checkout',
    'pre-auto-gc',
  ],
  ...['post-rewrite', 'sendemail-validate', 'fsmonitor-watchman', 'post-index-change'],
];

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ workspace: smallWorkspace() });
});

afterAll(() => simulator.close());

async function builtMachine(): Promise<
  Machine & { readonly build: (...options: string[]) => Promise<void> }
> {
  const machine = await newMachine();
  onTestFinished(() => machine[Symbol.asyncDispose]());
  await machine.write(
    'context.config.yaml',
    configuration({
      sources: ['confluence'],
      edits: { 'spaces: [ENG, INFRA, PRODUCT]': 'spaces: all', 'remote: null': 'remote: ./remote.git' },
    }),
  );
  git(machine.folder, 'init', '-q', '--bare', '-b', 'main', 'remote.git');
  const build = async (...options: string[]) => {
    const { code, stderr } = await machine.ctxHere(['build', ...options], { env: variables(simulator) });
    expect(code, stderr).toBe(0);
  };
  mkdirSync(join(machine.folder, 'traces'));
  await build('--push');
  return { ...machine, build };
}

/** A program that leaves a file behind when it runs. */
function trap(machine: Machine, path: string, name: string): string {
  writeFileSync(path, `#!/bin/sh\ntouch '${join(machine.folder, 'traces', name)}'\ncat\n`);
  chmodSync(path, 0o755);
  return path;
}

const traces = (machine: Machine) => readdirSync(join(machine.folder, 'traces'));

function edit(title: string): void {
  edits.createPage(simulator.workspace, { space: 'ENG', title, body: '<p>New.</p>' });
}

describe('nothing in the repository is executed', () => {
  test('no hook, by a build nor by a push', async () => {
    const machine = await builtMachine();
    const folder = join(machine.repo, '.git', 'hooks');
    mkdirSync(folder, { recursive: true });
    for (const hook of HOOKS) trap(machine, join(folder, hook), hook);
    machine.git('config', 'core.fsmonitor', join(folder, 'fsmonitor-watchman'));
    edit('With hooks');
    await machine.build('--push');
    expect(traces(machine)).toEqual([]);
    expect(git(machine.folder, '-C', 'remote.git', 'log', '-1', '--format=%s', 'main')).toContain(
      'With hooks',
    );
    expect(machine.git('status', '--porcelain')).toBe('');
  });

  test('no filter, no driver and no submodule that someone committed, nor git-lfs, which such a file can call', async () => {
    const machine = await builtMachine();
    const attributes = '* filter=lfs diff=trap merge=trap\n*.md filter=lfs diff=trap\n';
    await machine.write('repo/.gitattributes', attributes);
    await machine.write('repo/.lfsconfig', '[lfs]\n\turl = http://127.0.0.1:1/\n');
    await machine.write('repo/notes.md', 'mine');
    await machine.write('repo/confluence/.gitattributes', attributes);
    await machine.write('repo/.gitmodules', '[submodule "x"]\n\tpath = x\n\turl = ext::sh -c touch% x\n');
    machine.git('add', '-A');
    machine.git('commit', '-q', '-m', 'Ours');
    const settings = [
      'filter.lfs.clean',
      'filter.lfs.smudge',
      'filter.lfs.process',
      'diff.trap.textconv',
    ].concat([
      'diff.trap.command',
      'merge.trap.driver',
      'diff.external',
      'core.pager',
      'core.editor',
      'core.askPass',
      'gpg.program',
    ]);
    // As if they were set up for the whole machine, as git-lfs is.
    const everywhere = join(machine.folder, 'gitconfig');
    for (const name of settings)
      git(
        machine.folder,
        'config',
        '--file',
        everywhere,
        name,
        trap(machine, join(machine.folder, name), name),
      );
    for (const name of ['filter.lfs.required', 'commit.gpgSign', 'submodule.recurse'])
      git(machine.folder, 'config', '--file', everywhere, name, 'true');
    const env = { ...variables(simulator), GIT_CONFIG_GLOBAL: everywhere };
    const build = async () => {
      const { code, stderr } = await machine.ctx(['build', '--push'], { env });
      expect(code, stderr).toBe(0);
      expect(traces(machine)).toEqual([]);
    };

    edit('With filters');
    // Touched, so that git would look whether their content has changed.
    for (const path of ['notes.md', 'INDEX.md', 'confluence/ENG/guide.md'])
      await machine.write(`repo/${path}`, await machine.read(`repo/${path}`));
    await build();
    expect(await machine.read('repo/confluence/ENG/with-filters.md')).toContain('New.');
    rmSync(machine.repo, { recursive: true });
    edit('In a clone');
    await build();
    expect(await machine.read('repo/confluence/ENG/in-a-clone.md')).toContain('New.');
    expect(await machine.read('repo/notes.md')).toBe('mine');
    expect(existsSync(join(machine.repo, 'x'))).toBe(false);
  });

  test('no frontmatter: a document that says it is code is nobody’s, and stays', async () => {
    const machine = await builtMachine();
    const path = 'confluence/ENG/guide.md';
    for (const language of ['js', 'javascript', 'coffee', 'json']) {
      const trace = JSON.stringify(join(machine.folder, 'traces', language));
      const text = `---${language}\nrequire('fs').writeFileSync(${trace}, '')\n---\n\nHi.\n`;
      expect(readDocument(text)).toBeUndefined();
      await machine.write(`repo/${path}`, text);
      machine.git('commit', '-qam', language);
      const { code, stderr } = await machine.ctxHere(['build'], { env: variables(simulator) });
      expect([code, stderr]).toEqual([
        5,
        expect.stringContaining(`did not write stand where documents belong: ${path}`),
      ]);
      expect(await machine.read(`repo/${path}`)).toBe(text);
    }
    expect(traces(machine)).toEqual([]);
  });

  test('no configuration that content brings: not of git, not of ours', async () => {
    const machine = await builtMachine();
    await machine.write('repo/context.config.yaml', 'version: 1\nrepo: { path: /elsewhere }\nsources: []\n');
    await machine.write('repo/.env', 'CONFLUENCE_URL=http://127.0.0.1:1\n');
    await machine.write(
      'repo/config',
      `[core]\n\tfsmonitor = ${trap(machine, join(machine.folder, 'trap'), 'config')}\n`,
    );
    machine.git('add', '-A');
    machine.git('commit', '-q', '-m', 'Ours');
    edit('With configuration');
    await machine.build('--push');
    expect(traces(machine)).toEqual([]);
    expect(machine.git('log', '-1', '--format=%s')).toContain('With configuration');
  });

  test('no link leads a document out of the repository', async () => {
    const machine = await builtMachine();
    await machine.write('outside/kept.txt', 'kept');
    git(machine.repo, 'rm', '-rq', 'confluence/OPS');
    symlinkSync(join(machine.folder, 'outside'), join(machine.repo, 'confluence', 'OPS'));
    machine.git('add', '-A');
    machine.git('commit', '-q', '-m', 'A link');
    const { code, stderr } = await machine.ctxHere(['build', '--full'], { env: variables(simulator) });
    expect([code, stderr]).toEqual([1, expect.stringContaining("can't be committed beside confluence/OPS")]);
    expect(readdirSync(join(machine.folder, 'outside'))).toEqual(['kept.txt']);
  });
});

test('an engine without git runs none of it either', async () => {
  const machine = await builtMachine();
  const folder = join(machine.repo, '.git', 'hooks');
  mkdirSync(folder, { recursive: true });
  for (const hook of HOOKS) trap(machine, join(folder, hook), hook);
  const repo = await openRepo({ path: machine.repo, branch: 'main', engine: 'isomorphic-git' });
  await repo.commit({
    changes: [{ path: 'a.md', content: 'a' }],
    message: 'A run',
    author: { name: 'A', email: 'a@example.test' },
    date: new Date(0),
  });
  expect(traces(machine)).toEqual([]);
});
