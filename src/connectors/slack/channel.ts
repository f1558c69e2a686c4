import { concurrently } from '../../core/concurrently.ts';
import type { Facts } from '../../core/document.ts';
import { type CtxError, ctxError, isCtxError } from '../../core/errors/index.ts';
import { lacksAttachments } from '../attachments.ts';
import { attempt } from '../attempt.ts';
import type { SourceEvent } from '../contract.ts';
import { compareTs, type Day, isoOf, type Window, weeksOf, windowsOf } from './days.ts';
import type { Depth, KnownDays } from './due.ts';
import { dayId, type Place, placeOf, threadId } from './model.ts';
import { isDeleted, isNoise } from './noise.ts';
import { type DayOfTalk, readWindow } from './reading.ts';
import { type RenderOptions, renderDay, renderThread } from './render.ts';
import type { SlackReader } from './run.ts';
import type { Message } from './schema.ts';

/** Threads that are waited for side by side; the pace of the method bounds what is sent. */
const THREADS_AT_ONCE = 3;

export interface ChannelReading extends SlackReader {
  readonly rendering: RenderOptions;
  readonly known: KnownDays;
  readonly due: ReadonlyMap<Day, Depth>;
  /** The moment at which the run began, as Slack writes it. */
  readonly until: string;
  readonly isOutdated: (facts: Facts) => boolean;
  /** Called for each day that was read; `isSettled` if nothing of it is to be looked at again. */
  readonly onRead: (day: Day, isSettled: boolean) => void;
  /** Called for each document that was named. */
  readonly onNamed: (id: string) => void;
}

/** Reads the due days of a channel, in the order that the configuration asks for. */
export async function* readChannel(reading: ChannelReading): AsyncGenerator<SourceEvent> {
  const { client, config, rendering, due, until } = reading;
  const window = { source: config.id, channel: rendering.channel.id, until };
  for (const days of inOrder(windowsOf(due.keys()), config.direction))
    for await (const talk of readWindow(client, window, days)) yield* readDay(reading, talk);
}

/** A history comes with the latest first: what is read forwards is asked for week by week. */
function inOrder(windows: readonly Window[], direction: 'backwards' | 'forwards'): readonly Window[] {
  return direction === 'backwards' ? windows.toReversed() : windows.flatMap(weeksOf);
}

/** What a day holds: a document for each thread that began on it, and one for the rest. */
async function* readDay(reading: ChannelReading, { day, messages }: DayOfTalk): AsyncGenerator<SourceEvent> {
  const { config, rendering, known, onRead, onNamed } = reading;
  const { id: channel } = rendering.channel;
  const documents = new Map((known.get(day) ?? []).map((facts) => [facts.id, facts]));
  const isExcluded = (id: string) => config.exclude.includes(id);
  const threads = config.threads ? messages.filter(isRoot) : [];
  const roots = threads.filter(({ ts }) => !isExcluded(threadId(channel, ts)));
  const rest = restOf(messages, config);
  const named = new Set<string>();
  const name = (id: string) => {
    named.add(id);
    onNamed(id);
  };
  let isSettled = true;
  const read = (root: Message) => readThread(reading, root, documents.get(threadId(channel, root.ts)), day);
  for await (const { id, thread } of concurrently(roots, THREADS_AT_ONCE, read)) {
    name(id);
    if (isCtxError(thread)) {
      isSettled = false;
      yield { type: 'failed', id, error: thread };
    } else if (thread === 'unchanged') yield { type: 'present', id };
    else {
      if (config.threads === 'later') isSettled = false;
      yield thread === 'later'
        ? { type: 'present', id }
        : { type: 'upsert', document: renderThread(thread, rendering) };
    }
  }
  const dayOfRest = dayId(channel, day);
  if (rest.length > 0 && !isExcluded(dayOfRest)) {
    name(dayOfRest);
    if (await isWhole(reading, day, rest, documents.get(dayOfRest)))
      yield { type: 'upsert', document: renderDay(day, rest, rendering) };
    else {
      isSettled = false;
      yield { type: 'failed', id: dayOfRest, error: unlisted(config.id, dayOfRest) };
    }
  }
  const listed = new Set(messages.map(({ ts }) => ts));
  for (const id of documents.keys()) {
    if (named.has(id) || isExcluded(id)) continue;
    onNamed(id);
    const gone = await attempt(() => isGone(reading, id, listed));
    // A deletion may be held back: the next run looks whether it is still to be made.
    isSettled = false;
    if (gone === true) yield { type: 'delete', id, reason: 'purged' };
    else {
      yield { type: 'failed', id, error: isCtxError(gone) ? gone : unlisted(config.id, id) };
    }
  }
  onRead(day, isSettled);
}

