import { ctxError } from '../../core/errors/index.ts';
import { LEAST_SAMPLES, type Profile } from '../profile.ts';
import type { Register } from '../schema.ts';
import { Examples } from './examples.ts';
import { Latency } from './latency.ts';
import { Lines } from './lines.ts';
import { type Message, messageOf } from './message.ts';
import { proseOf } from './prose.ts';
import { type LocalTime, RegisterTally } from './register-tally.ts';

export interface AnalyzeOptions {
  /** How errors call the file. */
  readonly file: string;
  /** Of the tz database. */
  readonly timeZone: string;
  /** Replaces secrets in messages; `path` is how errors call them. */
  readonly redact: (texts: readonly string[], path: string) => readonly string[];
  readonly signal: AbortSignal;
}

export interface Analysis {
  readonly profile: Profile;
  /** The first lines that are no messages; how many there are the profile tells. */
  readonly badLines: readonly number[];
}

const MOST_BAD_LINES = 20;
/** How many messages are searched for secrets at once: starting a search takes longer than one of them does. */
const BATCH = 200;
/** In characters, of all of them. */
const BATCH_LENGTH = 500_000;

interface Pending {
  readonly number: number;
  readonly message: Message;
  readonly waited: number | undefined;
}

/**
 * How somebody writes, from the lines of an export. The same bytes give the same profile on every machine. Reads the lines one by one.
 * Fails with `persona.unknown-time-zone` and `persona.no-messages`.
 */
export async function analyze(bytes: AsyncIterable<Uint8Array>, options: AnalyzeOptions): Promise<Analysis> {
  const { file, timeZone, redact, signal } = options;
  const localTime = clockOf(timeZone);
  const lines = new Lines(bytes);
  const latency = new Latency();
  const everywhere = new RegisterTally();
  const registers = new Map<Register, { readonly tally: RegisterTally; readonly examples: Examples }>();
  const badLines: number[] = [];
  let [count, bad, context] = [0, 0, 0];
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let pending: Pending[] = [];
  let pendingLength = 0;
  const settle = () => {
    const [{ number = 0 } = {}] = pending;
    const texts =
      pending.length === 0
        ? []
        : redact(
            pending.map(({ message }) => message.text),
            `${file}:${number}`,
          );
    for (const [index, { message, waited }] of pending.entries()) {
      const safe = { ...message, text: texts[index] ?? '' };
      const prose = proseOf(safe.text);
      const at = localTime(message.time);
      const { tally, examples } = inserted(registers, message.register);
      everywhere.add(prose, at, waited);
      tally.add(prose, at, waited);
      examples.offer(safe, prose);
    }
    pending = [];
    pendingLength = 0;
  };
  for await (const { number, text } of lines.read()) {
    signal.throwIfAborted();
    if (text?.trim() === '') continue;
    count += 1;
    const message = text === undefined ? undefined : messageOf(text);
    if (message === undefined) {
      bad += 1;
      if (badLines.length < MOST_BAD_LINES) badLines.push(number);
      continue;
    }
    const waited = latency.of(message);
    if (message.isContext) {
      context += 1;
      continue;
    }
    first = Math.min(first, message.time);
    last = Math.max(last, message.time);
    pending.push({ number, message, waited });
    pendingLength += message.text.length;
    if (pending.length === BATCH || pendingLength > BATCH_LENGTH) settle();
  }
  settle();
  if (everywhere.messages === 0) throw ctxError('persona.no-messages', { file, lines: count, context });
  const told = (['public', 'private', 'dm'] as const).flatMap((register) => {
    const { tally, examples } = registers.get(register) ?? {};
    return tally && examples ? [[register, tally.profile(examples.chosen())] as const] : [];
  });
  return {
    profile: {
      version: 1,
      source: {
        sha256: lines.digest(),
        ...{ lines: count, messages: everywhere.messages, left_out: { bad_lines: bad, context } },
        ...{ first: dayOf(first), last: dayOf(last) },
      },
      time_zone: timeZone,
      least_samples: LEAST_SAMPLES,
      registers: { all: everywhere.profile([]), ...Object.fromEntries(told) },
    },
    badLines,
  };
}

function inserted(
  registers: Map<Register, { readonly tally: RegisterTally; readonly examples: Examples }>,
  register: Register,
) {
  const known = registers.get(register) ?? { tally: new RegisterTally(), examples: new Examples() };
  registers.set(register, known);
  return known;
}

/** In UTC. */
const dayOf = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 10);

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

function clockOf(timeZone: string): (seconds: number) => LocalTime {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-GB', {
      ...{ timeZone, hour: '2-digit', hourCycle: 'h23', weekday: 'short' },
    });
  } catch (error) {
    if (error instanceof RangeError) throw ctxError('persona.unknown-time-zone', { name: timeZone }, error);
    throw error;
  }
  return (seconds) => {
    const parts = format.formatToParts(seconds * 1000);
    const value = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
    return { hour: Number(value('hour')), weekday: WEEKDAYS.indexOf(value('weekday')) };
  };
}
