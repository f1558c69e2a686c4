import { type CtxError, isCtxError } from '../../../core/errors/index.ts';
import { attempt } from '../../attempt.ts';
import { after, compareTs, type Day, dayOf, daysFrom } from '../days.ts';
import { type Message, type User, user } from '../schema.ts';
import type { Archive } from './archive.ts';
import { isRecord } from './old-forms.ts';

/** What is known of a conversation without its messages. */
export interface SurveyedConversation {
  /** By the root's time: the days whose files have its replies. */
  readonly threads: ReadonlyMap<string, ReadonlySet<string>>;
  /** Of those, the roots that are not there, or do not say that they were answered, by their day. */
  readonly lone: ReadonlyMap<Day, readonly string[]>;
  /** The days whose files can't be read. */
  readonly broken: ReadonlyMap<string, CtxError>;
}

/** What one look through all of an export tells. */
export interface Survey {
  readonly conversations: ReadonlyMap<string, SurveyedConversation>;
  /** People who are in no list, such as those of other organizations, as their messages call them. */
  readonly strangers: readonly User[];
  /** When the first and the last message were written; absent if none was. */
  readonly first?: string;
  readonly last?: string;
  /** Whether its files are called by days of another time zone than UTC. */
  readonly isShifted: boolean;
}

/** Reads everything once: replies stand in the files of the days on which they were written, apart from their roots. */
export async function survey(archive: Archive, signal: AbortSignal): Promise<Survey> {
  const conversations = new Map<string, SurveyedConversation>();
  const strangers = new Map<string, User>();
  let first: string | undefined;
  let last: string | undefined;
  let isShifted = false;
  const reach = (ts: string) => {
    if (first === undefined || compareTs(ts, first) < 0) first = ts;
    if (last === undefined || compareTs(ts, last) > 0) last = ts;
  };
  for (const [id, conversation] of archive.conversations) {
    const threads = new Map<string, Set<string>>();
    const roots = new Set<string>();
    const broken = new Map<string, CtxError>();
    for (const day of conversation.days.keys()) {
      signal.throwIfAborted();
      const messages = await attempt(() => archive.messages(conversation, day));
      if (isCtxError(messages)) {
        broken.set(day, messages);
        // Something was said on it.
        reach(beginningOf(day));
        continue;
      }
      for (const message of messages) {
        const { ts } = message;
        reach(ts);
        isShifted ||= dayOf(ts) !== day;
        const root = rootOf(message);
        if (message.thread_ts === ts) roots.add(ts);
        if (root !== undefined) threads.set(root, (threads.get(root) ?? new Set()).add(day));
        const stranger = profileOf(message);
        if (stranger) strangers.set(stranger.id, stranger);
      }
    }
    const lone = Map.groupBy(
      [...threads.keys()].filter((ts) => !roots.has(ts)),
      dayOf,
    );
    conversations.set(id, { threads, lone, broken });
  }
  return {
    ...{ conversations, strangers: [...strangers.values()], isShifted },
    ...(first !== undefined && last !== undefined && { first, last }),
  };
}

/** The root that a message answers; undefined if it answers none. */
export function rootOf({ ts, thread_ts: thread }: Message): string | undefined {
  return thread == null || thread === ts ? undefined : thread;
}

/** Who wrote a message, where that says it. */
function profileOf(message: Message): User | undefined {
  const { user: id, user_profile: profile } = message;
  if (!isRecord(profile)) return undefined;
  const { name, real_name } = profile;
  return user.safeParse({ id, name, real_name, profile }).data;
}

const beginningOf = (day: Day): string => after(daysFrom(day, -1));
