import type { SlackSource } from '../../../config/sources/slack.ts';
import { asksForKnown, byName, type Chosen, isCalled } from '../channels.ts';
import type { Coverage } from '../coverage.ts';
import type { ExportRequest } from '../export-reader.ts';
import { type ChannelKind, placeOf } from '../model.ts';
import type { Store } from './store.ts';

export interface StoredChoice {
  /** By their names. */
  readonly channels: readonly Chosen[];
  /** Ids of those that are asked for and were read, but have no document, so that nothing tells their names. */
  readonly empty: readonly string[];
  /** What is asked for and is not there, in words. */
  readonly gaps: readonly string[];
  readonly warnings: readonly string[];
}

/** Of the repository's channels those that are asked for. */
export function storedChannels(
  { documents }: Store,
  coverage: Coverage,
  config: SlackSource,
  { channels: asked, includeDms }: ExportRequest,
): StoredChoice {
  const known = new Map<string, Chosen>();
  for (const { id, fields = {} } of documents.values()) {
    const channel = placeOf(id)?.channel;
    if (channel !== undefined && !known.has(channel))
      known.set(channel, {
        id: channel,
        name: String(fields.channel ?? channel),
        kind: (fields.channel_type ?? 'channel') as ChannelKind,
      });
  }
  const all = [...known.values()];
  const wanted = { ...config, ...(asked && { channels: [...asked] }) };
  const isOfTwo = ({ kind }: Chosen) => kind === 'direct' || kind === 'group';
  const chosen = all.filter((channel) => asksForKnown(channel, wanted) && (includeDms || !isOfTwo(channel)));
  const isRefused = (channel: Chosen) => channel.kind === 'private' && !asksForKnown(channel, config);
  const names = wanted.channels === 'all' ? [] : wanted.channels;
  const unread = coverage.channels().filter((id) => !known.has(id));
  const empty = names.length === 0 ? unread : unread.filter((id) => names.includes(id));
  const absent = names.filter(
    (name) => !empty.includes(name) && !all.some((channel) => isCalled(channel, [], name)),
  );
  const hasDms = config.direct_messages.length > 0 && config.group_messages.length > 0;
  return {
    channels: chosen.filter((channel) => !isRefused(channel)).sort(byName),
    empty,
    gaps: [
      ...absent.map((name) => `channel ${name}`),
      ...(includeDms && !hasDms
        ? ['direct messages and those of groups that the configuration does not name']
        : []),
    ],
    warnings: chosen
      .filter(isRefused)
      .map(({ name }) => `${name} is private: it is left out, since the configuration does not name it`),
  };
}
