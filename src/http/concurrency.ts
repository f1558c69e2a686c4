/**
 * How many attempts may be on the wire at once, learnt as TCP learns its window (RFC 5681): one more after a whole window of
 * successes, half after a sign of too much load. It counts and has no clock, so that the same course of events gives the same limit.
 */
export interface ConcurrencyLimit {
  readonly value: number;
  /** Goes with an attempt from its start to its end. A new round begins with each halving. */
  readonly round: number;
  /** An attempt ended well while every slot was taken; otherwise it says nothing about room for more. */
  succeeded(round: number): void;
  /**
   * An attempt met too much load. Those that were on the wire together tell of the same moment: only the first of a round halves, or
   * one burst of refusals would leave a single slot.
   */
  overloaded(round: number): void;
  /** From now on the limit stays at or below `ceiling`. */
  capAt(ceiling: number): void;
}

export function createConcurrencyLimit(start: number): ConcurrencyLimit {
  let value = start;
  let ceiling = Number.POSITIVE_INFINITY;
  let round = 0;
  let successes = 0;
  return {
    get value() {
      return value;
    },
    get round() {
      return round;
    },
    succeeded(began) {
      if (began !== round || value >= ceiling) return;
      successes += 1;
      if (successes < value) return;
      successes = 0;
      value += 1;
    },
    overloaded(began) {
      if (began !== round) return;
      round += 1;
      successes = 0;
      value = Math.max(1, Math.floor(value / 2));
    },
    capAt(most) {
      ceiling = Math.min(ceiling, Math.max(1, most));
      value = Math.min(value, ceiling);
    },
  };
}
