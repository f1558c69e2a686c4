import type { Heading, Html, Nodes } from 'mdast';
import { stripInvisible } from '../../core/invisible.ts';
import { oneLine } from '../../core/one-line.ts';
import { parseMarkdown } from '../../markdown/gfm/parse.ts';
import { HEADINGS, ITEM_LEVEL, TAG } from './headings.ts';

/*
 * What others wrote, made safe to stand in a prompt: it can't end the item that it is in, pass for another one or for a heading of ours,
 * or say what a reader does not see.
 */

/** Longer texts are not looked at as trees. */
const MAX_LENGTH = 200_000;
/** In characters. */
const MAX_LINE = 300;

/** A fact, such as a title, as part of a line. */
export function asLine(text: string, boundary: string): string {
  const line = withoutTags(oneLine(stripInvisible(text).text), boundary)
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > MAX_LINE ? `${line.slice(0, MAX_LINE).toWellFormed()}…` : line;
}

/** Markdown whose headings are below those of items, and whose last fence is closed. */
export function asMarkdown(text: string, boundary: string): string {
  return withoutOurHeadings(contained(asWritten(text, boundary))).trim();
}

/** Code as a block that nothing in it can end. */
export function asCode(code: string, language: string, boundary: string): string {
  return withoutOurHeadings(fenced(asWritten(code, boundary), language));
}

function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const known = /^[\w+#-]{1,20}$/.test(language) ? language : '';
  return `${fence}${known}\n${text.replace(/^\n+|\s+$/g, '')}\n${fence}`;
}

/** A text as it is, but for what can't be seen and what would end the item that it is in. */
export function asWritten(text: string, boundary: string): string {
  const visible = stripInvisible(text.replace(/\r\n?|[\u2028\u2029]/g, '\n')).text;
  return withoutTags(visible.toWellFormed(), boundary);
}

/** Neither tags as ours, nor the boundary itself, should somebody know it. */
function withoutTags(text: string, boundary: string): string {
  return text
    .replace(new RegExp(`[<＜‹〈﹤](?=[\\s/／]*${TAG})`, 'gi'), '&lt;')
    .replaceAll(new RegExp(boundary, 'gi'), '[boundary]');
}

const OURS = new RegExp(
  `^([\\s>*+-]*)(#{1,6}|<h[1-6][^>\\n]{0,200}>)(?=[\\s*_]*(?:${HEADINGS.join('|').replaceAll(' ', '[\\s_]+')})[\\s*_]*(?:#*|</h[1-6]>)\\s*$)`,
  'gim',
);

/** Wherever a line reads like one of our headings, in code too, it says that it is none. */
function withoutOurHeadings(text: string): string {
  return text.replace(OURS, '$1\\$2');
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function contained(text: string): string {
  const root = parseMarkdown(text, MAX_LENGTH)?.root;
  // What no parser reads in bounded time is shown as it is written.
  if (root === undefined) return fenced(text, '');
  const nodes = [...nodesIn(root)];
  const headings = nodes.filter((node) => node.type === 'heading');
  const least = Math.min(6, ...headings.map(({ depth }) => depth));
  const shift = Math.max(0, ITEM_LEVEL + 1 - least);
  const edits = nodes.flatMap((node) => {
    if (node.type === 'heading') return nested(node, text, shift) ?? [];
    return node.type === 'html' ? (withoutComments(node, text) ?? []) : [];
  });
  let result = '';
  let from = 0;
  for (const { start, end, text: own } of edits) {
    // Within a heading that is written anew.
    if (start < from) continue;
    result += text.slice(from, start) + own;
    from = end;
  }
  result += text.slice(from);
  const last = root.children.at(-1);
  return last?.type === 'code' ? closed(result, text.slice(last.position?.start.offset)) : result;
}

function* nodesIn(node: Nodes): Generator<Nodes> {
  yield node;
  if ('children' in node) for (const child of node.children) yield* nodesIn(child);
}

const COMMENTS = /<!--[\s\S]*?(?:-->|$)/g;

/** A reader sees no comments: they are marks of programs, or hidden. What stood around one comes together. */
function withoutComments({ position, value }: Html, text: string): Edit | undefined {
  const [start, end] = [position?.start.offset, position?.end.offset];
  const own = value.replace(COMMENTS, '');
  if (start === undefined || end === undefined || own === value) return undefined;
  const before = /[ \t]*$/.exec(text.slice(Math.max(0, start - 100), start))?.[0].length ?? 0;
  const isBlock = own === '' && /(?:^|\n)$/.test(text.slice(0, start - before));
  const after = isBlock ? (/^[ \t]*\n+/.exec(text.slice(end))?.[0].length ?? 0) : 0;
  return { start: start - before, end: end + after, text: own };
}

/** A heading by its marks, one that is underlined too. */
function nested({ depth, position, children }: Heading, text: string, shift: number): Edit | undefined {
  const [start, end] = [position?.start.offset, position?.end.offset];
  if (start === undefined || end === undefined) return undefined;
  const marks = '#'.repeat(Math.min(6, depth + shift));
  const written = text.slice(start, end);
  const [own] = /^#{1,6}/.exec(written) ?? [];
  if (own !== undefined) return { start, end: start + own.length, text: marks };
  const last = children.at(-1)?.position?.end.offset ?? start;
  return {
    start,
    end,
    text: `${marks} ${text
      .slice(start, last)
      .replace(COMMENTS, '')
      .replace(/\s*\n[\s>]*/g, ' ')}`,
  };
}

function closed(text: string, block: string): string {
  const [, fence] = /^(`{3,}|~{3,})/.exec(block) ?? [];
  if (fence === undefined) return text;
  const end = block.trimEnd().split('\n').slice(1).at(-1)?.trim() ?? '';
  const isClosed = end.length >= fence.length && end === fence[0]?.repeat(end.length);
  return isClosed ? text : `${text.trimEnd()}\n${fence}`;
}
