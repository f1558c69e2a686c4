import type { ImapFlow } from 'imapflow';
import { batches } from '../../core/concurrently.ts';
import { counted } from '../../core/counted.ts';
import { ctxError } from '../../core/errors/index.ts';
import type { Checkpoint, Probe } from '../contract.ts';
import { chooseFolders } from './imap-folders.ts';
import {
  Culprits,
  FolderListing,
  fetchMessage,
  type ImapMail,
  type ImapPlace,
  type Refusal,
  UIDS_AT_ONCE,
} from './imap-listing.ts';
import { type ImapSession, isRefusal } from './imap-session.ts';
import { uidSet } from './imap-sets.ts';
import { type FolderState, firstDay, isSame, readImapState, stateOf } from './imap-state.ts';
import type { Mailbox, Reading, UnlistedFolder } from './mailbox.ts';

export interface ImapMailboxOptions {
  readonly source: string;
  readonly account: string;
  readonly session: ImapSession;
  readonly folders: 'all' | readonly string[];
  readonly days: number | 'all';
  /** In milliseconds since the epoch. */
  readonly now: number;
  /** Of larger messages there is the beginning alone. */
  readonly maxMessageBytes: number;
}

/** A mailbox on its server, read through one connection. */
export class ImapMailbox implements Mailbox<ImapPlace> {
  readonly account: string;
  readonly #options: ImapMailboxOptions;
  #from: string;
  #folders = new Map<string, FolderState>();

  constructor(options: ImapMailboxOptions) {
    this.#options = options;
    this.account = options.account;
    this.#from = firstDay(undefined, options.days, options.now);
  }

  get from(): string | undefined {
    return this.#from === 'all' ? undefined : this.#from;
  }

  get requests(): number {
    return this.#options.session.requests;
  }

  async isUnchanged(since: Checkpoint): Promise<boolean> {
    const { session, days, now } = this.#options;
    const before = readImapState(since);
    if (before.from === undefined || firstDay(before.from, days, now) !== before.from) return false;
    const { folders, unknown } = await this.#choose();
    const known = before.folders ?? {};
    if (unknown.length > 0 || folders.length !== Object.keys(known).length) return false;
    for (const { path } of folders) {
      const opened = await this.#attempt(() => session.open(path, { anew: true }));
      if ('refusal' in opened || !isSame(known[path], stateOf(opened.folder))) return false;
    }
    return true;
  }

