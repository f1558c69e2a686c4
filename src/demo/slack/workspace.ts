import type { Text } from '../workspace/model.ts';
import type { ChannelLog } from './log.ts';

export interface Team {
  readonly id: string;
  readonly domain: string;
  readonly name: string;
  /** Where people see it, with a slash at its end. Permalinks begin with it. */
  readonly url: string;
  readonly emailDomain: string;
}

export interface User {
  readonly id: string;
  /** The handle of old, in lower case; what people see is `displayName`, or `realName` where that is empty. */
  readonly name: string;
  readonly realName: string;
  readonly displayName: string;
  /** Absent for bots. */
  readonly email?: string;
  readonly tz: string;
  readonly deleted: boolean;
  /** The bot that this account belongs to. */
  readonly botId?: string;
  /** In seconds, as all times but those of messages. */
  readonly updated: number;
}

export interface UserGroup {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
  readonly description: string;
  readonly users: readonly string[];
  readonly created: number;
  readonly disabled: boolean;
}

export interface Bot {
  readonly id: string;
  readonly appId: string;
  readonly userId: string;
  readonly name: string;
  readonly deleted: boolean;
  readonly updated: number;
}

export const CHANNEL_KINDS = ['public_channel', 'private_channel', 'mpim', 'im'] as const;

export type ChannelKind = (typeof CHANNEL_KINDS)[number];

export interface Channel {
  readonly id: string;
  readonly kind: ChannelKind;
  /** Empty for a conversation of two. */
  readonly name: string;
  readonly previousNames: readonly string[];
  readonly created: number;
  readonly creator: string;
  readonly isGeneral: boolean;
  readonly isArchived: boolean;
  readonly topic: Note;
  readonly purpose: Note;
  readonly members: readonly string[];
}

/** A topic or a purpose. */
export interface Note {
  readonly value: string;
  readonly creator: string;
  readonly lastSet: number;
}

export type Json = { readonly [key: string]: unknown };

export type Subtype =
  | 'thread_broadcast'
  | 'tombstone'
  | 'bot_message'
  | 'channel_join'
  | 'channel_leave'
  | 'channel_name'
  | 'me_message';

export interface Message {
  /** Its time and, within its channel, its name: `1763625600.000100`. Never a number, which would round it. */
  readonly ts: string;
  readonly subtype?: Subtype;
  /** Absent for `bot_message`. */
  readonly user?: string;
  readonly botId?: string;
  /** Under which name a `bot_message` was sent. */
  readonly username?: string;
  /** mrkdwn. Old messages and some of apps have none. */
  readonly text?: Text;
  /** Instead of those that are made from the text. */
  readonly blocks?: readonly Json[];
  readonly attachments?: readonly Json[];
  readonly fileIds?: readonly string[];
  readonly reactions?: readonly Reaction[];
  readonly edited?: { readonly user: string; readonly ts: string };
  /** The root that it answers to; absent for roots themselves. */
  readonly threadTs?: string;
  /** Who asked a member that joined. */
  readonly inviter?: string;
}

export interface Reaction {
  readonly name: string;
  readonly users: readonly string[];
}

export interface SlackFile {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly mimetype: string;
  readonly filetype: string;
  readonly prettyType: string;
  readonly user: string;
  readonly created: number;
  readonly deleted: boolean;
  /** Where it was shared. */
  readonly channels: readonly string[];
  readonly bytes: () => Uint8Array;
}

/** What a message was before an edit. */
export interface JournalEntry {
  readonly revision: number;
  readonly channel: string;
  readonly ts: string;
  readonly before: Message | undefined;
}

export interface SlackWorkspace {
  readonly team: Team;
  /** As whom the bot's token acts. */
  readonly botUserId: string;
  /** As whom the user's token acts. */
  readonly userId: string;
  readonly users: Map<string, User>;
  readonly groups: Map<string, UserGroup>;
  readonly bots: Map<string, Bot>;
  readonly channels: Map<string, Channel>;
  /** One for each channel. */
  readonly logs: Map<string, ChannelLog>;
  readonly files: Map<string, SlackFile>;
  /** Custom emoji: an address, or `alias:NAME`. */
  readonly emoji: Map<string, string>;
  /** In milliseconds; each edit advances it by a minute. */
  now: number;
  revision: number;
  readonly journal: JournalEntry[];
  lastId: number;
}

export const SLACKBOT = 'USLACKBOT';

export interface SlackIdentity {
  readonly team: Team;
  readonly botUserId: string;
  readonly userId: string;
  readonly now: string;
}

export function emptySlack({ team, botUserId, userId, now }: SlackIdentity): SlackWorkspace {
  const slackbot: User = {
    id: SLACKBOT,
    name: 'slackbot',
    realName: 'Slackbot',
    displayName: 'Slackbot',
    tz: 'America/Los_Angeles',
    deleted: false,
    updated: 0,
  };
  return {
    team,
    botUserId,
    userId,
    users: new Map([[SLACKBOT, slackbot]]),
    groups: new Map(),
    bots: new Map(),
    channels: new Map(),
    logs: new Map(),
    files: new Map(),
    emoji: new Map(),
    now: Date.parse(now),
    revision: 0,
    journal: [],
    lastId: 0,
  };
}

/** Whether an account is a bot's; Slackbot is said to be none. */
export const isBot = (user: User): boolean => user.botId !== undefined;
