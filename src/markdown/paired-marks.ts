import type { PhrasingContent } from 'mdast';
import { markMixed } from './marks.ts';
import { isPhrasing, lineBreak, type Mixed, text } from './nodes.ts';
import type { Reader } from './reader.ts';

/** A mark's sign, which may begin or end marked text. */
export interface MarkToken {
  readonly kind: 'mark';
  readonly mark: string;
  readonly opens: boolean;
  readonly closes: boolean;
  /** The sign as it is written: `*`, or `{*}` where it touches a word. */
  readonly written: string;
}

export type InlineToken =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'nodes'; readonly nodes: Mixed }
  /** A line's end, or a break that the author forced. */
  | { readonly kind: 'break'; readonly forced: boolean }
  | MarkToken;

export type ApplyMark = (mark: string, run: PhrasingContent[]) => PhrasingContent[];

interface Open {
  readonly mark: string;
  /** The index of the token that ends it. */
  readonly end: number;
  readonly content: Mixed;
}

/**
 * A block's tokens as its content. Marks end at the first sign that may end them on the same line, if no mark around
 * them ends before; a sign without its other one is text. Takes time linear to the number of tokens.
 */
export function pairMarks(tokens: readonly InlineToken[], applyMark: ApplyMark, reader: Reader): Mixed {
  const endOf = closings(tokens);
  const result: Mixed = [];
  const open: Open[] = [];
  for (const [index, token] of tokens.entries()) {
    const innermost = open.at(-1);
    const content = innermost?.content ?? result;
    if (token.kind === 'text') append(content, [text(token.value)]);
    else if (token.kind === 'nodes') append(content, token.nodes);
    else if (token.kind === 'break') append(content, [lineBreak()]);
    else if (innermost?.end === index) {
      open.pop();
      const marked = markMixed(tidied(content), (run) => applyMark(innermost.mark, run));
      append(open.at(-1)?.content ?? result, marked);
    } else {
      const end =
        token.opens && open.every(({ mark }) => mark !== token.mark) ? endOf(token.mark, index) : -1;
      if (end === -1 || end > (innermost?.end ?? tokens.length)) append(content, [text(token.written)]);
      else {
        reader.construct();
        open.push({ mark: token.mark, end, content: [] });
      }
    }
  }
  return tidied(result);
}

/** For each sign, where the mark would end that it begins; asked for in ascending order. */
function closings(tokens: readonly InlineToken[]): (mark: string, index: number) => number {
  const closers = new Map<string, number[]>();
  const lineOf: number[] = [];
  let line = 0;
  for (const [index, token] of tokens.entries()) {
    if (token.kind === 'break' && !token.forced) line++;
    lineOf.push(line);
    if (token.kind !== 'mark' || !token.closes) continue;
    const list = closers.get(token.mark);
    if (list) list.push(index);
    else closers.set(token.mark, [index]);
  }
  const passed = new Map<string, number>();
  return (mark, index) => {
    const list = closers.get(mark) ?? [];
    let next = passed.get(mark) ?? 0;
    while ((list[next] ?? Number.POSITIVE_INFINITY) <= index + 1) next++;
    passed.set(mark, next);
    const end = list[next];
    return end !== undefined && lineOf[end] === lineOf[index] ? end : -1;
  };
}

function append(content: Mixed, nodes: Mixed): void {
  for (const node of nodes) content.push(node);
}

/** Neighbouring text as one node, and no line ends next to blocks or other line ends. */
function tidied(nodes: Mixed): Mixed {
  const result: Mixed = [];
  let words: string[] = [];
  let pending = false;
  const flush = () => {
    if (words.length > 0) result.push(text(words.join('')));
    words = [];
  };
  for (const node of nodes) {
    if (node.type === 'break') {
      pending = true;
      continue;
    }
    const broken = pending && isPhrasing(node) && (words.length > 0 || isInline(result.at(-1)));
    pending = false;
    if (broken || node.type !== 'text') flush();
    if (broken) result.push(lineBreak());
    if (node.type === 'text') words.push(node.value);
    else result.push(node);
  }
  flush();
  return result;
}

function isInline(node: Mixed[number] | undefined): boolean {
  return node !== undefined && isPhrasing(node);
}
