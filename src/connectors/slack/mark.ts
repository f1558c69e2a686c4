import { isDeleted, isTalk } from './noise.ts';
import type { Message } from './schema.ts';

/**
 * What of a message its text does not show, in a comment at the end of its heading:
 * `<!-- 1772438400.000100 U012AB3CD reactions -->`. There it stands beside what it is about, and only who reads the message
 * reads it; each run holds the frontmatter of all documents.
 */
export interface Mark {
  readonly ts: string;
  /** Who wrote it, by id, if it was a person. */
  readonly user?: string;
  /** It is no person's talk: of a bot, of Slack, or deleted. */
  readonly isNotice: boolean;
  /** A reply that was sent to the channel too. */
  readonly isBroadcast: boolean;
  /** How many blocks of its own stand before what links and apps have added; undefined if they have added nothing. */
  readonly own?: number;
  /** Behind its text comes a list of files. */
  readonly hasFiles: boolean;
  /** Its last line is that of the reactions. */
  readonly hasReactions: boolean;
}

/** `countOwn` is asked only of a message to which something was added. */
export function markOf(message: Message, countOwn: () => number): Mark {
  const { ts, user, subtype, attachments, files, reactions } = message;
  return {
    ts,
    ...(user && !isDeleted(message) && /^[A-Z][A-Z0-9]+$/.test(user) && { user }),
    isNotice: !isTalk(message),
    isBroadcast: subtype === 'thread_broadcast',
    ...(isFilled(attachments) && { own: countOwn() }),
    hasFiles: isFilled(files),
    hasReactions: isFilled(reactions),
  };
}

const isFilled = (list: unknown): boolean => Array.isArray(list) && list.length > 0;

export function writeMark({ ts, user, isNotice, isBroadcast, own, hasFiles, hasReactions }: Mark): string {
  const words = [
    ts,
    ...(user === undefined ? [] : [user]),
    ...(isNotice ? ['notice'] : []),
    ...(isBroadcast ? ['broadcast'] : []),
    ...(own === undefined ? [] : [`own=${own}`]),
    ...(hasFiles ? ['files'] : []),
    ...(hasReactions ? ['reactions'] : []),
  ];
  return `<!-- ${words.join(' ')} -->`;
}

const FORM =
  /^<!-- (\d+\.\d{6})(?: ([A-Z][A-Z0-9]+))?( notice)?( broadcast)?(?: own=(\d+))?( files)?( reactions)? -->$/;

/** Undefined for a comment of another kind. */
export function readMark(comment: string): Mark | undefined {
  const [, ts, user, notice, broadcast, own, files, reactions] = FORM.exec(comment) ?? [];
  if (ts === undefined) return undefined;
  return {
    ts,
    ...(user !== undefined && { user }),
    isNotice: notice !== undefined,
    isBroadcast: broadcast !== undefined,
    ...(own !== undefined && { own: Number(own) }),
    hasFiles: files !== undefined,
    hasReactions: reactions !== undefined,
  };
}
