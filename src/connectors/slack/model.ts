import type { Plain } from '../../core/plain.ts';
import type { SourceModel } from '../contract.ts';
import { type Day, dayOf } from './days.ts';

export type ChannelKind = 'channel' | 'private' | 'direct' | 'group';

/** A document is the thread of a root message, or what was said on one day outside of threads. */
export interface Place {
  readonly channel: string;
  /** The root's, of a thread. */
  readonly ts?: string;
  readonly day: Day;
}

export function threadId(channel: string, ts: string): string {
  return `${channel}-${ts}`;
}

export function dayId(channel: string, day: Day): string {
  return `${channel}-${day}`;
}

/** Undefined for an id that is none of ours. */
export function placeOf(id: string): Place | undefined {
  const [, channel, rest] = /^([A-Z][A-Z0-9]+)-(.+)$/.exec(id) ?? [];
  if (channel === undefined || rest === undefined) return undefined;
  if (/^\d+\.\d{6}$/.test(rest)) return { channel, ts: rest, day: dayOf(rest) };
  return /^\d{4}-\d\d-\d\d$/.test(rest) ? { channel, day: rest } : undefined;
}

export function channelScope(channel: string): string {
  return `channel:${channel}`;
}

/** A message's address, such as `https://acme.slack.com/archives/C012/p1763625600000100`. */
export function permalink(site: string, channel: string, ts: string): string {
  return `${site}/archives/${channel}/p${ts.replace('.', '')}`;
}

const LAYOUT = `Conversations of Slack: \`WORKSPACE/CHANNEL-ID/YEAR/MONTH/\`, a file for each thread, named by its time, and one
  a day for talk outside of threads. Frontmatter: \`channel\`, \`author\`, \`replies\`, \`latest_reply\`.`;

/** What can be said of a workspace's talk from the documents' facts. A thread's name is its workspace, channel and root. */
export function slackModel(source: string): SourceModel {
  return {
    source,
    layout: LAYOUT,
    placement({ id, title, fields = {} }) {
      const place = placeOf(id);
      const day = place?.day ?? '';
      const channel = textIn(fields, 'channel_id') || (place?.channel ?? '');
      const folder = [
        textIn(fields, 'workspace') || 'workspace',
        `${textIn(fields, 'channel')}-${channel.toLowerCase()}`.replace(/^-/, ''),
        day.slice(0, 4),
        day.slice(5, 7),
      ] as const;
      if (place?.ts === undefined) return { folder, name: '', prefix: day, shard: day };
      // A name that begins with a mention would stand behind two hyphens.
      const name = title.replace(/^[^\p{L}\p{N}]+/u, '');
      return { folder, name, prefix: place.ts.replace(/\..*/, ''), shard: day };
    },
    containers: () => [],
    scopes({ id }) {
      const place = placeOf(id);
      return place === undefined ? [] : [channelScope(place.channel)];
    },
    names({ id, url }) {
      const place = placeOf(id);
      const site = URL.canParse(url) ? new URL(url).origin : '';
      return place?.ts === undefined ? [] : [nameOf(site, place.channel, place.ts)];
    },
    resolve(url) {
      const [, channel, seconds, micros] =
        /^\/archives\/([A-Z][A-Z0-9]+)\/p(\d+)(\d{6})\/?$/.exec(url.pathname) ?? [];
      if (channel === undefined || seconds === undefined || micros === undefined) return undefined;
      const asked = url.searchParams.get('thread_ts') ?? '';
      const ts = /^\d+\.\d{6}$/.test(asked) ? asked : `${seconds}.${micros}`;
      return { name: nameOf(url.origin, channel, ts), url: permalink(url.origin, channel, ts) };
    },
  };
}

const nameOf = (site: string, channel: string, ts: string): string => `slack:${site}/${channel}/${ts}`;

function textIn(fields: { readonly [name: string]: Plain }, name: string): string {
  const value = fields[name];
  return typeof value === 'string' ? value : '';
}
