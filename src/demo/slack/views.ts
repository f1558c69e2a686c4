import { offsetAt } from './days.ts';
import {
  type Bot,
  type Channel,
  isBot,
  type Json,
  type Note,
  type SlackWorkspace,
  type User,
  type UserGroup,
} from './workspace.ts';

export function channelView(workspace: SlackWorkspace, channel: Channel, viewer: string): Json {
  return channel.kind === 'im'
    ? directView(workspace, channel, viewer)
    : sharedView(workspace, channel, viewer);
}

function directView(
  workspace: SlackWorkspace,
  { id, created, members, isArchived }: Channel,
  viewer: string,
): Json {
  const user = members.find((member) => member !== viewer) ?? viewer;
  return {
    id,
    created,
    is_archived: isArchived,
    is_im: true,
    is_org_shared: false,
    user,
    is_user_deleted: workspace.users.get(user)?.deleted ?? false,
    priority: 0,
  };
}

function sharedView({ team }: SlackWorkspace, channel: Channel, viewer: string): Json {
  const isPublic = channel.kind === 'public_channel';
  return {
    id: channel.id,
    name: channel.name,
    is_channel: channel.kind !== 'mpim',
    is_group: false,
    is_im: false,
    is_mpim: channel.kind === 'mpim',
    is_private: !isPublic,
    created: channel.created,
    creator: channel.creator,
    is_archived: channel.isArchived,
    is_general: channel.isGeneral,
    unlinked: 0,
    name_normalized: channel.name,
    is_shared: false,
    is_org_shared: false,
    is_pending_ext_shared: false,
    is_ext_shared: false,
    pending_shared: [],
    pending_connected_team_ids: [],
    shared_team_ids: [team.id],
    parent_conversation: null,
    context_team_id: team.id,
    is_member: channel.members.includes(viewer),
    topic: noteView(channel.topic),
    purpose: noteView(channel.purpose),
    previous_names: channel.previousNames,
  };
}

const noteView = ({ value, creator, lastSet }: Note): Json => ({ value, creator, last_set: lastSet });

/** `withEmail`: addresses have a scope of their own. */
export function userView(workspace: SlackWorkspace, user: User, withEmail: boolean): Json {
  const { team } = workspace;
  const [first = '', ...rest] = user.realName.split(' ');
  return {
    id: user.id,
    team_id: team.id,
    name: user.name,
    deleted: user.deleted,
    real_name: user.realName,
    ...(user.deleted
      ? {}
      : { tz: user.tz, tz_label: user.tz, tz_offset: offsetAt(workspace.now, user.tz) / 1000 }),
    profile: {
      title: '',
      phone: '',
      skype: '',
      real_name: user.realName,
      real_name_normalized: user.realName,
      display_name: user.displayName,
      display_name_normalized: user.displayName,
      fields: null,
      status_text: '',
      status_emoji: '',
      status_expiration: 0,
      avatar_hash: `g${user.id.toLowerCase()}`,
      ...(withEmail && user.email !== undefined ? { email: user.email } : {}),
      ...(user.botId === undefined
        ? {}
        : { bot_id: user.botId, api_app_id: workspace.bots.get(user.botId)?.appId ?? '' }),
      first_name: first,
      last_name: rest.join(' '),
      image_72: `${team.url}avatars/${user.id}.png`,
      team: team.id,
    },
    is_bot: isBot(user),
    is_app_user: false,
    updated: user.updated,
  };
}

export function botView(workspace: SlackWorkspace, bot: Bot): Json {
  const { id, appId, userId, name, deleted, updated } = bot;
  return { id, deleted, name, updated, app_id: appId, user_id: userId, icons: botIcons(workspace, bot) };
}

/** As it stands within the messages of a bot. */
export function botProfile(workspace: SlackWorkspace, bot: Bot): Json {
  return { ...botView(workspace, bot), team_id: workspace.team.id };
}

function botIcons({ team }: SlackWorkspace, { id }: Bot): Json {
  const address = (size: number) => `${team.url}icons/${id}_${size}.png`;
  return { image_36: address(36), image_48: address(48), image_72: address(72) };
}

export function groupView({ team }: SlackWorkspace, group: UserGroup): Json {
  const creator = group.users[0] ?? '';
  return {
    id: group.id,
    team_id: team.id,
    is_usergroup: true,
    is_subteam: true,
    name: group.name,
    description: group.description,
    handle: group.handle,
    is_external: false,
    date_create: group.created,
    date_update: group.created,
    date_delete: group.disabled ? group.created : 0,
    auto_type: null,
    auto_provision: false,
    enterprise_subteam_id: '',
    created_by: creator,
    updated_by: creator,
    deleted_by: group.disabled ? creator : null,
    prefs: { channels: [], groups: [] },
    user_count: group.users.length,
  };
}
