import type { SlackSource } from '../../config/sources/slack.ts';
import type { SlackClient } from './client.ts';
import type { ChannelKind } from './model.ts';
import type { People } from './people.ts';
import type { Channel } from './schema.ts';

/** A channel, or a conversation among a few, that is to be read. */
export interface Chosen {
  readonly id: string;
  /** As people call it: without `#`; of a direct message, the other's name. */
  readonly name: string;
  readonly kind: ChannelKind;
}

export interface Choice {
  readonly chosen: readonly Chosen[];
  /** Names of the configuration that no channel has. */
  readonly unknown: readonly string[];
  /** Ids of channels that are there for the token, and are left out. */
  readonly leftOut: ReadonlySet<string>;
}

/** By their names, and by their ids where these are the same. */
export function byName(a: Chosen, b: Chosen): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : 1;
}

type Wanted = Pick<SlackSource, 'channels' | 'direct_messages' | 'group_messages' | 'exclude'>;

/** What the API calls them. */
const TYPES: Readonly<Record<ChannelKind, string>> = {
  channel: 'public_channel',
  private: 'private_channel',
  direct: 'im',
  group: 'mpim',
};

/** Whether the configuration asks for a channel that the repository has, by what that calls it. */
export function asksForKnown({ id, name, kind }: Chosen, wanted: Wanted): boolean {
  if (!asksFor(kind, wanted) || wanted.exclude.includes(id)) return false;
  const list = wanted.channels;
  const isOfList = kind === 'channel' || kind === 'private';
  return !isOfList || list === 'all' || list.some((each) => isCalled({ id, name, kind }, [], each));
}

/** Whether the configuration asks for any channel of the kind. Those that it does not are not listed: each needs a scope. */
function asksFor(kind: ChannelKind, wanted: Wanted): boolean {
  if (kind === 'channel') return true;
  if (kind === 'private') return wanted.channels !== 'all';
  const list = kind === 'direct' ? wanted.direct_messages : wanted.group_messages;
  return list === 'all' || list.length > 0;
}

/**
 * Private channels are read only where they are named; direct messages and those of groups only where the configuration asks
 * for them. Of all public channels, those that the token is in: others can be named.
 */
export async function chooseChannels(client: SlackClient, wanted: Wanted, people: People): Promise<Choice> {
  return choose(await listChannels(client, wanted), wanted, people);
}

/** Of the kinds that are wanted, all that the token sees. */
export function listChannels(client: SlackClient, wanted: Wanted): Promise<Channel[]> {
  const kinds = (Object.keys(TYPES) as ChannelKind[]).filter((kind) => asksFor(kind, wanted));
  return Array.fromAsync(client.channels(kinds.map((kind) => TYPES[kind]).join(',')));
}

export function choose(listed: readonly Channel[], wanted: Wanted, people: People): Choice {
  const chosen: Chosen[] = [];
  const leftOut = new Set<string>();
  const lists = {
    channel: wanted.channels,
    private: wanted.channels,
    direct: wanted.direct_messages,
    group: wanted.group_messages,
  };
  const unknown = new Set(Object.values(lists).flatMap((list) => (list === 'all' ? [] : list)));
  for (const channel of listed) {
    const kind = kindOf(channel);
    const own = { id: channel.id, name: nameOf(channel, kind, people), kind };
    const list = lists[kind];
    const named = list !== 'all' && list.filter((name) => isCalled(own, othersOf(channel, people), name));
    if (named) for (const name of named) unknown.delete(name);
    const isWanted = named
      ? named.length > 0
      : kind !== 'private' && (kind !== 'channel' || channel.is_member === true);
    if (isWanted && !wanted.exclude.includes(own.id)) chosen.push(own);
    else leftOut.add(channel.id);
  }
  return { chosen, unknown: [...unknown], leftOut };
}

function kindOf({ is_im: im, is_mpim: mpim, is_private: isPrivate }: Channel): ChannelKind {
  if (im) return 'direct';
  if (mpim) return 'group';
  return isPrivate ? 'private' : 'channel';
}

/** A direct message is called by the other one's name; in an export, which is nobody's, by both. */
function nameOf(channel: Channel, kind: ChannelKind, people: People): string {
  const { id, name } = channel;
  if (kind !== 'direct') return name || id;
  const others = usersOf(channel).map((user) => people.name(user) ?? user);
  return `dm-${others.join('-') || id}`;
}

function usersOf({ is_im: im, user, members }: Channel): readonly string[] {
  if (!im) return [];
  return user ? [user] : (members ?? []).toSorted();
}

/** By whom a direct message may be asked for. */
function othersOf(channel: Channel, people: People): readonly string[] {
  return usersOf(channel).flatMap((user) => [user, people.name(user) ?? user]);
}

export function isCalled({ id, name }: Chosen, others: readonly string[], wanted: string): boolean {
  return [id, name, name.replace(/^dm-/, ''), ...others].includes(wanted.replace(/^[#@]/, ''));
}
