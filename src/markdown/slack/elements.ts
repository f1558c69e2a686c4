import type { ListItem, PhrasingContent } from 'mdast';
import { picture } from '../images.ts';
import { isRecord } from '../json.ts';
import { marker } from '../macros/marker.ts';
import { isBlank, label, list, listItem, type Mixed, text, toPhrasing } from '../nodes.ts';
import { addressOf, linked } from './addresses.ts';
import { contentWithin } from './content.ts';
import { timeOf } from './dates.ts';
import { listOf, objectOf, objectsOf, textOf, typeOf } from './json.ts';
import { channel, person } from './mentions.ts';
import { richText } from './rich-text.ts';
import type { Json, Source } from './source.ts';
import { textFlow, textLine, textWords } from './text-objects.ts';

type ElementRenderer = (element: Json, source: Source, depth: number) => Mixed;

const ELEMENTS: ReadonlyMap<string, ElementRenderer> = new Map<string, ElementRenderer>([
  ['button', button],
  ['checkboxes', choices],
  ['feedback_buttons', feedback],
  ['icon_button', button],
  ['image', image],
  ['mrkdwn', textFlow],
  [
    'overflow',
    (element, source) => spaced(objectsOf(element, 'options').map((each) => button(each, source))),
  ],
  ['plain_text', textFlow],
  ['radio_buttons', choices],
  ['url', (element, source) => linked(textOf(element, 'url') ?? '', textLine(element.text, source), source)],
  ['workflow_button', button],
]);

/** Elements that say nothing but where text is. */
const PLAIN: ReadonlySet<string> = new Set(['mrkdwn', 'plain_text']);

/** Fields that are empty where they say nothing. */
const INPUTS: ReadonlySet<string> = new Set([
  'datepicker',
  'datetimepicker',
  'email_text_input',
  'file_input',
  'number_input',
  'plain_text_input',
  'rich_text_input',
  'timepicker',
  'url_text_input',
]);

/** What stands in a block beside text: pictures, buttons, and what people choose or fill in. */
export function element(value: Json, source: Source, depth: number): Mixed {
  const type = typeOf(value);
  if (!PLAIN.has(type)) source.reader.construct();
  return (ELEMENTS.get(type) ?? field)(value, source, depth);
}

/** Elements in a row. */
export function elementRow(values: readonly Json[], source: Source, depth: number): Mixed {
  return spaced(values.map((value) => element(value, source, depth)));
}

/** What is inline is set apart by a space. */
function spaced(parts: readonly Mixed[]): Mixed {
  const result: Mixed = [];
  for (const part of parts) {
    const inline = part.length === 1 && part[0]?.type === 'paragraph' ? part[0].children : part;
    if (inline.length > 0 && result.length > 0) result.push(text(' '));
    for (const node of inline) result.push(node);
  }
  return result;
}

/** A button leads to an address, or sends something to a program: that one has a name and nothing else. */
function button(value: Json, source: Source): PhrasingContent[] {
  const words =
    textWords(value.text, source) || textWords(value.alt_text ?? value.accessibility_label, source);
  const href = textOf(value, 'url');
  if (href !== undefined) return linked(href, words === '' ? [] : [text(words)], source);
  return words === '' ? [] : [label(words)];
}

function feedback(value: Json, source: Source): Mixed {
  return spaced(
    [objectOf(value, 'positive_button'), objectOf(value, 'negative_button')].map((each) =>
      button(each, source),
    ),
  );
}

export function image(value: Json, source: Source): Mixed {
  const { reader } = source;
  const file = objectOf(value, 'slack_file');
  const alt = textWords(value.alt_text, source);
  const mediaId = textOf(file, 'id');
  const href = textOf(value, 'image_url') ?? textOf(file, 'url');
  const known = mediaId === undefined ? undefined : reader.context.attachment?.({ mediaId, alt });
  const url = href === undefined ? known?.url : addressOf(href, source);
  if (url === undefined) reader.lose('image', href === undefined ? 'not found' : 'unsafe address');
  return picture({ url, alt: alt || (known?.name ?? ''), caption: textLine(value.title, source) });
}

function choices(value: Json, source: Source): Mixed {
  const chosen = new Set(
    [value.initial_option, ...listOf(value, 'initial_options')]
      .filter(isRecord)
      .map((option) => option.value),
  );
  const items = objectsOf(value, 'options').map((option): ListItem => {
    const description = textLine(option.description, source);
    const words = textLine(option.text, source);
    const all = isBlank(description) ? words : [...words, text(': '), ...description];
    return listItem([{ type: 'paragraph', children: all }], chosen.has(option.value));
  });
  return items.length === 0 ? [] : [list(items)];
}

/** What people choose or fill in: what is in it before they do, or else what it asks for. */
function field(value: Json, source: Source, depth: number): Mixed {
  const given = initialContent(value, source, depth);
  if (!isBlank(given)) return given;
  const asked = textWords(value.placeholder, source) || textWords(value.text, source);
  const type = typeOf(value);
  if (INPUTS.has(type)) return asked === '' ? [] : [label(asked)];
  const name = `slack:${type || 'untyped'}`;
  if (asked !== '' || type.endsWith('select')) {
    source.reader.degrade(name, 'choices left out');
    return [label(asked || 'select')];
  }
  const content = contentWithin(value, source);
  if (content.length > 0) source.reader.degrade(name);
  else source.reader.lose(name);
  return content.length > 0 ? content : [marker(`unsupported element: ${type || 'untyped'}`)];
}

function initialContent(value: Json, source: Source, depth: number): Mixed {
  const { initial_value: initial } = value;
  if (isRecord(initial)) return toPhrasing(richText([initial], source, depth + 1));
  const options = [
    value.initial_option,
    ...listOf(value, 'initial_options'),
    ...listOf(value, 'selected_options'),
  ];
  return spaced([
    ...options.filter(isRecord).map((option) => textLine(option.text, source)),
    ...idsOf(value, 'initial_user').map((id) => [person(id, source)]),
    ...[...idsOf(value, 'initial_channel'), ...idsOf(value, 'initial_conversation')].map((id) => [
      channel(id, source),
    ]),
    ...['initial_date', 'initial_time', 'initial_value'].map((name) => textLine(textOf(value, name), source)),
    textLine(timeOf(textOf(value, 'initial_date_time')), source),
  ]);
}

/** One id, or several of them under the name's plural. */
function idsOf(value: Json, name: string): readonly string[] {
  return [value[name], ...listOf(value, `${name}s`)].filter((id) => typeof id === 'string');
}
