import { beginEdit, channelOf, nextId, writeMessage } from './journal.ts';
import { emptyLog } from './log.ts';
import { type Channel, type ChannelKind, isBot, type Note, type SlackWorkspace } from './workspace.ts';

export interface NewChannel {
  readonly name?: string;
  /** Default: public. */
  readonly kind?: ChannelKind;
  readonly members?: readonly string[];
  readonly topic?: string;
  readonly purpose?: string;
  readonly isGeneral?: boolean;
  readonly id?: string;
}

/** Returns the channel's id. The first member made it. */
export function createChannel(workspace: SlackWorkspace, channel: NewChannel): string {
  beginEdit(workspace);
  const { kind = 'public_channel', members = [workspace.userId], name = '' } = channel;
  const id = channel.id ?? nextId(workspace, kind === 'im' ? 'D' : 'C');
  const creator = members[0] ?? workspace.userId;
  const created = Math.floor(workspace.now / 1000);
  const note = (value = ''): Note => ({
    value,
    creator: value === '' ? '' : creator,
    lastSet: value === '' ? 0 : created,
  });
  workspace.channels.set(id, {
    id,
    kind,
    name,
    previousNames: [],
    created,
    creator,
    isGeneral: channel.isGeneral ?? false,
    isArchived: false,
    topic: note(channel.topic),
    purpose: note(channel.purpose),
    members: [...members],
  });
  workspace.logs.set(id, emptyLog());
  return id;
}

/** The channel says in a message of its own that it has another name. */
export function renameChannel(workspace: SlackWorkspace, id: string, name: string, by?: string): void {
  const channel = channelOf(workspace, id);
  const ts = beginEdit(workspace);
  const previousNames = [channel.name, ...channel.previousNames.filter((each) => each !== name)];
  put(workspace, { ...channel, name, previousNames });
  const text = `has renamed the channel from "${channel.name}" to "${name}"`;
  writeMessage(workspace, id, { ts, user: by ?? workspace.userId, subtype: 'channel_name', text });
}

export function setTopic(workspace: SlackWorkspace, id: string, value: string, by?: string): void {
  const channel = channelOf(workspace, id);
  beginEdit(workspace);
  const topic = { value, creator: by ?? workspace.userId, lastSet: Math.floor(workspace.now / 1000) };
  put(workspace, { ...channel, topic });
}

/** Bots lose an archived channel; people keep it. */
export function archiveChannel(workspace: SlackWorkspace, id: string): void {
  const channel = channelOf(workspace, id);
  beginEdit(workspace);
  const members = channel.members.filter((member) => {
    const user = workspace.users.get(member);
    return user !== undefined && !isBot(user);
  });
  put(workspace, { ...channel, isArchived: true, members });
}

/** Those who are not in it see it no more. */
export function makePrivate(workspace: SlackWorkspace, id: string): void {
  const channel = channelOf(workspace, id);
  beginEdit(workspace);
  put(workspace, { ...channel, kind: 'private_channel' });
}

/** Bots have to be invited again. */
export function unarchiveChannel(workspace: SlackWorkspace, id: string): void {
  const channel = channelOf(workspace, id);
  beginEdit(workspace);
  put(workspace, { ...channel, isArchived: false });
}

export function joinChannel(workspace: SlackWorkspace, id: string, user: string, inviter?: string): void {
  const channel = channelOf(workspace, id);
  const ts = beginEdit(workspace);
  put(workspace, { ...channel, members: [...new Set([...channel.members, user])] });
  writeMessage(workspace, id, {
    ts,
    user,
    subtype: 'channel_join',
    text: `<@${user}> has joined the channel`,
    ...(inviter === undefined ? {} : { inviter }),
  });
}

/** Without a user: the bot is taken out, and can read the channel no more. */
export function leaveChannel(workspace: SlackWorkspace, id: string, user = workspace.botUserId): void {
  const channel = channelOf(workspace, id);
  const ts = beginEdit(workspace);
  put(workspace, { ...channel, members: channel.members.filter((member) => member !== user) });
  writeMessage(workspace, id, {
    ts,
    user,
    subtype: 'channel_leave',
    text: `<@${user}> has left the channel`,
  });
}

/** Removes a channel and all that was said in it, for good. */
export function deleteChannel(workspace: SlackWorkspace, id: string): void {
  channelOf(workspace, id);
  beginEdit(workspace);
  workspace.channels.delete(id);
  workspace.logs.delete(id);
}

function put(workspace: SlackWorkspace, channel: Channel): void {
  workspace.channels.set(channel.id, channel);
}
