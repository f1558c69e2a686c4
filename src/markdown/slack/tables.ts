import type { AlignType } from 'mdast';
import { isRecord } from '../json.ts';
import { emphasis, type Flow, isBlank, paragraph } from '../nodes.ts';
import { type Cell, table } from '../tables.ts';
import type { BlockRenderer } from './blocks.ts';
import { listOf, textOf, typeOf } from './json.ts';
import { lines, paragraphs } from './lines.ts';
import { richText } from './rich-text.ts';
import type { Source } from './source.ts';
import { textFlow, textLine } from './text-objects.ts';

/** The first row is the head, as Slack shows it. */
const tableBlock: BlockRenderer = (block, source, depth) => {
  const rows = listOf(block, 'rows').map((row, index) =>
    (Array.isArray(row) ? row : []).map(
      (cell): Cell => ({
        header: index === 0,
        colspan: 1,
        rowspan: 1,
        content: cellContent(cell, source, depth + 1),
      }),
    ),
  );
  const flow = table(rows);
  const [first] = flow;
  if (first?.type === 'table') first.align = listOf(block, 'column_settings').map(alignment);
  const caption = textLine(block.caption, source);
  return isBlank(caption) ? flow : [paragraph([emphasis(caption)]), ...flow];
};

export const tableBlocks = { data_table: tableBlock, table: tableBlock };

function cellContent(cell: unknown, source: Source, depth: number): Flow[] {
  if (!isRecord(cell)) return typeof cell === 'string' ? paragraphs(lines(cell)) : [];
  const type = typeOf(cell);
  if (type.startsWith('rich_text')) return richText([cell], source, depth);
  // Raw text has no escapes.
  if (type.startsWith('raw_')) return paragraphs(lines(textOf(cell, 'text') ?? textOf(cell, 'value') ?? ''));
  return textFlow(cell, source);
}

function alignment(settings: unknown): AlignType {
  const align = isRecord(settings) ? settings.align : undefined;
  return align === 'center' || align === 'right' || align === 'left' ? align : null;
}
