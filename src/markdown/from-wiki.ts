import type { ReadContext, Reading } from './context.ts';
import { finish } from './finish.ts';
import { createReader } from './reader.ts';
import { readWiki } from './wiki/read.ts';

/**
 * Reads Jira's wiki markup (https://jira.atlassian.com/secure/WikiRendererHelpAction.jspa?section=all) in time
 * linear to its length. Nothing is refused: what does not parse is text, as Jira shows it, and a macro that is never
 * closed is named by a warning.
 */
export function fromWiki(text: string, context: ReadContext): Reading {
  const reader = createReader(context, text.length);
  const root = { type: 'root' as const, children: readWiki(text, reader) };
  return finish(root, text.length, reader);
}
