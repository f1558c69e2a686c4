import { ctxError } from '../../core/errors/index.ts';
import type { TalkClient } from './client.ts';
import { after, before, compareTs, type Day, dayOf, daysFrom, type Window } from './days.ts';
import type { Message } from './schema.ts';

/** All that was said in a channel on a day, but for replies; the oldest first. */
export interface DayOfTalk {
  readonly day: Day;
  readonly messages: readonly Message[];
}

/**
 * The days of a window, the latest first, each when all of it has come, so that memory holds one of them. `until` is the
 * moment at which the run began: what is written after it is left to the next one.
 */
export async function* readWindow(
  client: TalkClient,
  { source, channel, until }: { readonly source: string; readonly channel: string; readonly until: string },
  { first, last }: Window,
): AsyncGenerator<DayOfTalk> {
  let day = last;
  let talk = new Map<string, Message>();
  const close = (): DayOfTalk => {
    const messages = [...talk.values()].sort((a, b) => compareTs(a.ts, b.ts));
    const closed = { day, messages };
    talk = new Map();
    day = daysFrom(day, -1);
    return closed;
  };
  const latest = compareTs(after(last), until) < 0 ? after(last) : until;
  for await (const page of client.history(channel, { oldest: before(first), latest })) {
    for (const message of page) {
      const written = dayOf(message.ts);
      if (written > day || written < first)
        throw ctxError('source.unexpected-answer', {
          source,
          what: `the history of channel ${channel}`,
          problem: 'messages came that were not asked for, or out of order',
        });
      while (written < day) yield close();
      talk.set(message.ts, message);
    }
  }
  while (day >= first) yield close();
}
