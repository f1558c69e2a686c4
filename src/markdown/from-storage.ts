import { resolveAnchors } from './anchors.ts';
import { boundSize } from './bounds.ts';
import type { ReadContext, Reading } from './context.ts';
import { createReader } from './reader.ts';
import { parseStorage } from './storage/parse.ts';
import { renderBlocks } from './storage/render.ts';

/**
 * Reads Confluence storage format. Malformed input is recovered, never refused: the page is kept, and the warning
 * `malformed` says that it was repaired.
 */
export function fromStorage(xml: string, context: ReadContext): Reading {
  const reader = createReader(context);
  const { children, malformed, flattened } = parseStorage(xml);
  if (malformed) reader.warn('malformed');
  if (flattened) reader.warn('depth');
  const root = { type: 'root' as const, children: renderBlocks(children, reader) };
  resolveAnchors(root);
  return { root: boundSize(root, xml.length, reader), warnings: reader.warnings };
}
