import { textOf } from '../workspace/model.ts';
import { fileView } from './file-views.ts';
import { logOf } from './journal.ts';
import { findShown, repliesTo } from './log.ts';
import type { Viewing } from './method.ts';
import { richText } from './rich-text.ts';
import { shortHash } from './short-hash.ts';
import { digitsOf } from './timestamps.ts';
import { botProfile } from './views.ts';
import { type Channel, type Json, type Message, SLACKBOT, type SlackWorkspace } from './workspace.ts';

/** No more of those who answered are named, however many there are. */
const NAMED_REPLIERS = 5;

/** A message as listings have it. */
export function messageView(call: Viewing, channel: Channel, message: Message): Json {
  const { workspace } = call;
  const { subtype, user, ts, edited, reactions, attachments, inviter } = message;
  const text = message.text === undefined ? undefined : textOf(message.text);
  return {
    type: 'message',
    ...(subtype === undefined ? {} : { subtype }),
    ...(user === undefined ? {} : { user }),
    ...senderView(workspace, message),
    ts,
    ...(text === undefined ? {} : { text }),
    ...(subtype === 'tombstone' ? { hidden: true } : {}),
    ...(inviter === undefined ? {} : { inviter }),
    ...(isWritten(message) ? { client_msg_id: clientId(channel, ts), team: workspace.team.id } : {}),
    ...blocksView(message, text),
    ...(attachments === undefined ? {} : { attachments }),
    ...filesView(call, message),
    ...(edited === undefined ? {} : { edited }),
    ...threadView(workspace, channel, message),
    ...(reactions === undefined
      ? {}
      : { reactions: reactions.map(({ name, users }) => ({ name, users, count: users.length })) }),
  };
}

/** By a person, in the editor. */
const isWritten = ({ subtype, user, botId }: Message): boolean =>
  user !== undefined && botId === undefined && (subtype === undefined || subtype === 'thread_broadcast');

function senderView(workspace: SlackWorkspace, { user, botId, username }: Message): Json {
  const id = botId ?? workspace.users.get(user ?? '')?.botId;
  const bot = id === undefined ? undefined : workspace.bots.get(id);
  if (bot === undefined) return {};
  if (username !== undefined) return { bot_id: bot.id, username };
  return { bot_id: bot.id, app_id: bot.appId, bot_profile: botProfile(workspace, bot) };
}

function blocksView(message: Message, text = ''): Json {
  if (message.blocks !== undefined) return { blocks: message.blocks };
  return isWritten(message) && text !== '' ? { blocks: richText(text) } : {};
}

function filesView(call: Viewing, { fileIds }: Message): Json {
  if (fileIds === undefined) return {};
  const files = fileIds.map((id) => {
    const file = call.workspace.files.get(id);
    return file === undefined || file.deleted ? { id, mode: 'tombstone' } : fileView(call, file);
  });
  return { files, upload: false, display_as_bot: false };
}

function threadView(workspace: SlackWorkspace, channel: Channel, message: Message): Json {
  const { ts, threadTs } = message;
  const log = logOf(workspace, channel.id);
  if (threadTs !== undefined) {
    const root = findShown(log, threadTs);
    return { thread_ts: threadTs, ...(root?.user === undefined ? {} : { parent_user_id: root.user }) };
  }
  const replies = repliesTo(log, ts);
  if (replies.length === 0) return {};
  const repliers = [...new Set(replies.map((reply) => reply.user ?? reply.botId ?? SLACKBOT))];
  return {
    thread_ts: ts,
    ...(message.subtype === 'tombstone' ? { parent_user_id: SLACKBOT } : {}),
    reply_count: replies.length,
    reply_users_count: repliers.length,
    latest_reply: replies.at(-1)?.ts,
    reply_users: repliers.slice(0, NAMED_REPLIERS),
    is_locked: false,
    subscribed: false,
  };
}

/** Where people see a message. An answer's address names its thread. */
export function permalink({ team }: SlackWorkspace, channel: Channel, { ts, threadTs }: Message): string {
  const thread = threadTs === undefined ? '' : `?thread_ts=${threadTs}`;
  return `${team.url}archives/${channel.id}/p${digitsOf(ts)}${thread}`;
}

/** A UUID, the same each time. */
export function clientId({ id }: Channel, ts: string): string {
  const channel = shortHash(id);
  const time = digitsOf(ts);
  return `${channel}-${time.slice(0, 4)}-4${time.slice(4, 7)}-8${time.slice(7, 10)}-${time.slice(10)}${channel.slice(0, 6)}`;
}
