import { emoji } from '../emoji.ts';
import { status } from '../macros/status.ts';
import { lineBreak, text } from '../nodes.ts';
import { mention } from '../people.ts';
import { collapseSpace } from '../text.ts';
import { attribute } from './node.ts';
import type { NodeRenderer } from './render.ts';

export const inlineNodes: Record<string, NodeRenderer> = {
  date: (node) => [text(isoDate(attribute(node, 'timestamp') ?? ''))],
  emoji: (node) => [
    text(
      emoji({
        text: attribute(node, 'text'),
        shortName: attribute(node, 'shortName'),
        id: attribute(node, 'id'),
      }),
    ),
  ],
  hardBreak: () => [lineBreak()],
  mention(node, reader) {
    const id = attribute(node, 'id') ?? '';
    const written = attribute(node, 'text');
    if (id === '' || id === 'all' || id === 'here') return written || id ? [text(written || `@${id}`)] : [];
    return [mention(id, reader, written)];
  },
  /** An invitation to the author to write something. */
  placeholder: () => [],
  status: (node) => status(attribute(node, 'text') ?? ''),
  text: (node) => [text(collapseSpace(node.text ?? ''))],
};

/** A date node's timestamp, milliseconds since 1970 in UTC, as a day; anything else as it is. */
function isoDate(timestamp: string): string {
  const date = new Date(/^-?\d+$/.test(timestamp) ? Number(timestamp) : timestamp);
  return Number.isNaN(date.getTime()) ? timestamp : date.toISOString().slice(0, 10);
}
