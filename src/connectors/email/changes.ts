import type { EmailSource } from '../../config/sources/email.ts';
import type { Facts } from '../../core/document.ts';
import type { Logger } from '../../core/logger.ts';
import { lacksAttachments } from '../attachments.ts';
import type { ChangesOptions, SourceEvent } from '../contract.ts';
import { unknownExclusions } from '../exclusions.ts';
import { askedFor, type EmailState, readState, writeState } from './checkpoint.ts';
import { digestOf, type Labels, labelsOf } from './digest.ts';
import { Excluded } from './excluded.ts';
import { Losses } from './losses.ts';
import type { ListedMail, Mailbox } from './mailbox.ts';
import { accountScope } from './model.ts';
import { readThreads } from './read-threads.ts';
import { type MailThread, threadMails } from './threads.ts';

/** What the configuration says of the source, and the means to read it. */
export interface EmailReader {
  readonly config: EmailSource;
  readonly mailbox: Mailbox;
  readonly log: Logger;
  /** Told of all messages that are there, by their ids in their threads. */
  readonly onListed: (mails: ReadonlyMap<string, ListedMail>) => void;
}

type Thread = MailThread<ListedMail> & { readonly messages: readonly string[] };

/**
 * One run. Threads are a function of all messages that are listed, and a document is made anew when the digest of its
 * thread is another: what a run makes depends on what the mailbox holds, and on nothing that happened before.
 */
export async function* emailChanges(
  reader: EmailReader,
  options: ChangesOptions,
): AsyncGenerator<SourceEvent> {
  const run = new Run(reader, options);
  yield* run.exclude();
  if (await run.isQuiet()) yield* run.allPresent();
  else yield* run.read();
}

class Run {
  readonly #reader: EmailReader;
  readonly #options: ChangesOptions;
  readonly #before: EmailState;
  readonly #asked: string;
  readonly #excluded: Excluded;
  /** Ids of documents to deliver anew, changed or not. */
  readonly #due: ReadonlySet<string>;
  /** Ids of threads and messages that are not what the mailbox has of them, until another run can read them. */
  readonly #unread = new Set<string>();
  #mails = new Map<string, ListedMail>();
  #labels: Labels = new Map();
  #isWhole = true;

