import { type ChildProcess, fork } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { hasKills } from './seeds.ts';
import type { Verdict } from './worker.ts';

/**
 * `npm run test:faults -- --schedules N [--seed S]`: runs N schedules, of the seeds S, S+1, …, side by side. Fails if one
 * breaks an invariant. In a fourth of them builds are killed for real.
 */
const { values } = parseArgs({
  options: { schedules: { type: 'string', default: '100' }, seed: { type: 'string' } },
});
const count = whole('schedules', values.schedules);
const first = values.seed === undefined ? randomInt(2 ** 31) : whole('seed', values.seed);

// Real git must behave the same on every machine.
Object.assign(process.env, { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null', NO_COLOR: '1' });

const seeds = Array.from({ length: count }, (_, index) => first + index);
const waiting = [...seeds];
const failed: number[] = [];
let done = 0;
/** Schedules that one process runs. */
const PER_PROCESS = 10;

say(`${count} schedules from seed ${first}`);
// More than there are cores: a third of the time a schedule waits, for git, the disk or an answer that never comes.
await Promise.all(Array.from({ length: Math.min(count, 2 * availableParallelism()) }, work));
say(`${done} schedules, ${seeds.filter(hasKills).length} of them with kills; ${failed.length} failed`);
if (failed.length > 0) say(`failed: ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;

async function work(): Promise<void> {
  for (let batch = nextBatch(); batch.length > 0; batch = nextBatch()) {
    const worker = fork(new URL('worker.ts', import.meta.url));
    for (const seed of batch) {
      worker.send(seed);
      note(await verdictOf(worker, seed));
    }
    worker.disconnect();
  }
}

/** For one process: it grows with the schedules, and with it the time that a fork for git takes. */
function nextBatch(): number[] {
  return waiting.splice(0, PER_PROCESS);
}

async function verdictOf(worker: ChildProcess, seed: number): Promise<Verdict> {
  const over = new AbortController();
  try {
    return await Promise.race([
      once(worker, 'message', { signal: over.signal }).then(([verdict]) => verdict as Verdict),
      once(worker, 'exit', { signal: over.signal }).then(([code]) => {
        throw new Error(`schedule ${seed} ended its process (${code})`);
      }),
    ]);
  } finally {
    over.abort();
  }
}

function note({ seed, failure }: Verdict): void {
  done += 1;
  if (failure !== undefined) {
    failed.push(seed);
    say(failure);
  }
  if (done % 50 === 0) say(`${done} of ${count}`);
}

function whole(name: string, value: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 0) throw new Error(`--${name} must be a whole number`);
  return number;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
