import { ctxError } from '../../core/errors/index.ts';
import { parseMoment } from '../../history/dates.ts';
import type { Template } from '../template.ts';

export type PeriodKind = Template['period'];

/** What a deck is about: from a moment to another, both within. */
export interface DeckPeriod {
  readonly since: Date;
  readonly until: Date;
}

export interface AskedPeriod {
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}

/**
 * The period that is asked for, or the last whole one of its kind. With a beginning alone it lasts until now, with an end
 * alone it begins with the week, month, quarter or year that the end is in. Fails with `history.bad-date` and
 * `history.bad-period`.
 */
export function deckPeriod({ since, until }: AskedPeriod, kind: PeriodKind, now: Date): DeckPeriod {
  if (since === undefined && until === undefined) {
    const end = new Date(beginningOf(kind, now).getTime() - 1);
    return { since: beginningOf(kind, end), until: end };
  }
  const to = until === undefined ? now : parseMoment(until, now, 'end');
  const from = since === undefined ? beginningOf(kind, to) : parseMoment(since, now, 'beginning');
  if (from > to) throw ctxError('history.bad-period', { since: since ?? '', until: until ?? 'now' });
  return { since: from, until: to };
}

/** Weeks begin on Monday. In the local time zone, as people mean their days. */
function beginningOf(kind: PeriodKind, date: Date): Date {
  const [year, month, day] = [date.getFullYear(), date.getMonth(), date.getDate()];
  if (kind === 'week') return new Date(year, month, day - ((date.getDay() + 6) % 7));
  if (kind === 'month') return new Date(year, month, 1);
  return kind === 'quarter' ? new Date(year, month - (month % 3), 1) : new Date(year, 0, 1);
}

function endOf(kind: PeriodKind, begin: Date): Date {
  const [year, month, day] = [begin.getFullYear(), begin.getMonth(), begin.getDate()];
  const next = {
    week: new Date(year, month, day + 7),
    month: new Date(year, month + 1, 1),
    quarter: new Date(year, month + 3, 1),
    year: new Date(year + 1, 0, 1),
  };
  return new Date(next[kind].getTime() - 1);
}

/** As people call it: `Q3 2026`, `September 2026`, `2026`, `21–27 September 2026`, `1 September – 5 October 2026`. */
export function labelOf({ since, until }: DeckPeriod): string {
  const isWhole = (kind: PeriodKind) =>
    beginningOf(kind, since).getTime() === since.getTime() &&
    endOf(kind, since).getTime() === until.getTime();
  const year = since.getFullYear();
  if (isWhole('year')) return String(year);
  if (isWhole('quarter')) return `Q${Math.floor(since.getMonth() / 3) + 1} ${year}`;
  if (isWhole('month')) return `${monthOf(since)} ${year}`;
  const [from, to] = [since.getDate(), until.getDate()];
  const end = `${to} ${monthOf(until)} ${until.getFullYear()}`;
  if (year !== until.getFullYear()) return `${from} ${monthOf(since)} ${year} – ${end}`;
  if (since.getMonth() !== until.getMonth()) return `${from} ${monthOf(since)} – ${end}`;
  return from === to ? end : `${from}–${end}`;
}

const monthOf = (date: Date) => date.toLocaleString('en-GB', { month: 'long' });

/** `2026-09-21`. */
export function dayOf(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
