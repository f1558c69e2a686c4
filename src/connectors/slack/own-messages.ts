import { concurrently } from '../../core/concurrently.ts';
import { type CtxError, isCtxError } from '../../core/errors/index.ts';
import { attempt } from '../attempt.ts';
import { isRoot } from './channel.ts';
import type { Chosen } from './channels.ts';
import type { TalkClient } from './client.ts';
import { compareTs, dayOf, daysIn, type Window } from './days.ts';
import { dayId, threadId } from './model.ts';
import { isTalk } from './noise.ts';
import { isReply, type OwnMessage, type RecordOptions, recordOf } from './own-message.ts';
import { readWindow } from './reading.ts';
import type { Message } from './schema.ts';

const THREADS_AT_ONCE = 3;

export interface OwnMessagesOptions extends Omit<RecordOptions, 'channel'> {
  readonly source: string;
  readonly client: TalkClient;
  /** Whose messages, by id. */
  readonly user: string;
  /** From when on, and before which moment, as Slack writes them. */
  readonly since: string;
  readonly until: string;
  /** The days whose threads are looked through: it begins before `since`, for replies to what was said earlier. */
  readonly window: Window;
  /** Read each day by itself: none hides another if it can't be read, which costs a request for each. */
  readonly isDaily: boolean;
  /** Roots from before the window that are known to have replies within it, by channel. */
  readonly earlier: ReadonlyMap<string, ReadonlySet<string>>;
  /** With what others said in the same threads, and right before. */
  readonly context: boolean;
  /** Ids of channels, threads and days that are left out. */
  readonly exclude: readonly string[];
  readonly signal: AbortSignal;
}

export interface ChannelMessages {
  readonly channel: Chosen;
  /** In the order of time. */
  readonly messages: readonly OwnMessage[];
  /** What of the channel could not be read. */
  readonly failures: readonly CtxError[];
}

/** What a person has said in a channel, replies in threads included. Holds all of it at once, since replies come out of order. */
export async function readOwnMessages(
  channel: Chosen,
  options: OwnMessagesOptions,
): Promise<ChannelMessages> {
  const { source, client, user, since, until, window, context, exclude, signal } = options;
  const found = new Map<string, OwnMessage>();
  const failures: CtxError[] = [];

  const isOwn = (message: Message) =>
    message.user === user &&
    isTalk(message) &&
    compareTs(message.ts, since) >= 0 &&
    compareTs(message.ts, until) < 0;
  const isExcluded = ({ ts, thread_ts: thread }: Message) =>
    exclude.includes(thread == null ? dayId(channel.id, dayOf(ts)) : threadId(channel.id, thread));
  const take = (message: Message, root: Message | undefined, isContext: boolean) => {
    const known = found.get(message.ts);
    const isBetter = known === undefined || (known.context && !isContext);
    if (isBetter && !isExcluded(message))
      found.set(message.ts, recordOf(message, root, { ...options, channel, isContext }));
  };

  const takeThread = async (ts: string) => {
    const answer = await attempt(() => client.thread(channel.id, ts));
    if (isCtxError(answer)) {
      failures.push(answer);
      return;
    }
    const root: Message = answer.find((message) => message.ts === ts) ?? { ts };
    const isConcerned = answer.some(isOwn);
    for (const message of answer) {
      const isMine = isOwn(message);
      if (isMine || (context && isConcerned && isTalk(message)))
        take(message, message.ts === ts ? undefined : root, !isMine);
    }
  };

  /** Roots from before the window. */
  const earlier = new Set(options.earlier.get(channel.id));
  /** Whether the earliest message that has come is own, so that the one before it is its context. */
  let isContinued = false;
  const takeDay = async (messages: readonly Message[]) => {
    const talk = messages.filter(isTalk);
    for (const [index, message] of talk.entries()) {
      const next = talk[index + 1];
      const isBefore = next === undefined ? isContinued : isOwn(next);
      if (!isOwn(message)) {
        if (context && isBefore) take(message, undefined, true);
      } else if (!isReply(message)) take(message, undefined, false);
      // What was broadcast comes with its thread.
      else if (dayOf(message.thread_ts) < window.first) earlier.add(message.thread_ts);
    }
    if (talk[0]) isContinued = isOwn(talk[0]);
    const threads = messages.filter((message) => isRoot(message) && mayConcern(message));
    for await (const _ of concurrently(threads, THREADS_AT_ONCE, ({ ts }) => takeThread(ts)));
  };

  /** Whether a thread may have a reply of the person's within the time: its root names those who replied, if they are few. */
  function mayConcern(root: Message): boolean {
    const { latest_reply: latest, reply_users: users, reply_users_count: count } = root;
    if (latest != null && compareTs(latest, since) < 0) return false;
    if (context && isOwn(root)) return true;
    return users == null || count == null || users.length < count || users.includes(user);
  }

  const windows = options.isDaily
    ? [...daysIn(window)].reverse().map((day) => ({ first: day, last: day }))
    : [window];
  for (const part of windows) {
    signal.throwIfAborted();
    const failure = await attempt(async () => {
      for await (const { messages } of readWindow(client, { source, channel: channel.id, until }, part))
        await takeDay(messages);
    });
    if (isCtxError(failure)) failures.push(failure);
  }
  for (const ts of earlier) if (dayOf(ts) < window.first) await takeThread(ts);
  const messages = [...found.values()].sort((a, b) => compareTs(a.ts, b.ts));
  return { channel, messages, failures };
}
