import { isVisible, scopeFor, visibleChannel } from './access.ts';
import { type Call, isSet, type Method, requireScopes, SlackRefusal } from './method.ts';
import { nextCursor, pageOf } from './paging.ts';
import { channelView } from './views.ts';
import { CHANNEL_KINDS, type Channel, type ChannelKind, type Json } from './workspace.ts';

const FALLBACK = 100;

/** The channels that a request asks for, with the scopes that it takes. */
function listed(
  call: Call,
  isWanted: (channel: Channel) => boolean,
): { channels: readonly Channel[]; next: string } {
  const kinds = (call.params.get('types') || 'public_channel').split(',').map((kind) => kind.trim());
  if (!kinds.every(isKind)) throw new SlackRefusal('invalid_types');
  requireScopes(
    call.caller,
    kinds.map((kind) => scopeFor(kind, 'read')),
  );
  const withArchived = !isSet(call, 'exclude_archived');
  const all = [...call.workspace.channels.values()].filter(
    (channel) =>
      kinds.includes(channel.kind) &&
      isVisible(channel, call.caller) &&
      (withArchived || !channel.isArchived) &&
      isWanted(channel),
  );
  const { items, next } = pageOf(call, all, { kind: 'team', idOf: ({ id }) => id, fallback: FALLBACK });
  return { channels: items, next };
}

const isKind = (text: string): text is ChannelKind => (CHANNEL_KINDS as readonly string[]).includes(text);

function list(call: Call): Json {
  const { channels, next } = listed(call, () => true);
  const view = (channel: Channel) => ({
    ...channelView(call.workspace, channel, call.caller.userId),
    ...(channel.kind === 'im' ? {} : { num_members: channel.members.length }),
  });
  return { channels: channels.map(view), ...nextCursor(next) };
}

/** Of a user, those that the caller may see. */
function ofUser(call: Call): Json {
  const user = call.params.get('user') ?? call.caller.userId;
  const { channels, next } = listed(call, ({ members }) => members.includes(user));
  const view = (channel: Channel) => {
    const { is_member: _, ...fields } = channelView(call.workspace, channel, call.caller.userId);
    return fields;
  };
  return { channels: channels.map(view), ...nextCursor(next) };
}

function info(call: Call): Json {
  const channel = visibleChannel(call);
  const count = isSet(call, 'include_num_members') ? { num_members: channel.members.length } : {};
  return { channel: { ...channelView(call.workspace, channel, call.caller.userId), ...count } };
}

function members(call: Call): Json {
  const channel = visibleChannel(call);
  const { items, next } = pageOf(call, channel.members, {
    kind: 'user',
    idOf: (id) => id,
    fallback: FALLBACK,
  });
  return { members: items, ...nextCursor(next) };
}

export const conversationMethods: Readonly<Record<string, Method>> = {
  'conversations.list': { scopes: [], run: list },
  'conversations.info': { scopes: [], run: info },
  'conversations.members': { scopes: [], run: members },
  'users.conversations': { scopes: [], run: ofUser },
};
