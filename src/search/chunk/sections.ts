import type { Block } from './blocks.ts';
import { fill, mergeSmall, type Piece, type Sizes } from './pieces.ts';
import { splitBlock } from './split-block.ts';

/** A heading with all that stands under it. */
export interface Section {
  readonly headings: readonly string[];
  /** Its heading, and what comes before the headings below that. */
  readonly own: Block[];
  readonly children: Section[];
}

/** The blocks as a tree by their headings: the root has none. The headings of `without` are left out of the paths. */
export function sectionsOf(blocks: readonly Block[], without?: string): Section {
  const root: Section = { headings: [], own: [], children: [] };
  const open: { readonly level: number; readonly section: Section }[] = [{ level: 0, section: root }];
  for (const block of blocks) {
    const { heading } = block;
    if (heading) {
      while ((open.at(-1)?.level ?? 0) >= heading.level) open.pop();
      const parent = open.at(-1)?.section ?? root;
      const isTitle = heading.level === 1 && heading.title === without;
      const headings =
        isTitle || heading.title === '' ? parent.headings : [...parent.headings, heading.title];
      const section: Section = { headings, own: [], children: [] };
      parent.children.push(section);
      open.push({ level: heading.level, section });
    }
    open.at(-1)?.section.own.push(block);
  }
  return root;
}

/** A section as passages of fitting sizes, in the order of their lines. */
export function cut(section: Section, lines: readonly string[], sizes: Sizes): Piece[] {
  return pack(section, lines, sizes).pieces;
}

/** Whether all of it is in one piece is asked of each section above it again. */
function pack(section: Section, lines: readonly string[], sizes: Sizes): { pieces: Piece[]; size: number } {
  const own = section.own.flatMap((block) => piecesOf(block, section, lines, sizes));
  const children = section.children.map((child) => pack(child, lines, sizes));
  const size = [...own, ...children].reduce((sum, part) => sum + part.size, 0);
  const pieces = [...fill(own, sizes), ...children.flatMap((child) => child.pieces)];
  // Whatever is small in all is one passage, and small parts of what is larger join their neighbours.
  return { pieces: size <= sizes.most ? fill(pieces, sizes) : mergeSmall(pieces, sizes), size };
}

function piecesOf(block: Block, { headings }: Section, lines: readonly string[], sizes: Sizes): Piece[] {
  return splitBlock(block, lines, sizes.most).map((span) => ({
    ...span,
    // The line breaks after it count as part of it.
    size: span.text.length + 2,
    isLead: block.heading !== undefined,
    headings,
  }));
}
