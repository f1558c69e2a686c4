import { concurrently } from '../../core/concurrently.ts';
import type { Facts } from '../../core/document.ts';
import { type CtxError, isCtxError } from '../../core/errors/index.ts';
import { lacksAttachments } from '../attachments.ts';
import { attempt } from '../attempt.ts';
import type { SourceEvent } from '../contract.ts';
import { compareTs, type Day, isoOf, windowsOf } from './days.ts';
import type { Depth, KnownDays } from './due.ts';
import { dayId, placeOf, threadId } from './model.ts';
import { isNoise } from './noise.ts';
import { type DayOfTalk, readWindow } from './reading.ts';
import { isDeleted, type RenderOptions, renderDay, renderThread } from './render.ts';
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
  /** Called for each day that was read to its end with all that is of it. */
  readonly onRead: (day: Day) => void;
  /** Called for each document that was named. */
  readonly onNamed: (id: string) => void;
}

/** Reads the due days of a channel, the latest first. */
export async function* readChannel(reading: ChannelReading): AsyncGenerator<SourceEvent> {
  const { client, config, rendering, due, until } = reading;
  const window = { source: config.id, channel: rendering.channel.id, until };
  for (const days of windowsOf(due.keys()).reverse())
    for await (const talk of readWindow(client, window, days)) yield* readDay(reading, talk);
}

/** What a day holds: a document for each thread that began on it, and one for the rest. */
async function* readDay(reading: ChannelReading, { day, messages }: DayOfTalk): AsyncGenerator<SourceEvent> {
  const { config, rendering, known, onRead, onNamed } = reading;
  const { id: channel } = rendering.channel;
  const documents = new Map((known.get(day) ?? []).map((facts) => [facts.id, facts]));
  const own = messages.filter(({ subtype }) => subtype !== 'thread_broadcast');
  const isExcluded = (id: string) => config.exclude.includes(id);
  const threads = config.threads ? own.filter(isRoot) : [];
  const roots = threads.filter(({ ts }) => !isExcluded(threadId(channel, ts)));
  const rest = own.filter(
    (message) => !threads.includes(message) && !isDeleted(message) && !isNoise(message, config),
  );
  const named = new Set<string>();
  const name = (id: string) => {
    named.add(id);
    onNamed(id);
  };
  let hasFailed = false;
  const read = (root: Message) => readThread(reading, root, documents.get(threadId(channel, root.ts)), day);
  for await (const { id, thread } of concurrently(roots, THREADS_AT_ONCE, read)) {
    name(id);
    if (isCtxError(thread)) {
      hasFailed = true;
      yield { type: 'failed', id, error: thread };
    } else if (thread === 'unchanged') yield { type: 'present', id };
    else yield { type: 'upsert', document: renderThread(thread, rendering) };
  }
  if (rest.length > 0 && !isExcluded(dayId(channel, day))) {
    const id = dayId(channel, day);
    name(id);
    yield { type: 'upsert', document: renderDay(day, rest, rendering) };
  }
  // All of the day has come: what is not of it any more was deleted, or has become a part of something else.
  for (const id of documents.keys()) {
    if (named.has(id) || isExcluded(id)) continue;
    onNamed(id);
    yield { type: 'delete', id, reason: 'purged' };
  }
  if (!hasFailed) onRead(day);
}

/** A root that a thread began with: a plain message has none, and a deleted one stands for what was said below it. */
function isRoot({ ts, thread_ts: thread, reply_count: replies }: Message): boolean {
  return thread === ts && (replies ?? 0) > 0;
}

async function readThread(
  { client, rendering, due, isOutdated }: ChannelReading,
  root: Message,
  known: Facts | undefined,
  day: Day,
): Promise<{ readonly id: string; readonly thread: readonly Message[] | 'unchanged' | CtxError }> {
  const { id: channel } = rendering.channel;
  const id = threadId(channel, root.ts);
  const isWanted =
    known === undefined ||
    due.get(day) === 'whole' ||
    isOutdated(known) ||
    lacksAttachments(known) ||
    hasMoved(root, known);
  if (!isWanted) return { id, thread: 'unchanged' };
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

/** The days of documents, by their ids. */
export function daysOf(ids: Iterable<string>): Set<Day> {
  return new Set([...ids].flatMap((id) => placeOf(id)?.day ?? []));
}
