import type { PhrasingContent } from 'mdast';
import { details } from '../details.ts';
import { isRecord } from '../json.ts';
import {
  type Flow,
  isBlank,
  label,
  list,
  listItem,
  paragraph,
  plainText,
  strong,
  text,
  toFlow,
  toPhrasing,
} from '../nodes.ts';
import { type BlockRenderer, renderBlocks } from './blocks.ts';
import { element, elementRow } from './elements.ts';
import { listOf, objectsOf, textOf } from './json.ts';
import { richText } from './rich-text.ts';
import type { Json, Source } from './source.ts';
import { textFlow, textLine } from './text-objects.ts';

/** A title that is no heading of the message. */
function titleLine(content: PhrasingContent[]): Flow[] {
  return isBlank(content) ? [] : [paragraph([strong(content)])];
}

const card: BlockRenderer = (block, source, depth) => [
  ...titleLine(textLine(block.title, source)),
  ...textFlow(block.subtitle, source),
  ...(isRecord(block.hero_image) ? toFlow(element(block.hero_image, source, depth)) : []),
  ...textFlow(block.body, source),
  ...toFlow(elementRow(objectsOf(block, 'actions'), source, depth)),
];

const carousel: BlockRenderer = (block, source, depth) =>
  renderBlocks(listOf(block, 'elements'), source, depth + 1);

const container: BlockRenderer = (block, source, depth) => {
  const rich = isRecord(block.rich_text_title) ? [block.rich_text_title] : [];
  const title =
    rich.length > 0 ? toPhrasing(richText(rich, source, depth + 1)) : textLine(block.title, source);
  const content = [
    ...textFlow(block.subtitle, source),
    ...renderBlocks(listOf(block, 'child_blocks'), source, depth + 1),
  ];
  return block.is_collapsible === true
    ? details(plainText(title), content)
    : [...titleLine(title), ...content];
};

/** What a program did or is about to do. */
const task: BlockRenderer = (block, source, depth) => {
  const title = textLine(block.title, source);
  const status = textOf(block, 'status');
  const head = [
    ...(isBlank(title) ? [] : [strong(title)]),
    ...(status === undefined ? [] : [text(' '), label(status)]),
  ];
  const sources = objectsOf(block, 'sources').map((each) => listItem(toFlow(element(each, source, depth))));
  return [
    ...(head.length === 0 ? [] : [paragraph(head)]),
    ...part(block, 'details', source, depth),
    ...part(block, 'output', source, depth),
    ...(sources.length === 0 ? [] : [list(sources)]),
  ];
};

function part(block: Json, name: string, source: Source, depth: number): Flow[] {
  return isRecord(block[name]) ? richText([block[name]], source, depth + 1) : [];
}

const plan: BlockRenderer = (block, source, depth) => {
  const tasks = objectsOf(block, 'tasks').map((each) => {
    const content = renderBlocks([{ type: 'task_card', ...each }], source, depth + 1);
    return listItem(content, each.status === 'complete');
  });
  return [...titleLine(textLine(block.title, source)), ...(tasks.length === 0 ? [] : [list(tasks)])];
};

export const cardBlocks = { card, carousel, container, plan, task_card: task };
