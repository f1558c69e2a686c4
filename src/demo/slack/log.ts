import type { Message } from './workspace.ts';

/** What was said in one channel, in the order of time. */
export interface ChannelLog {
  /** What the channel shows: all that answers to nothing, and answers that were broadcast. */
  readonly timeline: Message[];
  /** The answers to each root by its `ts`, those that were broadcast too. A root without answers has no entry. */
  readonly threads: Map<string, Message[]>;
}

export const emptyLog = (): ChannelLog => ({ timeline: [], threads: new Map() });

/** How many messages are older than `ts`. */
export function countBefore(messages: readonly Message[], ts: string): number {
  return countWhile(messages, (each) => each < ts);
}

/** How many messages are not younger than `ts`. */
export function countThrough(messages: readonly Message[], ts: string): number {
  return countWhile(messages, (each) => each <= ts);
}

function countWhile(messages: readonly Message[], isCounted: (ts: string) => boolean): number {
  let low = 0;
  let high = messages.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isCounted(messages[middle]?.ts ?? '')) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A message that the timeline shows, such as a root. */
export const findShown = ({ timeline }: ChannelLog, ts: string): Message | undefined => findIn(timeline, ts);

export function findMessage(log: ChannelLog, ts: string): Message | undefined {
  const shown = findShown(log, ts);
  if (shown !== undefined) return shown;
  for (const replies of log.threads.values()) {
    const reply = findIn(replies, ts);
    if (reply !== undefined) return reply;
  }
  return undefined;
}

function findIn(messages: readonly Message[], ts: string): Message | undefined {
  const message = messages[countBefore(messages, ts)];
  return message?.ts === ts ? message : undefined;
}

export const repliesTo = (log: ChannelLog, ts: string): readonly Message[] => log.threads.get(ts) ?? [];

/** Every message once. */
export function* allMessages(log: ChannelLog): Generator<Message, void> {
  for (const message of log.timeline) if (message.threadTs === undefined) yield message;
  for (const replies of log.threads.values()) yield* replies;
}

const isShown = ({ threadTs, subtype }: Message): boolean =>
  threadTs === undefined || subtype === 'thread_broadcast';

/** Puts a message in, in place of the one of the same `ts` if there is one. */
export function putMessage(log: ChannelLog, message: Message): void {
  if (isShown(message)) place(log.timeline, message);
  if (message.threadTs === undefined) return;
  const replies = log.threads.get(message.threadTs);
  if (replies === undefined) log.threads.set(message.threadTs, [message]);
  else place(replies, message);
}

function place(messages: Message[], message: Message): void {
  const index = countBefore(messages, message.ts);
  messages.splice(index, messages[index]?.ts === message.ts ? 1 : 0, message);
}

export function dropMessage(log: ChannelLog, { ts, threadTs }: Message): void {
  remove(log.timeline, ts);
  const replies = threadTs === undefined ? undefined : log.threads.get(threadTs);
  if (replies === undefined || threadTs === undefined) return;
  remove(replies, ts);
  if (replies.length === 0) log.threads.delete(threadTs);
}

function remove(messages: Message[], ts: string): void {
  const index = countBefore(messages, ts);
  if (messages[index]?.ts === ts) messages.splice(index, 1);
}
