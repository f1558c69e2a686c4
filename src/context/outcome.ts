import type { Clock } from '../core/clock.ts';
import { ctxError, isCtxError, systemRefusal } from '../core/errors/index.ts';
import { oneLine } from '../core/one-line.ts';
import type { Item, Section } from './item.ts';

/** What was found at one place. */
export interface Found {
  readonly items: readonly Item[];
  /** What the person should know, such as that an endpoint did not answer. */
  readonly notes: readonly string[];
  /** Why it is less than it could be. */
  readonly error?: string | undefined;
}

export interface Outcome extends Found {
  readonly latencyMs: number;
}

export interface Limits {
  readonly clock: Clock;
  /** How long a source may take, in milliseconds. */
  readonly timeLimit: number;
  readonly signal: AbortSignal;
}

/**
 * What one source came to. A failure, and more time than it has, are errors of its own; what it does after that is nobody's
 * concern. An abort is told by the signal, to whom it matters.
 */
export async function outcomeOf(
  source: Section,
  work: (signal: AbortSignal) => Promise<Found>,
  { clock, timeLimit, signal }: Limits,
): Promise<Outcome> {
  const started = clock.now();
  const over = new AbortController();
  const done = new AbortController();
  const late = ctxError('context.too-slow', { source, seconds: timeLimit / 1000 });
  const limit = clock.sleep(timeLimit, AbortSignal.any([signal, done.signal])).then(() => {
    over.abort(late);
    throw late;
  });
  const found = await settled(Promise.race([work(AbortSignal.any([signal, over.signal])), limit]));
  done.abort();
  const latencyMs = clock.now() - started;
  return 'error' in found ? { ...failed(found.error), latencyMs } : { ...found.value, latencyMs };
}

export function failed(error: unknown): Found {
  return { items: [], notes: [], error: inWords(error) };
}

export async function settled<T>(work: Promise<T>): Promise<{ value: T } | { error: unknown }> {
  try {
    return { value: await work };
  } catch (error) {
    return { error };
  }
}

export function inWords(error: unknown): string {
  const known = systemRefusal(error) ?? error;
  if (isCtxError(known)) return `${known.message} ${known.hint}`;
  return oneLine(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
}
