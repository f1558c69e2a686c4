import type { Mixed } from '../nodes.ts';
import { pairMarks } from '../paired-marks.ts';
import { applyMark } from './marks.ts';
import type { Source } from './source.ts';
import { tokenise } from './tokens.ts';

/**
 * The text of one block: inline nodes, and blocks where macros make them. `inLink` is set for the label of a link,
 * in which nothing else is one.
 */
export function inline(source: Source, start: number, end: number, depth: number, inLink = false): Mixed {
  return pairMarks(tokenise({ source, start, end, depth, inLink }), applyMark, source.reader);
}
