import { createHash } from 'node:crypto';
import type { ImapFlow, SearchObject } from 'imapflow';
import { batches } from '../../core/concurrently.ts';
import type { ImapFolder } from './imap-folders.ts';
import { type ImapSession, isRefusal, type OpenFolder } from './imap-session.ts';
import { uidSet } from './imap-sets.ts';
import { type FolderState, stateOf } from './imap-state.ts';
import { needsWhole, threadHeaders } from './listed.ts';
import type { Mail } from './mail.ts';
import type { ListedMail } from './mailbox.ts';
import { BEGINNING_BYTES } from './mbox.ts';
import { parseMail } from './parse.ts';

/** A message in a folder of a server. */
export interface ImapPlace {
  readonly folder: string;
  readonly uidValidity: string;
  readonly uid: number;
  /** In bytes. */
  readonly size: number;
}

export type ImapMail = ListedMail<ImapPlace>;

/** What the server said instead of an answer. */
export interface Refusal {
  readonly refusal: string;
}

export interface ListedFolder {
  readonly state: FolderState;
  readonly mails: readonly ImapMail[];
  /** UIDs of messages that the server could not give. */
  readonly unreadable: readonly number[];
}

/** What threading needs. `Received` is left out: it is the longest, and stands in for a date that few messages lack. */
const HEADERS = [
  ...['message-id', 'references', 'in-reply-to', 'date', 'subject'],
  ...['from', 'sender', 'to', 'cc', 'content-type'],
];

/** Sets of UIDs that were deleted from are long, and servers bound the length of a command. */
export const UIDS_AT_ONCE = 1000;
/** A folder that others change while it is listed is listed again. */
const LISTINGS = 3;
/** A server with more messages that it can't give has a trouble that is not theirs. */
const MAX_UNREADABLE = 20;

/** The listing of one folder. What it has stays when the connection breaks, and the next attempt asks for the rest. */
export class FolderListing {
  readonly #session: ImapSession;
  readonly #folder: ImapFolder;
  readonly #from: string;
  readonly #maxMessageBytes: number;
  #uidValidity = '';
  readonly #mails = new Map<number, ImapMail>();
  readonly #drafts = new Set<number>();
  readonly #culprits: Culprits;

  /** `from`: the day of arrival from which on messages are listed, or `all`. */
  constructor(
    session: ImapSession,
    folder: ImapFolder,
    { from, maxMessageBytes }: { readonly from: string; readonly maxMessageBytes: number },
  ) {
    this.#session = session;
    this.#folder = folder;
    this.#from = from;
    this.#maxMessageBytes = maxMessageBytes;
    this.#culprits = new Culprits();
  }

