import { z } from 'zod';
import type { Register } from '../schema.ts';

/** A message of an export. */
export interface Message {
  /** Markdown. */
  readonly text: string;
  /** In seconds since the epoch. */
  readonly time: number;
  /** What tells it from others of its channel. */
  readonly ts: string;
  readonly channel: string;
  readonly register: Exclude<Register, 'all'>;
  /** That of the first message of its thread, if it is in one. */
  readonly thread: string | undefined;
  /** When what it answers was said, as far as the message itself tells. */
  readonly answers: number | undefined;
  /** Somebody else's. */
  readonly isContext: boolean;
}

/** As `ctx slack export` writes it; what is not asked for here may be missing, or be anything. */
const record = z
  .object({
    text_md: z.string().optional(),
    text: z.string().optional(),
    ts: z.string().optional(),
    time: z.string().optional(),
    channel_id: z.string().default(''),
    channel_type: z.string().default('channel'),
    thread_ts: z.string().nullish(),
    reply_to: z.object({ ts: z.string() }).nullish(),
    context: z.boolean().default(false),
  })
  .transform(({ text_md, text, ts, time, ...rest }) => ({
    ...rest,
    written: text_md ?? text,
    ts: ts ?? time ?? '',
    seconds: ts === undefined ? Date.parse(time ?? '') / 1000 : secondsOf(ts),
  }));

/** Undefined for a line that is no message. */
export function messageOf(line: string): Message | undefined {
  const parsed = record.safeParse(json(line));
  if (!parsed.success) return undefined;
  const {
    written,
    seconds,
    ts,
    channel_id: channel,
    channel_type,
    thread_ts,
    reply_to,
    context,
  } = parsed.data;
  if (written === undefined || !(seconds > 0 && seconds < LATEST)) return undefined;
  const answered = reply_to ? secondsOf(reply_to.ts) : Number.NaN;
  return {
    ...{ text: written, time: seconds, ts, channel, isContext: context },
    register: registerOf(channel_type),
    thread: thread_ts ?? undefined,
    answers: answered > 0 ? answered : undefined,
  };
}

/** The year 9999. */
const LATEST = 253_402_300_800;

const secondsOf = (ts: string): number => (/^\d{1,11}(?:\.\d{1,9})?$/.test(ts) ? Number(ts) : Number.NaN);

function registerOf(type: string): Message['register'] {
  if (type === 'direct' || type === 'group') return 'dm';
  return type === 'private' ? 'private' : 'public';
}

function json(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
