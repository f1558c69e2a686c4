import { marker } from '../macros/marker.ts';
import { isBlank, link, paragraph, text, toFlow } from '../nodes.ts';
import { linked } from './addresses.ts';
import type { BlockRenderer } from './blocks.ts';
import { image } from './elements.ts';
import { objectOf, textOf } from './json.ts';
import { textFlow, textLine } from './text-objects.ts';

const imageBlock: BlockRenderer = (block, source) => toFlow(image(block, source));

/** A call, by who or what made it: a link to join it. */
const call: BlockRenderer = (block, source) => {
  const facts = objectOf(objectOf(block, 'call'), 'v1');
  const name = textOf(facts, 'name') ?? 'call';
  const href = textOf(facts, 'join_url');
  if (href === undefined) source.reader.degrade('slack:call', 'without an address');
  return [paragraph(href === undefined ? [text(name)] : linked(href, [text(name)], source))];
};

/** A file of another service. */
const file: BlockRenderer = (block, source) => {
  const facts = objectOf(block, 'file');
  const mediaId = textOf(block, 'file_id') ?? textOf(block, 'external_id');
  const known = mediaId === undefined ? undefined : source.reader.context.attachment?.({ mediaId });
  const name = known?.name ?? textOf(facts, 'title') ?? textOf(facts, 'name') ?? mediaId ?? 'unnamed';
  if (known) return [paragraph([link(known.url, [text(name)])])];
  const href = textOf(facts, 'permalink') ?? textOf(facts, 'external_url');
  if (href !== undefined) return [paragraph(linked(href, [text(name)], source))];
  source.reader.lose('slack:file', 'not found');
  return toFlow([marker(`file: ${name}`)]);
};

const video: BlockRenderer = (block, source) => {
  const href = textOf(block, 'title_url') ?? textOf(block, 'video_url') ?? '';
  const title = textLine(block.title, source);
  const words = isBlank(title) ? textLine(block.alt_text, source) : title;
  const origin = [textOf(block, 'author_name'), textOf(block, 'provider_name')].filter(
    (name) => name !== undefined,
  );
  const name = origin.length === 0 ? [] : [text(` (${origin.join(', ')})`)];
  return [paragraph([...linked(href, words, source), ...name]), ...textFlow(block.description, source)];
};

export const mediaBlocks = { call, file, image: imageBlock, video };
