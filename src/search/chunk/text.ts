import { CHUNK_SIZE, type Chunk } from './chunk.ts';
import { mergeSmall, type Piece } from './pieces.ts';
import { splitLines } from './split-lines.ts';

/** Text of no form that we know, such as configuration, by its blank lines. Empty text has one chunk. */
export function chunkText(text: string): Chunk[] {
  const lines = text.split(/\r?\n/);
  const pieces = mergeSmall(paragraphs(lines), CHUNK_SIZE);
  if (pieces.length === 0) return [{ headings: [], text: '', lines: [1, lines.length] }];
  return pieces.map(({ text, first, last }) => ({ headings: [], text, lines: [first + 1, last + 1] }));
}

function paragraphs(lines: readonly string[]): Piece[] {
  const pieces: Piece[] = [];
  for (let first = 0; first < lines.length; ) {
    let last = first;
    while (last + 1 < lines.length && lines[last + 1]?.trim() !== '') last += 1;
    for (const span of splitLines(lines, first, last, CHUNK_SIZE.most))
      pieces.push({ ...span, size: span.text.length + 2, isLead: false, headings: [] });
    first = last + 1;
  }
  return pieces;
}
