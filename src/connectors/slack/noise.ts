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
