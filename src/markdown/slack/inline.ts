import type { PhrasingContent } from 'mdast';
import { text } from '../nodes.ts';
import { linked } from './addresses.ts';
import { dateText } from './dates.ts';
import { emojiText } from './emoji.ts';
import { textOf, typeOf } from './json.ts';
import { lines } from './lines.ts';
import { broadcast, channel, person, userGroup } from './mentions.ts';
import type { Json, Source } from './source.ts';
import { applyStyle, sameStyle } from './styles.ts';

type InlineRenderer = (element: Json, source: Source) => PhrasingContent[];

/** A mention by the id that its element has under a name. */
const named =
  (name: string, render: (id: string, source: Source) => PhrasingContent): InlineRenderer =>
  (element, source) => {
    const id = textOf(element, name);
    if (id !== undefined) return [render(id, source)];
    source.reader.lose(`slack:${typeOf(element)}`, 'without an id');
    return [];
  };

/** The elements of rich text that stand in a line. */
export const INLINE = {
  broadcast: named('range', broadcast),
  channel: named('channel_id', channel),
  color: named('value', (value) => text(value)),
  date(element, source) {
    const shown = lines(
      dateText(textOf(element, 'timestamp'), textOf(element, 'format'), textOf(element, 'fallback')),
    );
    const url = textOf(element, 'url');
    return url === undefined ? shown : linked(url, shown, source);
  },
  emoji: (element) => [text(emojiText(element))],
  link(element, source) {
    const words = textOf(element, 'text');
    return linked(textOf(element, 'url') ?? '', words === undefined ? [] : [text(words)], source);
  },
  team: named('team_id', broadcast),
  text: (element) => lines(typeof element.text === 'string' ? element.text : ''),
  user: named('user_id', person),
  usergroup: named('usergroup_id', userGroup),
} satisfies Record<string, InlineRenderer>;

const RENDERERS: ReadonlyMap<string, InlineRenderer> = new Map(Object.entries(INLINE));

export function isInline(element: Json): boolean {
  return RENDERERS.has(typeOf(element));
}

/** Elements that stand in a line; those of one style that follow each other are marked together. */
export function inlineRun(elements: readonly Json[], source: Source): PhrasingContent[] {
  const result: PhrasingContent[] = [];
  for (let start = 0, end = 0; start < elements.length; start = end) {
    const style = elements[start]?.style;
    const run: PhrasingContent[] = [];
    for (; end < elements.length && sameStyle(elements[end]?.style, style); end++) {
      for (const node of inlineElement(elements[end] ?? {}, source)) run.push(node);
    }
    for (const node of applyStyle(style, run, source)) result.push(node);
  }
  return result;
}

function inlineElement(element: Json, source: Source): PhrasingContent[] {
  const type = typeOf(element);
  if (type !== 'text') source.reader.construct();
  return RENDERERS.get(type)?.(element, source) ?? [];
}
