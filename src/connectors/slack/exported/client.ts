import { ctxError } from '../../../core/errors/index.ts';
import type { SlackClient } from '../client.ts';
import { after, before, compareTs, type Day, dayOf, daysFrom, daysIn } from '../days.ts';
import type { Message } from '../schema.ts';
import type { Archive, Conversation } from './archive.ts';
import { rootOf, type Survey } from './survey.ts';

export interface ExportedClientOptions {
  readonly source: string;
  readonly archive: Archive;
  /** Called when it is needed, and once at most. */
  readonly survey: () => Promise<Survey>;
}

/** Answers from an export what the Web API would. */
export function createExportedClient(options: ExportedClientOptions): SlackClient {
  const { source, archive, survey } = options;

  const conversation = (id: string, what: string): Conversation => {
    const found = archive.conversations.get(id);
    if (found) return found;
    throw ctxError('source.not-found', { source, what });
  };

  /** All that was written on a day, replies too. Fails if a file that may have something of it can't be read. */
  async function written(own: Conversation, day: Day): Promise<Message[]> {
    const { isShifted } = await survey();
    const files = isShifted ? [daysFrom(day, -1), day, daysFrom(day, 1)] : [day];
    const all = new Map<string, Message>();
    for (const file of files)
      for (const message of await archive.messages(own, file))
        if (dayOf(message.ts) === day) all.set(message.ts, message);
    return [...all.values()].sort((a, b) => compareTs(a.ts, b.ts));
  }

  /** An answered root and its replies; undefined if the root is not there. */
  async function threadOf(own: Conversation, ts: string): Promise<[Message, ...Message[]] | undefined> {
    const { conversations, first } = await survey();
    const { threads, broken } = conversations.get(own.channel.id) ?? {};
    const replies = new Map<string, Message>();
    for (const day of threads?.get(ts) ?? [])
      for (const message of await archive.messages(own, day))
        if (rootOf(message) === ts) replies.set(message.ts, message);
    const sorted = [...replies.values()].sort((a, b) => compareTs(a.ts, b.ts));
    const found = (await written(own, dayOf(ts))).find((message) => message.ts === ts);
    // Slack shows a deleted root for as long as it has answers. What was said before the export begins is another matter.
    if (!found && (sorted.length === 0 || first === undefined || dayOf(ts) <= dayOf(first))) return undefined;
    const [damage] = broken?.values() ?? [];
    if (damage && sorted.length < (found?.reply_count ?? Number.POSITIVE_INFINITY)) throw damage;
    const root = found ?? { ts, subtype: 'tombstone' };
    const latest = sorted.at(-1);
    if (root.reply_count || latest === undefined) return [root, ...sorted];
    return [{ ...root, thread_ts: ts, reply_count: sorted.length, latest_reply: latest.ts }, ...sorted];
  }

  return {
    async *channels(types) {
      const wanted = types.split(',');
      for (const { channel, kind } of archive.conversations.values())
        if (wanted.includes(kind)) yield channel;
    },

    channel: async (id) => conversation(id, `channel ${id}`).channel,

    async *users() {
      const listed = await archive.people();
      const known = new Set(listed.map(({ id }) => id));
      yield* listed;
      for (const stranger of (await survey()).strangers) if (!known.has(stranger.id)) yield stranger;
    },

    /** An export names no groups. */
    userGroups: async () => [],

    async *history(id, { oldest, latest }) {
      const own = conversation(id, `the history of channel ${id}`);
      const { conversations } = await survey();
      const { lone } = conversations.get(id) ?? {};
      for (const day of daysBetween(oldest, latest).reverse()) {
        const shown = (await written(own, day)).filter(
          (message) => rootOf(message) === undefined || message.subtype === 'thread_broadcast',
        );
        const threads = await Promise.all((lone?.get(day) ?? []).map((ts) => threadOf(own, ts)));
        const all = [...shown, ...threads.flatMap((thread) => thread?.slice(0, 1) ?? [])];
        yield [...new Map(all.map((message) => [message.ts, message])).values()]
          .filter(({ ts }) => compareTs(ts, oldest) > 0 && compareTs(ts, latest) < 0)
          .sort((a, b) => compareTs(b.ts, a.ts));
      }
    },

    async thread(id, ts) {
      return (await threadOf(conversation(id, `thread ${ts} of channel ${id}`), ts)) ?? [];
    },

    /** Everything of an export is read at once. */
    async *repliesSince() {},
  };
}

/** The days that have a moment between two others, which are left out themselves. */
function daysBetween(oldest: string, latest: string): Day[] {
  const days = [...daysIn({ first: dayOf(oldest), last: dayOf(latest) })];
  return days.filter(
    (day) =>
      compareTs(before(daysFrom(day, 1)), oldest) > 0 && compareTs(after(daysFrom(day, -1)), latest) < 0,
  );
}
