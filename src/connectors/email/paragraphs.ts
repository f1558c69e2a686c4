import type { PhrasingContent, RootContent } from 'mdast';
import { blockquote, code, lineBreak, link, paragraph, text } from '../../markdown/nodes.ts';
import type { TextLine } from './plain-text.ts';
import { withoutTracking } from './trackers.ts';

/** Lines are broken at about this many characters, unless those around them are longer. */
const USUAL_WIDTH = 60;
const PATCH = /^(?:diff --git |Index: \S|--- \S.*\t|@@ -\d+(?:,\d+)? \+\d+(?:,\d+)? @@)/;
const INDENTED = /^(?: {4}|\t)/;
/** Columns, as tables in text have them. */
const COLUMNS = /\S {3,}\S|\t\S/;

/**
 * Plain text as a tree: its words are text and nothing of them is markdown, addresses are links, quotes are quotes. Where
 * a line had to end, the next goes on behind it; where the author ended it, it ends. What its spaces say something in
 * stays as it is, as code: indented blocks, columns, and patches.
 */
export function textBlocks(paragraphs: readonly (readonly TextLine[])[]): RootContent[] {
  const blocks: RootContent[] = [];
  /** The depth of a patch that goes on until the signature behind it. */
  let patch: number | undefined;
  for (const lines of paragraphs) {
    const [{ depth, text: first } = { depth: 0, text: '' }] = lines;
    if (lines.some((line) => PATCH.test(line.text))) patch = depth;
    else if (patch !== depth || /^--\s?$/.test(first)) patch = undefined;
    append(blocks, depth, patch === undefined ? blockOf(lines) : patchOf(lines));
  }
  return blocks;
}

/** Puts a block into the last quote that is open at this depth, or a new one. */
function append(blocks: RootContent[], depth: number, block: RootContent): void {
  let target = blocks;
  for (let level = 0; level < depth; level++) {
    const last = target.at(-1);
    const quote = last?.type === 'blockquote' ? last : blockquote([]);
    if (quote !== last) target.push(quote);
    target = quote.children as RootContent[];
  }
  const last = target.at(-1);
  if (block.type === 'code' && last?.type === 'code' && last.lang === block.lang)
    target[target.length - 1] = { ...last, value: `${last.value}\n\n${block.value}` };
  else target.push(block);
}

function patchOf(lines: readonly TextLine[]): RootContent {
  return code(lines.map((line) => line.text).join('\n'), 'diff');
}

function blockOf(lines: readonly TextLine[]): RootContent {
  const texts = lines.map((line) => line.text);
  const columns = texts.filter((one) => COLUMNS.test(one.trim())).length;
  if (texts.every((one) => INDENTED.test(one)) || (columns > 1 && columns * 2 > texts.length))
    return code(texts.join('\n'));
  const width = texts.slice(0, -1).reduce((most, one) => Math.max(most, one.length), USUAL_WIDTH);
  const children: PhrasingContent[] = [];
  for (const [index, one] of texts.entries()) {
    for (const node of withLinks(one.trim())) children.push(node);
    const next = texts[index + 1];
    if (next === undefined) break;
    children.push(endsHere(one, next, width) ? lineBreak() : text(' '));
  }
  return paragraph(children);
}

/** A line across, or an item of a list. */
const ALONE = /^[-_=*~#+\s]{3,}$/;
const ITEM = /^(?:[-*+•·–]|\d{1,3}[.)])\s/;

/** Whether the next line's first word would have had room. */
function endsHere(line: string, next: string, width: number): boolean {
  if (ALONE.test(line) || ALONE.test(next) || ITEM.test(next.trim())) return true;
  const word = next.trim().split(/\s/, 1)[0] ?? '';
  return line.length + 1 + word.length <= width;
}

const ADDRESS =
  /<((?:https?|ftp):\/\/[^\s<>]+)>|\b(?:https?|ftp):\/\/[^\s<>"“”«»]+|<(?:mailto:)?([^\s<>@]{1,64}@[^\s<>@]{1,255})>/gi;

function withLinks(value: string): PhrasingContent[] {
  const nodes: PhrasingContent[] = [];
  let position = 0;
  for (const match of value.matchAll(ADDRESS)) {
    const [whole, bracketed, mailbox] = match;
    const found = bracketed ?? mailbox ?? withoutPunctuation(whole);
    if (match.index > position) nodes.push(text(value.slice(position, match.index)));
    const shown = mailbox === undefined ? withoutTracking(found) : found;
    nodes.push(link(mailbox === undefined ? shown : `mailto:${mailbox}`, [text(shown)]));
    position = match.index + (bracketed === undefined && mailbox === undefined ? found.length : whole.length);
  }
  if (position < value.length) nodes.push(text(value.slice(position)));
  return nodes;
}

const MAX_PUNCTUATION = 8;

/** An address in a sentence, without what ends the sentence or the brackets around it. */
function withoutPunctuation(address: string): string {
  let end = address.length;
  for (const least = end - MAX_PUNCTUATION; end > 0 && end > least; end--) {
    const last = address[end - 1] ?? '';
    const part = address.slice(0, end);
    const isOpen = last === ')' && part.split('(').length < part.split(')').length;
    if (!/[.,;:!?'*_\]}]/.test(last) && !isOpen) break;
  }
  return address.slice(0, end);
}
