import { readDay } from './days.ts';
import type { Channel, SlackWorkspace } from './workspace.ts';

/** What a search asks for; undefined means that it does not matter. */
export interface Query {
  /** In lower case; a message must have all of them. */
  readonly words: readonly string[];
  /** Ids of channels. */
  readonly channels: ReadonlySet<string> | undefined;
  /** Ids of users. */
  readonly senders: ReadonlySet<string> | undefined;
  /** In milliseconds: from this instant on, and before this one. */
  readonly from: number;
  readonly to: number;
}

/** Words, quoted phrases, `in:`, `from:`, and `on:`, `before:`, `after:` with a day in the searcher's time zone. */
export function readQuery(workspace: SlackWorkspace, text: string, searcher: string): Query {
  const timeZone = workspace.users.get(searcher)?.tz ?? 'Etc/UTC';
  const words: string[] = [];
  const channels: string[] = [];
  const senders: string[] = [];
  let from = Number.NEGATIVE_INFINITY;
  let to = Number.POSITIVE_INFINITY;
  const modifiers = new Set<string>();
  for (const [, phrase, word = ''] of text.matchAll(/"([^"]+)"|(\S+)/g)) {
    const [, name, value = ''] = /^(in|from|on|before|after):(.+)$/.exec(word) ?? [];
    if (name !== undefined) modifiers.add(name);
    if (name === 'in') channels.push(...channelsCalled(workspace, value, searcher));
    else if (name === 'from') senders.push(...usersCalled(workspace, value, searcher));
    else if (name === undefined) words.push((phrase ?? word).toLowerCase());
    else {
      const day = readDay(value, timeZone) ?? {
        from: Number.POSITIVE_INFINITY,
        to: Number.POSITIVE_INFINITY,
      };
      if (name !== 'before') from = Math.max(from, name === 'on' ? day.from : day.to);
      if (name !== 'after') to = Math.min(to, name === 'on' ? day.to : day.from);
    }
  }
  return {
    words,
    channels: modifiers.has('in') ? new Set(channels) : undefined,
    senders: modifiers.has('from') ? new Set(senders) : undefined,
    from,
    to,
  };
}

/** `#general`, `general`, `<#C0FH…>`; `@mina` and `<@U0FH…>` are the conversation with her. */
function channelsCalled(workspace: SlackWorkspace, value: string, searcher: string): string[] {
  const named = /^<#(\w+)(?:\|[^>]*)?>$/.exec(value)?.[1] ?? value.replace(/^#/, '');
  const isPerson = /^<?@/.test(value);
  const people = isPerson ? usersCalled(workspace, value, searcher) : [];
  const isMeant = ({ id, name, kind, members }: Channel) =>
    isPerson
      ? kind === 'im' && members.includes(searcher) && people.some((user) => members.includes(user))
      : id === named || (name !== '' && name === named);
  return [...workspace.channels.values()].filter(isMeant).map(({ id }) => id);
}

/** `@mina`, `mina`, `<@U0FH…>`, `me`. */
function usersCalled(workspace: SlackWorkspace, value: string, searcher: string): string[] {
  if (value === 'me') return [searcher];
  const named = /^<@(\w+)(?:\|[^>]*)?>$/.exec(value)?.[1] ?? value.replace(/^@/, '');
  return [...workspace.users.values()]
    .filter((user) => [user.id, user.name, user.displayName].includes(named))
    .map(({ id }) => id);
}
