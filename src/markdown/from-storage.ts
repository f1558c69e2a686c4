import type { ReadContext, Reading } from './context.ts';
import { finish } from './finish.ts';
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
  if (malformed) reader.degrade('malformed');
  if (flattened) reader.degrade('depth');
  const root = { type: 'root' as const, children: renderBlocks(children, reader) };
  return finish(root, xml.length, reader);
}
