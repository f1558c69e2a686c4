import { readFileSync } from 'node:fs';
import { type PullStep, pull } from '../../src/git/pull.ts';

export interface PullOrder {
  readonly path: string;
  readonly remote?: string;
  readonly acceptRewrite: boolean;
  readonly step: PullStep;
  /** Die at the nth time the step is reached. */
  readonly count: number;
}

/** Pulls as standard input orders, and is killed on the way as a power cut would. */
const { step, count, ...order }: PullOrder = JSON.parse(readFileSync(0, 'utf8'));
let left = count;
await pull({
  ...order,
  branch: 'main',
  onStep: (reached) => {
    if (reached === step && --left === 0) process.kill(process.pid, 'SIGKILL');
  },
});
