/** A passage on its way to become a chunk. Lines count from 0. */
export interface Piece {
  readonly text: string;
  readonly first: number;
  readonly last: number;
  /** What its size is counted in is up to who makes it. */
  readonly size: number;
  /** It says something of what follows it, such as a heading, and little without. */
  readonly isLead: boolean;
  readonly headings: readonly string[];
}

export interface Sizes {
  readonly least: number;
  readonly most: number;
}

/** Of what is too large, passages of about the same size, each as large as may be and cut between the pieces alone. */
export function fill(pieces: readonly Piece[], { most }: Sizes): Piece[] {
  const total = pieces.reduce((sum, { size }) => sum + size, 0);
  const target = total / Math.max(1, Math.ceil(total / most));
  return joined(
    pieces,
    (before, next) =>
      leads(before, most) || (before.size + next.size <= most && before.size + next.size / 2 <= target),
  );
}

/** Puts small passages together with their neighbours, as far as they fit. */
export function mergeSmall(pieces: readonly Piece[], { least, most }: Sizes): Piece[] {
  return joined(
    pieces,
    (before, next) =>
      leads(before, most) || (before.size + next.size <= most && (before.size < least || next.size < least)),
  );
}

/** A heading stays with its text, although that may then be a little too long. */
function leads({ isLead, size }: Piece, most: number): boolean {
  return isLead && size <= most / 4;
}

function joined(pieces: readonly Piece[], belongs: (before: Piece, next: Piece) => boolean): Piece[] {
  const result: Piece[] = [];
  for (const piece of pieces) {
    const before = result.at(-1);
    if (before && belongs(before, piece)) result[result.length - 1] = join(before, piece);
    else result.push(piece);
  }
  return result;
}

/** With as many line breaks between them as there are in the file; parts of one line have none. */
export function join(a: Piece, b: Piece): Piece {
  return {
    text: `${a.text}${'\n'.repeat(b.first - a.last)}${b.text}`,
    first: a.first,
    last: b.last,
    size: a.size + b.size,
    isLead: a.isLead && b.isLead,
    // Headings alone lie on the way to what follows them.
    headings: a.isLead && isPrefix(a.headings, b.headings) ? b.headings : common(a.headings, b.headings),
  };
}

function isPrefix(a: readonly string[], b: readonly string[]): boolean {
  return a.every((heading, index) => heading === b[index]);
}

function common(a: readonly string[], b: readonly string[]): readonly string[] {
  const length = a.findIndex((heading, index) => heading !== b[index]);
  return length < 0 ? a : a.slice(0, length);
}
