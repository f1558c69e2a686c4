import type { Facts } from '../../core/document.ts';
import type { ReadDocument } from '../../frontmatter/read.ts';
import { type Block, blocksOf } from './blocks.ts';
import { CHUNK_SIZE, type Chunk } from './chunk.ts';
import { factLine } from './fact-line.ts';
import { mergeSmall, type Piece } from './pieces.ts';
import { cut, type Section, sectionsOf } from './sections.ts';
import { splitBlock } from './split-block.ts';

/** What comes after the text of a document by its type, each under a heading of the second level: no chunk has both. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  page: ['Comments', 'Inline comments'],
  blogpost: ['Comments', 'Inline comments'],
  ticket: ['Comments', 'History'],
  issue: ['Timeline'],
  'pull-request': ['Timeline', 'Review threads'],
  discussion: ['Comments'],
};

/** As many characters of a thread's first message stand before each later chunk. */
const ROOT_LENGTH = 400;

/**
 * A document of ours as passages in the order of its lines. Each non-blank line of its body is in one of them (or, if it is too
 * long, in several), and each document has at least one, so that its title is found.
 */
export function chunkDocument(file: string, { facts, body }: ReadDocument): Chunk[] {
  const lines = linesOf(file);
  const from = linesOf(file.slice(0, file.length - body.length)).length - 1;
  const blocks = blocksOf(lines, from);
  const pieces =
    facts.type === 'thread'
      ? cutThread(sectionsOf(blocks), lines)
      : cutParts(blocks, lines, PARTS[facts.type] ?? [], facts.title);
  return withFacts(finished(pieces, lines), facts);
}

/** A file of markdown that people wrote into the repository. */
export function chunkNote(file: string): Chunk[] {
  const lines = linesOf(file);
  return finished(cut(sectionsOf(blocksOfNote(lines), titleOfNote(file)), lines, CHUNK_SIZE), lines);
}

/** Its only heading of the first level, if that is its first; undefined if it has none. */
export function titleOfNote(file: string): string | undefined {
  const headings = blocksOfNote(linesOf(file)).flatMap(({ heading }) => heading ?? []);
  const [first, ...others] = headings;
  if (first?.level !== 1 || others.some(({ level }) => level === 1)) return undefined;
  return first.title || undefined;
}

/** Facts at its beginning, between two lines of `---`, are one block: markdown would read them as a heading. */
function blocksOfNote(lines: readonly string[]): Block[] {
  const last = lines[0] === '---' ? lines.indexOf('---', 1) : -1;
  return last < 0 ? blocksOf(lines) : [{ first: 0, last }, ...blocksOf(lines, last + 1)];
}

function linesOf(file: string): string[] {
  return file.split(/\r?\n/);
}

function cutParts(
  blocks: readonly Block[],
  lines: readonly string[],
  names: readonly string[],
  title: string,
): Piece[] {
  // A text may have such headings itself, but what we add comes last.
  const starts = names
    .map((name) => blocks.findLastIndex(({ heading }) => heading?.level === 2 && heading.title === name))
    .filter((start) => start >= 0)
    .sort((a, b) => a - b);
  const [text = [], ...others] = [0, ...starts].map((start, index) =>
    cut(sectionsOf(blocks.slice(start, starts[index]), title), lines, CHUNK_SIZE),
  );
  const pieces = [...text, ...mergeSmall(others.flat(), CHUNK_SIZE)];
  const size = pieces.reduce((sum, piece) => sum + piece.size, 0);
  // What is that small is found best as a whole.
  return size < CHUNK_SIZE.least ? cut(sectionsOf(blocks, title), lines, CHUNK_SIZE) : pieces;
}

/** Messages are the outermost sections. Answers say little without what they answer. */
function cutThread(thread: Section, lines: readonly string[]): Piece[] {
  const whole = cut(thread, lines, CHUNK_SIZE);
  const [root] = thread.children;
  if (whole.length < 2 || root === undefined) return whole;
  const said = shortened(root, lines);
  const most = CHUNK_SIZE.most - said.length;
  const end = thread.children[1]?.own[0]?.first ?? lines.length;
  return cut(thread, lines, { least: Math.min(CHUNK_SIZE.least, most), most }).map((piece, index) =>
    index === 0 || piece.last < end ? piece : { ...piece, text: `${said}\n\n${piece.text}` },
  );
}

function shortened({ own, children }: Section, lines: readonly string[]): string {
  const text: string[] = [];
  let room = ROOT_LENGTH;
  for (const block of [...own, ...children.flatMap((child) => child.own)]) {
    const [part, more] = room > 0 ? splitBlock(block, lines, room) : [];
    if (part === undefined || part.text.length > room) return [...text, '…'].join('\n\n');
    text.push(part.text);
    room -= part.text.length;
    if (more !== undefined) return [...text, '…'].join('\n\n');
  }
  return text.join('\n\n');
}

function finished(pieces: readonly Piece[], lines: readonly string[]): Chunk[] {
  if (pieces.length === 0) return [{ headings: [], text: '', lines: [1, lines.length] }];
  return pieces.map(({ headings, text, first, last }) => ({
    headings,
    text,
    lines: [first + 1, last + 1],
  }));
}

/** People ask for tickets by what their facts say, and text has none of it. */
function withFacts(chunks: readonly Chunk[], facts: Facts): Chunk[] {
  const line = factLine(facts);
  return chunks.map((chunk, index) =>
    index > 0 || line === '' ? chunk : { ...chunk, text: [line, chunk.text].filter(Boolean).join('\n\n') },
  );
}
