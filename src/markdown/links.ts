import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { MARK_END, MARK_START, MARKED } from './text.ts';

/**
 * A link destination in the form that is valid both between the parentheses of a markdown link and in a quoted
 * HTML attribute: what either would end at or read otherwise is percent-encoded, the rest stays readable.
 */
function encodeDestination(destination: string): string {
  return destination
    .replace(/[\u0000-\u0020\u007F"()<>\\`|]/g, (character) => {
      return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .replace(/&(?=#?\w+;)/g, '&amp;');
}

/** Replaces each marked destination of `marked` by the one that `resolve` gives for it, encoded. */
export function linkDocument(marked: string, resolve: (url: string) => string): string {
  return marked.replace(MARKED, (_, url: string) => encodeDestination(resolve(url)));
}

/**
 * The inverse of {@link linkDocument} for a committed file: every link and image destination is replaced by
 * `resolve(destination)` and marked again; all other bytes stay. `resolve` gets the destination as the file has it,
 * character references decoded and percent-encoding kept.
 */
export function markLinks(markdown: string, resolve: (destination: string) => string): string {
  const found = [...destinations(markdown)].sort((a, b) => a.start - b.start);
  let result = '';
  let position = 0;
  for (const { start, end, value } of found) {
    result += markdown.slice(position, start) + mark(resolve(value));
    position = end;
  }
  return result + markdown.slice(position);
}

/** A destination between marks, free of characters that would make the mark ambiguous. */
export function mark(destination: string): string {
  return MARK_START + destination + MARK_END;
}

/** Marks the `href` and `src` values of HTML that was written by us: quoted with `"`. */
export function markHtml(html: string): string {
  let result = '';
  let position = 0;
  for (const { start, end, value } of htmlDestinations(html)) {
    result += html.slice(position, start) + mark(value);
    position = end;
  }
  return result + html.slice(position);
}

interface Destination {
  readonly start: number;
  readonly end: number;
  readonly value: string;
}

/** Reads the positions off the tokenizer: the tree has positions of whole links only. */
function destinations(markdown: string): Destination[] {
  const found: Destination[] = [];
  fromMarkdown(markdown, {
    extensions: [gfm()],
    mdastExtensions: [
      gfmFromMarkdown(),
      {
        exit: {
          resourceDestinationString(token) {
            const value = this.resume();
            const node = this.stack.at(-1);
            if (node?.type === 'link' || node?.type === 'image') node.url = value;
            found.push({ start: token.start.offset, end: token.end.offset, value });
          },
          htmlFlowData(token) {
            this.config.exit.data?.call(this, token);
            found.push(...htmlDestinations(this.sliceSerialize(token), token.start.offset));
          },
          htmlTextData(token) {
            this.config.exit.data?.call(this, token);
            found.push(...htmlDestinations(this.sliceSerialize(token), token.start.offset));
          },
        },
      },
    ],
  });
  return found;
}

function* htmlDestinations(html: string, offset = 0): Generator<Destination> {
  for (const match of html.matchAll(/(?<=<\w[^<>]*\s(?:href|src)=")[^"]*(?=")/g)) {
    const start = offset + match.index;
    yield { start, end: start + match[0].length, value: match[0].replaceAll('&amp;', '&') };
  }
}
