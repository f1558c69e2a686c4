import type { Root } from 'mdast';
import { toMarkdown } from 'mdast-util-to-markdown';
import { definedFootnotes } from './write/footnotes.ts';
import { handlersFor } from './write/handlers.ts';
import { prepare } from './write/prepare.ts';

/**
 * Writes a tree as GFM that ends with exactly one newline. Every link and image
 * destination stands between two marks (see `text.ts`) and as the tree has it; `linkDocument` puts the final ones
 * in. The text never begins with `---`, which would be read as frontmatter.
 */
export function writeMarkdown(root: Root): string {
  const footnotes = definedFootnotes(root);
  const markdown = toMarkdown(prepare(root, footnotes), {
    bullet: '-',
    fences: true,
    listItemIndent: 'one',
    incrementListMarker: true,
    handlers: handlersFor(footnotes),
  });
  return `${markdown.startsWith('---') ? '\\' : ''}${markdown.trimEnd()}\n`;
}
