import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPace } from '../../src/http/pace.ts';

test('a few come at once, and then one for each share of the minute', () => {
  const pace = createPace(50);
  const waits = Array.from({ length: 11 }, () => pace.take(0));
  expect(waits.slice(0, 9)).toEqual(Array(9).fill(0));
  expect(waits[9]).toBe(1200);
  expect(waits[10]).toBe(2400);
});

test('one a minute is one a minute', () => {
  const pace = createPace(1);
  expect(pace.take(1_000)).toBe(60_000);
  expect(pace.take(61_000)).toBe(60_000);
  expect(pace.take(400_000)).toBe(60_000);
});

test('whoever waits as told never sends more in a minute than the limit and its burst', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 200 }),
      fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 1, maxLength: 300 }),
      (perMinute, idle) => {
        const pace = createPace(perMinute);
        const sent: number[] = [];
        let now = 0;
        for (const more of idle) {
          sent.push(now);
          now += Math.max(more, Math.ceil(pace.take(now)));
        }
        const most = Math.max(
          ...sent.map((start) => sent.filter((at) => at >= start && at < start + 60_000).length),
        );
        expect(most).toBeLessThanOrEqual(perMinute + Math.max(1, perMinute / 5));
      },
    ),
  );
});
