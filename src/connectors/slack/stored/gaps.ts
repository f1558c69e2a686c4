import type { SlackSource } from '../../../config/sources/slack.ts';
import { Coverage } from '../coverage.ts';
import { type Day, daysFrom, daysIn, type Window, windowsOf } from '../days.ts';
import { fingerprintOf } from '../fingerprint.ts';
import { placeOf } from '../model.ts';
import type { StoredChoice } from './channels.ts';
import type { Store } from './store.ts';

/** Which days the repository has as Slack had them when they were read. */
export function coverageOf({ checkpoint, again }: Store): Coverage {
  const coverage = new Coverage(checkpoint);
  for (const id of again) {
    const place = placeOf(id);
    if (place) coverage.remove(place.channel, place.day);
  }
  return coverage;
}

/**
 * What of a window the repository lacks, in words. Today is never over: that yesterday was read to its end says that there was a run
 * today, and of today the repository has what that found.
 */
export function gapsOf(
  store: Store,
  coverage: Coverage,
  { channels, empty, gaps }: StoredChoice,
  { window: { first, last }, today, config }: { window: Window; today: Day; config: SlackSource },
): string[] {
  const yesterday = daysFrom(today, -1);
  const days = [
    ...daysIn({ first: first > yesterday ? yesterday : first, last: last > yesterday ? yesterday : last }),
  ];
  const unread = [...channels, ...empty.map((id) => ({ id, name: id }))].flatMap(({ id, name }) => {
    const lacking = days.filter((day) => !coverage.has(id, day));
    return lacking.length === 0 ? [] : [`${name} of ${windowsOf(lacking).map(inWords).join(', ')}`];
  });
  return [
    ...(coverage.channels().length === 0 ? ['all channels'] : []),
    ...(isOutdated(store, config) ? ['documents of this version and these settings'] : []),
    ...(config.threads === false ? ['replies, since threads is false'] : []),
    ...gaps,
    ...unread,
  ];
}

const inWords = ({ first, last }: Window): string => (first === last ? first : `${first} to ${last}`);

/** By any document's address, which begins with the workspace's. */
function isOutdated({ documents, fingerprint }: Store, config: SlackSource): boolean {
  const [{ url = '' } = {}] = documents.values() as Iterable<{ readonly url?: string }>;
  return URL.canParse(url) && fingerprintOf(config, new URL(url).origin) !== fingerprint;
}
