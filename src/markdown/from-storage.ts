import type { ReadContext, Reading } from './context.ts';
import { finish } from './finish.ts';
import { createReader } from './reader.ts';

/**
 * Reads Confluence storage format. Malformed input is recovered, never refused: the page is kept, and the warning
 * `malformed` says that it was repaired.
 */
export function fromStorage(xml: string, context: ReadContext): Reading {
  const reader = createReader(context, xml.length);
  const root = { type: 'root' as const, children: reader.storage(xml) };
  return finish(root, xml.length, reader);
}
