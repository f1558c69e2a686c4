import { textOf } from '../workspace/model.ts';
import { isReadable } from './access.ts';
import { changesSince, logOf } from './journal.ts';
import { allMessages } from './log.ts';
import { clientId, messageView, permalink } from './message-views.ts';
import { type Call, type Method, SlackRefusal } from './method.ts';
import { type Query, readQuery } from './search-query.ts';
import { secondsOf } from './timestamps.ts';
import type { Channel, Json, Message } from './workspace.ts';

const COUNT_FALLBACK = 20;
const MOST_PER_PAGE = 100;
const MOST_PAGES = 100;

/** What nobody said. */
const NOT_SEARCHED = new Set(['tombstone', 'channel_join', 'channel_leave', 'channel_name']);

interface Hit {
  readonly channel: Channel;
  readonly message: Message;
}

/** By relevance is the same as by time here: every hit has all the words. */
function messages(call: Call): Json {
  const { workspace, caller, params } = call;
  const text = (params.get('query') ?? '').trim();
  if (text === '') throw new SlackRefusal('no_query');
  const query = readQuery(workspace, text, caller.userId);
  const hits = [...workspace.channels.values()]
    .filter((channel) => isReadable(channel, caller) && (query.channels?.has(channel.id) ?? true))
    .flatMap((channel) => hitsIn(call, channel, query));
  const sign = params.get('sort_dir') === 'asc' ? 1 : -1;
  hits.sort((a, b) => sign * compare(a, b));
  const count = Math.min(readNumber(params.get('count'), COUNT_FALLBACK), MOST_PER_PAGE);
  const page = readNumber(params.get('page'), 1);
  const pages = Math.min(Math.ceil(hits.length / count), MOST_PAGES);
  const first = (page - 1) * count;
  const shown = page > MOST_PAGES ? [] : hits.slice(first, first + count);
  return {
    query: text,
    messages: {
      total: hits.length,
      pagination: {
        total_count: hits.length,
        page,
        per_page: count,
        page_count: pages,
        first: first + 1,
        last: first + shown.length,
      },
      paging: { count, total: hits.length, page, pages },
      matches: shown.map((hit) => matchView(call, hit)),
    },
  };
}

function readNumber(text: string | undefined, fallback: number): number {
  const value = text === undefined || text === '' ? fallback : Number(text);
  if (!Number.isInteger(value) || value < 1) throw new SlackRefusal('invalid_arguments');
  return value;
}

function compare(a: Hit, b: Hit): number {
  if (a.message.ts !== b.message.ts) return a.message.ts < b.message.ts ? -1 : 1;
  return a.channel.id < b.channel.id ? -1 : 1;
}

function hitsIn({ workspace, faults }: Call, channel: Channel, query: Query): Hit[] {
  const changes = changesSince(workspace, faults.searchLag);
  const known: Message[] = [];
  for (const message of allMessages(logOf(workspace, channel.id)))
    if (!changes.has(`${channel.id}:${message.ts}`)) known.push(message);
  for (const [key, before] of changes)
    if (before !== undefined && key === `${channel.id}:${before.ts}`) known.push(before);
  return known.filter((message) => matches(message, query)).map((message) => ({ channel, message }));
}

function matches(message: Message, { words, senders, from, to }: Query): boolean {
  const at = secondsOf(message.ts) * 1000;
  if (at < from || at >= to || NOT_SEARCHED.has(message.subtype ?? '')) return false;
  if (senders !== undefined && !senders.has(message.user ?? '')) return false;
  if (words.length === 0) return true;
  const text = message.text === undefined ? '' : textOf(message.text).toLowerCase();
  return words.every((word) => text.includes(word));
}

function matchView(call: Call, { channel, message }: Hit): Json {
  const { workspace } = call;
  const { text = '', blocks, attachments, files } = messageView(call, channel, message);
  return {
    iid: clientId(channel, message.ts),
    team: workspace.team.id,
    channel: {
      id: channel.id,
      is_channel: channel.kind === 'public_channel' || channel.kind === 'private_channel',
      is_group: false,
      is_im: channel.kind === 'im',
      name:
        channel.kind === 'im'
          ? (channel.members.find((id) => id !== call.caller.userId) ?? '')
          : channel.name,
      is_shared: false,
      is_org_shared: false,
      is_ext_shared: false,
      is_private: channel.kind !== 'public_channel',
      is_mpim: channel.kind === 'mpim',
      pending_shared: [],
      is_pending_ext_shared: false,
    },
    type: 'message',
    user: message.user ?? null,
    username: message.username ?? workspace.users.get(message.user ?? '')?.name ?? '',
    ts: message.ts,
    ...(blocks === undefined ? {} : { blocks }),
    ...(attachments === undefined ? {} : { attachments }),
    ...(files === undefined ? {} : { files }),
    text,
    permalink: permalink(workspace, channel, message),
    no_reactions: message.reactions === undefined,
  };
}

export const searchMethods: Readonly<Record<string, Method>> = {
  'search.messages': { scopes: ['search:read'], only: 'user', run: messages },
};
