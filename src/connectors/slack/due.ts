import type { Facts } from '../../core/document.ts';
import type { KnownDocuments } from '../contract.ts';
import type { Chosen } from './channels.ts';
import { type Day, daysFrom, daysIn } from './days.ts';
import { placeOf } from './model.ts';

/** How many days back a first build reads if the configuration does not say. */
export const DEFAULT_DAYS = 90;

/** How a day is read: with all of its threads, or with those alone whose messages changed by what their root tells. */
export type Depth = 'whole' | 'listed';

/** What a run knows before it reads a channel. */
export interface DueOptions {
  readonly today: Day;
  readonly days: number;
  readonly recentDays: number;
  readonly lateRepliesDays: number;
  readonly full: boolean;
}

/** The repository's documents of a channel, by the day that they are of. */
export type KnownDays = ReadonlyMap<Day, readonly Facts[]>;

export function knownByChannel(known: KnownDocuments): Map<string, Map<Day, Facts[]>> {
  const channels = new Map<string, Map<Day, Facts[]>>();
  for (const facts of known.values()) {
    const place = placeOf(facts.id);
    if (place === undefined) continue;
    const days = channels.get(place.channel) ?? new Map<Day, Facts[]>();
    channels.set(place.channel, days);
    const documents = days.get(place.day);
    if (documents) documents.push(facts);
    else days.set(place.day, [facts]);
  }
  return channels;
}

/**
 * The days of a channel that a run reads. Slack tells of no edit and of no late reply: what was read is looked at again, the last days
 * whole, those before them for new replies, and all that is older when it is the channel's turn.
 */
export function dueDays(
  { name }: Chosen,
  read: ReadonlySet<Day>,
  known: KnownDays,
  isOutdated: (facts: Facts) => boolean,
  isAudited: boolean,
  options: DueOptions,
): Map<Day, Depth> {
  const { today, days, recentDays, lateRepliesDays, full } = options;
  const due = new Map<Day, Depth>();
  if (full || isAudited) for (const day of read) due.set(day, full ? 'whole' : 'listed');
  for (const day of daysIn({ first: daysFrom(today, -lateRepliesDays), last: today }))
    if (read.has(day)) due.set(day, 'listed');
  const recent = daysFrom(today, 1 - recentDays);
  for (const day of daysIn({ first: daysFrom(today, 1 - days), last: today }))
    if (full || !read.has(day) || day >= recent) due.set(day, 'whole');
  for (const [day, documents] of known)
    if (!read.has(day) || documents.some((facts) => facts.fields?.channel !== name || isOutdated(facts)))
      due.set(day, 'whole');
  return due;
}
