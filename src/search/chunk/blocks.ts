import { readable } from './readable.ts';
/**
 * What a text of markdown is made of, by the numbers of its lines (from 0). Blank lines between blocks belong to none. Parsing
 * into a tree takes many times as long, and nothing below a block is asked for.
 */
export interface Block {
  readonly first: number;
  readonly last: number;
  readonly heading?: { readonly level: number; readonly title: string };
  readonly fence?: Fence;
  /** Its first two lines say what its columns are. */
  readonly isTable?: boolean;
  /** Of an item of a list or a quote: a line without what makes it part of that. */
  readonly inner?: (line: string) => string;
}

export interface Fence {
  /** Such as ```` ``` ````, and what stands before it in its line. */
  readonly marker: string;
  readonly before: string;
  readonly isClosed: boolean;
}

const BLANK = /^\s*$/;
const INDENT = /^[ \t]*/;
const HEADING = /^ {0,3}(#{1,6})(?=[ \t]|$)/;
const UNDERLINE = /^ {0,3}(=+|-+)[ \t]*$/;
const FENCE = /^( {0,3})(`{3,}(?=[^`]*$)|~{3,})/;
const BREAK = /^ {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$/;
const QUOTE = /^ {0,3}>/;
const ITEM = /^ {0,3}(?:[-*+]|\d{1,9}[.)])(?=[ \t]|$)/;
/** An item without text, or one that does not begin a list, is part of the paragraph above it. */
const INTERRUPTING_ITEM = /^ {0,3}(?:[-*+]|1[.)])[ \t]+\S/;
const DELIMITERS = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;

/** HTML that runs to the next blank line. https://spec.commonmark.org/0.31.2/#html-blocks */
const TAG =
  /^ {0,3}<\/?(?:address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul)(?=\s|\/?>|$)/i;
/** The same of any other tag that has the line for itself, unless it continues a paragraph. */
const LONE_TAG = /^ {0,3}<\/?[a-z][a-z0-9-]*(?:\s[^<>]*)?>[ \t]*$/i;

/** HTML that runs to an end of its own, blank lines and all. */
const ENCLOSED: readonly (readonly [begin: RegExp, end: RegExp])[] = [
  [/^ {0,3}<(?:script|pre|style|textarea)(?=[\s>]|$)/i, /<\/(?:script|pre|style|textarea)>/i],
  [/^ {0,3}<!--/, /-->/],
  [/^ {0,3}<\?/, /\?>/],
  [/^ {0,3}<!\[CDATA\[/, /\]\]>/],
];

/** The blocks of the lines from `from` on. */
export function blocksOf(lines: readonly string[], from = 0): Block[] {
  const blocks: Block[] = [];
  for (let first = from; first < lines.length; ) {
    if (BLANK.test(lines[first] ?? '')) {
      first += 1;
      continue;
    }
    const block = blockAt(lines, first);
    blocks.push(block);
    first = block.last + 1;
  }
  return blocks;
}

function blockAt(lines: readonly string[], first: number): Block {
  const line = lines[first] ?? '';
  const [, before, marker] = FENCE.exec(line) ?? [];
  if (before !== undefined && marker !== undefined) return fenceAt(lines, first, { before, marker });
  const [opening, marks] = HEADING.exec(line) ?? [];
  if (opening !== undefined && marks !== undefined) {
    const title = titleOf(line.slice(opening.length));
    return { first, last: first, heading: { level: marks.length, title } };
  }
  if (BREAK.test(line)) return { first, last: first };
  const enclosed = ENCLOSED.find(([begin]) => begin.test(line));
  if (enclosed) return { first, last: lineWith(lines, first, enclosed[1]) };
  if (TAG.test(line) || LONE_TAG.test(line)) return { first, last: beforeBlank(lines, first) };
  if (QUOTE.test(line)) return quoteAt(lines, first);
  const [item] = ITEM.exec(line) ?? [];
  if (item !== undefined) return itemAt(lines, first, item.length);
  if (isTableAt(lines, first)) return { first, last: paragraphEnd(lines, first), isTable: true };
  return paragraphAt(lines, first);
}

function fenceAt(
  lines: readonly string[],
  first: number,
  { before, marker }: Pick<Fence, 'before' | 'marker'>,
): Block {
  const sign = marker[0] ?? '';
  for (let last = first + 1; last < lines.length; last += 1) {
    const [closing] = FENCE.exec(lines[last] ?? '') ?? [];
    if (closing === undefined) continue;
    const found = closing.trimStart();
    const isOwn = found.startsWith(sign) && found.length >= marker.length;
    if (isOwn && BLANK.test((lines[last] ?? '').slice(closing.length)))
      return { first, last, fence: { marker, before, isClosed: true } };
  }
  return { first, last: lines.length - 1, fence: { marker, before, isClosed: false } };
}

