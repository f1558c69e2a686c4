import type { Checkpoint } from '../contract.ts';
import { type Day, readDays, writeDays } from './days.ts';

/** What is known of a channel. */
interface ChannelCoverage {
  /** Days that were read to their end, after they had ended. */
  readonly days: Set<Day>;
  /** The last of them when all were listed anew the last time. */
  audited?: Day;
}

interface WrittenCoverage {
  readonly channels?: {
    readonly [id: string]: { readonly days: readonly string[]; readonly audited?: Day };
  };
}

/** Which days of each channel have been read: all that a source of Slack's remembers. */
export class Coverage {
  readonly #channels: Map<string, ChannelCoverage>;

  constructor(checkpoint: Checkpoint | undefined) {
    const { channels = {} } = (checkpoint ?? {}) as WrittenCoverage;
    this.#channels = new Map(
      Object.entries(channels).map(([id, { days, audited }]) => [
        id,
        { days: readDays(days), ...(audited !== undefined && { audited }) },
      ]),
    );
  }

  /** Their ids. */
  channels(): string[] {
    return [...this.#channels.keys()];
  }

  has(channel: string, day: Day): boolean {
    return this.#channels.get(channel)?.days.has(day) ?? false;
  }

  days(channel: string): ReadonlySet<Day> {
    return this.#channels.get(channel)?.days ?? new Set();
  }

  add(channel: string, day: Day): void {
    this.#of(channel).days.add(day);
  }

  /** The day counts as unread until it is added again, so that another run goes on with it. */
  remove(channel: string, day: Day): void {
    this.#channels.get(channel)?.days.delete(day);
  }

  forget(channel: string): void {
    this.#channels.delete(channel);
  }

  /** All of its days were listed in this run. */
  setAudited(channel: string): void {
    const last = this.#lastDay(channel);
    if (last !== undefined) this.#of(channel).audited = last;
  }

  /** When all of its days were listed the last time; undefined until it was read to its end once. */
  audited(channel: string): Day | undefined {
    return this.#channels.get(channel)?.audited;
  }

  /** Of the channels, that which was audited the longest time ago; undefined if each was since yesterday ended. */
  dueForAudit(channels: Iterable<string>, yesterday: Day): string | undefined {
    let due: { readonly id: string; readonly audited: Day } | undefined;
    for (const id of channels) {
      const audited = this.audited(id);
      if (audited === undefined || audited >= yesterday) continue;
      if (due === undefined || audited < due.audited || (audited === due.audited && id < due.id))
        due = { id, audited };
    }
    return due?.id;
  }

  /** The last day of any channel. */
  get lastDay(): Day | undefined {
    return [...this.#channels.keys()]
      .flatMap((id) => this.#lastDay(id) ?? [])
      .sort()
      .at(-1);
  }

  toCheckpoint(): Checkpoint {
    const channels = [...this.#channels]
      .filter(([, { days }]) => days.size > 0)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, { days, audited }]) => [
        id,
        { days: writeDays(days), ...(audited !== undefined && { audited }) },
      ]);
    return { channels: Object.fromEntries(channels) };
  }

  #lastDay(channel: string): Day | undefined {
    return [...this.days(channel)].reduce<Day | undefined>(
      (last, day) => (last === undefined || day > last ? day : last),
      undefined,
    );
  }

  #of(channel: string): ChannelCoverage {
    const own = this.#channels.get(channel) ?? { days: new Set<Day>() };
    this.#channels.set(channel, own);
    return own;
  }
}
