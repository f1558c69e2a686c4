import { isVisible } from './access.ts';
import { fileView } from './file-views.ts';
import { type Call, isSet, type Method, required, SlackRefusal } from './method.ts';
import { nextCursor, pageOf } from './paging.ts';
import { botView, groupView, userView } from './views.ts';
import type { Json } from './workspace.ts';

function authTest({ workspace, caller }: Call): Json {
  const { team, users } = workspace;
  const user = users.get(caller.userId);
  return {
    url: team.url,
    team: team.name,
    user: user?.name ?? '',
    team_id: team.id,
    user_id: caller.userId,
    ...(caller.kind === 'bot' && user?.botId !== undefined ? { bot_id: user.botId } : {}),
    is_enterprise_install: false,
  };
}

function teamInfo({ workspace: { team } }: Call): Json {
  const { id, name, url, domain, emailDomain } = team;
  const icon = {
    image_34: `${url}icons/team_34.png`,
    image_68: `${url}icons/team_68.png`,
    image_default: true,
  };
  return { team: { id, name, url, domain, email_domain: emailDomain, icon } };
}

const showsEmail = ({ caller }: Call): boolean => caller.scopes.has('users:read.email');

function usersList(call: Call): Json {
  const { workspace } = call;
  const all = [...workspace.users.values()];
  const { items, next } = pageOf(call, all, {
    kind: 'user',
    idOf: ({ id }) => id,
    fallback: Number.MAX_SAFE_INTEGER,
  });
  const members = items.map((user) => userView(workspace, user, showsEmail(call)));
  return { members, cache_ts: Math.floor(workspace.now / 1000), ...nextCursor(next) };
}

function usersInfo(call: Call): Json {
  const user = call.workspace.users.get(required(call, 'user'));
  if (user === undefined) throw new SlackRefusal('user_not_found');
  return { user: userView(call.workspace, user, showsEmail(call)) };
}

function groupsList(call: Call): Json {
  const withUsers = isSet(call, 'include_users');
  const groups = [...call.workspace.groups.values()].filter(
    ({ disabled }) => !disabled || isSet(call, 'include_disabled'),
  );
  return {
    usergroups: groups.map((group) => ({
      ...groupView(call.workspace, group),
      ...(withUsers ? { users: group.users } : {}),
    })),
  };
}

function botsInfo({ workspace, params }: Call): Json {
  const bot = workspace.bots.get(params.get('bot') ?? '');
  if (bot === undefined) throw new SlackRefusal('bot_not_found');
  return { bot: botView(workspace, bot) };
}

function emojiList({ workspace }: Call): Json {
  return { emoji: Object.fromEntries(workspace.emoji), cache_ts: String(Math.floor(workspace.now / 1000)) };
}

function filesInfo(call: Call): Json {
  const { workspace, caller } = call;
  const file = workspace.files.get(required(call, 'file'));
  const channels = (file?.channels ?? []).flatMap((id) => workspace.channels.get(id) ?? []);
  if (file === undefined || !channels.some((channel) => isVisible(channel, caller)))
    throw new SlackRefusal('file_not_found');
  if (file.deleted) throw new SlackRefusal('file_deleted');
  const ids = (isOf: (kind: string) => boolean) =>
    channels.filter(({ kind }) => isOf(kind)).map(({ id }) => id);
  return {
    file: {
      ...fileView(call, file),
      channels: ids((kind) => kind === 'public_channel' || kind === 'private_channel'),
      groups: ids((kind) => kind === 'mpim'),
      ims: ids((kind) => kind === 'im'),
      comments_count: 0,
    },
    comments: [],
    ...nextCursor(''),
  };
}

export const directoryMethods: Readonly<Record<string, Method>> = {
  'auth.test': { scopes: [], run: authTest },
  'team.info': { scopes: ['team:read'], run: teamInfo },
  'users.list': { scopes: ['users:read'], run: usersList },
  'users.info': { scopes: ['users:read'], run: usersInfo },
  'usergroups.list': { scopes: ['usergroups:read'], run: groupsList },
  'bots.info': { scopes: ['users:read'], run: botsInfo },
  'emoji.list': { scopes: ['emoji:read'], run: emojiList },
  'files.info': { scopes: ['files:read'], run: filesInfo },
};
