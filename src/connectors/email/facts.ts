import type { AttachmentFacts, Facts, SourceAttachment } from '../../core/document.ts';
import type { Plain } from '../../core/plain.ts';
import { messageUrl } from './addresses.ts';
import type { Mail, Mailbox } from './mail.ts';
import { readSubject } from './subject.ts';
import type { MailThread } from './threads.ts';

export interface ThreadPlace {
  readonly source: string;
  /** The folder of the account that the mailbox is of. */
  readonly account: string;
  /** The folders and labels that the mailbox has a message under, by the message's id. */
  readonly labels?: (id: string) => Iterable<string>;
  /** Another one for each state of the thread. */
  readonly digest?: string;
}

/** The name that a person goes by: as written, or the address. */
export function nameOf({ name, address }: Mailbox): string {
  return name || address;
}

/** What the thread is called: the subject of its first message without what answers put before it. */
export function titleOf({ mails }: MailThread<Mail>): string {
  for (const { mail } of mails) {
    const { title } = readSubject(mail.subject);
    if (title !== '') return title;
  }
  return '(no subject)';
}

export function factsOf(
  thread: MailThread<Mail>,
  { source, account, labels, digest }: ThreadPlace,
  attachments: readonly SourceAttachment[],
): Facts {
  const mails = thread.mails.map(({ mail }) => mail);
  const dates = mails.flatMap(({ date }) => date ?? []).sort();
  const [created, updated] = [dates[0], dates.at(-1)];
  const latest = mails.findLast(({ date }) => date === updated) ?? mails.at(-1);
  const authors = mails.map(({ from }) => from[0]).filter((one) => one !== undefined);
  const author = authors[0] && nameOf(authors[0]);
  const editor = latest?.from[0] && nameOf(latest.from[0]);
  const allLabels = mails.flatMap((mail) => [...mail.labels, ...(labels?.(mail.id) ?? [])]);
  return {
    id: thread.id,
    source,
    type: 'thread',
    title: titleOf(thread),
    url: messageUrl(thread.id),
    ...(created && { created }),
    ...(updated && { updated }),
    ...(author && { author }),
    ...(editor && { editor }),
    labels: distinct(allLabels),
    space: account,
    aliases: [...new Set(thread.mails.map(({ id }) => id))],
    people: peopleIn(mails),
    ...(attachments.length > 0 && { attachments: attachments.map(attachmentFacts) }),
    fields: { ...fieldsOf(thread, mails, authors), ...(digest && { digest }) },
  };
}

function fieldsOf(
  { id, mails: threaded }: MailThread<Mail>,
  mails: readonly Mail[],
  authors: readonly Mailbox[],
): Record<string, Plain> {
  const lists = distinct(mails.flatMap(({ list }) => list ?? []));
  const flags = distinct(mails.flatMap((mail) => mail.flags));
  return {
    messages: mails.length,
    // Who wrote; `people` has those too who only read along.
    participants: distinct(authors.map(nameOf)),
    ...(lists.length > 0 && { lists }),
    ...(flags.length > 0 && { flags }),
    ...(!threaded.some((one) => one.id === id) && { first_message: 'missing' }),
  };
}

/** By address; of several names of one address, the last that was written. */
function peopleIn(mails: readonly Mail[]): Record<string, string> {
  const names = new Map<string, string>();
  for (const { from, to, cc } of mails)
    for (const one of [...from, ...to, ...cc])
      if (one.address !== '' && (one.name !== '' || !names.has(one.address)))
        names.set(one.address, nameOf(one));
  return Object.fromEntries([...names].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function attachmentFacts({ id, name, version, type, size }: SourceAttachment): AttachmentFacts {
  return { id, name, version, ...(type && { type }), ...(size !== undefined && { size }) };
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}
