import { measureAdf } from './adf/measure.ts';
import { MAX_DEPTH, renderAdf } from './adf/render.ts';
import type { ReadContext, Reading } from './context.ts';
import { finish } from './finish.ts';
import { toFlow } from './nodes.ts';
import { createReader } from './reader.ts';

/**
 * Reads an Atlassian Document Format document, as parsed JSON. Documents that break the schema are read for what
 * they hold: unknown nodes by their content and text, with a warning for each.
 */
export function fromAdf(doc: unknown, context: ReadContext): Reading {
  const { size, depth } = measureAdf(doc);
  const reader = createReader(context, size);
  if (depth > MAX_DEPTH) reader.degrade('depth');
  const root = { type: 'root' as const, children: toFlow(renderAdf([doc], reader, 0)) };
  return finish(root, size, reader);
}
