import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { type RequestRecord, type Simulator, startSimulator } from '../../src/demo/server.ts';
import { applyMorning } from '../../src/demo/workspace/morning.ts';
import { configuration, dotenv, variables } from './configuration.ts';
import { type Machine, newMachine, type Ran } from './machine.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let simulator: Simulator;
/** Built once and never disturbed; then built again after the morning. */
let undisturbed: Machine;
/** As the undisturbed one after its first build. */
let once: Machine;
const trees = { first: '', second: '' };

beforeAll(async () => {
  simulator = await startSimulator();
  [undisturbed, once] = [await readyMachine(), await readyMachine()];
  expect(await build(undisturbed)).toMatchObject({ code: 0 });
  trees.first = treeOf(undisturbed);
  await once.takeRepoOf(undisturbed);
});

afterAll(async () => {
  await Promise.all([undisturbed, once].map((machine) => machine[Symbol.asyncDispose]()));
  await simulator.close();
});

async function readyMachine(): Promise<Machine> {
  const machine = await newMachine();
  await machine.write('context.config.yaml', configuration());
  await machine.write('.env', dotenv(variables(simulator)));
  return machine;
}

async function testMachine(repo?: Machine): Promise<Machine> {
  const machine = await readyMachine();
  onTestFinished(() => machine[Symbol.asyncDispose]());
  if (repo) await machine.takeRepoOf(repo);
  return machine;
}

const build = (machine: Machine) => machine.ctxHere(['build'], {});
const treeOf = (machine: Machine) => machine.git('rev-parse', 'HEAD^{tree}');

interface Progress {
  readonly requests: readonly RequestRecord[];
  /** Whether the file or folder of the repository exists by now. */
  readonly exists: (path: string) => boolean;
}

interface Moment {
  readonly name: string;
  readonly reached: (progress: Progress) => boolean;
  /** So short a moment that a run may be past it before it is seen. */
  readonly brief?: boolean;
}

const listing: Moment = { name: 'while it lists', reached: ({ requests }) => requests.length > 9 };
const reading: Moment = {
  name: 'while it reads documents',
  reached: ({ requests }) => requests.some(({ isBody }) => isBody),
};

const WHILE_WRITING: readonly Moment[] = [
  {
    name: 'when the objects are written',
    reached: ({ exists }) => exists('.git/refs/ctx/pending'),
    brief: true,
  },
  {
    name: 'when the intent is written',
    reached: ({ exists }) => exists('.git/ctx/intent.json'),
    brief: true,
  },
];

/** Starts a build and sends the signal at the moment. */
async function interruptedAt(
  machine: Machine,
  { reached, brief = false }: Moment,
  signal: NodeJS.Signals,
): Promise<Ran> {
  const before = simulator.requests.length;
  const running = machine.start(['build']);
  const over = new AbortController();
  void running.ended.finally(() => over.abort());
  const exists = (path: string) => existsSync(join(machine.repo, path));
  while (!over.signal.aborted && !reached({ requests: simulator.requests.slice(before), exists }))
    await turn();
  running.kill(signal);
  const ran = await running.ended;
  if (!brief) expect(ran.code, ran.stderr).toBe(signal === 'SIGKILL' ? null : 130);
  return ran;
}

/** Index, work tree and HEAD agree, and nothing of a run is left over. */
function expectWhole(machine: Machine, tree: string): void {
  expect(treeOf(machine)).toBe(tree);
  expect(machine.git('write-tree')).toBe(tree);
  expect(machine.git('status', '--porcelain')).toBe('');
  expect(machine.git('fsck', '--strict', '--no-dangling')).toBe('');
  expect(machine.git('for-each-ref', '--format=%(refname)')).toBe('refs/heads/main');
  expect(existsSync(join(machine.repo, '.git/ctx/intent.json'))).toBe(false);
}

describe('R2 a first build that is killed', () => {
  const files: Moment = {
    name: 'while files appear',
    reached: ({ exists }) => exists('AGENTS.md'),
    brief: true,
  };
  test.each([listing, reading, ...WHILE_WRITING, files])(
    '$name, and then run again, equals one that was not',
    async (moment) => {
      const machine = await testMachine();
      await interruptedAt(machine, moment, 'SIGKILL');
      const next = await build(machine);
      expect(next.code, next.stderr).toBe(0);
      expectWhole(machine, trees.first);
      expect(machine.git('rev-list', '--count', 'HEAD')).toBe('1');
    },
  );

  test('interrupted by Ctrl-C, it commits nothing and says so', async () => {
    const machine = await testMachine();
    const { stderr, stdout } = await interruptedAt(machine, reading, 'SIGINT');
    expect(stderr).toMatch(/^error: Interrupted\.\n {2}Run the command again/m);
    expect(stdout).toBe('');
    expect(machine.git('for-each-ref')).toBe('');
    expect(machine.git('status', '--porcelain')).toBe('');
  });
});

describe('R2 a later build that is killed', () => {
  beforeAll(async () => {
    applyMorning(simulator.workspace);
    expect(await build(undisturbed)).toMatchObject({ code: 0 });
    trees.second = treeOf(undisturbed);
    expect(trees.second).not.toBe(trees.first);
  });

  const created = 'confluence/ENG/meeting-notes/2026-03-02-on-call-handover.md';
  const files: Moment = { name: 'while files change', reached: ({ exists }) => exists(created), brief: true };
  test.each([reading, ...WHILE_WRITING, files])(
    '$name, and then run again, equals one that was not',
    async (moment) => {
      const machine = await testMachine(once);
      await interruptedAt(machine, moment, 'SIGKILL');
      const next = await build(machine);
      expect(next.code, next.stderr).toBe(0);
      expectWhole(machine, trees.second);
      expect(machine.git('rev-list', '--count', 'HEAD')).toBe('2');
    },
  );

  test('interrupted by Ctrl-C, it leaves the repository as it was', async () => {
    const machine = await testMachine(once);
    await interruptedAt(machine, reading, 'SIGINT');
    expectWhole(machine, trees.first);
  });

  test('the file that a kill waits for is one that the build makes', () => {
    expect(undisturbed.git('ls-tree', '--name-only', 'HEAD', created)).toBe(created);
  });
});
