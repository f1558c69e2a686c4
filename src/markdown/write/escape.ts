import { decodeNamedCharacterReference } from 'decode-named-character-reference';
import { MARKED } from '../text.ts';
import { type Address, addressesIn, isIn } from './addresses.ts';
import { namesFootnote } from './footnotes.ts';
import { beginsInlineHtml } from './html-syntax.ts';
import { blockStart } from './line-starts.ts';
import type { Piece, Place } from './pieces.ts';
import { escapeRuns } from './runs.ts';

/** Each address that is broken may show another one in it: after so many rounds all are broken. */
const MAX_ROUNDS = 8;

/**
 * Joins pieces to markdown, with a backslash before each character of text that a parser would otherwise read as
 * syntax, and before no other: no delimiter is escaped unless the block holds a partner that it could pair with.
 */
export function joinPieces(
  pieces: readonly Piece[],
  place: Place,
  footnotes: ReadonlySet<string> = new Set(),
): string {
  const markdown = pieces.map((piece) => piece.value).join('');
  // Destinations are encoded when they are put in, and then hold nothing that could be taken for syntax.
  const source = markdown.replace(MARKED, (destination) => 'x'.repeat(destination.length));
  const broken = new Set<Address>();
  for (let round = 1; ; round++) {
    const giveUp = round === MAX_ROUNDS;
    const addresses = addressesIn(pieces, source, broken, giveUp);
    const overrunning = giveUp ? addresses : addresses.filter(({ overruns }) => overruns);
    if (overrunning.length > 0) {
      for (const address of overrunning) broken.add(address);
      continue;
    }
    const literal = addresses.filter(({ doubtful }) => !doubtful);
    const escapes = escapesOf(pieces, source, place, footnotes, literal);
    const unsafe = addresses.filter((address) => !isSafe(address, source, place, escapes));
    if (unsafe.length === 0) {
      for (const { key } of broken) escapes.add(key);
      return insertBackslashes(markdown, escapes);
    }
    for (const address of unsafe) broken.add(address);
  }
}

/** An address takes in what follows it without space, a backslash as well, and the one that a cell's pipe needs. */
function isSafe(
  { start, end, reach, doubtful }: Address,
  source: string,
  place: Place,
  escapes: ReadonlySet<number>,
): boolean {
  if (place === 'cell' && source.slice(start, end).includes('|')) return false;
  const last = source[reach] === ']' ? reach + 1 : reach;
  for (let at = doubtful ? start : end; at <= last; at++) if (escapes.has(at)) return false;
  return true;
}

