import { beginEdit, channelOf, eraseMessage, logOf, messageOf, writeMessage } from './journal.ts';
import { findMessage, repliesTo } from './log.ts';
import { readTs } from './timestamps.ts';
import { type Json, type Message, SLACKBOT, type SlackWorkspace, type Subtype } from './workspace.ts';

export interface NewMessage {
  /** Default: whom the user's token acts for. */
  readonly by?: string;
  /** mrkdwn; left out for a message that has no text at all. */
  readonly text?: string;
  readonly subtype?: Subtype;
  readonly blocks?: readonly Json[];
  readonly attachments?: readonly Json[];
  readonly fileIds?: readonly string[];
  /** Default: now. The channel must have no other message of that time. */
  readonly ts?: string;
}

/** Posts to a channel. Returns the message's `ts`. */
export function postMessage(workspace: SlackWorkspace, channel: string, message: NewMessage): string {
  return post(workspace, channel, { user: message.by ?? workspace.userId, ...contentOf(message) }, message);
}

export interface BotMessage extends Omit<NewMessage, 'by' | 'subtype'> {
  /** A bot of the workspace, by its id. */
  readonly bot: string;
  /** Default: the bot's own name. */
  readonly username?: string;
}

/** Posts the way that integrations of old do: without a user. */
export function postBotMessage(workspace: SlackWorkspace, channel: string, message: BotMessage): string {
  const bot = workspace.bots.get(message.bot);
  if (bot === undefined) throw new Error(`the workspace has no bot ${message.bot}`);
  const sender = { subtype: 'bot_message', botId: bot.id, username: message.username ?? bot.name } as const;
  return post(workspace, channel, { ...contentOf(message), ...sender }, message);
}

/** Answers in the thread of a root, or of an answer to it; `broadcast` shows the answer in the channel too. */
export function reply(
  workspace: SlackWorkspace,
  channel: string,
  to: string,
  message: NewMessage & { readonly broadcast?: boolean },
): string {
  const target = messageOf(workspace, channel, to);
  const threadTs = target.threadTs ?? target.ts;
  const subtype = message.broadcast === true ? { subtype: 'thread_broadcast' as const } : {};
  const user = message.by ?? workspace.userId;
  return post(workspace, channel, { user, ...contentOf(message), ...subtype, threadTs }, message);
}

/** Changes a text. People's edits bear a mark; what an app rewrites may bear none. */
export function editMessage(
  workspace: SlackWorkspace,
  channel: string,
  ts: string,
  { text, by, mark = true }: { readonly text: string; readonly by?: string; readonly mark?: boolean },
): void {
  const { blocks: _, ...message } = messageOf(workspace, channel, ts);
  const at = beginEdit(workspace);
  const user = by ?? message.user ?? workspace.userId;
  writeMessage(workspace, channel, {
    ...message,
    text,
    ...(mark ? { edited: { user, ts: `${at.slice(0, 10)}.000000` } } : {}),
  });
}

/**
 * Deletes a message. A root that has answers leaves a tombstone, which goes with the last answer; everything else is gone.
 */
export function deleteMessage(workspace: SlackWorkspace, channel: string, ts: string): void {
  const message = messageOf(workspace, channel, ts);
  const log = logOf(workspace, channel);
  beginEdit(workspace);
  if (repliesTo(log, ts).length > 0) {
    const text = 'This message was deleted.';
    writeMessage(workspace, channel, { ts, user: SLACKBOT, subtype: 'tombstone', text });
    return;
  }
  eraseMessage(workspace, channel, message);
  const { threadTs } = message;
  const root = threadTs === undefined ? undefined : findMessage(log, threadTs);
  if (root?.subtype === 'tombstone' && repliesTo(log, root.ts).length === 0)
    eraseMessage(workspace, channel, root);
}

export function addReaction(
  workspace: SlackWorkspace,
  channel: string,
  ts: string,
  { name, by }: { readonly name: string; readonly by: string },
): void {
  const message = messageOf(workspace, channel, ts);
  beginEdit(workspace);
  const earlier = message.reactions ?? [];
  const users = [...(earlier.find((each) => each.name === name)?.users ?? []), by];
  const isNew = earlier.every((each) => each.name !== name);
  const reactions = isNew
    ? [...earlier, { name, users: [by] }]
    : earlier.map((each) => (each.name === name ? { name, users: [...new Set(users)] } : each));
  writeMessage(workspace, channel, { ...message, reactions });
}

export function removeReaction(
  workspace: SlackWorkspace,
  channel: string,
  ts: string,
  { name, by }: { readonly name: string; readonly by: string },
): void {
  const { reactions = [], ...message } = messageOf(workspace, channel, ts);
  beginEdit(workspace);
  const left = reactions
    .map((each) => (each.name === name ? { name, users: each.users.filter((user) => user !== by) } : each))
    .filter(({ users }) => users.length > 0);
  writeMessage(workspace, channel, left.length > 0 ? { ...message, reactions: left } : message);
}

function contentOf({
  text,
  subtype,
  blocks,
  attachments,
  fileIds,
}: Omit<NewMessage, 'by'>): Omit<Message, 'ts'> {
  return {
    ...(text === undefined ? {} : { text }),
    ...(subtype === undefined ? {} : { subtype }),
    ...(blocks === undefined ? {} : { blocks }),
    ...(attachments === undefined ? {} : { attachments }),
    ...(fileIds === undefined ? {} : { fileIds }),
  };
}

function post(
  workspace: SlackWorkspace,
  channel: string,
  message: Omit<Message, 'ts'>,
  { ts: wanted }: { readonly ts?: string },
): string {
  if (channelOf(workspace, channel).isArchived) throw new Error(`the channel ${channel} is archived`);
  const ts = placeFor(workspace, channel, wanted);
  writeMessage(workspace, channel, { ts, ...message });
  return ts;
}

function placeFor(workspace: SlackWorkspace, channel: string, wanted: string | undefined): string {
  if (wanted === undefined) return beginEdit(workspace);
  const ts = readTs(wanted);
  if (ts === undefined) throw new Error(`${wanted} is no timestamp`);
  if (findMessage(logOf(workspace, channel), ts) !== undefined)
    throw new Error(`the channel ${channel} has a message ${ts} already`);
  workspace.revision += 1;
  return ts;
}
