import type { Nodes } from 'mdast';
import { isRecord } from '../json.ts';
import type { Flow } from '../nodes.ts';
import { renderAttachments } from './attachments.ts';
import { isKnownBlock, renderBlocks } from './blocks.ts';
import { listOf, typeOf } from './json.ts';
import { readMrkdwn } from './mrkdwn.ts';
import type { Json, Source } from './source.ts';

export function readMessage(message: unknown, source: Source): Flow[] {
  if (!isRecord(message)) return [];
  const content = messageBody(message, source, 0);
  return [...content, ...renderAttachments(listOf(message, 'attachments'), source, addresses(content))];
}

/** What a message says itself. Its text says its blocks again, for programs that do not know them. */
export function messageBody(message: Json, source: Source, depth: number): Flow[] {
  const blocks = listOf(message, 'blocks').filter(isRecord);
  const text = typeof message.text === 'string' ? message.text : '';
  const read = () => readMrkdwn(text, source, { marks: message.mrkdwn !== false });
  if (text.trim() === '' || blocks.some(isKnownBlock)) {
    const shown = renderBlocks(blocks, source, depth);
    return shown.length > 0 ? shown : read();
  }
  for (const block of blocks)
    source.reader.degrade(`slack:${typeOf(block) || 'untyped'}`, 'told by its text');
  return read();
}

/** Where the links among the nodes lead. */
function addresses(nodes: readonly Nodes[], found = new Set<string>()): ReadonlySet<string> {
  for (const node of nodes) {
    if (node.type === 'link') found.add(node.url);
    if ('children' in node) addresses(node.children, found);
  }
  return found;
}
