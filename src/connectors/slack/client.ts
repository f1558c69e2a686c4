import type { z } from 'zod';
import { ctxError } from '../../core/errors/index.ts';
import type { HttpRequest } from '../../http/client.ts';
import type { SlackParameters, SlackTransport } from '../../http/slack-transport.ts';
import { followPages } from '../pages.ts';
import { threadId } from './model.ts';
import {
  authTest,
  type Channel,
  channelInfo,
  channelPage,
  groupList,
  type Message,
  messagePage,
  searchPage,
  teamInfo,
  type User,
  userPage,
} from './schema.ts';

/** Channels and users at once; more than 200 of them make an answer slow (https://docs.slack.dev/apis/web-api/pagination). */
const LISTED = 200;
/** The most that a page of a search holds, and the last page that there is. */
const FOUND = 100;
const LAST_PAGE = 100;

export interface HistoryBounds {
  /** Both are left out themselves. */
  readonly oldest: string;
  readonly latest: string;
}

/** A message that a search found, by the channel and the thread that it is in. */
export interface Found {
  readonly channel: string;
  readonly thread: string;
}

export type SlackApi = ReturnType<typeof createSlackClient>;

/** What is read of a workspace, be it by the API or from an export. */
export type SlackClient = Omit<SlackApi, 'caller' | 'team'>;

/** What is read of a channel. */
export type TalkClient = Pick<SlackClient, 'history' | 'thread'>;

/** The methods that the connector calls, each with its answer checked. Listings end only where Slack says that they end. */
export function createSlackClient(transport: SlackTransport, source: string, pageSize: number) {
  async function call<S extends z.ZodType>(
    schema: S,
    method: string,
    parameters: SlackParameters,
    what: string,
    onHeaders?: HttpRequest['onHeaders'],
  ): Promise<z.output<S>> {
    const parsed = schema.safeParse(await transport.call(method, parameters, what, onHeaders));
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    const problem = `${issue?.path.join('.') || 'the answer'} is not as expected (${issue?.code ?? 'unknown'})`;
    throw ctxError('source.unexpected-answer', { source, what, problem });
  }

  async function* messages(
    method: string,
    parameters: SlackParameters,
    what: string,
  ): AsyncGenerator<readonly Message[]> {
    yield* followPages({ source, what }, async (cursor) => {
      const page = await call(messagePage, method, { ...parameters, limit: pageSize, cursor }, what);
      const next = page.response_metadata?.next_cursor || undefined;
      if (page.has_more === true && next === undefined)
        throw ctxError('source.unexpected-answer', {
          source,
          what,
          problem: 'more is there, but no cursor leads to it',
        });
      return { items: page.messages, next };
    });
  }

  return {
    /** Whose token it is: of a bot, or of the person who installed the app. */
    async caller() {
      let told: string | undefined;
      const {
        url,
        user_id: userId,
        bot_id: bot,
      } = await call(...([authTest, 'auth.test', {}, 'connecting'] as const), (headers) => {
        told = headers['x-oauth-scopes'];
      });
      // https://docs.slack.dev/authentication/installing-with-oauth#scopes
      const scopes = told?.split(',').map((scope) => scope.trim());
      return { userId, isBot: Boolean(bot), site: new URL(url).origin, scopes };
    },

    async team() {
      const { team } = await call(teamInfo, 'team.info', {}, 'the workspace');
      return { domain: team.domain };
    },

    /** Those of the types that the token sees. */
    async *channels(types: string): AsyncGenerator<Channel> {
      const what = 'the list of channels';
      yield* flat(
        followPages({ source, what }, async (cursor) => {
          const parameters = { types, limit: LISTED, exclude_archived: false, cursor };
          const page = await call(channelPage, 'conversations.list', parameters, what);
          return { items: page.channels, next: page.response_metadata?.next_cursor || undefined };
        }),
      );
    },

    async channel(id: string): Promise<Channel> {
      return (await call(channelInfo, 'conversations.info', { channel: id }, `channel ${id}`)).channel;
    },

    async *users(): AsyncGenerator<User> {
      const what = 'the list of users';
      yield* flat(
        followPages({ source, what }, async (cursor) => {
          const page = await call(userPage, 'users.list', { limit: LISTED, cursor }, what);
          return { items: page.members, next: page.response_metadata?.next_cursor || undefined };
        }),
      );
    },

    async userGroups() {
      const parameters = { include_disabled: true };
      const { usergroups } = await call(groupList, 'usergroups.list', parameters, 'the list of user groups');
      return usergroups;
    },

    /** Everything but replies, the newest first. */
    history(id: string, { oldest, latest }: HistoryBounds): AsyncIterable<readonly Message[]> {
      return messages(
        'conversations.history',
        { channel: id, oldest, latest },
        `the history of channel ${id}`,
      );
    },

    /** The root first, then its replies, the oldest first. */
    async thread(id: string, ts: string): Promise<Message[]> {
      const what = `thread ${threadId(id, ts)}`;
      const all = new Map<string, Message>();
      for await (const page of messages('conversations.replies', { channel: id, ts }, what))
        for (const each of page) all.set(each.ts, each);
      return [...all.values()];
    },

    /** Replies that were written after a day, by the calendar of the token’s owner; no more than the last 10,000 messages have. */
    async *repliesSince(day: string): AsyncGenerator<Found> {
      for (let page = 1; page <= LAST_PAGE; page += 1) {
        const parameters = {
          ...{ query: `after:${day}`, sort: 'timestamp', sort_dir: 'desc' },
          ...{ count: FOUND, page },
        };
        const { messages: found } = await call(searchPage, 'search.messages', parameters, 'late replies');
        for (const { permalink, channel: place } of found.matches) {
          const thread =
            permalink && URL.canParse(permalink) && new URL(permalink).searchParams.get('thread_ts');
          if (place && thread && /^\d+\.\d{6}$/.test(thread)) yield { channel: place.id, thread };
        }
        if (page >= (found.paging?.pages ?? 1)) return;
      }
    },
  };
}

async function* flat<T>(pages: AsyncIterable<readonly T[]>): AsyncGenerator<T> {
  for await (const page of pages) yield* page;
}
