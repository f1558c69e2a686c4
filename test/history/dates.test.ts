import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseMoment, shownMoment } from '../../src/history/dates.ts';

let former: string | undefined;

beforeAll(() => {
  former = process.env.TZ;
  process.env.TZ = 'Europe/Berlin';
});

afterAll(() => {
  if (former === undefined) delete process.env.TZ;
  else process.env.TZ = former;
});

/** A Tuesday, two days after the clocks went forward. */
const NOW = new Date('2026-03-31T08:30:00Z');

test.each([
  ['2026-03-02', 'beginning', '2026-03-01T23:00:00.000Z'],
  ['2026-03-02', 'end', '2026-03-02T22:59:59.999Z'],
  ['2026-03-29', 'beginning', '2026-03-28T23:00:00.000Z'],
  ['2026-03-29', 'end', '2026-03-29T21:59:59.999Z'],
  ['today', 'beginning', '2026-03-30T22:00:00.000Z'],
  ['Yesterday', 'end', '2026-03-30T21:59:59.999Z'],
  ['monday', 'beginning', '2026-03-29T22:00:00.000Z'],
  ['tuesday', 'beginning', '2026-03-23T23:00:00.000Z'],
  ['2026-03-02T14:30', 'beginning', '2026-03-02T13:30:00.000Z'],
  ['2026-03-02 14:30:15', 'end', '2026-03-02T13:30:15.000Z'],
  ['2026-03-02T14:30Z', 'end', '2026-03-02T14:30:00.000Z'],
  ['2026-03-02T14:30+0530', 'end', '2026-03-02T09:00:00.000Z'],
  ['90 minutes ago', 'beginning', '2026-03-31T07:00:00.000Z'],
  ['2 days ago', 'beginning', '2026-03-29T08:30:00.000Z'],
  ['1 week ago', 'end', '2026-03-24T09:30:00.000Z'],
  ['1 year ago', 'end', '2025-03-31T08:30:00.000Z'],
  ['1 month ago', 'beginning', '2026-02-28T09:30:00.000Z'],
] as const)('%s, its %s', (text, edge, expected) => {
  expect(parseMoment(text, NOW, edge).toISOString()).toBe(expected);
});

test.each([
  '',
  'soon',
  '2026-02-30',
  '2026-13-01',
  '02.03.2026',
  '2026-03-02T25:00',
  '3 fortnights ago',
  '-1 day ago',
])('%j is no date', (text) => {
  expect(() => parseMoment(text, NOW, 'end')).toThrow('is no date');
});

test('moments are shown in the local time zone', () => {
  expect(shownMoment(NOW)).toBe('2026-03-31 10:30');
});