  constructor(reader: EmailReader, options: ChangesOptions) {
    this.#reader = reader;
    this.#options = options;
    this.#before = readState(options.checkpoint);
    this.#asked = askedFor(reader.config);
    this.#excluded = new Excluded(reader.config.exclude);
    const lacking = [...options.known.values()].filter(lacksAttachments);
    this.#due = new Set([
      ...(options.again ?? []),
      ...(this.#before.unread ?? []),
      ...lacking.map(({ id }) => id),
    ]);
  }

  *exclude(): Generator<SourceEvent> {
    for (const facts of this.#options.known.values())
      if (this.#isExcluded(facts)) yield { type: 'delete', id: facts.id, reason: 'excluded' };
  }

  /** Whether nothing is to be done, by what the mailbox says of itself. */
  async isQuiet(): Promise<boolean> {
    const { asked, mailbox, unsettled, progress } = this.#before;
    const isOpen = this.#options.full || unsettled || progress || asked !== this.#asked || this.#due.size > 0;
    return !isOpen && mailbox !== undefined && this.#reader.mailbox.isUnchanged(mailbox);
  }

  *allPresent(): Generator<SourceEvent> {
    for (const facts of this.#options.known.values())
      if (!this.#isExcluded(facts)) yield { type: 'present', id: facts.id };
  }

  async *read(): AsyncGenerator<SourceEvent> {
    const { mailbox } = this.#reader;
    const threads = yield* this.#list();
    const named = new Set(threads.map(({ id }) => id));
    yield { type: 'expect', documents: threads.length };
    const toRead: Thread[] = [];
    const losses = this.#isWhole ? undefined : new Losses(this.#options.known.values());
    for (const thread of threads) {
      const losing = losses?.by(thread) ?? [];
      if (losing.length > 0) this.#postpone([...losing, thread.id, ...thread.messages]);
      else if (this.#isDue(thread)) toRead.push(thread);
      else yield { type: 'present', id: thread.id };
    }
    yield* this.#deliver(toRead);
    let areGone = false;
    for (const facts of this.#options.known.values()) {
      if (named.has(facts.id) || this.#isExcluded(facts)) continue;
      const event = this.#fateOf(facts);
      if (event) yield event;
      if (event?.type !== 'present') areGone = true;
    }
    if (this.#isWhole) for (const scope of this.#scopes()) yield { type: 'complete', scope };
    // Where documents go that are not to, the next run reads what this one did.
    const state = areGone ? this.#before.mailbox : mailbox.state();
    yield {
      type: 'checkpoint',
      value: writeState({
        ...{ asked: this.#asked, ...(state && { mailbox: state }) },
        ...{ unsettled: areGone || !this.#isWhole, unread: this.#unread },
      }),
    };
  }

  async *#list(): AsyncGenerator<SourceEvent, Thread[]> {
    const { config, mailbox, log, onListed } = this.#reader;
    const mails: ListedMail[] = [];
    for await (const found of mailbox.list(this.#before.mailbox)) {
      this.#options.signal.throwIfAborted();
      if (!('error' in found)) mails.push(found);
      else {
        this.#isWhole = false;
        yield { type: 'failed', scope: accountScope(mailbox.account), error: found.error };
      }
    }
    const threads = threadMails(mails);
    this.#labels = labelsOf(mails, threads);
    this.#mails = new Map(threads.flatMap((thread) => thread.mails.map(({ id, mail }) => [id, mail])));
    onListed(this.#mails);
    const unknown = this.#excluded.unknown(threads);
    if (this.#isWhole && mails.length === 0) log.warn(`${config.id}: no mail was found`);
    else if (this.#isWhole && unknown.length > 0) log.warn(unknownExclusions(config.id, unknown));
    return threads
      .map((thread) => ({ ...thread, messages: thread.mails.map(({ id }) => id) }))
      .filter((thread) => !this.#excluded.has(thread));
  }

  #isDue(thread: Thread): boolean {
    const { known, full } = this.#options;
    const { progress, mailbox } = this.#before;
    const isRead = progress !== undefined && thread.id <= progress.upTo;
    if (full || (progress?.full && !isRead) || this.#due.has(thread.id)) return true;
    if (known.get(thread.id)?.fields?.digest !== digestOf(thread, this.#labels)) return true;
    const since = isRead ? progress.mailbox : mailbox;
    return thread.mails.some(({ mail }) => this.#reader.mailbox.isNew(mail, since));
  }

  async *#deliver(threads: readonly Thread[]): AsyncGenerator<SourceEvent> {
    const { config, mailbox } = this.#reader;
    const input = { source: config.id, mailbox, labels: this.#labels };
    for await (const { thread, result } of readThreads(threads, input)) {
      this.#options.signal.throwIfAborted();
      const { id } = thread;
      if ('facts' in result) yield { type: 'upsert', document: result };
      else {
        this.#postpone([id, ...thread.messages]);
        yield { type: 'failed', id, error: result };
      }
      yield { type: 'resumable', checkpoint: () => writeState(this.#soFar(id)) };
    }
  }

  #postpone(ids: Iterable<string>): void {
    for (const id of ids) this.#unread.add(id);
  }

  #soFar(upTo: string): EmailState {
    const { mailbox, progress } = this.#before;
    const isFull = this.#options.full || progress?.full;
    return {
      ...{ asked: this.#asked, unread: [...this.#due, ...this.#unread] },
      ...(mailbox && { mailbox }),
      progress: { upTo, mailbox: this.#reader.mailbox.state(), ...(isFull && { full: true }) },
    };
  }

  /** What is told of a document that no thread is called like any more; undefined if its messages are not there. */
  #fateOf({ id, aliases = [], updated = '' }: Facts): SourceEvent | undefined {
    const { from } = this.#reader.mailbox;
    // What was read before the window was known is not listed, and no less there.
    const isBeyond = this.#before.mailbox === undefined && from !== undefined && updated < from;
    const messages = [id, ...aliases];
    if (isBeyond || messages.some((message) => this.#unread.has(message))) return { type: 'present', id };
    const isElsewhere = messages.some((message) => this.#mails.has(message));
    return isElsewhere ? { type: 'delete', id, reason: 'moved-out' } : undefined;
  }

  /** All that the source's documents are of: one of a former account is named by this one's mailbox, or gone. */
  #scopes(): Iterable<string> {
    const spaces = Array.from(this.#options.known.values(), ({ space }) => space ?? []).flat();
    return new Set([this.#reader.mailbox.account, ...spaces].map(accountScope));
  }

  #isExcluded({ id, aliases = [] }: Facts): boolean {
    return this.#excluded.has({ id, messages: aliases });
  }
}
