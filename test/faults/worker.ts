import { inspect } from 'node:util';
import { runSeed } from './seeds.ts';

/** What the runner is told of one schedule. */
export interface Verdict {
  readonly seed: number;
  readonly failure: string | undefined;
}

process.on('message', (seed: number) => {
  runSeed(seed).then(
    () => tell({ seed, failure: undefined }),
    (error: unknown) => tell({ seed, failure: inspect(error) }),
  );
});

function tell(verdict: Verdict): void {
  process.send?.(verdict);
}
