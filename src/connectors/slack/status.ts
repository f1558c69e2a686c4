import type { Facts } from '../../core/document.ts';
import type { Checkpoint } from '../contract.ts';
import { Coverage } from './coverage.ts';
import { dayAt, daysFrom, daysIn, writeDays } from './days.ts';
import { type ChannelKind, placeOf } from './model.ts';

/** How far a channel has been read, as the repository tells it. */
export interface ChannelStatus {
  readonly id: string;
  /** Absent while none of its documents says it. */
  readonly name?: string;
  readonly kind?: ChannelKind;
  /** Days that were read to their end, such as `2026-01-01..2026-02-28`. */
  readonly covered: readonly string[];
  /** Days of the window that were not, and how many; today is never over. */
  readonly unread: readonly string[];
  readonly debt: number;
  readonly documents: number;
}

/** The channels that have been read, by their names; nothing is asked of Slack. `now` in milliseconds since the epoch. */
export function channelStatus(
  checkpoint: Checkpoint | undefined,
  documents: Iterable<Facts>,
  { now, days }: { readonly now: number; readonly days: number },
): ChannelStatus[] {
  const coverage = new Coverage(checkpoint);
  const today = dayAt(now);
  const window = [...daysIn({ first: daysFrom(today, 1 - days), last: daysFrom(today, -1) })];
  const channels = new Map<string, { documents: number; name?: string; kind?: ChannelKind }>(
    coverage.channels().map((id) => [id, { documents: 0 }]),
  );
  for (const { id, fields = {} } of documents) {
    const place = placeOf(id);
    if (place === undefined) continue;
    const known = channels.get(place.channel);
    channels.set(place.channel, {
      documents: (known?.documents ?? 0) + 1,
      name: String(fields.channel ?? ''),
      kind: fields.channel_type as ChannelKind,
    });
  }
  return [...channels]
    .map(([id, channel]) => {
      const read = coverage.days(id);
      const unread = window.filter((day) => !read.has(day));
      return { id, ...channel, covered: writeDays(read), unread: writeDays(unread), debt: unread.length };
    })
    .sort((a, b) => ((a.name ?? a.id) < (b.name ?? b.id) ? -1 : 1));
}
