import { createHash } from 'node:crypto';
import type { ImapFlow } from 'imapflow';
import { batches } from '../../core/concurrently.ts';
import { type CtxError, ctxError } from '../../core/errors/index.ts';
import type { Checkpoint } from '../contract.ts';
import { chooseFolders, type ImapFolder } from './imap-folders.ts';
import type { ImapSession, OpenFolder } from './imap-session.ts';
import { uidSet } from './imap-sets.ts';
import { type FolderState, firstDay, isSame, readImapState, stateOf } from './imap-state.ts';
import { needsWhole, threadHeaders } from './listed.ts';
import type { Mail } from './mail.ts';
import type { ListedMail, Mailbox, Reading, UnlistedFolder } from './mailbox.ts';
import { BEGINNING_BYTES } from './mbox.ts';
import { parseMail } from './parse.ts';

/** A message in a folder of a server. */
export interface ImapPlace {
  readonly folder: string;
  readonly uidValidity: string;
  readonly uid: number;
  readonly size: number;
}

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

type ImapMail = ListedMail<ImapPlace>;

/** What threading needs. `Received` is left out: it is the longest, and stands in for a date that few messages lack. */
const HEADERS = [
  ...['message-id', 'references', 'in-reply-to', 'date', 'subject'],
  ...['from', 'sender', 'to', 'cc', 'content-type'],
];

