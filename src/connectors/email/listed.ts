import type { Mail } from './mail.ts';
import type { ThreadHeaders } from './threads.ts';

/** Of a message that says neither who it is nor when it was written, the headers alone do not tell what threading needs. */
export function needsWhole({ warnings }: Mail): boolean {
  return warnings.some(({ construct }) => construct === 'mail:no-message-id' || construct === 'mail:no-date');
}

/** What memory holds of a message. `digest` tells it from others of its id. */
export function threadHeaders(mail: Mail, digest: string): ThreadHeaders {
  const { id, references, subject, date } = mail;
  return {
    ...{ id, digest, references, subject, ...(date && { date }) },
    ...{ from: addresses(mail.from), to: addresses(mail.to), cc: addresses(mail.cc) },
  };
}

const addresses = (people: Mail['from']) => people.map(({ address }) => ({ address }));
