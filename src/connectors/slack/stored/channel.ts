import { type CtxError, ctxError } from '../../../core/errors/index.ts';
import { isRoot } from '../channel.ts';
import type { Chosen } from '../channels.ts';
import type { TalkClient } from '../client.ts';
import { compareTs, type Day, dayOf, isoOf } from '../days.ts';
import { placeOf, threadId } from '../model.ts';
import type { Message } from '../schema.ts';
import type { Store } from './store.ts';
import { messagesOf } from './talk.ts';

export interface StoredChannelOptions {
  readonly source: string;
  readonly store: Store;
  /** The first day that matters but for earlier threads, and the moment before which all was written that does, as Slack writes it. */
  readonly first: Day;
  readonly until: string;
  /** Only documents that name this person by id. */
  readonly naming?: string;
}

export interface StoredChannel {
  /** Answers from the repository what the Web API would. */
  readonly client: TalkClient;
  /** Roots from before the first day whose threads have something of the time since. */
  readonly earlier: ReadonlySet<string>;
  readonly failures: readonly CtxError[];
}

/** Reads what the repository has of a channel and a time. Memory holds it while the channel is read. */
export async function openStoredChannel(
  channel: Chosen,
  { source, store, first, until, naming }: StoredChannelOptions,
): Promise<StoredChannel> {
  const end = isoOf(until);
  const concerned = [...store.documents.values()].filter(
    ({ id, created = '', updated = '' }) =>
      placeOf(id)?.channel === channel.id && created <= end && updated >= first,
  );
  const documents = new Map<string, readonly Message[]>();
  let unmarked = 0;
  for await (const document of store.read(concerned.map(({ id }) => id))) {
    // To parse takes long. Of what has no marks, the frontmatter tells who is in it.
    const { body, facts } = document;
    if (naming !== undefined && !body.includes(naming) && facts.people?.[naming] === undefined) continue;
    const messages = messagesOf(document);
    if (messages) documents.set(facts.id, messages);
    else unmarked += 1;
  }
  const all = [...documents.values()].flat();
  const shown = all.filter((message) => isShown(message)).sort((a, b) => compareTs(b.ts, a.ts));
  return {
    client: {
      async *history(_, { oldest, latest }) {
        yield shown.filter(({ ts }) => compareTs(ts, oldest) > 0 && compareTs(ts, latest) < 0);
      },
      thread: async (id, ts) => [...(documents.get(threadId(id, ts)) ?? [])],
    },
    earlier: new Set(
      all.filter((message) => isRoot(message) && dayOf(message.ts) < first).map(({ ts }) => ts),
    ),
    failures:
      unmarked === 0 ? [] : [ctxError('slack.unmarked', { source, channel: channel.name, count: unmarked })],
  };
}

/** Whether a message stands in the channel itself, and not in a thread alone. */
function isShown({ ts, thread_ts: thread, subtype }: Message): boolean {
  return thread == null || thread === ts || subtype === 'thread_broadcast';
}
