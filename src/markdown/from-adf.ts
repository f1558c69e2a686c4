import { renderAdf } from './adf/render.ts';
import type { ReadContext, Reading } from './context.ts';
import { finish } from './finish.ts';
import { toFlow } from './nodes.ts';
import { createReader } from './reader.ts';

/**
 * Reads an Atlassian Document Format document, as parsed JSON. Documents that break the schema are read for what
 * they hold: unknown nodes by their content and text, with a warning for each.
 */
export function fromAdf(doc: unknown, context: ReadContext): Reading {
  const reader = createReader(context);
  const root = { type: 'root' as const, children: toFlow(renderAdf([doc], reader, 0)) };
  return finish(root, sizeOf(doc), reader);
}

/** The length of the document's text, without the recursion of `JSON.stringify` that deep input would overflow. */
function sizeOf(doc: unknown): number {
  let size = 0;
  const open: unknown[] = [doc];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === 'string') size += value.length + 2;
    else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        size += key.length + 4;
        open.push(inner);
      }
    } else size += 4;
  }
  return size;
}
