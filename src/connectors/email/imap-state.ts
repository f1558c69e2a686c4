import type { MailboxObject } from 'imapflow';
import type { Checkpoint } from '../contract.ts';

/**
 * What a folder was. Messages never change and their flags are not read, so that these three tell whether any came or went:
 * there is no need of modification sequences.
 */
export type FolderState = {
  readonly uidValidity: string;
  readonly uidNext: number;
  readonly exists: number;
};

export type ImapState = {
  /** The day of arrival from which on messages are read, or all. */
  readonly from: string;
  readonly folders: { readonly [path: string]: FolderState };
};

export function readImapState(checkpoint: Checkpoint | undefined): Partial<ImapState> {
  return (checkpoint ?? {}) as Partial<ImapState>;
}

export function stateOf({ uidValidity, uidNext, exists }: MailboxObject): FolderState {
  // Of servers that do not say what comes next, every listing is of new messages.
  return { uidValidity: String(uidValidity), uidNext: uidNext ?? 0, exists };
}

/** A server that does not say what comes next says nothing about what came. */
export function isSame(a: FolderState | undefined, b: FolderState): boolean {
  return (
    b.uidNext > 0 && a?.uidValidity === b.uidValidity && a.uidNext === b.uidNext && a.exists === b.exists
  );
}

/** The first day of a window: the earlier one of where it began and of where a configuration would begin it now. */
export function firstDay(before: string | undefined, days: number | 'all', now: number): string {
  if (before === 'all' || days === 'all') return 'all';
  const today = new Date(now - days * DAY_MS).toISOString().slice(0, 10);
  return before !== undefined && before < today ? before : today;
}

const DAY_MS = 24 * 60 * 60 * 1000;
