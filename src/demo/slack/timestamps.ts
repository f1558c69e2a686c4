const FORM = /^(\d{1,10})(?:\.(\d{1,6}))?$/;

/** A timestamp of a request in the form of those of messages, so that both compare as strings; undefined if it is none. */
export function readTs(text: string): string | undefined {
  const match = FORM.exec(text);
  if (match === null) return undefined;
  const [, seconds = '', fraction = ''] = match;
  return `${seconds.padStart(10, '0')}.${fraction.padEnd(6, '0')}`;
}

/** A timestamp from whole seconds and millionths. */
export function makeTs(seconds: number, micros = 0): string {
  return `${String(Math.floor(seconds)).padStart(10, '0')}.${String(micros).padStart(6, '0')}`;
}

export const secondsOf = (ts: string): number => Number(ts.slice(0, 10));

/** As it stands in addresses and cursors: `1763625600000100`. */
export const digitsOf = (ts: string): string => ts.replace('.', '');

export function fromDigits(digits: string): string | undefined {
  return /^\d{16}$/.test(digits) ? `${digits.slice(0, 10)}.${digits.slice(10)}` : undefined;
}
