const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** In hours, as https://www.rfc-editor.org/rfc/rfc5322#section-4.3 has them; all others mean nothing certain. */
const ZONES: Readonly<Record<string, number>> = {
  EST: -5,
  EDT: -4,
  CST: -6,
  CDT: -5,
  MST: -7,
  MDT: -6,
  PST: -8,
  PDT: -7,
};

const DATE =
  /(?:^|[\s,])(\d{1,2})[\s-]+([a-z]{3})[a-z]*[\s-]+(\d{2,4})[\s,]+(\d{1,2})\s*:\s*(\d{2})(?:\s*:\s*(\d{2}))?(?:\s*([+-]\d{2}):?(\d{2})|\s*\(?([a-z]{1,5})\b)?/i;
const ASCTIME =
  /\b[a-z]{3},?\s+([a-z]{3})\s+(\d{1,2})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s+([+-]\d{2}):?(\d{2})|\s+([a-z]{1,5}))?\s+(\d{4})/i;

/** Mail is no older, and what claims to be of a time this far off was not written by a clock. */
const EARLIEST = 1969;
const LATEST = 2100;
/** Longer headers are no dates. */
const LONGEST = 200;

/**
 * A mail's date in ISO 8601 and UTC; undefined if it is none. Never the machine's zone: a date without one is taken
 * for UTC.
 */
export function mailDate(value: string): string | undefined {
  const plain = withoutComments(value.slice(0, LONGEST));
  const usual = DATE.exec(plain);
  if (usual) {
    const [, day, month, year, hour, minute, second, hours, minutes, zone] = usual;
    return toIso({ day, month, year, hour, minute, second, hours, minutes, zone });
  }
  const asctime = ASCTIME.exec(plain);
  if (!asctime) return undefined;
  const [, month, day, hour, minute, second, hours, minutes, zone, year] = asctime;
  return toIso({ day, month, year, hour, minute, second, hours, minutes, zone });
}

/** When the last server took the message over: the headers' order is from the last to the first. */
export function receivedDate(received: readonly string[]): string | undefined {
  for (const value of received) {
    const date = mailDate(value.slice(value.lastIndexOf(';') + 1));
    if (date !== undefined) return date;
  }
  return undefined;
}

type Fields = Readonly<
  Record<
    'day' | 'month' | 'year' | 'hour' | 'minute' | 'second' | 'hours' | 'minutes' | 'zone',
    string | undefined
  >
>;

function toIso({ day, month = '', year = '', hour, minute, second, hours, minutes, zone }: Fields) {
  const monthIndex = MONTHS.indexOf(month.toLowerCase());
  const fullYear = year.length === 4 ? Number(year) : Number(year) + (Number(year) < 50 ? 2000 : 1900);
  const [d, h, m, s] = [Number(day), Number(hour), Number(minute), Number(second ?? 0)];
  if (monthIndex < 0 || d < 1 || d > 31 || h > 24 || m > 59 || s > 60) return undefined;
  if (fullYear < EARLIEST || fullYear > LATEST) return undefined;
  const sign = hours?.startsWith('-') ? -1 : 1;
  const offset =
    hours === undefined
      ? (ZONES[zone?.toUpperCase() ?? ''] ?? 0) * 60
      : Number(hours) * 60 + sign * Number(minutes);
  return new Date(Date.UTC(fullYear, monthIndex, d, h, m, s) - offset * 60_000).toISOString();
}

function withoutComments(value: string): string {
  let result = value;
  for (let depth = 0; depth < 5; depth++) {
    const shorter = result.replace(/\s*\([^()]*\)/g, '');
    if (shorter === result) break;
    result = shorter;
  }
  return result.trim();
}