  /** All of the folder, or a refusal: an answer that leaves a message out is none. Fails when the connection breaks. */
  async read(): Promise<ListedFolder | Refusal> {
    for (let attempts = 0; attempts < LISTINGS; ) {
      const opened = await this.#session.open(this.#folder.path, { anew: true });
      this.#forgetOther(String(opened.folder.uidValidity));
      const uids = await this.#uids(opened);
      const missing = uids?.filter((uid) => !this.#isSettled(uid)) ?? [];
      try {
        await this.#fetch(opened.client, missing);
      } catch (error) {
        const rest = missing.filter((uid) => !this.#isSettled(uid));
        this.#culprits.blame(rest[0], isRefusal(error));
        if (!isRefusal(error) || this.#culprits.found.size > MAX_UNREADABLE) throw error;
        continue;
      }
      attempts++;
      if (!uids?.every((uid) => this.#isSettled(uid))) continue;
      const mails = uids.flatMap((uid) => this.#mails.get(uid) ?? []);
      const unreadable = uids.filter((uid) => this.#culprits.found.has(uid));
      return { state: stateOf(opened.folder), mails, unreadable };
    }
    return { refusal: 'not all of its messages came' };
  }

  #isSettled(uid: number): boolean {
    return this.#mails.has(uid) || this.#drafts.has(uid) || this.#culprits.found.has(uid);
  }

  #forgetOther(uidValidity: string): void {
    if (uidValidity === this.#uidValidity) return;
    this.#uidValidity = uidValidity;
    for (const known of [this.#mails, this.#drafts, this.#culprits.found]) known.clear();
  }

  /** What came after the folder was opened is left to the next run. Undefined if some are missing. */
  async #uids({ client, folder: { uidNext, exists } }: OpenFolder): Promise<number[] | undefined> {
    if (exists === 0) return [];
    const from = this.#from;
    const answer = await this.#search(client, from === 'all' ? { all: true } : { since: from });
    // Each message is on one of both sides, so that none is missed by an answer that was cut.
    const before = from === 'all' ? [] : await this.#search(client, { before: from });
    if (answer.length + before.length < exists) return undefined;
    return uidNext > 0 ? answer.filter((uid) => uid < uidNext) : answer;
  }

  async #search(client: ImapFlow, query: SearchObject): Promise<number[]> {
    this.#session.requests++;
    const answer = await client.search(query, { uid: true });
    // Empty is only what was answered so.
    if (!Array.isArray(answer)) throw new SearchFailed();
    return answer;
  }

  async #fetch(client: ImapFlow, uids: readonly number[]): Promise<void> {
    const { path, holdsDrafts } = this.#folder;
    // https://developers.google.com/workspace/gmail/imap/imap-extensions#access_to_the_gmail_thread_id_x-gm-thrid
    const threadId = client.capabilities.has('X-GM-EXT-1');
    const query = { uid: true, size: true, flags: true, headers: HEADERS, threadId };
    const unclear: [place: ImapPlace, thread: string | undefined][] = [];
    for (const group of batches(uids, UIDS_AT_ONCE)) {
      this.#session.requests++;
      for await (const message of client.fetch(uidSet(group), query, { uid: true })) {
        const { uid, size, flags, headers, threadId: thread } = message;
        if (headers === undefined || size === undefined) continue;
        this.#session.noteProgress();
        if (flags?.has('\\Draft') && !holdsDrafts) this.#drafts.add(uid);
        else {
          const place = { folder: path, uidValidity: this.#uidValidity, uid, size };
          const mail = await parseMail(headers);
          if (needsWhole(mail)) unclear.push([place, thread]);
          else this.#add(place, mail, thread);
        }
      }
    }
    for (const [place, thread] of unclear) {
      const bytes = await fetchMessage(this.#session, client, place, this.#maxMessageBytes);
      if (bytes) this.#add(place, await parseMail(bytes), thread);
    }
  }

  /** Copies are told apart by their size where their headers are the same. */
  #add(place: ImapPlace, mail: Mail, thread: string | undefined): void {
    const { label } = this.#folder;
    const digest = createHash('sha256').update(`${place.size} ${mail.digest}`).digest('hex');
    const headers = { ...threadHeaders(mail, digest), ...(thread && { thread }) };
    this.#mails.set(place.uid, { ...headers, ...(label && { label }), place });
  }
}

/** A message, or the beginning of one that is too large. */
export async function fetchMessage(
  session: ImapSession,
  client: ImapFlow,
  { uid, size }: ImapPlace,
  maxMessageBytes: number,
): Promise<Uint8Array | undefined> {
  session.requests++;
  const source = size > maxMessageBytes ? { maxLength: BEGINNING_BYTES } : true;
  const message = await client.fetchOne(`${uid}`, { uid: true, source }, { uid: true });
  return message ? message.source : undefined;
}

/**
 * Which messages are the reason that answers break off: some servers end the connection over a message that they can't
 * read. Answers come in the order of UIDs, so that it is the first that did not come; of a connection that breaks, once may
 * be an accident.
 */
export class Culprits {
  readonly found = new Set<number>();
  readonly #breaks = new Map<number, number>();

  blame(uid: number | undefined, isRefusal: boolean): void {
    if (uid === undefined) return;
    const breaks = (this.#breaks.get(uid) ?? 0) + 1;
    this.#breaks.set(uid, breaks);
    if (isRefusal || breaks > 1) this.found.add(uid);
  }
}

/** As the library tells of other commands that are refused; of this one it only says that there is no answer. */
class SearchFailed extends Error {
  readonly responseStatus = 'NO';
  override readonly message = 'SEARCH failed';
}
