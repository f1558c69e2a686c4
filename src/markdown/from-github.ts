import type { ReadContext, Reading } from './context.ts';
import { finish } from './finish.ts';
import { readGithub } from './github/read.ts';
import { createReader } from './reader.ts';

/**
 * Reads what is written on GitHub: GitHub Flavored Markdown with HTML in it, alerts, mentions, and references to issues and
 * commits (https://docs.github.com/en/get-started/writing-on-github). Raw HTML is read for what it shows, and never passed on.
 */
export function fromGithub(markdown: string, context: ReadContext): Reading {
  const reader = createReader(context, markdown.length);
  const root = { type: 'root' as const, children: readGithub(markdown, reader) };
  return finish(root, markdown.length, reader);
}