  async probe(): Promise<Probe> {
    const { folders, unknown } = await this.#choose();
    return {
      found: [counted(folders.length, 'folder')],
      problems: unknown.map((path) => this.#unlisted(path, 'there is none').error),
    };
  }

  async *list(since: Checkpoint | undefined): AsyncGenerator<ImapMail | UnlistedFolder> {
    const { session, days, now } = this.#options;
    const before = readImapState(since);
    this.#from = firstDay(before.from, days, now);
    const { folders, unknown } = await this.#choose();
    for (const path of unknown) yield this.#unlisted(path, 'there is none');
    const asked = [...unknown, ...folders.map(({ path }) => path)];
    this.#folders = new Map(Object.entries(before.folders ?? {}).filter(([path]) => asked.includes(path)));
    for (const folder of folders) {
      const { path } = folder;
      const listing = new FolderListing(session, folder, { ...this.#options, from: this.#from });
      const listed = await this.#attempt(() => listing.read());
      if ('refusal' in listed) yield this.#unlisted(path, listed.refusal);
      else {
        yield* listed.mails;
        const count = listed.unreadable.length;
        const { source } = this.#options;
        if (count > 0)
          yield { folder: path, error: ctxError('email.unlisted', { source, folder: path, count }) };
        this.#folders.set(path, listed.state);
      }
    }
  }

  state(): Checkpoint {
    const folders = [...this.#folders].sort(([a], [b]) => (a < b ? -1 : 1));
    return { from: this.#from, folders: Object.fromEntries(folders) };
  }

  isNew({ place }: ImapMail, since: Checkpoint | undefined): boolean {
    const folder = readImapState(since).folders?.[place.folder];
    return folder?.uidValidity !== place.uidValidity || place.uid >= folder.uidNext;
  }

  async *read(mails: readonly ImapMail[]): AsyncGenerator<readonly [ImapMail, Reading]> {
    for (const [folder, own] of Map.groupBy(mails, ({ place }) => place.folder))
      for (const group of batches(own, UIDS_AT_ONCE)) yield* this.#readSome(folder, group);
  }

  close(): Promise<void> {
    return this.#options.session.close();
  }

  async #choose() {
    const { source, session, folders } = this.#options;
    const chosen = await this.#attempt(async () => {
      session.requests++;
      return chooseFolders(await session.client(), folders);
    });
    if (!('refusal' in chosen)) return chosen;
    throw ctxError('email.folder', { source, folder: String(folders), reason: chosen.refusal });
  }

  #unlisted(folder: string, reason: string): UnlistedFolder {
    const { source } = this.#options;
    return { folder, error: ctxError('email.folder', { source, folder, reason }) };
  }

  /** Does it again where the connection breaks; a refusal of the server is an answer. */
  async #attempt<T extends object>(work: () => Promise<T>): Promise<T | Refusal> {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        const outcome = await this.#options.session.recover(error);
        if (outcome !== 'again') return outcome;
      }
    }
  }

  async *#readSome(folder: string, mails: readonly ImapMail[]): AsyncGenerator<readonly [ImapMail, Reading]> {
    const { source, session, maxMessageBytes } = this.#options;
    const left = new Map(
      mails.toSorted((a, b) => a.place.uid - b.place.uid).map((mail) => [mail.place.uid, mail]),
    );
    const culprits = new Culprits();
    while (left.size > 0) {
      let problem: unknown;
      try {
        const { client, folder: opened } = await session.open(folder);
        const uidValidity = String(opened.uidValidity);
        const there = [...left.values()].filter(({ place }) => place.uidValidity === uidValidity);
        for await (const [uid, bytes] of this.#bodies(client, there)) {
          const mail = left.get(uid);
          left.delete(uid);
          session.noteProgress();
          if (mail) yield [mail, { bytes, tooLarge: mail.place.size > maxMessageBytes, warnings: [] }];
        }
      } catch (error) {
        problem = error;
      }
      if (problem === undefined) {
        for (const mail of left.values())
          yield [mail, ctxError('email.changed', { source, id: mail.id, where: folder })];
        return;
      }
      const [first] = left.values();
      const outcome = await session.recover(problem);
      culprits.blame(first?.place.uid, isRefusal(problem));
      // One message that the server can't give is no reason to have none of the others.
      if (!first || !culprits.found.has(first.place.uid)) continue;
      const reason = outcome === 'again' ? 'the server ends the connection over it' : outcome.refusal;
      left.delete(first.place.uid);
      yield [first, ctxError('source.document-failed', { source, id: first.id, reason })];
    }
  }

  /** Large messages one by one: of those of one command, the same part is asked for. */
  async *#bodies(
    client: ImapFlow,
    mails: readonly ImapMail[],
  ): AsyncGenerator<readonly [uid: number, bytes: Uint8Array]> {
    const { session, maxMessageBytes } = this.#options;
    const places = mails.map(({ place }) => place);
    const small = places.filter(({ size }) => size <= maxMessageBytes);
    if (small.length > 0) {
      session.requests++;
      const set = uidSet(small.map(({ uid }) => uid));
      for await (const { uid, source } of client.fetch(set, { uid: true, source: true }, { uid: true }))
        if (source) yield [uid, source];
    }
    for (const place of places.filter(({ size }) => size > maxMessageBytes)) {
      const bytes = await fetchMessage(session, client, place, maxMessageBytes);
      if (bytes) yield [place.uid, bytes];
    }
  }
}
