import { type Alert, alert } from '../alerts.ts';
import { readMarkdown } from '../gfm/read.ts';
import { isRecord } from '../json.ts';
import { marker } from '../macros/marker.ts';
import { code, type Flow, heading, isBlank, list, listItem, rule, toFlow } from '../nodes.ts';
import { cardBlocks } from './cards.ts';
import { contentWithin } from './content.ts';
import { element, elementRow } from './elements.ts';
import { listOf, objectsOf, textOf, typeOf } from './json.ts';
import { mediaBlocks } from './media.ts';
import { RICH_TEXT } from './rich-text.ts';
import { type Json, MAX_DEPTH, type Source } from './source.ts';
import { tableBlocks } from './tables.ts';
import { textFlow, textLine } from './text-objects.ts';

/** Renders one block; `depth` is the number of blocks and elements around it. */
export type BlockRenderer = (block: Json, source: Source, depth: number) => Flow[];

const row: BlockRenderer = (block, source, depth) =>
  toFlow(elementRow(objectsOf(block, 'elements'), source, depth));

/** By the types of https://docs.slack.dev/reference/block-kit/blocks, and those that only messages have. */
export const BLOCKS = {
  ...cardBlocks,
  ...mediaBlocks,
  ...tableBlocks,
  actions: row,
  alert: (block, source) =>
    alert(ALERTS.get(textOf(block, 'level') ?? '') ?? 'NOTE', textFlow(block.text, source)),
  context: row,
  context_actions: row,
  divider: () => [rule()],
  header(block, source) {
    const title = textLine(block.text, source);
    return isBlank(title) ? [] : [heading(1, title)];
  },
  input: (block, source, depth) => [
    ...textFlow(block.label, source),
    ...(isRecord(block.element) ? toFlow(element(block.element, source, depth)) : []),
    ...textFlow(block.hint, source),
  ],
  markdown(block, source) {
    const text = textOf(block, 'text') ?? '';
    const content = readMarkdown(text, source.reader);
    if (content) return content;
    source.reader.degrade('depth');
    return [code(text, 'markdown')];
  },
  rich_text: RICH_TEXT.rich_text,
  section,
} satisfies Record<string, BlockRenderer>;

const RENDERERS: ReadonlyMap<string, BlockRenderer> = new Map(Object.entries(BLOCKS));
/** Blocks that say nothing but where text is. */
const PLAIN: ReadonlySet<string> = new Set(['rich_text', 'section']);

const ALERTS: ReadonlyMap<string, Alert> = new Map([
  ['error', 'CAUTION'],
  ['success', 'TIP'],
  ['warning', 'WARNING'],
]);

export function isKnownBlock(value: unknown): boolean {
  return isRecord(value) && RENDERERS.has(typeOf(value));
}

export function renderBlocks(values: readonly unknown[], source: Source, depth: number): Flow[] {
  if (depth >= MAX_DEPTH) {
    source.flatten();
    return contentWithin(values, source);
  }
  return values.filter(isRecord).flatMap((block) => {
    const type = typeOf(block);
    if (!PLAIN.has(type)) source.reader.construct();
    return (RENDERERS.get(type) ?? unknown)(block, source, depth);
  });
}

/** A mark that can be seen and searched for, and the texts that the block holds. */
function unknown(block: Json, source: Source): Flow[] {
  const type = typeOf(block) || 'untyped';
  const content = contentWithin(block, source);
  if (content.length > 0) source.reader.degrade(`slack:${type}`);
  else source.reader.lose(`slack:${type}`);
  return [...toFlow([marker(`unsupported block: ${type}`)]), ...content];
}

/** Text, fields, which Slack sets side by side, and what stands beside both. */
function section(block: Json, source: Source, depth: number): Flow[] {
  const { accessory } = block;
  const fields = listOf(block, 'fields')
    .map((field) => textFlow(field, source))
    .filter((content) => content.length > 0);
  if (fields.length > 0) source.reader.construct();
  return [
    ...textFlow(block.text, source),
    ...(fields.length > 0 ? [list(fields.map((content) => listItem(content)))] : []),
    ...(isRecord(accessory) ? toFlow(element(accessory, source, depth)) : []),
  ];
}
