import type { ReadContext, Reading } from './context.ts';
import { finish } from './finish.ts';
import { readHtml } from './html/read.ts';
import { createReader } from './reader.ts';

/** Reads a whole text in HTML: mail, or what a service shows for a text of its own. */
export function fromHtml(html: string, context: ReadContext): Reading {
  const reader = createReader(context, html.length);
  const root = { type: 'root' as const, children: readHtml(html, reader) };
  return finish(root, html.length, reader);
}
