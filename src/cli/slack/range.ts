import { InvalidArgumentError } from 'commander';

const DAY_MS = 86_400_000;
const FORM = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)(Z|[+-]\d\d:\d\d)?)?$/;

/** The first moment that is meant, in milliseconds since the epoch: of a day its beginning, all in UTC unless it says otherwise. */
export function sinceOf(text: string): number {
  return read(text).ms;
}

/** The last one: of a day its end. */
export function untilOf(text: string): number {
  const { ms, isDay } = read(text);
  return isDay ? ms + DAY_MS - 1 : ms;
}

function read(text: string): { readonly ms: number; readonly isDay: boolean } {
  const [, day, time, zone = 'Z'] = FORM.exec(text) ?? [];
  const ms = Date.parse(time === undefined ? `${day}T00:00Z` : `${day}T${time}${zone}`);
  // A day that no month has is not taken for one of the next.
  const isReal = new Date(`${day}T00:00Z`).toJSON()?.startsWith(`${day}T`);
  if (Number.isNaN(ms) || !isReal)
    throw new InvalidArgumentError('It is no date such as 2026-03-02, nor a time such as 2026-03-02T09:00Z.');
  return { ms, isDay: time === undefined };
}
