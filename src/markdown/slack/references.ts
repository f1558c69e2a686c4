import type { PhrasingContent } from 'mdast';
import { text } from '../nodes.ts';
import { linked } from './addresses.ts';
import { dateText } from './dates.ts';
import { unescaped } from './entities.ts';
import { broadcast, channel, person, userGroup } from './mentions.ts';
import type { Source } from './source.ts';

/**
 * What stands between angle brackets (https://docs.slack.dev/messaging/formatting-message-text#advanced): `inner` is
 * that without them. Undefined if it is no reference, for then the brackets are text that nobody escaped.
 */
export function reference(inner: string, source: Source): PhrasingContent[] | undefined {
  const bar = inner.indexOf('|');
  const target = bar === -1 ? inner : inner.slice(0, bar);
  const written = bar === -1 ? undefined : unescaped(inner.slice(bar + 1)).trim() || undefined;
  const nodes = render(target, written, source);
  if (nodes) source.reader.construct();
  return nodes;
}

function render(target: string, written: string | undefined, source: Source): PhrasingContent[] | undefined {
  const [sign, id] = [target[0], target.slice(1)];
  if (sign === '!') return special(id, written, source);
  if (sign === '@' && ID.test(id)) return [person(id, source, written)];
  if (sign === '#' && ID.test(id)) return [channel(id, source, written)];
  if (!/^[a-z][a-z\d+.-]*:./i.test(target)) return undefined;
  return linked(unescaped(target), written === undefined ? [] : [text(written)], source);
}

const ID = /^[A-Z\d]+$/i;

function special(
  command: string,
  written: string | undefined,
  source: Source,
): PhrasingContent[] | undefined {
  const [name = '', ...rest] = command.split('^');
  const [first = '', second, address] = rest;
  if (name === 'subteam' && first !== '') return [userGroup(first, source, written)];
  if (name === 'date' && first !== '') {
    const shown = [text(dateText(first, second && unescaped(second), written))];
    return address ? linked(unescaped(address), shown, source) : shown;
  }
  if (!/^[a-z_-]+$/i.test(name)) return undefined;
  return RANGES.has(name) ? [broadcast(name)] : [text(written ?? `<${name}>`)];
}

const RANGES = new Set(['channel', 'everyone', 'group', 'here']);
