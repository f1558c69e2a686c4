import type { PhrasingContent } from 'mdast';
import { link, text } from '../nodes.ts';
import { mention } from '../people.ts';
import type { Source } from './source.ts';

/*
 * Who and what a message names by an id. `written` is the name that the message itself carries; it is older than what
 * is known, and the id is better than nothing.
 */

export function person(id: string, source: Source, written?: string): PhrasingContent {
  const named = mention(id, source.reader, written);
  return source.afford(named.value.length) ? named : text(`@${id}`);
}

export function userGroup(id: string, source: Source, written?: string): PhrasingContent {
  const name = source.reader.context.userGroup?.(id) ?? written ?? id;
  return text(`@${source.afford(name.length) ? name.replace(/^@/, '') : id}`);
}

export function channel(id: string, source: Source, written?: string): PhrasingContent {
  const known = source.reader.context.channel?.(id);
  if (!known) return text(`#${written?.replace(/^#/, '') ?? id}`);
  const { name, url } = known;
  return source.afford(name.length + url.length) ? link(url, [text(`#${name}`)]) : text(`#${id}`);
}

/** Everyone who is in the channel, or there now. */
export function broadcast(range: string): PhrasingContent {
  return text(`@${range}`);
}
