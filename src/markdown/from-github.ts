import type { PhrasingContent } from 'mdast';
import type { ReadContext, Reading } from './context.ts';
import { fromDialect } from './from-markdown.ts';
import { linkReferences } from './github/references.ts';
import { lineBreak } from './nodes.ts';
import type { Reader } from './reader.ts';

/** GitHub takes 65,536 characters of text; readmes may be longer. */
const MAX_LENGTH = 1_000_000;

/**
 * Reads what is written on GitHub: GitHub Flavored Markdown with HTML in it, alerts, mentions, and references to issues and
 * commits (https://docs.github.com/en/get-started/writing-on-github).
 */
export function fromGithub(markdown: string, context: ReadContext): Reading {
  return fromDialect(markdown, context, { maxLength: MAX_LENGTH, html: 'shown', words });
}

function words(value: string, reader: Reader): PhrasingContent[] {
  const lines = reader.context.lineBreaks ? value.split('\n') : [value];
  return lines.flatMap((line, index) => [
    ...(index > 0 ? [lineBreak()] : []),
    ...linkReferences(line, reader.context),
  ]);
}
