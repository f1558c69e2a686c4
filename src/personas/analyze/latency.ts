import type { Message } from './message.ts';

/** Nobody answers after more than a week: it counts as one. */
const LONGEST = 7 * 86_400;

/**
 * How long somebody takes to answer. A message answers what somebody else said last in its thread, and in direct messages outside of
 * threads too; where the export has nothing of others, a person's first reply in a thread answers its first message. What is said
 * next answers nothing, until others say something again. Remembers the threads of one channel: exports go by channel and time.
 */
export class Latency {
  #channel: string | undefined;
  /** When others spoke last, by thread; null if it is answered, or own. */
  readonly #said = new Map<string, number | null>();

  /** Seconds, in whole minutes above an hour, if the message is an answer. */
  of({ channel, thread, time, ts, answers, register, isContext }: Message): number | undefined {
    if (channel !== this.#channel) this.#said.clear();
    this.#channel = channel;
    if (thread === undefined && register !== 'dm') return undefined;
    const place = thread ?? '';
    const known = this.#said.get(place);
    this.#said.set(place, isContext ? time : null);
    if (isContext || thread === ts) return undefined;
    const since = known === undefined ? answers : known;
    if (since === undefined || since === null || time < since) return undefined;
    const seconds = Math.min(LONGEST, Math.round(time - since));
    return seconds < 3600 ? seconds : Math.round(seconds / 60) * 60;
  }
}
