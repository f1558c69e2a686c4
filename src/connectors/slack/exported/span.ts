import type { Facts } from '../../../core/document.ts';
import { compareTs, type Day, dayOf, daysFrom, daysIn, isoOf } from '../days.ts';
import type { KnownDays } from '../due.ts';
import { placeOf } from '../model.ts';
import type { Archive } from './archive.ts';
import type { Survey } from './survey.ts';

/** Before and after all that there can be. */
const NEVER = '0000000000.000000';

/**
 * The days that an export tells of. It may begin and end in the midst of one: what such a day lacks may have been said all the
 * same, and what the repository has from beyond them stays.
 */
export class Span {
  readonly first: Day;
  readonly last: Day;
  readonly #survey: Survey;
  /** The day in whose midst it begins; absent if nothing is known from before, so that it has all there is. */
  readonly #cut: Day | undefined;

  constructor(survey: Survey, days: number | undefined, known: Iterable<Facts>) {
    const { first = NEVER, last = NEVER } = survey;
    this.#survey = survey;
    this.last = dayOf(last);
    const begins = dayOf(first);
    const asked = days === undefined ? begins : daysFrom(this.last, 1 - days);
    this.first = asked > begins ? asked : begins;
    const hasEarlier = [...known].some(({ id }) => (placeOf(id)?.day ?? begins) < begins);
    this.#cut = hasEarlier ? begins : undefined;
  }

  /** Whether a day of it may have been longer. */
  isPartial(day: Day): boolean {
    return day === this.last || day === dayOf(this.#survey.first ?? NEVER);
  }

  *wholeDays(): Generator<Day> {
    for (const day of daysIn(this)) if (!this.isPartial(day)) yield day;
  }

  /** Whether the repository's document tells more than the export can. */
  isBeyond({ id, updated = '', fields = {} }: Facts): boolean {
    const { last = NEVER } = this.#survey;
    const { latest_reply: reply } = fields;
    return (
      placeOf(id)?.day === this.#cut ||
      updated > isoOf(last) ||
      (typeof reply === 'string' && compareTs(reply, last) > 0)
    );
  }

  /** The days of a conversation on which something was said, or that the repository has something of; the latest first. */
  daysOf(id: string, { conversations }: Archive, known: KnownDays): Day[] {
    const { isShifted, conversations: surveyed } = this.#survey;
    const files = [...(conversations.get(id)?.days.keys() ?? [])];
    const near = files.flatMap((day) => (isShifted ? [daysFrom(day, -1), day, daysFrom(day, 1)] : [day]));
    const all = new Set([...near, ...(surveyed.get(id)?.lone.keys() ?? []), ...known.keys()]);
    return [...all]
      .filter((day) => day >= this.first && day <= this.last)
      .sort()
      .reverse();
  }

  /** How many threads of conversations have no root because they began before it does. */
  earlierThreads(ids: readonly string[]): number {
    const begins = dayOf(this.#survey.first ?? NEVER);
    return ids
      .flatMap((id) => [...(this.#survey.conversations.get(id)?.lone ?? [])])
      .reduce((count, [day, threads]) => count + (day <= begins ? threads.length : 0), 0);
  }
}
