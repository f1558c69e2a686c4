const DAY_MS = 86_400_000;

const formats = new Map<string, Intl.DateTimeFormat>();

/** How far the clocks of a time zone are ahead of UTC at an instant, in milliseconds. */
export function offsetAt(instant: number, timeZone: string): number {
  const format =
    formats.get(timeZone) ?? new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  formats.set(timeZone, format);
  const name = format.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
  const [, sign = '+', hours = '0', minutes = '0'] = /GMT([+-])(\d+):(\d+)/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

/** A day of the calendar, from its first instant to the first of the next. */
export interface Day {
  readonly from: number;
  readonly to: number;
}

/** The day `YYYY-MM-DD` as clocks of a time zone have it, in milliseconds; undefined if it is written otherwise. */
export function readDay(text: string, timeZone: string): Day | undefined {
  const midnight = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(midnight)) return undefined;
  return { from: onClocks(midnight, timeZone), to: onClocks(midnight + DAY_MS, timeZone) };
}

/** The instant at which clocks show what UTC shows at `shown`. Twice, since the offset may change in between. */
function onClocks(shown: number, timeZone: string): number {
  const guess = shown - offsetAt(shown, timeZone);
  return shown - offsetAt(guess, timeZone);
}
