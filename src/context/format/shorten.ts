import type { RootContent } from 'mdast';
import { parseMarkdown } from '../../markdown/gfm/parse.ts';
import { hasCriteria } from '../tickets.ts';
import { tokensOf } from './tokens.ts';

/** Stands where something was left out. */
const GAP = '[…]';
const GAP_COST = tokensOf(`\n\n${GAP}`);
const MAX_LENGTH = 200_000;

interface Block {
  readonly text: string;
  readonly node: RootContent | undefined;
  readonly isHeading: boolean;
}

interface Section {
  readonly blocks: readonly Block[];
  readonly text: string;
  readonly cost: number;
  /** What has to hold in the end is kept before all else. */
  readonly isKept: boolean;
}

/** A text that can be made shorter. */
export interface Shortenable {
  /** In tokens, of all of it. */
  readonly cost: number;
  /**
   * In at most `most` tokens: whole sections from the beginning on, and acceptance criteria wherever they stand. Where that leaves
   * half of the room, so much of the next: its paragraphs, or of the first one items of a list, rows, lines of code or sentences.
   * Undefined where nothing of it fits.
   */
  shorten(most: number): string | undefined;
}

/** Markdown as it is, until less room makes it worth to be read. */
export function shortenable(markdown: string): Shortenable {
  const cost = tokensOf(markdown);
  let sections: readonly Section[] | undefined;
  return {
    cost,
    shorten(most) {
      if (cost <= most) return markdown;
      sections ??= sectionsOf(markdown);
      return shortened(sections, most);
    },
  };
}

function shortened(sections: readonly Section[], most: number): string | undefined {
  const chosen = new Map<number, string>();
  let room = most - GAP_COST;
  const take = (index: number, text: string) => {
    chosen.set(index, text);
    room -= costOf(text);
  };
  for (const [index, { text, cost, blocks, isKept }] of sections.entries()) {
    if (!isKept) continue;
    const part = cost + GAP_COST <= room ? text : beginning(blocks, room);
    if (part !== undefined) take(index, part);
  }
  for (const [index, { text, cost, blocks, isKept }] of sections.entries()) {
    if (isKept) continue;
    // Another gap may stand behind it.
    const isWhole = cost + GAP_COST <= room;
    const isLittle = room > most / 2;
    const part = isWhole ? text : isLittle ? beginning(blocks, room - GAP_COST) : undefined;
    if (part !== undefined) take(index, part);
    if (!isWhole) break;
  }
  return chosen.size === 0 ? undefined : assembled(sections, chosen);
}

const costOf = (text: string): number => tokensOf(`${text}\n\n`);
const textOf = (blocks: readonly Block[]): string => blocks.map(({ text }) => text).join('\n\n');

function assembled(sections: readonly Section[], chosen: ReadonlyMap<number, string>): string {
  const parts: string[] = [];
  let isWhole = true;
  for (const [index, { text }] of sections.entries()) {
    const part = chosen.get(index);
    if (part !== undefined) parts.push(...(isWhole ? [] : [GAP]), part);
    isWhole = part === text;
  }
  return [...parts, ...(isWhole ? [] : [GAP])].join('\n\n');
}

function sectionsOf(markdown: string): Section[] {
  const sections: { blocks: Block[]; isKept: boolean }[] = [];
  for (const block of blocksOf(markdown)) {
    const isKept = startsCriteria(block);
    const last = sections.at(-1);
    if (last === undefined || block.isHeading || isKept) sections.push({ blocks: [block], isKept });
    else last.blocks.push(block);
  }
  return sections.map((section) => {
    const text = textOf(section.blocks);
    return { ...section, text, cost: costOf(text) };
  });
}

/** Under a heading, or a line of its own that is one but for its marks. */
function startsCriteria({ text, node }: Block): boolean {
  return (
    (node?.type === 'heading' || node?.type === 'paragraph') && hasCriteria(text.split('\n', 1)[0] ?? '')
  );
}

function blocksOf(markdown: string): Block[] {
  const root = parseMarkdown(markdown, MAX_LENGTH)?.root;
  if (root === undefined)
    return markdown.split(/\n{2,}/).map((text) => ({ text, node: undefined, isHeading: false }));
  return root.children.map((node) => ({
    text: markdown.slice(node.position?.start.offset, node.position?.end.offset),
    node,
    isHeading: node.type === 'heading',
  }));
}

/** As many of the blocks as fit; a heading alone says nothing. */
function beginning(blocks: readonly Block[], room: number): string | undefined {
  const taken: Block[] = [];
  let rest = room;
  for (const block of blocks) {
    const cost = costOf(block.text);
    if (cost <= rest) {
      taken.push(block);
      rest -= cost;
      continue;
    }
    // Half a paragraph is better than none; after others it is not missed.
    if (taken.every(({ isHeading }) => isHeading)) {
      const text = partOf(block, rest);
      if (text !== undefined) taken.push({ ...block, text, isHeading: false });
    }
    break;
  }
  return taken.some(({ isHeading }) => !isHeading) ? textOf(taken) : undefined;
}

function partOf({ text, node }: Block, room: number): string | undefined {
  if (node?.type === 'code') return partOfCode(text, room);
  const ends = node === undefined ? [] : endsIn(node, text);
  return lastThatFits(ends, (end) => text.slice(0, end).trimEnd(), room);
}

/** Where a block may end early, by offsets in its text. */
function endsIn(node: RootContent, text: string): number[] {
  const from = node.position?.start.offset ?? 0;
  const ends = (nodes: readonly RootContent[]) =>
    nodes.flatMap(({ position }) => position?.end.offset ?? []).map((end) => end - from);
  if (node.type === 'list' || node.type === 'blockquote') return ends(node.children);
  // Its head alone says nothing.
  if (node.type === 'table') return ends(node.children).slice(1);
  if (node.type !== 'paragraph') return [];
  return node.children.flatMap((child) => {
    const [start, end] = [child.position?.start.offset, child.position?.end.offset];
    // Not within a link, code or emphasis.
    if (child.type !== 'text' || start === undefined || end === undefined) return [];
    return sentenceEnds(text.slice(start - from, end - from)).map((each) => start - from + each);
  });
}

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });

/** Without the last one, which may go on in what follows. */
function sentenceEnds(text: string): number[] {
  return Array.from(sentences.segment(text))
    .slice(0, -1)
    .filter(({ segment }) => /[.!?…。！？।]["'”’)\]]*\s*$/u.test(segment))
    .map(({ segment, index }) => index + segment.length);
}

/** Lines of code, with the fence at its end if there is one. */
function partOfCode(text: string, room: number): string | undefined {
  const lines = text.split('\n');
  const [, fence] = /^\s*(`{3,}|~{3,})/.exec(text) ?? [];
  const closing = fence === undefined ? [] : [fence];
  const counts = lines.keys().drop(fence === undefined ? 1 : 2);
  return lastThatFits([...counts], (count) => [...lines.slice(0, count), ...closing].join('\n'), room);
}

/** The longest of texts that grow with their number. */
function lastThatFits(
  numbers: readonly number[],
  textAt: (number: number) => string,
  room: number,
): string | undefined {
  let [low, high] = [0, numbers.length];
  let best: string | undefined;
  while (low < high) {
    const middle = (low + high) >> 1;
    const text = textAt(numbers[middle] ?? 0);
    if (costOf(text) > room) high = middle;
    else {
      if (text !== '') best = text;
      low = middle + 1;
    }
  }
  return best;
}