/** Whether a day that has less than the repository's is so when it is listed once more: a page can be lost without a word. */
async function isWhole(
  { client, config, rendering, until }: ChannelReading,
  day: Day,
  rest: readonly Message[],
  known: Facts | undefined,
): Promise<boolean> {
  if (Number(known?.fields?.messages ?? 0) <= rest.length) return true;
  const window = { source: config.id, channel: rendering.channel.id, until };
  const ids = new Set(rest.map(({ ts }) => ts));
  for await (const { messages } of readWindow(client, window, { first: day, last: day }))
    if (restOf(messages, config).some(({ ts }) => !ids.has(ts))) return false;
  return true;
}

/**
 * Whether what a day no longer shows has been deleted, or has become a part of something else: that a listing does not have it
 * is no proof. A thread is asked for by itself, and a day once more.
 */
async function isGone(
  { client, config, rendering, until }: ChannelReading,
  id: string,
  listed: ReadonlySet<string>,
): Promise<boolean> {
  const { channel } = rendering;
  const { ts, day } = placeOf(id) as Place;
  if (ts === undefined) {
    const window = { source: config.id, channel: channel.id, until };
    for await (const { messages } of readWindow(client, window, { first: day, last: day }))
      if (restOf(messages, config).length > 0) return false;
    return true;
  }
  if (listed.has(ts)) return true;
  try {
    return (await client.thread(channel.id, ts)).length === 0;
  } catch (error) {
    if (isCtxError(error) && error.is('slack.error') && GONE.has(error.params.error)) return true;
    throw error;
  }
}

/** https://docs.slack.dev/reference/methods/conversations.replies#errors */
const GONE = new Set(['message_not_found', 'thread_not_found']);

const unlisted = (source: string, id: string): CtxError =>
  ctxError('source.document-failed', {
    source,
    id,
    reason: 'its channel’s history did not list it, but it is there',
  });

/** What is said outside of threads, as far as it is to be written. */
function restOf(messages: readonly Message[], config: SlackReader['config']): Message[] {
  const isThread = (message: Message) => config.threads && isRoot(message);
  return messages.filter(
    (message) =>
      message.subtype !== 'thread_broadcast' &&
      !isThread(message) &&
      !isDeleted(message) &&
      !isNoise(message, config),
  );
}

/** A root that a thread began with: a plain message has none, and a deleted one stands for what was said below it. */
export function isRoot({ ts, thread_ts: thread, reply_count: replies }: Message): boolean {
  return thread === ts && (replies ?? 0) > 0;
}

async function readThread(
  { client, config, rendering, due, isOutdated }: ChannelReading,
  root: Message,
  known: Facts | undefined,
  day: Day,
): Promise<{ readonly id: string; readonly thread: readonly Message[] | 'unchanged' | 'later' | CtxError }> {
  const { id: channel } = rendering.channel;
  const id = threadId(channel, root.ts);
  const isWanted =
    known === undefined ||
    due.get(day) === 'whole' ||
    isOutdated(known) ||
    lacksAttachments(known) ||
    hasMoved(root, known);
  if (!isWanted) return { id, thread: 'unchanged' };
  if (config.threads === 'later')
    // The next run sees by its count that it has more.
    return { id, thread: known ? 'later' : [{ ...root, reply_count: 0, latest_reply: undefined }] };
  const answer = await attempt(() => client.thread(channel, root.ts));
  if (isCtxError(answer)) return { id, thread: answer };
  const replies = answer.filter(({ ts }) => ts !== root.ts).sort((a, b) => compareTs(a.ts, b.ts));
  return { id, thread: [answer.find(({ ts }) => ts === root.ts) ?? root, ...replies] };
}

/** Whether what a root tells of its thread is another than the repository has. */
function hasMoved(
  { reply_count: replies, latest_reply: latest, edited, subtype }: Message,
  known: Facts,
): boolean {
  const { fields = {}, updated = '' } = known;
  return (
    fields.replies !== replies ||
    fields.latest_reply !== (latest ?? undefined) ||
    (edited != null && isoOf(edited.ts) > updated) ||
    (subtype === 'tombstone') !== (fields.deleted === true)
  );
}
