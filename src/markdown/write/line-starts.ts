import { beginsHtmlBlock } from './html-syntax.ts';
import type { Place } from './pieces.ts';

/** The first character of anything that could start a block. */
const BLOCK_START = /^[#>\-+*_`~<=|:[\d]/;

/**
 * The offset of the character to escape so that a line of inline content starts no block: no list item, heading,
 * quote, rule, fence, table, definition or HTML. `source` is the whole content, for what takes more than a line.
 */
export function blockStart(
  line: string,
  { first, place, source }: { readonly first: boolean; readonly place: Place; readonly source: string },
): number | undefined {
  if (!BLOCK_START.test(line)) return undefined;
  if (/^(?:#{1,6}(?:[ \t]|$)|>|~{3}|`{3,}[^`]*$)/.test(line) || beginsHtmlBlock(line)) return 0;
  if (/^([-_*])[ \t]*(?:\1[ \t]*){2,}$/.test(line)) return 0;
  // An empty item does not interrupt a paragraph.
  if (first ? /^[-+*](?:[ \t]|$)/.test(line) : /^[-+*][ \t]+[^ \t]/.test(line)) return 0;
  const ordinal = /^(\d{1,9})[.)](?:$|[ \t]+(.?))/.exec(line);
  if (ordinal && (first || (Number(ordinal[1]) === 1 && ordinal[2]))) return ordinal[1]?.length;
  if (/^\[\^[^\s[\]]+\]:/.test(line)) return 0;
  if (!first) return /^(?:=+[ \t]*|-+[ \t]*|[|:-][|: \t-]*)$/.test(line) ? 0 : undefined;
  // With the bullet before it, a rule.
  if (place === 'item' && /^([-*])(?:[ \t]*\1)+[ \t]*$/.test(line)) return 0;
  if (place === 'item' && /^\[[ \txX]\][ \t]/.test(line)) return 0;
  return line.startsWith('[') && DEFINITION.test(source) ? 0 : undefined;
}

/**
 * A link's definition, which ends with its destination or title, or a footnote's. A destination in angle brackets may
 * still get a backslash, and is another destination then; so may brackets in the label, a footnote's or before a parenthesis.
 */
const LABEL = /\[(?:\\[^\n]|[^[\]\\]|\[(?=\^)|\](?=\())+\]:[ \t\n]*/;
const DESTINATION = /(?:<[^<>\n]*>|[^ \t\n]+)[ \t]*(?:$|\n|["'(])/;
const DEFINITION = new RegExp(`^(?:\\[\\^[^\\s[\\]]+\\]:|${LABEL.source}${DESTINATION.source})`);
