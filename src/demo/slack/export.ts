import { logOf } from './journal.ts';
import { allMessages, repliesTo } from './log.ts';
import { messageView } from './message-views.ts';
import type { Viewing } from './method.ts';
import { userView } from './views.ts';
import type { Channel, ChannelKind, Json, Message, SlackWorkspace } from './workspace.ts';

export interface ExportOptions {
  /** Default: public channels alone, as the export that every plan has. */
  readonly kinds?: readonly ChannelKind[];
  /** Days as `yyyy-mm-dd`, both included. Default: all. */
  readonly from?: string;
  readonly to?: string;
  /** How exports looked years ago: replies are listed and not counted, and a message has one file beside it. */
  readonly isOld?: boolean;
  /** How far the clocks by which its days go are ahead of UTC, in hours. */
  readonly hoursAhead?: number;
  /** Where everything lies in it, such as `teams/NAME/`. */
  readonly root?: string;
  /** The address that `@@SITE@@` stands for in messages. */
  readonly atlassianSite?: string;
  readonly filesUrl?: string;
}

const LISTS: Readonly<Record<ChannelKind, string>> = {
  public_channel: 'channels.json',
  private_channel: 'groups.json',
  mpim: 'mpims.json',
  im: 'dms.json',
};

/** The token that an export's addresses of files bear. */
export const EXPORT_TOKEN = 'xoxe-4218-5561-b8a0d4e2c6f19375';

/**
 * The files of a workspace's export, by name (https://slack.com/help/articles/220556107-How-to-read-Slack-data-exports): lists
 * of people and conversations, and for each conversation and day what was written then, replies among the rest.
 */
export function exportOf(workspace: SlackWorkspace, options: ExportOptions = {}): Map<string, string> {
  const { kinds = ['public_channel'], root = '', atlassianSite = 'https://fernhollow.example' } = options;
  const files = new Map<string, string>();
  const put = (name: string, value: unknown) =>
    files.set(
      root + name,
      JSON.stringify(value, null, 4).replaceAll('@@SITE@@', atlassianSite).replaceAll('/', '\\/'),
    );
  put(
    'users.json',
    [...workspace.users.values()].map((user) => userView(workspace, user, true)),
  );
  put('integration_logs.json', []);
  if (!options.isOld) for (const name of ['canvases', 'lists', 'huddle_transcripts']) put(`${name}.json`, []);
  for (const kind of kinds) {
    const channels = [...workspace.channels.values()].filter((channel) => channel.kind === kind);
    put(LISTS[kind], channels.map(listed));
    for (const channel of channels)
      for (const [day, messages] of daysOf(workspace, channel, options))
        put(`${kind === 'im' ? channel.id : channel.name}/${day}.json`, messages);
  }
  return files;
}

function listed({ id, kind, name, created, creator, isArchived, isGeneral, members }: Channel): Json {
  if (kind === 'im') return { id, created, members };
  const flags = { is_archived: isArchived, ...(kind === 'public_channel' ? { is_general: isGeneral } : {}) };
  return { id, name, created, creator, ...flags, members };
}

function daysOf(workspace: SlackWorkspace, channel: Channel, options: ExportOptions): Map<string, Json[]> {
  const { from = '', to = '9999', hoursAhead = 0 } = options;
  const days = new Map<string, Json[]>();
  const all = [...allMessages(logOf(workspace, channel.id))].sort((a, b) => (a.ts < b.ts ? -1 : 1));
  for (const message of all) {
    const shown = Number(message.ts.slice(0, 10)) + hoursAhead * 3600;
    const day = new Date(shown * 1000).toISOString().slice(0, 10);
    if (day < from || day > to) continue;
    const view = exported(workspace, channel, message, options);
    days.set(day, [...(days.get(day) ?? []), view]);
  }
  return days;
}

function exported(
  workspace: SlackWorkspace,
  channel: Channel,
  message: Message,
  { isOld = false, filesUrl = 'https://files.slack.example' }: ExportOptions,
): Json {
  const viewing: Viewing = { workspace, settings: { pageLimit: Number.POSITIVE_INFINITY, filesUrl } };
  const { files, blocks, reply_count, latest_reply, ...view } = messageView(viewing, channel, message);
  const replies = repliesTo(logOf(workspace, channel.id), message.ts);
  const list = replies.map(({ user = '', ts }) => ({ user, ts }));
  const shared = Array.isArray(files) ? files.map((file: Json) => withToken(file)) : [];
  if (isOld)
    return {
      ...view,
      ...(list.length > 0 ? { replies: list } : {}),
      ...(shared.length > 0 ? { subtype: 'file_share', file: shared[0] } : {}),
    };
  const user = workspace.users.get(message.user ?? '');
  return {
    ...view,
    ...(blocks === undefined ? {} : { blocks }),
    ...(user === undefined
      ? {}
      : {
          user_team: workspace.team.id,
          user_profile: {
            ...{ real_name: user.realName, display_name: user.displayName, name: user.name },
            ...{ team: workspace.team.id, is_restricted: false },
          },
        }),
    ...(shared.length > 0 ? { files: shared } : {}),
    ...(list.length > 0 ? { reply_count, latest_reply, replies: list } : {}),
  };
}

function withToken(file: Json): Json {
  const tokens = ['url_private', 'url_private_download'].flatMap((name) =>
    typeof file[name] === 'string' ? [[name, `${file[name]}?t=${EXPORT_TOKEN}`]] : [],
  );
  return { ...file, ...Object.fromEntries(tokens) };
}
