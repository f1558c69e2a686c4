import type { Message } from './schema.ts';

/**
 * What people did to a channel, which Slack tells as if it were said.
 * https://docs.slack.dev/reference/events/message#subtypes
 */
const JOINS = new Set(
  ['channel', 'group'].flatMap((kind) =>
    ['archive', 'join', 'leave', 'name', 'purpose', 'topic', 'unarchive'].map((what) => `${kind}_${what}`),
  ),
);

/** Whether a message is left out, by what the configuration asks for. A thread never is: people talked there. */
export function isNoise(
  { subtype, bot_id: bot }: Message,
  { bots, joins }: { readonly bots: boolean; readonly joins: boolean },
): boolean {
  if (JOINS.has(subtype ?? '')) return !joins;
  return !bots && (subtype === 'bot_message' || Boolean(bot));
}

/** What becomes of a deleted message that others have replied to. */
export function isDeleted({ subtype }: Message): boolean {
  return subtype === 'tombstone';
}

/** What somebody said, and not what a bot posts or Slack tells of a channel. */
export function isTalk(message: Message): boolean {
  return !isDeleted(message) && !isNoise(message, { bots: false, joins: false });
}