/** Sets of UIDs that were deleted from are long, and servers bound the length of a command. */
const UIDS_AT_ONCE = 1000;
/** A folder that others change while it is listed is listed again. */
const LISTINGS = 3;

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

  async *list(since: Checkpoint | undefined): AsyncGenerator<ImapMail | UnlistedFolder> {
    const { source, days, now } = this.#options;
    const before = readImapState(since);
    this.#from = firstDay(before.from, days, now);
    this.#folders = new Map(Object.entries(before.folders ?? {}));
    const { folders, unknown } = await this.#choose();
    for (const folder of unknown)
      yield { folder, error: ctxError('email.folder', { source, folder, reason: 'there is none' }) };
    for (const path of this.#folders.keys())
      if (unknown.length === 0 && !folders.some((folder) => folder.path === path)) this.#folders.delete(path);
    for (const folder of folders) {
      const listed = await this.#attempt(() => this.#listFolder(folder));
      if (!('refusal' in listed)) yield* listed;
      else {
        const { path } = folder;
        yield {
          folder: path,
          error: ctxError('email.folder', { source, folder: path, reason: listed.refusal }),
        };
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
    const { session, folders } = this.#options;
    const chosen = await this.#attempt(async () => {
      session.requests++;
      return chooseFolders(await session.client(), folders);
    });
    if (!('refusal' in chosen)) return chosen;
    const { source } = this.#options;
    throw ctxError('email.folder', { source, folder: String(folders), reason: chosen.refusal });
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

  async #listFolder(folder: ImapFolder): Promise<ImapMail[] | Refusal> {
    for (let attempts = 0; attempts < LISTINGS; attempts++) {
      const opened = await this.#options.session.open(folder.path, { anew: true });
      const uids = await this.#uids(opened);
      const mails = uids && (await this.#headers(opened, folder, uids));
      if (mails === undefined) continue;
      this.#folders.set(folder.path, stateOf(opened.folder));
      return mails;
    }
    return { refusal: 'not all of its messages came' };
  }

  /** What came after the folder was opened is left to the next run. Undefined if some are missing. */
  async #uids({ client, folder: { uidNext, exists } }: OpenFolder): Promise<number[] | undefined> {
    if (exists === 0) return [];
    const isAll = this.#from === 'all';
    this.#options.session.requests++;
    const answer = await client.search(isAll ? { all: true } : { since: this.#from }, { uid: true });
    // Empty is only what was answered so.
    if (!Array.isArray(answer)) throw new SearchFailed();
    const uids = uidNext > 0 ? answer.filter((uid) => uid < uidNext) : answer;
    return isAll && uids.length < exists ? undefined : uids;
  }

  /** Undefined if one of them did not come. */
  async #headers(
    { client, folder: { uidValidity } }: OpenFolder,
    folder: ImapFolder,
    uids: readonly number[],
  ): Promise<ImapMail[] | undefined> {
    const query = { uid: true, size: true, flags: true, headers: HEADERS };
    const missing = new Set(uids);
    const mails: ImapMail[] = [];
    const unclear: ImapPlace[] = [];
    const add = (place: ImapPlace, mail: Mail) => mails.push(listed(place, mail, folder));
    for (const group of batches(uids, UIDS_AT_ONCE)) {
      this.#options.session.requests++;
      for await (const message of client.fetch(uidSet(group), query, { uid: true })) {
        const { uid, size, flags, headers } = message;
        if (headers === undefined || size === undefined) continue;
        missing.delete(uid);
        if (flags?.has('\\Draft') && !folder.holdsDrafts) continue;
        const place = { folder: folder.path, uidValidity: String(uidValidity), uid, size };
        const mail = await parseMail(headers);
        if (needsWhole(mail)) unclear.push(place);
        else add(place, mail);
      }
    }
    for (const place of unclear) {
      const bytes = await this.#fetchOne(client, place);
      if (bytes === undefined) return undefined;
      add(place, await parseMail(bytes));
    }
    return missing.size === 0 ? mails : undefined;
  }

  async *#readSome(folder: string, mails: readonly ImapMail[]): AsyncGenerator<readonly [ImapMail, Reading]> {
    const { source, session, maxMessageBytes } = this.#options;
    const left = new Map(mails.map((mail) => [mail.place.uid, mail]));
    while (left.size > 0) {
      try {
        const { client, folder: opened } = await session.open(folder);
        const isSame = ([, { place }]: [number, ImapMail]) =>
          place.uidValidity === String(opened.uidValidity);
        const wanted = new Map([...left].filter(isSame));
        for await (const [uid, bytes] of this.#fetch(client, wanted)) {
          const mail = left.get(uid);
          left.delete(uid);
          if (mail) yield [mail, { bytes, tooLarge: mail.place.size > maxMessageBytes, warnings: [] }];
        }
        for (const mail of left.values())
          yield [mail, ctxError('email.changed', { source, id: mail.id, where: folder })];
        left.clear();
      } catch (error) {
        const outcome = await session.recover(error);
        if (outcome === 'again') continue;
        // One message that the server can't give is no reason to have none of the others.
        const [first, ...others] = left.values();
        if (first && others.length === 0) yield [first, unreadable(source, first, outcome.refusal)];
        else for (const mail of [first, ...others]) if (mail) yield* this.#readSome(folder, [mail]);
        left.clear();
      }
    }
  }

  /** Large messages one by one, since the same part is asked for of all messages of a command. */
  async *#fetch(
    client: ImapFlow,
    mails: ReadonlyMap<number, ImapMail>,
  ): AsyncGenerator<readonly [uid: number, bytes: Uint8Array]> {
    const { session, maxMessageBytes } = this.#options;
    const places = [...mails.values()].map(({ place }) => place);
    const [small, large] = [
      places.filter(({ size }) => size <= maxMessageBytes),
      places.filter(({ size }) => size > maxMessageBytes),
    ];
    if (small.length > 0) {
      session.requests++;
      const set = uidSet(small.map(({ uid }) => uid));
      for await (const { uid, source } of client.fetch(set, { uid: true, source: true }, { uid: true }))
        if (source) yield [uid, source];
    }
    for (const place of large) {
      const bytes = await this.#fetchOne(client, place);
      if (bytes) yield [place.uid, bytes];
    }
  }

  /** A message, or the beginning of one that is too large. */
  async #fetchOne(client: ImapFlow, { uid, size }: ImapPlace): Promise<Uint8Array | undefined> {
    const { session, maxMessageBytes } = this.#options;
    session.requests++;
    const source = size > maxMessageBytes ? { maxLength: BEGINNING_BYTES } : true;
    const message = await client.fetchOne(`${uid}`, { uid: true, source }, { uid: true });
    return message ? message.source : undefined;
  }
}

interface Refusal {
  readonly refusal: string;
}

/** As the library tells of other commands that are refused; of this one it only says that there is no answer. */
class SearchFailed extends Error {
  readonly responseStatus = 'NO';
  override readonly message = 'SEARCH failed';
}

/** Copies are told apart by their size where their headers are the same. */
function listed(place: ImapPlace, mail: Mail, { label }: ImapFolder): ImapMail {
  const digest = createHash('sha256').update(`${place.size} ${mail.digest}`).digest('hex');
  return { ...threadHeaders(mail, digest), ...(label && { label }), place };
}

function unreadable(source: string, { id }: ImapMail, reason: string): CtxError {
  return ctxError('source.document-failed', { source, id, reason });
}
