import type { SlackSource } from '../../config/sources/slack.ts';
import { type CtxError, ctxError, isCtxError } from '../../core/errors/index.ts';
import { attempt } from '../attempt.ts';
import { asksForKnown, byName, type Chosen, choose, listChannels } from './channels.ts';
import type { SlackClient } from './client.ts';
import { type Day, dayAt, daysFrom, type Window } from './days.ts';
import { DEFAULT_DAYS } from './due.ts';
import { openWorkspace, type SlackEnvironment } from './open.ts';
import { type ChannelMessages, type OwnMessagesOptions, readOwnMessages } from './own-messages.ts';
import { People } from './people.ts';
import { readContext, textOf } from './render.ts';
import type { User } from './schema.ts';

/** The search lags behind, and its days are those of the time zone of the token's owner. */
const OVERLAP_DAYS = 2;

export interface ExportRequest {
  /** Names or ids; without it, those of the configuration. */
  readonly channels?: readonly string[];
  /** Milliseconds since the epoch, both included; without them, all that the source's `days` cover. */
  readonly since?: number;
  readonly until?: number;
  readonly includeDms: boolean;
  readonly context: boolean;
  /** Whose messages: a name, an id or an e-mail address; without it, the owner of the token. */
  readonly user?: string;
}

export interface MessageExport {
  /** What was read: the API, an export of Slack's, or the repository. */
  readonly from: 'slack' | 'export' | 'store';
  /** The workspace's name in addresses. */
  readonly workspace: string;
  readonly user: { readonly id: string; readonly name: string };
  /** ISO 8601 in UTC, both included. */
  readonly range: { readonly since: string; readonly until: string };
  /** Channel by channel, by their names. */
  readonly channels: AsyncIterable<ChannelMessages>;
  /** What could not be asked for, and what was passed over; complete when all channels came. */
  readonly failures: readonly CtxError[];
  readonly warnings: readonly string[];
}

/** Opens a workspace, or an export of it, and finds out who and what is meant; hands it to `use` while it is open. */
export async function exportMessages<T>(
  config: SlackSource,
  request: ExportRequest,
  environment: SlackEnvironment,
  use: (opened: MessageExport) => Promise<T>,
): Promise<T> {
  const { clock, signal } = environment;
  const opened = await openWorkspace(config, environment);
  try {
    const client = opened.clientFor(signal);
    const { site, domain } = opened.workspace;
    const listed = await attempt(() => Array.fromAsync(client.users()));
    const user = userOf(config.id, listed, request.user, opened.owner);
    const people = new People({ values: () => [] });
    await people.learn({
      ...client,
      async *users() {
        if (isCtxError(listed)) throw listed;
        yield* listed;
      },
    });
    const failures = [...people.failures];
    const { channels, names, warnings } = await wantedChannels(client, config, request, people);

    const there = await opened.range?.();
    const now = clock.now();
    const last = there?.last ?? dayAt(now);
    const days = config.days ?? (there ? undefined : DEFAULT_DAYS);
    const first = days === undefined ? (there?.first as Day) : daysFrom(last, 1 - days);
    const since = request.since ?? Date.parse(first);
    const until = Math.min(request.until ?? now, there ? Date.parse(daysFrom(last, 1)) - 1 : now);
    const sinceDay = dayAt(since);
    const window: Window = {
      // Of an export all is at hand. Of a workspace earlier threads are looked through as far as builds do.
      first: there?.first ?? daysFrom(sinceDay, -config.late_replies_days),
      last: dayAt(until),
    };
    const earlier = there
      ? new Map()
      : await earlierThreads(client, daysFrom(sinceDay, -OVERLAP_DAYS), warnings);
    const options = {
      ...{ source: config.id, client, people, window, earlier, signal },
      ...{ user, context: request.context, exclude: config.exclude },
      ...{ since: tsOf(since), until: tsOf(until + 1), isDaily: there !== undefined },
      textsOf: textsOf({ site, people, channels: names }),
    };
    async function* read(): AsyncGenerator<ChannelMessages> {
      for (const channel of channels) yield await readOwnMessages(channel, options);
    }
    return await use({
      from: there ? 'export' : 'slack',
      workspace: domain,
      user: { id: user, name: people.name(user) ?? user },
      range: { since: new Date(since).toISOString(), until: new Date(until).toISOString() },
      ...{ channels: read(), failures, warnings },
    });
  } finally {
    await opened.close();
  }
}

