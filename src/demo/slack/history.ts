import { knownChannel, readableChannel } from './access.ts';
import { logOf } from './journal.ts';
import { countBefore, countThrough, findMessage, findShown, repliesTo } from './log.ts';
import { messageView, permalink } from './message-views.ts';
import { type Call, isSet, type Method, required, SlackRefusal } from './method.ts';
import { makeCursor, nextCursor, readCursor, readLimit } from './paging.ts';
import { digitsOf, fromDigits, readTs } from './timestamps.ts';
import type { Channel, Json, Message } from './workspace.ts';

const HISTORY_FALLBACK = 100;
const REPLIES_FALLBACK = 1000;
const BEGINNING = '0000000000.000000';

interface Bounds {
  readonly oldest: string | undefined;
  readonly latest: string | undefined;
  readonly inclusive: boolean;
}

function readBounds(call: Call): Bounds {
  const read = (name: 'oldest' | 'latest') => {
    const text = call.params.get(name) ?? '';
    const ts = text === '' ? undefined : readTs(text);
    if (ts === undefined && text !== '') throw new SlackRefusal(`invalid_ts_${name}`);
    return ts === BEGINNING ? undefined : ts;
  };
  return { oldest: read('oldest'), latest: read('latest'), inclusive: isSet(call, 'inclusive') };
}

/** From which place to which the messages within the bounds are. */
function span(
  messages: readonly Message[],
  { oldest, latest, inclusive }: Bounds,
): { from: number; to: number } {
  const before = (ts: string) => countBefore(messages, ts);
  const through = (ts: string) => countThrough(messages, ts);
  return {
    from: oldest === undefined ? 0 : inclusive ? before(oldest) : through(oldest),
    to: latest === undefined ? messages.length : inclusive ? through(latest) : before(latest),
  };
}

function readPlace(call: Call): string | undefined {
  const digits = readCursor(call, 'next_ts');
  const ts = digits === undefined ? undefined : fromDigits(digits);
  if (digits !== undefined && ts === undefined) throw new SlackRefusal('invalid_cursor');
  return ts;
}

/** Absent on the last page. */
const leadingTo = (following: Message | undefined): Json =>
  following === undefined ? {} : nextCursor(makeCursor('next_ts', digitsOf(following.ts)));

/**
 * Pages go from the newest message back, but from `oldest` on where that is the only bound. Each page has its newest
 * message first.
 */
function history(call: Call): Json {
  const channel = readableChannel(call);
  const { timeline } = logOf(call.workspace, channel.id);
  const bounds = readBounds(call);
  const limit = readLimit(call, HISTORY_FALLBACK);
  const place = readPlace(call);
  const { from, to } = span(timeline, bounds);
  const forward = bounds.oldest !== undefined && bounds.latest === undefined;
  let page: readonly Message[];
  let following: Message | undefined;
  if (forward) {
    const start = place === undefined ? from : Math.max(from, countBefore(timeline, place));
    page = timeline.slice(start, start + limit);
    following = timeline[start + limit];
  } else {
    const end = place === undefined ? to : Math.min(to, countThrough(timeline, place));
    const start = Math.max(from, end - limit);
    page = timeline.slice(start, Math.max(start, end));
    following = start > from ? timeline[start - 1] : undefined;
  }
  const { oldest, latest } = bounds;
  return {
    ...(oldest === undefined ? {} : { oldest }),
    ...(latest === undefined ? {} : { latest }),
    messages: page.toReversed().map((message) => shownView(call, channel, message)),
    has_more: following !== undefined,
    pin_count: 0,
    channel_actions_ts: null,
    channel_actions_count: 0,
    ...leadingTo(following),
  };
}

/** An answer that was broadcast brings its root along. */
function shownView(call: Call, channel: Channel, message: Message): Json {
  const { threadTs } = message;
  const root = threadTs === undefined ? undefined : findShown(logOf(call.workspace, channel.id), threadTs);
  const view = messageView(call, channel, message);
  return root === undefined ? view : { ...view, root: messageView(call, channel, root) };
}

/** Each page begins with the root, whatever the bounds. The `ts` of an answer gives that answer alone. */
function replies(call: Call): Json {
  const channel = readableChannel(call);
  const log = logOf(call.workspace, channel.id);
  const ts = readTs(required(call, 'ts'));
  const message = ts === undefined ? undefined : findMessage(log, ts);
  if (message === undefined) throw new SlackRefusal('thread_not_found');
  const answers = message.threadTs === undefined ? repliesTo(log, message.ts) : [];
  const bounds = readBounds(call);
  const limit = readLimit(call, REPLIES_FALLBACK);
  const place = readPlace(call);
  const { from, to } = span(answers, bounds);
  const start = place === undefined ? from : Math.max(from, countBefore(answers, place));
  // A page of one would otherwise be the root alone for ever.
  const end = Math.min(to, start + (place === undefined ? limit - 1 : Math.max(1, limit - 1)));
  const following = end < to ? answers[end] : undefined;
  const page = [message, ...answers.slice(start, end)];
  return {
    messages: page.map((each) => messageView(call, channel, each)),
    has_more: following !== undefined,
    ...leadingTo(following),
  };
}

function getPermalink(call: Call): Json {
  const channel = knownChannel(call);
  const ts = readTs(required(call, 'message_ts'));
  const message = ts === undefined ? undefined : findMessage(logOf(call.workspace, channel.id), ts);
  if (message === undefined) throw new SlackRefusal('message_not_found');
  const address = permalink(call.workspace, channel, message);
  return {
    channel: channel.id,
    permalink: message.threadTs === undefined ? address : `${address}&cid=${channel.id}`,
  };
}

export const historyMethods: Readonly<Record<string, Method>> = {
  'conversations.history': { scopes: [], run: history },
  'conversations.replies': { scopes: [], run: replies },
  'chat.getPermalink': { scopes: [], run: getPermalink },
};
