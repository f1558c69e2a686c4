import { type Address, isIn } from './addresses.ts';
import { mayClose, mayOpen } from './delimiters.ts';
import type { Piece } from './pieces.ts';

/** Consecutive `*`, `_`, `~` or backticks. */
interface Run {
  readonly start: number;
  readonly length: number;
  readonly marker: string;
  /** The brackets it stands in: marks pair within one label only. */
  readonly scope: number;
  readonly kind: Piece['kind'];
  readonly opens: boolean;
  readonly closes: boolean;
}

/**
 * Escapes each run that is text and that a parser would pair with another one; of two that are text, the first.
 * `escapes` has those that the beginnings of lines need.
 */
export function escapeRuns(
  pieces: readonly Piece[],
  source: string,
  addresses: readonly Address[],
  escapes: Set<number>,
): void {
  const runs = collectRuns(pieces, source, addresses);
  const ticks = runs.filter(({ marker }) => marker === '`');
  const marks = Map.groupBy(
    runs.filter(({ marker }) => marker !== '`'),
    // Tildes pair by length; all of them within one label only.
    ({ marker, length, scope }) => `${marker} ${scope} ${marker === '~' ? length : ''}`,
  );
  const paired = [pairedTicks(ticks, source, escapes), ...Array.from(marks.values(), pairedMarks)].flat();
  for (const { start, length } of paired) for (let i = 0; i < length; i++) escapes.add(start + i);
}

/** Backticks pair by length, before labels and marks are seen. */
function pairedTicks(ticks: readonly Run[], source: string, escaped: ReadonlySet<number>): Run[] {
  const paired: Run[] = [];
  const later = new Set<number>();
  let next: Run | undefined;
  for (const run of ticks.toReversed()) {
    const touching = next && next.start === run.start + run.length ? next : undefined;
    const pairs =
      touching || source[run.start - 1] === '`' || later.has(run.length) || escaped.has(run.start);
    if (run.kind === 'text' && pairs) {
      paired.push(run);
      // Code knows no escapes: to a run before it, one that is escaped is single backticks.
      later.add(1).add(1 + (touching?.length ?? 0));
    }
    later.add(run.length);
    next = run;
  }
  return paired;
}

function pairedMarks(group: readonly Run[]): Run[] {
  const paired: Run[] = [];
  const outside: Run[] = [];
  let depth = 0;
  for (const run of group) {
    if (depth === 0) outside.push(run);
    // Inside of a mark both its ends are partners.
    else if (run.kind === 'text' && (run.opens || run.closes)) paired.push(run);
    if (run.kind === 'open') depth++;
    if (run.kind === 'close') depth--;
  }
  const isOpener = ({ kind, opens }: Run) => kind === 'text' && opens;
  // What opens a mark may be seen to close an earlier one; what closes a mark is taken by its own opener.
  const lastCloser = outside.findLastIndex((run) => run.closes);
  return [...paired, ...outside.filter((run, index) => isOpener(run) && index < lastCloser)];
}

function collectRuns(pieces: readonly Piece[], source: string, addresses: readonly Address[]): Run[] {
  const runs: Run[] = [];
  let offset = 0;
  for (const piece of pieces) {
    const { scope } = piece;
    const value = source.slice(offset, offset + piece.value.length);
    const pattern = piece.kind === 'syntax' ? /`+/g : /([*_~`])\1*/g;
    for (const match of /[*_~`]/.test(value) ? value.matchAll(pattern) : []) {
      const [{ length }] = match;
      const marker = match[0].charAt(0);
      if (marker === '~' && length > 2) continue;
      const start = offset + match.index;
      const literal = isIn(addresses, start);
      // Code that begins before an address goes on into it; marks do not.
      if (literal && marker !== '`') continue;
      const kind = literal ? 'syntax' : piece.kind;
      const before = characterBefore(source, start);
      const after = characterAt(source, start + length);
      const isMark = marker !== '`';
      runs.push({
        start,
        length,
        marker,
        scope,
        kind,
        opens: isMark && mayOpen(marker, before, after),
        closes: isMark && mayClose(marker, before, after),
      });
    }
    offset += value.length;
  }
  return runs;
}

function characterAt(source: string, index: number): string | undefined {
  const point = source.codePointAt(index);
  return point === undefined ? undefined : String.fromCodePoint(point);
}

function characterBefore(source: string, index: number): string | undefined {
  if (index === 0) return undefined;
  const low = source.charCodeAt(index - 1);
  return low >= 0xdc00 && low <= 0xdfff ? source.slice(index - 2, index) : source.charAt(index - 1);
}
