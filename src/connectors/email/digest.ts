import { createHash } from 'node:crypto';
import type { ListedMail } from './mailbox.ts';
import type { MailThread } from './threads.ts';

/** The folders that each message is in, by its id in its thread; a message in several folders is one. */
export type Labels = ReadonlyMap<string, readonly string[]>;

export function labelsOf(mails: Iterable<ListedMail>, threads: Iterable<MailThread<ListedMail>>): Labels {
  const byMessage = new Map<string, Set<string>>();
  for (const { id, label } of mails) {
    if (label === undefined) continue;
    const labels = byMessage.get(id) ?? new Set();
    byMessage.set(id, labels.add(label));
  }
  const result = new Map<string, string[]>();
  for (const thread of threads)
    for (const { id, mail } of thread.mails) {
      const labels = byMessage.get(mail.id);
      if (labels) result.set(id, [...labels].sort());
    }
  return result;
}

/** Another one if the thread's document may be another: of its messages, their order and their folders. */
export function digestOf({ mails }: MailThread<ListedMail>, labels: Labels): string {
  const parts = mails.map(({ id, parent, mail }) => [id, parent ?? '', mail.digest, labels.get(id) ?? []]);
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}