function escapesOf(
  pieces: readonly Piece[],
  source: string,
  place: Place,
  footnotes: ReadonlySet<string>,
  addresses: readonly Address[],
): Set<number> {
  const escapes = new Set<number>();
  escapeLines(pieces, source, place, escapes);
  if (/[*_~`]/.test(source)) escapeRuns(pieces, source, addresses, escapes);
  if (/[\\<&\]![|]/.test(source)) {
    const block = { source, place, footnotes, addresses, escapes };
    escapeBrackets(pieces, block);
    escapeCharacters(pieces, block);
  }
  return escapes;
}

interface Block {
  readonly source: string;
  readonly place: Place;
  readonly footnotes: ReadonlySet<string>;
  readonly addresses: readonly Address[];
  readonly escapes: Set<number>;
}

const REFERENCE = /^&(?:#\d{1,7}|#[xX][\dA-Fa-f]{1,6}|([A-Za-z][A-Za-z\d]*));/;
const PUNCTUATION = /[!-/:-@[-`{-~]/;

/** A name that HTML does not know is text. */
function beginsReference(source: string): boolean {
  const [reference, name] = REFERENCE.exec(source) ?? [];
  return reference !== undefined && (name === undefined || decodeNamedCharacterReference(name) !== false);
}

/** Escapes that need only what follows a character. */
function escapeCharacters(pieces: readonly Piece[], { source, place, addresses, escapes }: Block): void {
  const lastGreater = source.lastIndexOf('>');
  const needsEscape = (character: string, at: number, end: number): boolean => {
    const next = source.charAt(at + 1);
    switch (character) {
      case '\\':
        return next === '\n' || PUNCTUATION.test(next);
      case '<':
        return at < lastGreater && beginsInlineHtml(source, at);
      case '&':
        return beginsReference(source.slice(at, at + 40));
      case '|':
        return place === 'cell';
      default:
        // A link that follows would become an image; a bracket that is text does not.
        return next === '[' && at + 1 === end;
    }
  };
  let offset = 0;
  for (const { value, kind } of pieces) {
    const end = offset + value.length;
    if (kind === 'text') {
      for (const match of value.matchAll(/[\\<&!|]/g)) {
        const at = offset + match.index;
        if (!isIn(addresses, at) && needsEscape(match[0], at, end)) escapes.add(at);
      }
    }
    offset = end;
  }
}

/** Brackets of text that would make a link, or end the label that they stand in. */
function escapeBrackets(pieces: readonly Piece[], { source, footnotes, addresses, escapes }: Block): void {
  const open = new Map<number, number[]>();
  const lastParenthesis = source.lastIndexOf(')');
  let offset = 0;
  for (const { value, kind, scope } of pieces) {
    if (kind === 'text') {
      const waiting = open.get(scope) ?? [];
      open.set(scope, waiting);
      for (const match of value.matchAll(/[[\]]/g)) {
        const at = offset + match.index;
        if (isIn(addresses, at)) continue;
        if (match[0] === '[') {
          if (namesFootnote(source, at, footnotes)) escapes.add(at);
          else if (!escapes.has(at)) waiting.push(at);
        } else if (waiting.length === 0) {
          if (scope > 0) escapes.add(at);
        } else if (source[at + 1] === '(' && at < lastParenthesis) escapes.add(at);
        else waiting.pop();
      }
    }
    offset += value.length;
  }
  for (const [scope, waiting] of open) if (scope > 0) for (const at of waiting) escapes.add(at);
}

function escapeLines(pieces: readonly Piece[], source: string, place: Place, escapes: Set<number>): void {
  if (place === 'cell') return;
  if (place === 'heading') {
    // Number signs at a heading's end would close it.
    if (/(?:^|[ \t])#+$/.test(source) && pieces.at(-1)?.kind === 'text') escapes.add(source.length - 1);
    return;
  }
  const isText = textFinder(pieces);
  const [firstTilde, lastTilde] = [source.indexOf('~'), source.lastIndexOf('~')];
  for (let start = 0; start < source.length; ) {
    const newline = source.indexOf('\n', start);
    const line = source.slice(start, newline === -1 ? source.length : newline);
    const at = blockStart(line, { first: start === 0, place, source });
    // A footnote's reference is no text; the colon after it is what would make it a definition.
    const colon = line.startsWith('[^') ? line.indexOf(']:') + 1 : 0;
    const character = at === 0 && !isText(start) ? start + colon : start + (at ?? 0);
    if (at !== undefined && isText(character)) {
      escapes.add(character);
      // What is left of a fence could still begin or end code, or a deletion.
      for (let end = character; source[end] === '`'; end++) escapes.add(end);
      if (firstTilde < start || lastTilde > start + 3)
        for (let end = character; source[end] === '~'; end++) escapes.add(end);
    }
    start += line.length + 1;
  }
}

/** Tells whether a character is text; asked for characters in their order. */
function textFinder(pieces: readonly Piece[]): (at: number) => boolean {
  let index = 0;
  let end = pieces[0]?.value.length ?? 0;
  return (at) => {
    while (end <= at && index < pieces.length) end += pieces[++index]?.value.length ?? 0;
    return pieces[index]?.kind === 'text';
  };
}

function insertBackslashes(markdown: string, escapes: ReadonlySet<number>): string {
  if (escapes.size === 0) return markdown;
  let result = '';
  let position = 0;
  for (const at of [...escapes].sort((a, b) => a - b)) {
    result += `${markdown.slice(position, at)}\\`;
    position = at;
  }
  return result + markdown.slice(position);
}