function lineWith(lines: readonly string[], first: number, end: RegExp): number {
  let last = first;
  while (last + 1 < lines.length && !end.test(lines[last] ?? '')) last += 1;
  return last;
}

function beforeBlank(lines: readonly string[], first: number): number {
  let last = first;
  while (last + 1 < lines.length && !BLANK.test(lines[last + 1] ?? '')) last += 1;
  return last;
}

/** Also the lines that continue its last paragraph without a mark. */
function quoteAt(lines: readonly string[], first: number): Block {
  let last = first;
  for (; last + 1 < lines.length; last += 1) {
    const next = lines[last + 1] ?? '';
    if (QUOTE.test(next)) continue;
    if (BLANK.test(next) || interrupts(next)) break;
  }
  return { first, last, inner: (line) => line.replace(/^ {0,3}> ?/, '') };
}

/** An item goes on as long as lines are indented like its text, or continue its paragraph. */
function itemAt(lines: readonly string[], first: number, width: number): Block {
  const line = lines[first] ?? '';
  const padding = columns(INDENT.exec(line.slice(width))?.[0] ?? '');
  const text = width + (padding > 4 || width + padding >= line.length ? 1 : padding);
  let last = first;
  const isEmpty = BLANK.test(line.slice(width));
  let fence: string | undefined = opensFence(line.slice(text));
  for (let index = first + 1, isAfterBlank = false; index < lines.length; index += 1) {
    const next = lines[index] ?? '';
    if (BLANK.test(next)) {
      if (isEmpty && index === first + 1) break;
      isAfterBlank = true;
      continue;
    }
    const isIndented = columns(INDENT.exec(next)?.[0] ?? '') >= text;
    if (!isIndented && (fence !== undefined || isAfterBlank || interrupts(next) || ITEM.test(next))) break;
    const own = next.trimStart();
    if (fence === undefined) fence = opensFence(own);
    else if (own.startsWith(fence) && /^[`~]*\s*$/.test(own)) fence = undefined;
    last = index;
    isAfterBlank = false;
  }
  return {
    first,
    last,
    inner: (line) => (BLANK.test(line.slice(0, text)) || ITEM.test(line) ? line.slice(text) : line),
  };
}

function opensFence(text: string): string | undefined {
  return FENCE.exec(text)?.[2];
}

function columns(indent: string): number {
  let width = 0;
  for (const sign of indent) width += sign === '\t' ? 4 - (width % 4) : 1;
  return width;
}

function isTableAt(lines: readonly string[], first: number): boolean {
  const next = lines[first + 1] ?? '';
  return (lines[first] ?? '').includes('|') && next.includes('|') && DELIMITERS.test(next);
}

function paragraphEnd(lines: readonly string[], first: number): number {
  let last = first;
  for (; last + 1 < lines.length; last += 1) {
    const next = lines[last + 1] ?? '';
    if (BLANK.test(next) || interrupts(next)) break;
  }
  return last;
}

/** A paragraph, or the heading that it is if it is underlined. */
function paragraphAt(lines: readonly string[], first: number): Block {
  let last = first;
  for (; last + 1 < lines.length; last += 1) {
    const next = lines[last + 1] ?? '';
    const isText = (INDENT.exec(lines[first] ?? '')?.[0] ?? '').length < 4;
    const [, line] = UNDERLINE.exec(next) ?? [];
    if (isText && line !== undefined) {
      const title = titleOf(lines.slice(first, last + 1).join(' '));
      return { first, last: last + 1, heading: { level: line.startsWith('=') ? 1 : 2, title } };
    }
    if (BLANK.test(next) || interrupts(next)) break;
  }
  return { first, last };
}

/** Whether the line ends a paragraph above it. */
function interrupts(line: string): boolean {
  return (
    HEADING.test(line) ||
    FENCE.test(line) ||
    BREAK.test(line) ||
    QUOTE.test(line) ||
    INTERRUPTING_ITEM.test(line) ||
    TAG.test(line) ||
    ENCLOSED.some(([begin]) => begin.test(line))
  );
}

const TITLE_LENGTH = 200;

/** The words of a heading: without closing marks, emphasis, escapes and the targets of links. */
function titleOf(written: string): string {
  return readable(written)
    .slice(0, 2 * TITLE_LENGTH)
    .trim()
    .replace(/(?:^|[ \t])#+$/, '')
    .replace(/!?\[([^[\]]*)\]\([^()\s]*\)/g, '$1')
    .replace(/(?<!\\)(?:\*\*|~~|[*`])|(?<![\\\p{L}\p{N}])_|(?<!\\)_(?![\p{L}\p{N}])/gu, '')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, TITLE_LENGTH)
    .toWellFormed();
}
