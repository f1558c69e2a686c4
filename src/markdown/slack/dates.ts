/** A time as it is written where it stands for itself: in UTC, for a document has readers everywhere. */
export function timeOf(timestamp: string | undefined): string | undefined {
  const date = dateOf(timestamp);
  return date && `${isoDay(date)} ${isoTime(date).slice(0, 5)} UTC`;
}

function dateOf(timestamp: string | undefined): Date | undefined {
  const date = new Date(/^-?\d+(?:\.\d+)?$/.test(timestamp ?? '') ? Number(timestamp) * 1000 : Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/**
 * A date in a sentence (https://docs.slack.dev/messaging/formatting-message-text#date-formatting). Slack shows it in each
 * reader's own time and language; the words that the author gave for programs without either come first.
 */
export function dateText(
  timestamp: string | undefined,
  format: string | undefined,
  fallback: string | undefined,
): string {
  const date = dateOf(timestamp);
  if (fallback !== undefined) return fallback;
  if (!date) return format?.replace(/[{}]/g, '') ?? timestamp ?? '';
  const shown = (format ?? '{date_num} {time}').replace(/\{(\w+)\}/g, (_, token: string) =>
    formatted(date, token),
  );
  return /\{time/.test(format ?? '{time}') ? `${shown} UTC` : shown;
}

function formatted(date: Date, token: string): string {
  if (token === 'time') return isoTime(date).slice(0, 5);
  return token === 'time_secs' ? isoTime(date).slice(0, 8) : isoDay(date);
}

const isoDay = (date: Date) => date.toISOString().replace(/T.*$/, '');
const isoTime = (date: Date) => date.toISOString().replace(/^.*T/, '');
