import { fromSlack } from '../../markdown/from-slack.ts';
import { linkDocument, writeMarkdown } from '../../markdown/index.ts';
import type { Chosen } from './channels.ts';
import { isoOf } from './days.ts';
import type { ChannelKind } from './model.ts';
import { authorOf, type RenderOptions, readContext } from './render.ts';
import type { Message } from './schema.ts';

/** A message as `ctx slack export` writes it: a line of JSON. */
export type OwnMessage = {
  /** As Slack has it: mrkdwn, with ids of people and channels. */
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

export interface RecordOptions extends Pick<RenderOptions, 'site' | 'people' | 'channels'> {
  readonly channel: Chosen;
}

/** `root` is the one that a reply answers, if it is known. */
export function recordOf(
  message: Message,
  root: Message | undefined,
  options: RecordOptions & { readonly isContext: boolean },
): OwnMessage {
  const { channel, people, isContext } = options;
  const { ts, text, thread_ts: thread, files, attachments, reactions, edited } = message;
  const { root: tree } = fromSlack({ ...message, attachments: undefined }, readContext(options, ts));
  return {
    text: typeof text === 'string' ? text : '',
    text_md: linkDocument(writeMarkdown(tree), (url) => url).trimEnd(),
    ts,
    time: isoOf(ts),
    channel_id: channel.id,
    channel_name: channel.name,
    channel_type: channel.kind,
    thread_ts: thread ?? null,
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
