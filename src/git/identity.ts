import type { Identity } from './repo.ts';

/** git's own rule for names and addresses: no angle brackets, no line breaks, no punctuation at the ends. */
const clean = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\x00-\x1f\x7f<>]+/g, ' ')
    .replace(/^[\s.,:;"'\\]+|[\s.,:;"'\\]+$/g, '');

/** An identity that every git accepts, whatever the source called the person. */
export function cleanIdentity({ name, email }: Identity): Identity {
  return {
    name: clean(name) || 'context-sync',
    email: clean(email).replaceAll(/\s+/g, '') || 'context-sync@localhost',
  };
}

/** Seconds since the epoch; git has no dates before it. */
export function cleanSeconds(date: Date): number {
  const seconds = Math.floor(date.getTime() / 1000);
  return Number.isFinite(seconds) ? Math.max(0, seconds) : 0;
}

/** A message that ends in one line feed and holds no NUL, which would cut it. */
export function cleanMessage(message: string): string {
  return `${message.toWellFormed().replaceAll('\0', '').trimEnd()}\n`;
}
