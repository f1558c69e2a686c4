import { afterAll, beforeAll, beforeEach } from 'vitest';
import { type RequestRecord, type Simulator, startSimulator } from '../../src/demo/server.ts';
import { configuration, dotenv, variables } from './configuration.ts';
import { type Machine, newMachine } from './machine.ts';

/** A simulated site and a machine that has built it once, for all tests of a file. */
export interface Built {
  readonly simulator: Simulator;
  /** Tests that need a built repository copy its. */
  readonly machine: Machine;
  /** The requests that were made since the test began. */
  requests(): RequestRecord[];
  bodies(): RequestRecord[];
}

/** To be called at the top of a test file; the members are there once its tests run. */
export function builtOnce(): Built {
  const built = { before: 0 } as { simulator: Simulator; machine: Machine; before: number };
  const requests = () => built.simulator.requests.slice(built.before);

  beforeAll(async () => {
    built.simulator = await startSimulator();
    built.machine = await machineWith(configuration());
    await built.machine.write('.env', dotenv(variables(built.simulator)));
    const { code, stderr } = await built.machine.ctxHere(['build']);
    if (code !== 0) throw new Error(stderr);
  }, 120_000);
  afterAll(async () => {
    await built.machine[Symbol.asyncDispose]();
    await built.simulator.close();
  });
  beforeEach(() => {
    built.simulator.faults.clear();
    built.before = built.simulator.requests.length;
  });

  return Object.assign(built, { requests, bodies: () => requests().filter(({ isBody }) => isBody) });
}

export async function machineWith(config: string, repo?: Machine): Promise<Machine> {
  const machine = await newMachine();
  await machine.write('context.config.yaml', config);
  if (repo) await machine.takeRepoOf(repo);
  return machine;
}

/** The paths of a source's documents in HEAD. */
export function documentsOf(machine: Machine, source: string): string[] {
  const files = machine.git('ls-tree', '-r', '--name-only', 'HEAD', `${source}/`).split('\n');
  return files.filter((path) => !path.endsWith('/INDEX.md'));
}
