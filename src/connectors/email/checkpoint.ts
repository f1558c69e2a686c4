import { createHash } from 'node:crypto';
import type { EmailSource } from '../../config/sources/email.ts';
import type { Checkpoint } from '../contract.ts';

/** What a source of mail remembers. All of it is absent before the first run. */
export interface EmailState {
  /** What was asked for; another choice is a reason to list. */
  readonly asked?: string;
  /** What the mailbox was when all of it had been read. */
  readonly mailbox?: Checkpoint;
  /** True if some of it could not be listed, or documents were to go, which may be held back: it is to be listed again. */
  readonly unsettled?: boolean;
  /** Ids of threads and messages whose documents are not what the mailbox had. */
  readonly unread?: Iterable<string>;
  /** Of a run that was interrupted. */
  readonly progress?: Progress;
}

export interface Progress {
  /** Threads are read in the order of their ids; this was the last. */
  readonly upTo: string;
  /** What the mailbox was. */
  readonly mailbox: Checkpoint;
  /** True if all threads were to be read, changed or not. */
  readonly full?: boolean;
}

export function readState(checkpoint: Checkpoint | undefined): EmailState {
  return (checkpoint ?? {}) as EmailState;
}

/** Without what says nothing. */
export function writeState({ asked, mailbox, unsettled, unread = [], progress }: EmailState): Checkpoint {
  const ids = [...new Set(unread)].sort();
  return {
    ...(asked !== undefined && { asked }),
    ...(mailbox && { mailbox }),
    ...(unsettled && { unsettled }),
    ...(ids.length > 0 && { unread: ids }),
    ...(progress && { progress: { ...progress } }),
  };
}

/** Names the choice of messages that a configuration makes. */
export function askedFor({ exclude, folders, days }: EmailSource): string {
  const choice = JSON.stringify([[...exclude].sort(), folders ?? null, days ?? null]);
  return createHash('sha256').update(choice).digest('hex').slice(0, 16);
}
