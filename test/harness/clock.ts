import type { Clock } from '../../src/core/clock.ts';

/** A clock whose sleepers wake at once; `waits` is what they asked for, in milliseconds. */
export interface FakeClock extends Clock {
  readonly waits: readonly number[];
}

/** Starts at the present, since a server may name a moment to come back at. */
export function fakeClock(): FakeClock {
  const waits: number[] = [];
  let skipped = 0;
  return {
    waits,
    now: () => Date.now() + skipped,
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      waits.push(ms);
      skipped += ms;
    },
  };
}

/** The time of a simulated workspace, in which nobody waits. Each look at it is `step` ms after the last; `waits` gets what is slept. */
export function clockOf(
  workspace: { readonly now: number },
  { step = 0, waits = [] }: { readonly step?: number; readonly waits?: number[] } = {},
): Clock {
  let waited = 0;
  return {
    now() {
      waited += step;
      return workspace.now + 1000 + waited;
    },
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      waited += ms;
      waits.push(ms);
    },
  };
}
