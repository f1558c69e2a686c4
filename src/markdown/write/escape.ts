import { mayClose, mayOpen } from './delimiters.ts';
import type { Piece, Place } from './pieces.ts';

/**
 * Joins pieces to markdown, with a backslash before each character of text that a parser would otherwise read as
 * syntax, and before no other. A delimiter is escaped only if the block holds a partner that it could pair with.
 */
export function joinPieces(pieces: readonly Piece[], place: Place): string {
  const source = pieces.map((piece) => piece.value).join('');
  const escapes = new Set<number>();
  const block: Block = { source, place, escapes, lastGreater: source.lastIndexOf('>') };
  let offset = 0;
  const delimiters: Run[] = [];
  for (const piece of pieces) {
    collectRuns(piece, offset, source, delimiters);
    if (piece.text) escapeText(piece, offset, block);
    offset += piece.value.length;
  }
  escapePairs(delimiters, escapes);
  escapeLineStarts(pieces, block);
  return insertBackslashes(source, escapes);
}

interface Block {
  readonly source: string;
  readonly place: Place;
  readonly escapes: Set<number>;
  /** Where the last `>` stands: text after it can begin no inline HTML. */
  readonly lastGreater: number;
}

const ENTITY = /^&(?:#\d{1,7}|#[xX][\dA-Fa-f]{1,6}|[A-Za-z][A-Za-z\d]*);/;
const PUNCTUATION = /[!-/:-@[-`{-~]/;
const SPECIAL = /[\\<&\]![|]/g;

/** Escapes that need only the characters beside them. */
function escapeText(piece: Piece, offset: number, { source, place, escapes, lastGreater }: Block): void {
  for (const match of piece.value.matchAll(SPECIAL)) {
    const at = offset + match.index;
    const next = source.charAt(at + 1);
    if (needsEscape(match[0])) escapes.add(at);

    function needsEscape(character: string): boolean {
      switch (character) {
        case '\\':
          return next === '\n' || PUNCTUATION.test(next);
        case '<':
          return /[A-Za-z/!?]/.test(next) && at < lastGreater;
        case '&':
          return ENTITY.test(source.slice(at, at + 40));
        case '|':
          return place === 'cell';
        case '[':
          return piece.label === 'unbalanced';
        case ']':
          return piece.label === 'unbalanced' || next === '(';
        default:
          return next === '[' && !piece.label && !isTextAt(piece, offset, at + 1);
      }
    }
  }
}

/** A `!` makes an image of a link that follows it, not of a bracket that is text. */
function isTextAt(piece: Piece, offset: number, at: number): boolean {
  return at < offset + piece.value.length;
}

interface Run {
  readonly start: number;
  readonly marker: string;
  readonly length: number;
  /** Written by us, and so not to be escaped. */
  readonly syntax: boolean;
  readonly opens: boolean;
  readonly closes: boolean;
}

const URL_IN_TEXT = /(?:https?:\/\/|www\.)[^\s<>]*[^\s<>?!.,:*_~'")\];&]/gi;

/** The runs of `*`, `_`, `~` and backticks in a piece. Inside a URL that becomes a link by itself, none counts. */
function collectRuns(piece: Piece, offset: number, source: string, runs: Run[]): void {
  if (!/[*_~`]/.test(piece.value)) return;
  const urls =
    piece.text && !piece.label
      ? [...piece.value.matchAll(URL_IN_TEXT)].map((m) => [m.index, m.index + m[0].length] as const)
      : [];
  let url = 0;
  for (const match of piece.value.matchAll(/(\*|_|~|`)\1*/g)) {
    while (url < urls.length && (urls[url]?.[1] ?? 0) <= match.index) url++;
    if ((urls[url]?.[0] ?? Number.POSITIVE_INFINITY) <= match.index) continue;
    const marker = match[0].charAt(0);
    const start = offset + match.index;
    const before = characterBefore(source, start);
    const after = characterAt(source, start + match[0].length);
    const syntax = !piece.text;
    runs.push({
      start,
      marker,
      length: match[0].length,
      syntax,
      opens: syntax || marker === '`' || mayOpen(marker, before, after),
      closes: syntax || marker === '`' || mayClose(marker, before, after),
    });
  }
}

function escapePairs(runs: readonly Run[], escapes: Set<number>): void {
  for (const marker of ['*', '_', '~', '`']) {
    const own = runs.filter((run) => run.marker === marker && (marker !== '~' || run.length < 3));
    const lastCloser = own.findLastIndex((run) => run.closes);
    const firstOpener = own.findIndex((run) => run.opens);
    own.forEach((run, index) => {
      const pairs =
        (run.opens && lastCloser > index) || (run.closes && firstOpener !== -1 && firstOpener < index);
      if (!run.syntax && pairs) for (let i = 0; i < run.length; i++) escapes.add(run.start + i);
    });
  }
}

/** What makes a block of its own at the beginning of a line: list markers, headings, quotes, rules, fences, HTML. */
function escapeLineStarts(pieces: readonly Piece[], { source, place, escapes }: Block): void {
  if (place === 'heading') {
    const closing = /(?:^|[ \t])#+$/.exec(source);
    if (closing && pieces.at(-1)?.text) escapes.add(source.length - 1);
  }
  if (place === 'heading' || place === 'cell') return;
  const isText = textTest(pieces);
  for (let start = 0; start < source.length; ) {
    const newline = source.indexOf('\n', start);
    const line = source.slice(start, newline === -1 ? source.length : newline);
    const at = blockStart(line, start === 0, place);
    if (at !== undefined && isText(start + at)) escapes.add(start + at);
    if (start === 0 && line.startsWith('[') && line.includes(']:') && isText(0)) escapes.add(0);
    start += line.length + 1;
  }
}

/** The offset of the character to escape so that a line starts no block. */
function blockStart(line: string, first: boolean, place: Place): number | undefined {
  if (/^(?:#{1,6}(?:[ \t]|$)|>|[-+*](?:[ \t]|$)|(?:`{3,}|~{3,})|<[A-Za-z/!?])/.test(line)) return 0;
  if (/^([-_*])[ \t]*(?:\1[ \t]*){2,}$/.test(line)) return 0;
  if (!first && /^(?:=+[ \t]*|-+[ \t]*|[|:-][|: \t-]*)$/.test(line)) return 0;
  const ordinal = /^(\d{1,9})[.)](?:[ \t]|$)/.exec(line)?.[1];
  if (ordinal !== undefined && (first || Number(ordinal) === 1)) return ordinal.length;
  if (first && place === 'item' && /^\[[ \txX]\][ \t]/.test(line)) return 0;
  return undefined;
}

function textTest(pieces: readonly Piece[]): (offset: number) => boolean {
  let index = 0;
  let start = 0;
  return (offset) => {
    while (index < pieces.length && start + (pieces[index]?.value.length ?? 0) <= offset) {
      start += pieces[index]?.value.length ?? 0;
      index++;
    }
    return pieces[index]?.text ?? false;
  };
}

function insertBackslashes(source: string, escapes: ReadonlySet<number>): string {
  if (escapes.size === 0) return source;
  let result = '';
  let position = 0;
  for (const at of [...escapes].sort((a, b) => a - b)) {
    result += `${source.slice(position, at)}\\`;
    position = at;
  }
  return result + source.slice(position);
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
