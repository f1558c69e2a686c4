import type { Warning } from '../../core/document.ts';
import type { CtxError } from '../../core/errors/index.ts';
import type { Checkpoint, Probe } from '../contract.ts';
import type { ThreadHeaders } from './threads.ts';

/** A message as its mailbox lists it: what threading needs, and where its bytes are. */
export interface ListedMail<Place = unknown> extends ThreadHeaders {
  /** The folder that it is in, as a label; absent where that says nothing. */
  readonly label?: string;
  readonly place: Place;
}

/** A folder that could not be listed. */
export interface UnlistedFolder {
  readonly folder: string;
  readonly error: CtxError;
}

/** A message's bytes (its beginning, if it is too large), or why it could not be had. */
export type Reading =
  | { readonly bytes: Uint8Array; readonly tooLarge: boolean; readonly warnings: readonly Warning[] }
  | CtxError;

/**
 * The messages of one account, on a server or on this machine. Its methods throw when nothing of it can be trusted, and are
 * called one after another.
 */
export interface Mailbox<Place = unknown> {
  /** The folder of its documents. */
  readonly account: string;
  /** Whether no message can have come or gone since a run that ended with this state, by what the mailbox says of itself. */
  isUnchanged(since: Checkpoint): Promise<boolean>;
  /** The time (ISO 8601) from which on messages are listed, if not from the first one on. */
  readonly from: string | undefined;
  /**
   * All messages that are to be read, in any order, and the folders that could not be listed. `since` is what it was when it
   * was listed before.
   */
  list(since: Checkpoint | undefined): AsyncIterable<ListedMail<Place> | UnlistedFolder>;
  /** What it was when it was listed; of folders that could not be, what `since` has of them. */
  state(): Checkpoint;
  /**
   * Whether a message came after a state, so that its listing may be that of another which it replaced. Never where
   * listings tell contents apart.
   */
  isNew(mail: ListedMail<Place>, since: Checkpoint | undefined): boolean;
  /** Messages of the last listing, each once, in any order. */
  read(mails: readonly ListedMail<Place>[]): AsyncIterable<readonly [ListedMail<Place>, Reading]>;
  /** Looks for what the configuration names, and reads no message. */
  probe(): Promise<Probe>;
  /** Requests sent so far. */
  readonly requests: number;
  close(): Promise<void>;
}

export const MAX_MESSAGE_BYTES = 25 * 1024 * 1024;

/** What base64 and its line ends make of a byte. */
const ENCODED = 1.4;

/** The largest message to hold whole, so that files of so many bytes can be had; 0 for none. */
export function messageLimit(maxFileBytes: number): number {
  return Math.max(MAX_MESSAGE_BYTES, Math.ceil(maxFileBytes * ENCODED));
}
