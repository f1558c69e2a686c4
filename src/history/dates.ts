import { ctxError } from '../core/errors/index.ts';

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/**
 * A moment as people write it, in the local time zone unless it says another. A day stands for its beginning or its end;
 * a weekday is the last one before today. Fails with `history.bad-date`.
 */
export function parseMoment(text: string, now: Date, edge: 'beginning' | 'end'): Date {
  const written = text.trim().toLowerCase();
  const moment = dayIn(written, now, edge) ?? timeIn(text.trim()) ?? agoIn(written, now);
  if (moment === undefined) throw ctxError('history.bad-date', { text });
  return moment;
}

function dayIn(text: string, now: Date, edge: 'beginning' | 'end'): Date | undefined {
  const [year, month, day] = [now.getFullYear(), now.getMonth(), now.getDate()];
  const edgeOf = (y: number, m: number, d: number) =>
    edge === 'beginning' ? new Date(y, m, d) : new Date(new Date(y, m, d + 1).getTime() - 1);
  if (text === 'today') return edgeOf(year, month, day);
  if (text === 'yesterday') return edgeOf(year, month, day - 1);
  if (DAYS.includes(text)) {
    const back = (now.getDay() - DAYS.indexOf(text) + 7) % 7 || 7;
    return edgeOf(year, month, day - back);
  }
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text)?.slice(1).map(Number);
  if (parts === undefined) return undefined;
  const [y = 0, m = 0, d = 0] = parts;
  return isDay(y, m, d) ? edgeOf(y, m - 1, d) : undefined;
}

function timeIn(text: string): Date | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?$/i.exec(text);
  if (match === null || !isDay(Number(match[1]), Number(match[2]), Number(match[3]))) return undefined;
  const date = new Date(
    text
      .replace(' ', 'T')
      .replace(/([+-]\d\d)(\d\d)$/, '$1:$2')
      .toUpperCase(),
  );
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** `2026-02-30` is none, though JavaScript takes it for one. */
function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(year, month - 1, day);
  return date.getMonth() === month - 1 && date.getDate() === day;
}

function agoIn(text: string, now: Date): Date | undefined {
  const [, count, unit] = /^(\d{1,4}) +(minute|hour|day|week|month|year)s? +ago$/.exec(text) ?? [];
  if (count === undefined) return undefined;
  const [many, date] = [Number(count), new Date(now)];
  if (unit === 'minute') date.setMinutes(date.getMinutes() - many);
  else if (unit === 'hour') date.setHours(date.getHours() - many);
  else if (unit === 'day') date.setDate(date.getDate() - many);
  else if (unit === 'week') date.setDate(date.getDate() - 7 * many);
  else {
    const day = date.getDate();
    date.setMonth(date.getMonth() - many * (unit === 'year' ? 12 : 1));
    // A month that has no such day ends before it.
    if (date.getDate() !== day) date.setDate(0);
  }
  return date;
}

export interface Period {
  readonly since?: Date;
  readonly until?: Date;
}

/** From the beginning of one day to the end of another, say. Fails with `history.bad-date` and `history.bad-period`. */
export function parsePeriod(
  { since, until }: { readonly since?: string | undefined; readonly until?: string | undefined },
  now: Date,
): Period {
  const from = since === undefined ? undefined : parseMoment(since, now, 'beginning');
  const to = until === undefined ? undefined : parseMoment(until, now, 'end');
  if (from && to && to < from) throw ctxError('history.bad-period', { since: `${since}`, until: `${until}` });
  return { ...(from && { since: from }), ...(to && { until: to }) };
}

/** Such as `2026-03-02 14:30`, in the local time zone. */
export function shownMoment(date: Date): string {
  const [month, day, hour, minute] = [
    date.getMonth() + 1,
    date.getDate(),
    date.getHours(),
    date.getMinutes(),
  ].map((part) => String(part).padStart(2, '0'));
  return `${date.getFullYear()}-${month}-${day} ${hour}:${minute}`;
}
