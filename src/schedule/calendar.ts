import { createHash } from 'node:crypto';
import type { Interval } from './job.ts';

/** When daily runs begin, in local time: before people look, and rarely while they write. */
export const DAILY_HOUR = 6;

/**
 * A minute that is always the same for a machine and seldom that of another, so that runners do not all ask a site at once. It is
 * odd, and so never one of those at which everybody else's jobs start.
 */
export function minuteOf(machine: string): number {
  const digest = createHash('sha256').update(machine).digest();
  const odd = Array.from({ length: 30 }, (_, index) => 2 * index + 1).filter((minute) => minute % 15 !== 0);
  return odd[digest.readUInt32BE(0) % odd.length] as number;
}

/** The minutes of the hour at which a run begins, in order. */
export function minutesOf(every: Interval, minute: number): readonly number[] {
  return every === '15min' ? [0, 1, 2, 3].map((quarter) => (minute % 15) + 15 * quarter) : [minute];
}

/** When the next run begins, in the time zone of the process. */
export function nextTime(every: Interval, minute: number, now: Date): Date {
  const minutes = minutesOf(every, minute);
  // Stepping through real minutes stays right where clocks are put forward or back.
  const step = new Date(Math.floor(now.getTime() / 60_000) * 60_000);
  for (let left = 2 * 24 * 60; left > 0; left -= 1) {
    step.setTime(step.getTime() + 60_000);
    if (!minutes.includes(step.getMinutes())) continue;
    if (every !== 'daily' || step.getHours() === DAILY_HOUR) return step;
  }
  throw new Error(`no time is found for ${every} at minute ${minute}`);
}
