import type { SourceDocument } from '../../core/document.ts';
import { type CtxError, ctxError, isCtxError } from '../../core/errors/index.ts';
import { digestOf, type Labels } from './digest.ts';
import type { Mail } from './mail.ts';
import type { ListedMail, Mailbox, Reading } from './mailbox.ts';
import { parseMail } from './parse.ts';
import { renderThread } from './render.ts';
import type { MailThread } from './threads.ts';

type Thread = MailThread<ListedMail>;

/** Messages to ask for together, so that folders are not opened for each of them. Memory holds their texts. */
const MESSAGES_AT_ONCE = 50;

export interface ReadThreadsOptions {
  readonly source: string;
  readonly mailbox: Mailbox;
  readonly labels: Labels;
}

/** Reads and renders threads, in their order; of one that can't be read, the reason. */
export async function* readThreads<T extends Thread>(
  threads: Iterable<T>,
  options: ReadThreadsOptions,
): AsyncGenerator<{ readonly thread: T; readonly result: SourceDocument | CtxError }> {
  for (const group of grouped(threads)) {
    const messages = group.flatMap(({ mails }) => mails.map(({ mail }) => mail));
    const read = new Map<ListedMail, Mail | CtxError>();
    for await (const [listed, reading] of options.mailbox.read(messages))
      read.set(listed, await parsed(reading));
    for (const thread of group) yield { thread, result: documentOf(thread, read, options) };
  }
}

async function parsed(reading: Reading): Promise<Mail | CtxError> {
  if (isCtxError(reading)) return reading;
  const { bytes, tooLarge, warnings } = reading;
  const mail = await parseMail(bytes, { tooLarge });
  return warnings.length === 0 ? mail : { ...mail, warnings: [...mail.warnings, ...warnings] };
}

function documentOf(
  thread: Thread,
  read: ReadonlyMap<ListedMail, Mail | CtxError>,
  { source, mailbox: { account }, labels }: ReadThreadsOptions,
): SourceDocument | CtxError {
  const mails: MailThread<Mail>['mails'][number][] = [];
  for (const threaded of thread.mails) {
    const mail = read.get(threaded.mail);
    if (mail === undefined)
      return ctxError('source.document-failed', {
        source,
        id: thread.id,
        reason: `message ${threaded.id} did not come`,
      });
    if (isCtxError(mail)) return mail;
    // Messages that bear another's id are called by what tells them apart, in links to their files too.
    mails.push({ ...threaded, mail: { ...mail, id: threaded.id } });
  }
  const place = {
    source,
    account,
    digest: digestOf(thread, labels),
    labels: (id: string) => labels.get(id) ?? [],
  };
  return renderThread({ id: thread.id, mails }, place);
}

function* grouped<T extends Thread>(threads: Iterable<T>): Generator<T[]> {
  let group: T[] = [];
  let messages = 0;
  for (const thread of threads) {
    group.push(thread);
    messages += thread.mails.length;
    if (messages < MESSAGES_AT_ONCE) continue;
    yield group;
    group = [];
    messages = 0;
  }
  if (group.length > 0) yield group;
}
