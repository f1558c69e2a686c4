import { isRoot } from './channel.ts';
import type { Chosen } from './channels.ts';
import { isoOf } from './days.ts';
import type { ChannelKind } from './model.ts';
import type { People } from './people.ts';
import { authorOf } from './render.ts';
import type { Message } from './schema.ts';

/** A message as `ctx slack export` writes it: a line of JSON. */
export type OwnMessage = {
  /** As Slack has it: mrkdwn, with ids of people and channels. From the repository, the same as `text_md`. */
  readonly text: string;
  /** What it shows, as markdown, without previews of links and quotes of others. */
  readonly text_md: string;
  /** Slack's own time of it, which is its name within its channel. */
  readonly ts: string;
  /** The same as ISO 8601 in UTC. */
  readonly time: string;
  readonly channel_id: string;
  /** Without `#`. */
  readonly channel_name: string;
  readonly channel_type: ChannelKind;
  /** That of the root of its thread; null outside of threads. */
  readonly thread_ts: string | null;
  readonly is_thread_reply: boolean;
  /** The root of the thread; null if it answers none. */
  readonly reply_to: { readonly ts: string; readonly author: string } | null;
  /** How many have reacted, by the name of the emoji. */
  readonly reactions: { readonly [name: string]: number };
  /** Files, or what a link or an app has added. */
  readonly has_attachments: boolean;
  readonly edited: boolean;
  /** Somebody else's, which is there for what was said beside it. */
  readonly context?: true;
  readonly author?: string;
};

export interface RecordOptions {
  readonly channel: Chosen;
  readonly people: People;
  readonly textsOf: (message: Message) => Pick<OwnMessage, 'text' | 'text_md'>;
}

/** `root` is the one that a reply answers, if it is known. */
export function recordOf(
  message: Message,
  root: Message | undefined,
  options: RecordOptions & { readonly isContext: boolean },
): OwnMessage {
  const { channel, people, isContext } = options;
  const { ts, thread_ts: thread, files, attachments, reactions, edited } = message;
  return {
    ...options.textsOf(message),
    ts,
    time: isoOf(ts),
    channel_id: channel.id,
    channel_name: channel.name,
    channel_type: channel.kind,
    thread_ts: isReply(message) || isRoot(message) ? (thread ?? null) : null,
    is_thread_reply: isReply(message),
    reply_to: isReply(message) ? { ts: message.thread_ts, author: authorOf(root ?? { ts }, people) } : null,
    reactions: Object.fromEntries((reactions ?? []).map(({ name, count }) => [name, count ?? 1])),
    has_attachments: [files, attachments].some((list) => Array.isArray(list) && list.length > 0),
    edited: edited != null,
    ...(isContext && { context: true, author: authorOf(message, people) }),
  };
}

/** Whether a message answers another. */
export function isReply(message: Message): message is Message & { readonly thread_ts: string } {
  return message.thread_ts != null && message.thread_ts !== message.ts;
}