/** The text of a message, as Slack has it and as markdown. */
function textsOf(names: Parameters<typeof readContext>[0]): OwnMessagesOptions['textsOf'] {
  return (message) => ({
    text: typeof message.text === 'string' ? message.text : '',
    text_md: textOf(message, readContext(names, message.ts)),
  });
}

/** As Slack writes times. */
export const tsOf = (ms: number): string => (ms / 1000).toFixed(6);

/** The id of who was asked for, or else of the token's owner. */
function userOf(
  source: string,
  users: readonly User[] | CtxError,
  asked: string | undefined,
  owner: string | undefined,
): string {
  if (asked === undefined) {
    if (owner !== undefined) return owner;
    throw ctxError('slack.whose-messages', { source });
  }
  if (isCtxError(users)) throw users;
  const wanted = asked.replace(/^@/, '').toLowerCase();
  const namesOf = ({ id, name, real_name: real, profile }: User) =>
    [id, name, real, profile?.display_name, profile?.real_name, profile?.email].map((each) =>
      each?.toLowerCase(),
    );
  const found = users.filter((user) => namesOf(user).includes(wanted)).map(({ id }) => id);
  const [id, ...others] = found;
  if (id !== undefined && others.length === 0) return id;
  throw ctxError('slack.unknown-user', { source, user: asked, ids: found });
}

/** Those that were asked for, by their names, and what mentions are to call any; of private ones, those that the configuration names. */
async function wantedChannels(
  client: SlackClient,
  config: SlackSource,
  { channels: asked, includeDms }: ExportRequest,
  people: People,
): Promise<{ channels: Chosen[]; names: ReadonlyMap<string, string>; warnings: string[] }> {
  const dms = (configured: SlackSource['direct_messages']) => {
    if (!includeDms) return [];
    return configured.length > 0 ? configured : 'all';
  };
  const wanted = {
    ...config,
    ...(asked && { channels: [...asked] }),
    ...{ direct_messages: dms(config.direct_messages), group_messages: dms(config.group_messages) },
  };
  const listed = await listChannels(client, wanted);
  const { chosen, unknown } = choose(listed, wanted, people);
  // What mentions a channel calls it as documents do, whatever is exported.
  const named = [...choose(listed, config, people).chosen, ...chosen];
  const refused = chosen.filter((channel) => channel.kind === 'private' && !asksForKnown(channel, config));
  const warnings = [
    ...unknown.map((name) => `no channel is called ${name}, or the token does not see it`),
    ...refused.map(
      ({ name }) => `${name} is private: it is left out, since the configuration does not name it`,
    ),
  ];
  const channels = chosen.filter((channel) => !refused.includes(channel)).sort(byName);
  return { channels, names: new Map(named.map(({ id, name }) => [id, name])), warnings };
}

/** The threads with replies since a day, by channel. Only people's tokens may search; others go without. */
async function earlierThreads(
  client: SlackClient,
  day: string,
  warnings: string[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const channels = new Map<string, Set<string>>();
  const found = await attempt(async () => {
    for await (const { channel, thread } of client.repliesSince(day))
      channels.set(channel, (channels.get(channel) ?? new Set()).add(thread));
  });
  if (isCtxError(found))
    warnings.push(
      `replies to messages from before the range are found only as far back as late_replies_days: ${found.message}`,
    );
  return channels;
}
