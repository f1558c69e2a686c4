import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { minuteOf, minutesOf, nextTime } from '../../src/schedule/calendar.ts';
import { INTERVALS } from '../../src/schedule/job.ts';
import { replayed } from '../harness/replay.ts';

describe('when runs begin', () => {
  test('a machine has its minute: odd, no quarter of an hour, and seldom that of another', () => {
    const machines = Array.from({ length: 200 }, (_, number) => `host-${number}:/home/ada`);
    const minutes = machines.map(minuteOf);
    expect(machines.map(minuteOf)).toEqual(minutes);
    expect(minutes.filter((minute) => minute % 2 === 0 || minute % 15 === 0)).toEqual([]);
    expect(new Set(minutes).size).toBeGreaterThan(20);
  });

  test('every quarter, hour or day, at that minute', () => {
    expect(minutesOf('15min', 37)).toEqual([7, 22, 37, 52]);
    expect(minutesOf('hourly', 37)).toEqual([37]);
    const at = (every: (typeof INTERVALS)[number]) => nextTime(every, 37, new Date(2026, 10, 22, 6, 37, 20));
    expect(at('15min')).toEqual(new Date(2026, 10, 22, 6, 52));
    expect(at('hourly')).toEqual(new Date(2026, 10, 22, 7, 37));
    expect(at('daily')).toEqual(new Date(2026, 10, 23, 6, 37));
  });

  test('the next time is ahead, at a due minute, and none is passed over', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...INTERVALS),
        fc.integer({ min: 0, max: 59 }),
        fc.date({ min: new Date(2020, 0, 1), max: new Date(2040, 0, 1), noInvalidDate: true }),
        (every, minute, now) => {
          const next = nextTime(every, minute, now);
          expect(next.getTime()).toBeGreaterThan(now.getTime());
          expect(minutesOf(every, minute)).toContain(next.getMinutes());
          const longest = { '15min': 15, hourly: 60, daily: 25 * 60 }[every] * 60_000;
          expect(next.getTime() - now.getTime()).toBeLessThanOrEqual(longest);
        },
      ),
      replayed({ runs: 300 }),
    );
  });
});
