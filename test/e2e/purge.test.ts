import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Simulator, startSimulator } from '../../src/demo/server.ts';
import { editPage, pageIdByTitle, retitlePage } from '../../src/demo/workspace/edits.ts';
import { wordsInStore } from '../pipeline/purge/harness.ts';
import { configuration, dotenv, variables } from './configuration.ts';
import { git, type Machine, newMachine } from './machine.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

/** In the page's text and file names alone. Other pages call it by its title. */
const WORDS = ['Quetzal', 'zanzibar'];

let simulator: Simulator;
let machine: Machine;
let remote: string;
let id: string;
const config = () => readFileSync(join(machine.folder, 'context.config.yaml'), 'utf8');
const remoteHead = () => git(remote, 'rev-parse', 'main');

/** A page that was built and pushed under two titles. */
beforeAll(async () => {
  simulator = await startSimulator();
  machine = await newMachine();
  remote = join(machine.folder, 'remote.git');
  git(machine.folder, 'init', '-q', '--bare', '-b', 'main', remote);
  const edits = { 'remote: null': `remote: ${remote}` };
  await machine.write('context.config.yaml', configuration({ sources: ['confluence'], edits }));
  await machine.write('.env', dotenv(variables(simulator)));
  id = pageIdByTitle(simulator.workspace, 'INFRA', 'On-call runbook');
  retitlePage(simulator.workspace, id, 'Zanzibar');
  editPage(simulator.workspace, id, { body: '<p>The Quetzal flies at night.</p>' });
  for (const title of ['Zanzibar by night', undefined]) {
    const { code, stderr } = await machine.ctxHere(['build', '--push']);
    expect(code, stderr).toBe(0);
    if (title !== undefined) retitlePage(simulator.workspace, id, title);
  }
});

afterAll(async () => {
  await machine[Symbol.asyncDispose]();
  await simulator.close();
});

test('R10 ctx purge removes a document from the clone and, with --push, from the remote; no build brings it back', async () => {
  expect(wordsInStore(machine.repo, WORDS)).toEqual(WORDS);
  const [before, configured] = [machine.git('rev-parse', 'HEAD'), config()];
  const clone = join(machine.folder, 'clone');
  git(machine.folder, 'clone', '-q', remote, clone);
  const host = join(machine.folder, 'host');
  expect(await machine.ctxHere(['pull', remote, '-C', host])).toMatchObject({ code: 0, stderr: '' });

  const dry = await machine.ctxHere(['purge', id, '--dry-run']);
  expect(dry.code, dry.stderr).toBe(0);
  expect(dry.stdout).toMatch(/confluence\/\d+: 2 commits would be rewritten\.\n/);
  expect(dry.stdout).toMatch(
    /\n {2}confluence\/INFRA\/zanzibar-by-night\.md\n {2}confluence\/INFRA\/zanzibar\.md\n/,
  );
  expect(dry.stdout).toMatch(/\nDry run: nothing was written\.\n$/);
  expect([machine.git('rev-parse', 'HEAD'), config()]).toEqual([before, configured]);

  const unknown = await machine.ctxHere(['purge', '4711']);
  expect([unknown.code, unknown.stdout]).toEqual([2, '']);
  expect(unknown.stderr).toContain('holds a document called 4711');

  // Someone pushes meanwhile.
  git(clone, 'commit', '-q', '--allow-empty', '-m', 'Mine');
  git(clone, 'push', '-q', 'origin', 'main');
  const late = await machine.ctxHere(['purge', id, '--push']);
  expect(late.code, late.stdout).toBe(5);
  expect(late.stderr).toContain('has commits on main that this clone has not');
  expect([machine.git('rev-parse', 'HEAD'), config()]).toEqual([before, configured]);
  git(clone, 'reset', '-q', '--hard', 'HEAD~1');
  git(clone, 'push', '-q', '--force', 'origin', 'main');

  const local = await machine.ctxHere(['purge', id]);
  expect(local.code, local.stderr).toBe(0);
  expect(local.stdout).toMatch(
    /These still name it.*\n(?: {2}.*\n)* {2}confluence\/INFRA\/infrastructure-home\.md\n/,
  );
  expect(local.stdout).toContain(`A remote that has it still has it: ctx purge ${id} --push\n`);
  expect(local.stdout).toContain('git fetch origin && git reset --hard origin/main');
  expect(local.stdout).toContain('Earlier versions of others that say its title stay too');
  expect(wordsInStore(machine.repo, WORDS)).toEqual([]);
  expect(machine.git('status', '--porcelain')).toBe('');
  expect(config()).toBe(
    configured.replace('type: confluence\n', `type: confluence\n    exclude: ["${id}"]\n`),
  );
  expect(remoteHead()).toBe(before);

  // What helps against a rejected push elsewhere, a rebase, would bring it back.
  const early = await machine.ctxHere(['build', '--push']);
  expect(early.code, early.stdout).toBe(1);
  expect(early.stderr).toContain(`\`ctx purge ${id} --push\``);
  expect(early.stderr).toContain('Never merge or rebase');
  expect(early.stderr).not.toContain('git pull');

  const pushed = await machine.ctxHere(['purge', id, '--push', '--json']);
  expect(pushed.code, pushed.stderr).toBe(0);
  expect(JSON.parse(pushed.stdout)).toMatchObject({
    documents: [`confluence/${id}`],
    commits: { rewritten: 0, dropped: 0 },
    pushed: true,
    excluded: [],
    problems: [],
  });
  expect(remoteHead()).toBe(machine.git('rev-parse', 'HEAD'));

  const refused = await machine.ctxHere(['pull', '-C', host]);
  expect([refused.code, refused.stderr]).toEqual([5, expect.stringContaining('`ctx pull --accept-rewrite`')]);
  expect(wordsInStore(host, WORDS)).toEqual(WORDS);
  const accepted = await machine.ctxHere(['pull', '-C', host, '--accept-rewrite']);
  expect([accepted.code, accepted.stderr]).toEqual([0, '']);
  expect(wordsInStore(host, WORDS)).toEqual([]);
  expect([git(host, 'rev-parse', 'HEAD'), git(host, 'status', '--porcelain')]).toEqual([remoteHead(), '']);
  expect(existsSync(join(machine.repo, '.git/ctx/purge.json'))).toBe(false);

  const built = await machine.ctxHere(['build', '--push']);
  expect(built.code, built.stderr).toBe(0);
  expect(built.stdout).toContain('No commit: ');
  expect(wordsInStore(machine.repo, WORDS)).toEqual([]);

  // What the command says that clones must do.
  git(clone, 'fetch', '-q', 'origin');
  git(clone, 'reset', '-q', '--hard', 'origin/main');
  git(clone, 'reflog', 'expire', '--expire-unreachable=now', '--all');
  git(clone, 'gc', '-q', '--prune=now');
  expect(wordsInStore(clone, WORDS)).toEqual([]);
  expect(git(clone, 'rev-parse', 'HEAD')).toBe(remoteHead());
});
