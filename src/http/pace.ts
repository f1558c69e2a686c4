/** Spreads requests so that no more than so many are sent in a minute, but for a few at once after a quiet time. */
export interface Pace {
  /** Takes one; answers how long to wait, in milliseconds, before the next. */
  take(now: number): number;
}

/** A part of the minute's requests that may come at once. */
const BURST = 1 / 5;

/** A token bucket, full at first. `size` is how many may come at once. */
export function createPace(
  perMinute: number,
  size: number = Math.max(1, Math.floor(perMinute * BURST)),
): Pace {
  const interval = 60_000 / perMinute;
  let tokens = size;
  let at = Number.NEGATIVE_INFINITY;
  return {
    take(now) {
      // A clock that was set back gives nothing and takes nothing.
      const passed = Math.max(0, now - at);
      tokens = Math.min(size, tokens + passed / interval) - 1;
      at = now;
      return tokens >= 1 ? 0 : (1 - tokens) * interval;
    },
  };
}
