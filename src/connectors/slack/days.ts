/*
 * Slack's times are text: seconds and microseconds since the epoch. Documents and what is known of a channel go by days in
 * UTC, so that they are the same on every machine.
 */

const DAY_MS = 86_400_000;

/** A day as `yyyy-mm-dd`. */
export type Day = string;

export function dayOf(ts: string): Day {
  return dayAt(secondsOf(ts) * 1000);
}

/** The day of a moment in milliseconds since the epoch. */
export function dayAt(ms: number): Day {
  return new Date(ms).toISOString().slice(0, 10);
}

export function daysFrom(day: Day, count: number): Day {
  return dayAt(Date.parse(day) + count * DAY_MS);
}

export function secondsOf(ts: string): number {
  return Number(ts.slice(0, ts.indexOf('.')));
}

/** ISO 8601 in UTC, to the second. */
export function isoOf(ts: string): string {
  return new Date(secondsOf(ts) * 1000).toISOString().replace('.000Z', 'Z');
}

/** As `2026-01-02 03:04 UTC`. */
export function minuteOf(ts: string): string {
  const iso = isoOf(ts);
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}

/** The last moment before a day, for bounds that are themselves left out. */
export function before(day: Day): string {
  return `${Date.parse(day) / 1000 - 1}.999999`;
}

/** The first moment after a day, likewise. */
export function after(day: Day): string {
  return `${Date.parse(daysFrom(day, 1)) / 1000}.000000`;
}

export function compareTs(a: string, b: string): number {
  return secondsOf(a) - secondsOf(b) || (a.slice(-6) < b.slice(-6) ? -1 : Number(a.slice(-6) > b.slice(-6)));
}

/** Both included. */
export interface Window {
  readonly first: Day;
  readonly last: Day;
}

/** The rows of days without a gap, the earliest first. */
export function windowsOf(days: Iterable<Day>): Window[] {
  const windows: { first: Day; last: Day }[] = [];
  for (const day of [...new Set(days)].sort()) {
    const open = windows.at(-1);
    if (open && daysFrom(open.last, 1) === day) open.last = day;
    else windows.push({ first: day, last: day });
  }
  return windows;
}

/** A window in parts of seven days, the earliest first. */
export function weeksOf({ first, last }: Window): Window[] {
  const weeks: Window[] = [];
  for (let day = first; day <= last; day = daysFrom(day, 7)) {
    const end = daysFrom(day, 6);
    weeks.push({ first: day, last: end < last ? end : last });
  }
  return weeks;
}

export function* daysIn({ first, last }: Window): Generator<Day> {
  for (let day = first; day <= last; day = daysFrom(day, 1)) yield day;
}

/** A set of days as a checkpoint holds it: `2026-01-01..2026-02-28`. */
export function writeDays(days: Iterable<Day>): string[] {
  return windowsOf(days).map(({ first, last }) => `${first}..${last}`);
}

export function readDays(ranges: readonly string[]): Set<Day> {
  const days = new Set<Day>();
  for (const range of ranges) {
    const [, first, last] = /^(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)$/.exec(range) ?? [];
    if (first && last) for (const day of daysIn({ first, last })) days.add(day);
  }
  return days;
}
