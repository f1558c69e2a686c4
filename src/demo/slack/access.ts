import { type Call, type Caller, required, requireScopes, SlackRefusal } from './method.ts';
import type { Channel, ChannelKind } from './workspace.ts';

const PREFIX: Readonly<Record<ChannelKind, string>> = {
  public_channel: 'channels',
  private_channel: 'groups',
  mpim: 'mpim',
  im: 'im',
};

export const scopeFor = (kind: ChannelKind, right: 'read' | 'history'): string => `${PREFIX[kind]}:${right}`;

/** Whether a caller may know of a channel. */
export const isVisible = (channel: Channel, { userId }: Caller): boolean =>
  channel.kind === 'public_channel' || channel.members.includes(userId);

/** Whether a caller may read what is said: users read all public channels, bots those that they are in. */
export const isReadable = (channel: Channel, caller: Caller): boolean =>
  isVisible(channel, caller) && (caller.kind === 'user' || channel.members.includes(caller.userId));

/** The channel of a request, to be described. */
export function visibleChannel(call: Call): Channel {
  const channel = knownChannel(call);
  requireScopes(call.caller, [scopeFor(channel.kind, 'read')]);
  return channel;
}

/** The channel of a request, to be read. */
export function readableChannel(call: Call): Channel {
  const channel = knownChannel(call);
  requireScopes(call.caller, [scopeFor(channel.kind, 'history')]);
  if (!isReadable(channel, call.caller)) throw new SlackRefusal('not_in_channel');
  return channel;
}

/** The channel of a request, if the caller may know of it. */
export function knownChannel(call: Call): Channel {
  const channel = call.workspace.channels.get(required(call, 'channel'));
  if (channel === undefined || !isVisible(channel, call.caller) || call.faults.forbidden.has(channel.id))
    throw new SlackRefusal('channel_not_found');
  return channel;
}
