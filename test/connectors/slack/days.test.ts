import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  after,
  before,
  compareTs,
  dayOf,
  daysFrom,
  daysIn,
  isoOf,
  minuteOf,
  readDays,
  windowsOf,
  writeDays,
} from '../../../src/connectors/slack/days.ts';

const day = fc.integer({ min: 0, max: 40_000 }).map((count) => daysFrom('1990-01-01', count));

test('a time is its day in UTC, with all of its digits', () => {
  expect(dayOf('1763625600.000100')).toBe('2025-11-20');
  expect(dayOf('1763596799.999999')).toBe('2025-11-19');
  expect(isoOf('1763625600.000100')).toBe('2025-11-20T08:00:00Z');
  expect(minuteOf('1763625600.000100')).toBe('2025-11-20 08:00 UTC');
  expect(['2.000001', '10.000000', '2.000000'].sort(compareTs)).toEqual([
    '2.000000',
    '2.000001',
    '10.000000',
  ]);
});

test('bounds that are left out themselves hold all of a day and nothing else', () => {
  expect(compareTs(before('2025-11-20'), '1763596800.000000')).toBeLessThan(0);
  expect(dayOf(before('2025-11-20'))).toBe('2025-11-19');
  expect(compareTs(after('2025-11-20'), '1763683199.999999')).toBeGreaterThan(0);
  expect(dayOf(after('2025-11-20'))).toBe('2025-11-21');
});

test('windows hold just the days, in rows without a gap and with one between them', () => {
  fc.assert(
    fc.property(fc.array(day, { maxLength: 60 }), (days) => {
      const windows = windowsOf(days);
      expect(windows.flatMap((window) => [...daysIn(window)])).toEqual([...new Set(days)].sort());
      for (const [n, { first }] of windows.entries())
        if (n > 0) expect(daysFrom(windows[n - 1]?.last ?? '', 1) < first).toBe(true);
    }),
  );
});

test('a checkpoint gives back the days that it was made of', () => {
  fc.assert(
    fc.property(fc.array(day, { maxLength: 60 }), (days) => {
      expect([...readDays(writeDays(days))].sort()).toEqual([...new Set(days)].sort());
    }),
  );
  expect(writeDays(['2026-01-02', '2026-01-01', '2026-03-01'])).toEqual([
    '2026-01-01..2026-01-02',
    '2026-03-01..2026-03-01',
  ]);
  expect(readDays(['2026-01-02..2026-01-01', 'nonsense'])).toEqual(new Set());
});
