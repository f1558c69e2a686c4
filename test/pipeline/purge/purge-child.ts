import { readFileSync } from 'node:fs';
import type { PurgeStep } from '../../../src/pipeline/purge/purge.ts';
import { purgeFrom } from './harness.ts';

export interface PurgeOrder {
  readonly path: string;
  readonly names: readonly string[];
  readonly step: PurgeStep;
  /** Die at the nth time the step is reached. */
  readonly count: number;
  readonly remote?: string;
}

/** Purges what standard input orders, and is killed on the way as a power cut would. */
const { path, names, step, count, remote }: PurgeOrder = JSON.parse(readFileSync(0, 'utf8'));
let left = count;
await purgeFrom(path, names, {
  onStep: (reached) => {
    if (reached === step && --left === 0) process.kill(process.pid, 'SIGKILL');
  },
  ...(remote !== undefined && { push: { remote, branch: 'main' } }),
});
