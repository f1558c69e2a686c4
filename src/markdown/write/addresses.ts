import type { Piece } from './pieces.ts';

/** What GitHub makes a link of without being asked: https://github.github.com/gfm/#autolinks-extension- */
const BEGINNING = /(?:(?<![A-Za-z])https?:\/\/|(?<=^|[ \t\n*_~([\]])www\.)(?=[^\s<>_*~`/?#])/gi;
/** A bracket that may end a link's label ends it too. */
const EXTENT = /(?:(?!\][([])[^\s<])*/y;
const TRAILING = /[!"')*,.:;?\]_~]/;
const REFERENCE = /^&[A-Za-z\d]+;$/;

export interface Address {
  readonly start: number;
  readonly end: number;
  /** Where the punctuation after it ends, which is no part of it. */
  readonly reach: number;
  /** The character that makes it one: escaped, it is none. */
  readonly key: number;
  /** It would go on into the syntax that follows the text, and take it for a part of itself. */
  readonly overruns: boolean;
  /** Parsers differ on whether it is one: behind a bracket, be it text or a link's, at a mail address, and in an odd domain. */
  readonly doubtful: boolean;
}

/** True if a character stands in one of the addresses, which are in order. */
export function isIn(addresses: readonly Address[], at: number): boolean {
  let low = 0;
  let high = addresses.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((addresses[middle]?.end ?? 0) > at) high = middle;
    else low = middle + 1;
  }
  const next = addresses[low];
  return next !== undefined && next.start <= at;
}

/**
 * The addresses in a block's text but those that are `broken`. What stands in one is literal: a parser sees neither
 * syntax nor escapes there. Those within another one are found only if that one overruns, or if `overlapping` is set.
 */
export function addressesIn(
  pieces: readonly Piece[],
  source: string,
  broken: ReadonlySet<Address>,
  overlapping = false,
): Address[] {
  if (!/https?:|www\./i.test(source)) return [];
  const brokenKeys = new Set(Array.from(broken, ({ key }) => key));
  const firstBracket = source.indexOf('[');
  const found: Address[] = [];
  const rest = pieces.values();
  let piece: Piece | undefined;
  let pieceEnd = 0;
  let reached = 0;
  let reach = 0;
  let end = 0;
  for (const { index: start, 0: beginning } of source.matchAll(BEGINNING)) {
    while (pieceEnd <= start) {
      piece = rest.next().value;
      pieceEnd += piece?.value.length ?? Number.POSITIVE_INFINITY;
    }
    const key = start + beginning.search(/[:.]/);
    if (piece?.kind !== 'text' || piece.scope !== 0 || start < reached || brokenKeys.has(key)) continue;
    if (start >= reach) {
      // Those that begin before the next white space end alike.
      EXTENT.lastIndex = start;
      reach = start + (EXTENT.exec(source)?.[0].length ?? 0);
      end = beforeTrailing(source, start, reach);
    }
    const overruns = end > pieceEnd;
    if (!overruns && !overlapping) reached = end;
    const bracketed = firstBracket !== -1 && firstBracket < end;
    const doubtful =
      !overruns && (bracketed || !hasDomain(source.slice(start, end)) || meetsMail(source, start));
    found.push({ start, end, reach, key, overruns, doubtful });
  }
  return found;
}

/** Where an address ends whose last characters are punctuation or look like a character reference. */
function beforeTrailing(source: string, start: number, reach: number): number {
  for (let end = reach; end > start; end--) {
    const last = source.charAt(end - 1);
    if (!TRAILING.test(last)) return end;
    const ampersand = last === ';' ? source.lastIndexOf('&', end) : -1;
    if (ampersand >= start && REFERENCE.test(source.slice(ampersand, end))) end = ampersand + 1;
  }
  return start;
}

const NAME = /[\w.+-]+@/y;

/** True if the beginning may be read as the end or the name of a mail address, which then is all there is. */
function meetsMail(source: string, start: number): boolean {
  NAME.lastIndex = start;
  if (NAME.test(source)) return true;
  let at = start - 1;
  while (at >= 0 && /[\w.-]/.test(source.charAt(at))) at--;
  return source[at] === '@';
}

/** A symbol beyond the basic plane, such as an emoji, ends a domain for some parsers, and not for others. */
const DOMAINS = [
  /^(?:https?:\/\/)?((?:[^\s\p{P}\p{S}]|[-._])+)/iu,
  /^(?:https?:\/\/)?((?:[^\s\p{P}\p{S}]|[-._]|[\u{10000}-\u{10FFFF}])+)/iu,
];

/** The last two parts of a domain have no low line. */
function hasDomain(address: string): boolean {
  return DOMAINS.every((domain) => {
    const parts = (domain.exec(address)?.[1] ?? '').split('.');
    return !parts.slice(-2).some((part) => part.includes('_'));
  });
}

/** True if text ends in an address, which would take in what is written right after it. */
export function endsInAddress(text: string): boolean {
  return /(?:https?:\/\/|www\.)[^\s<]+$/i.test(text);
}
