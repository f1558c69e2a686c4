import PQueue from 'p-queue';
import type { Clock } from '../core/clock.ts';
import { type Budget, createBudget } from './budget.ts';
import { createConcurrencyLimit } from './concurrency.ts';
import { createPace, type Pace } from './pace.ts';
import { longestWait } from './rate-limits.ts';

/** What an attempt says about the load of its host. */
export type Load = 'bearable' | 'too-much' | 'unknown';

/**
 * What all requests to one origin (or to a lane of it) share, whichever client of the run sends them: its slots, its pauses, its
 * quotas, its pace.
 *
 * A slot is one attempt on the wire, from sending to the last byte of the answer. A request that waits (for its next attempt, for the
 * end of a pause, for its share of a quota) holds none: with a limit of 1, a request in its backoff would otherwise stop the host.
 */
export interface Host {
  readonly budget: Budget;
  /** What spreads requests of which there may be so many in a minute. */
  pace(perMinute: number, atOnce: number | undefined): Pace;
  /** There are never more slots than the least that any client of the host asked for. */
  capSlotsAt(most: number): void;
  /** Runs `attempt` in a slot, as soon as one is free and the host is not paused. Rejects with the signal's reason when aborted. */
  inSlot<T>(attempt: () => Promise<{ load: Load; value: T }>, turn: Turn): Promise<T>;
  /** Sends nothing before `time`: the host asked for it. */
  pauseUntil(time: number): void;
  readonly pausedUntil: number;
  /** Sends nothing before `time`: to spare a quota. */
  paceUntil(time: number): void;
  readonly pacedUntil: number;
}

export interface Turn {
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
  /** Goes before requests that have not been sent yet, so that none is overtaken for ever. */
  readonly isRetry: boolean;
}

/** A polite beginning: what more the host bears is found out within a few dozen requests. */
const FIRST_SLOTS = 4;

/** The longest wait and its spread, in milliseconds. */
const LONGEST_CLOSED = longestWait + 1000;

export function createHost(): Host {
  const limit = createConcurrencyLimit(FIRST_SLOTS);
  const queue = new PQueue({ concurrency: limit.value });
  let pausedUntil = 0;
  let pacedUntil = 0;
  let pace: Pace | undefined;
  const closedUntil = () => Math.max(pausedUntil, pacedUntil);

  async function run<T>(attempt: () => Promise<{ load: Load; value: T }>): Promise<T> {
    const { round } = limit;
    const { load, value } = await attempt();
    if (load === 'too-much') limit.overloaded(round);
    else if (load === 'bearable' && queue.pending >= limit.value) limit.succeeded(round);
    queue.concurrency = limit.value;
    return value;
  }

  return {
    budget: createBudget(),
    pace(perMinute, atOnce) {
      pace ??= createPace(perMinute, atOnce);
      return pace;
    },
    get pausedUntil() {
      return pausedUntil;
    },
    capSlotsAt(most) {
      limit.capAt(most);
      queue.concurrency = limit.value;
    },
    pauseUntil(time) {
      pausedUntil = Math.max(pausedUntil, time);
    },
    get pacedUntil() {
      return pacedUntil;
    },
    paceUntil(time) {
      pacedUntil = Math.max(pacedUntil, time);
    },
    async inSlot<T>(attempt: () => Promise<{ load: Load; value: T }>, { clock, signal, isRetry }: Turn) {
      const options = { priority: isRetry ? 1 : 0, ...(signal && { signal }) };
      for (;;) {
        const latest = clock.now() + LONGEST_CLOSED;
        // Nobody closes a host for longer: the clock was set back.
        if (closedUntil() > latest) {
          pausedUntil = Math.min(pausedUntil, latest);
          pacedUntil = Math.min(pacedUntil, latest);
        }
        const wait = closedUntil() - clock.now();
        if (wait > 0) await clock.sleep(wait, signal);
        else {
          // The pause may have begun while this waited for its slot.
          const ran = await queue.add(
            async () => (closedUntil() > clock.now() ? undefined : { value: await run(attempt) }),
            options,
          );
          if (ran) return ran.value;
        }
      }
    },
  };
}
