import type { List } from 'mdast';
import { blockquote, code, type Flow, list, listItem, type Mixed, toFlow } from '../nodes.ts';
import { type InlineToken, pairMarks } from '../paired-marks.ts';
import { cleanText } from '../text.ts';
import { MAX_DEPTH, type Source } from './source.ts';
import { applyMark, codeText, tokenise } from './tokens.ts';

export interface MrkdwnOptions {
  /** Marks, code and quotes; without them, only references, addresses and bullets mean something. */
  readonly marks?: boolean;
}

/** Code between fences, which may stand anywhere in a line and over many. */
interface Fence {
  readonly code: string;
}
/** A line in which a fence, whatever its length, is one word. */
type Line = readonly (string | Fence)[];

/** Slack's own markup (https://docs.slack.dev/messaging/formatting-message-text), in time linear to its length. */
export function readMrkdwn(written: string, source: Source, { marks = true }: MrkdwnOptions = {}): Flow[] {
  const text = cleanText(written);
  const lines = marks ? linesOf(text) : text.split('\n').map((line) => [line]);
  return blocks(lines, { source, marks, inQuote: !marks });
}

const FENCE = '```';

function linesOf(text: string): Line[] {
  const lines: (string | Fence)[][] = [[]];
  const add = (stretch: string) => {
    for (const [index, part] of stretch.split('\n').entries()) {
      if (index > 0) lines.push([]);
      lines.at(-1)?.push(part);
    }
  };
  let plain = 0;
  for (let open = text.indexOf(FENCE); open !== -1; ) {
    const close = text.indexOf(FENCE, open + FENCE.length);
    if (close === -1) break;
    const body = text.slice(open + FENCE.length, close);
    if (body.trim() !== '') {
      add(text.slice(plain, open));
      lines.at(-1)?.push({ code: body.replace(/^\n|\n$/g, '') });
      plain = close + FENCE.length;
    }
    open = text.indexOf(FENCE, close + FENCE.length);
  }
  add(text.slice(plain));
  return lines;
}

interface Place {
  readonly source: Source;
  readonly marks: boolean;
  /** Quotes do not nest. */
  readonly inQuote: boolean;
}

const QUOTE = /^(?:>|&gt;) ?/;
const LONG_QUOTE = /^(?:>|&gt;){3} ?/;
/** What Slack makes of bullets, and what people paste. */
const BULLET = /^([ \t\u00A0]*)[•◦▪▫●○‣⁃]\uFE0E?[ \t\u00A0]+(?=\S|$)/;

function blocks(lines: readonly Line[], place: Place): Flow[] {
  const flow: Flow[] = [];
  const push = (nodes: readonly Flow[]) => {
    for (const node of nodes) flow.push(node);
  };
  for (let index = 0; index < lines.length; ) {
    const line = lines[index] ?? [];
    let next = index + 1;
    if (!place.inQuote && matches(LONG_QUOTE, line)) {
      next = lines.length;
      push(quote([without(LONG_QUOTE, line), ...lines.slice(index + 1)], place));
    } else if (!place.inQuote && matches(QUOTE, line)) {
      next = endOf(lines, next, (other) => matches(QUOTE, other) && !matches(LONG_QUOTE, other));
      push(
        quote(
          lines.slice(index, next).map((quoted) => without(QUOTE, quoted)),
          place,
        ),
      );
    } else if (matches(BULLET, line)) {
      next = endOf(lines, next, (other) => matches(BULLET, other) || continues(other));
      push(bullets(lines.slice(index, next), place));
    } else if (!isBlank(line)) {
      next = endOf(lines, next, (other) => !isBlank(other) && !beginsBlock(other, place));
      push(toFlow(inline(lines.slice(index, next), place)));
    }
    index = next;
  }
  return flow;
}

function endOf(lines: readonly Line[], from: number, belongs: (line: Line) => boolean): number {
  let end = from;
  while (end < lines.length && belongs(lines[end] ?? [])) end++;
  return end;
}

function beginsBlock(line: Line, { inQuote }: Place): boolean {
  return matches(BULLET, line) || (!inQuote && matches(QUOTE, line));
}

const isBlank = (line: Line) => line.every((part) => typeof part === 'string' && part.trim() === '');
/** A line below a bullet that is indented belongs to it. */
const continues = (line: Line) => matches(/^[ \t]/, line) && !isBlank(line);

function matches(pattern: RegExp, [first]: Line): boolean {
  return typeof first === 'string' && pattern.test(first);
}

function without(pattern: RegExp, [first, ...rest]: Line): Line {
  return typeof first === 'string' ? [first.replace(pattern, ''), ...rest] : [first ?? '', ...rest];
}

function quote(lines: readonly Line[], place: Place): Flow[] {
  const content = blocks(lines, { ...place, inQuote: true });
  place.source.reader.construct();
  return content.length === 0 ? [] : [blockquote(content)];
}

/** Bullets as lists within lists, by how far each is indented. */
function bullets(lines: readonly Line[], place: Place): Flow[] {
  const roots: List[] = [];
  const open: { readonly indent: number; readonly node: List }[] = [];
  for (let index = 0; index < lines.length; ) {
    const line = lines[index] ?? [];
    const next = endOf(lines, index + 1, (other) => !matches(BULLET, other));
    const [first] = line;
    const indent = typeof first === 'string' ? (BULLET.exec(first)?.[1]?.length ?? 0) : 0;
    while (open.length > 1 && (open.at(-1)?.indent ?? 0) > indent) open.pop();
    const top = open.at(-1);
    const deeper = top !== undefined && top.indent < indent;
    if (deeper && open.length >= MAX_DEPTH) place.source.flatten();
    else if (!top || deeper) {
      const node = list([]);
      const item = top?.node.children.at(-1);
      if (item) item.children.push(node);
      else roots.push(node);
      open.push({ indent, node });
    }
    place.source.reader.construct();
    const content = [without(BULLET, line), ...lines.slice(index + 1, next)];
    open.at(-1)?.node.children.push(listItem(toFlow(inline(content, place))));
    index = next;
  }
  return roots;
}

function inline(lines: readonly Line[], { source, marks }: Place): Mixed {
  const tokens: InlineToken[] = [];
  for (const [index, line] of lines.entries()) {
    if (index > 0) tokens.push({ kind: 'break', forced: false });
    for (const part of line) {
      if (typeof part === 'string') for (const token of tokenise(part, source, marks)) tokens.push(token);
      else {
        source.reader.construct();
        tokens.push({ kind: 'nodes', nodes: [code(codeText(part.code, source))] });
      }
    }
  }
  return pairMarks(tokens, applyMark, source.reader);
}
