import type { Piece } from './pieces.ts';

/** What GitHub makes a link of without being asked: https://github.github.com/gfm/#autolinks-extension- */
const BEGINNING = /(?:(?<![A-Za-z])https?:\/\/|(?<=^|[\s*_~([\]])www\.)(?=[^\s<>_*~`/?#])/gi;
/** A bracket that may end a link's label ends it too. */
const EXTENT = /^(?:(?!\][([])[^\s<])*/;
const TRAILING = /(?:[!"')*,.:;?\]_~]|&[A-Za-z\d]+;)+$/;

export interface Address {
  readonly start: number;
  readonly end: number;
  /** Where the punctuation after it ends, which is no part of it. */
  readonly reach: number;
  /** The character that makes it one: escaped, it is none. */
  readonly key: number;
  /** It would go on into the syntax that follows the text, and take it for a part of itself. */
  readonly overruns: boolean;
  /** Parsers differ on whether it is one: behind a bracket, be it text or a link's, and in an odd domain. */
  readonly doubtful: boolean;
}

export const isIn = (addresses: readonly Address[], at: number): boolean =>
  addresses.some(({ start, end }) => start <= at && at < end);

/**
 * The addresses in a block's text but those that are `broken`. What stands in one is literal: a parser sees neither
 * syntax nor escapes there.
 */
export function addressesIn(
  pieces: readonly Piece[],
  source: string,
  broken: ReadonlySet<Address>,
): Address[] {
  if (!/https?:|www\./i.test(source)) return [];
  const brokenKeys = new Set(Array.from(broken, ({ key }) => key));
  const found: Address[] = [];
  let offset = 0;
  let reached = 0;
  for (const { value, kind, scope } of pieces) {
    const end = offset + value.length;
    for (const { index, 0: beginning } of kind === 'text' && scope === 0
      ? matches(source, offset, end)
      : []) {
      const key = index + beginning.search(/[:.]/);
      if (index < reached || brokenKeys.has(key)) continue;
      const [extent = ''] = EXTENT.exec(source.slice(index)) ?? [];
      const reach = index + extent.length;
      const address = extent.replace(TRAILING, '');
      reached = index + address.length;
      const doubtful = source.lastIndexOf('[', index) !== -1 || address.includes('[') || !hasDomain(address);
      found.push({ start: index, end: reached, reach, key, overruns: reached > end, doubtful });
    }
    offset = end;
  }
  return found;
}

const DOMAIN = /^(?:https?:\/\/)?((?:[^\s\p{P}\p{S}]|[-._])+)/iu;

/** The last two parts of a domain have no low line. */
function hasDomain(address: string): boolean {
  const parts = (DOMAIN.exec(address)?.[1] ?? '').split('.');
  return !parts.slice(-2).some((part) => part.includes('_'));
}

function* matches(source: string, start: number, end: number) {
  const pattern = new RegExp(BEGINNING);
  pattern.lastIndex = start;
  for (let match = pattern.exec(source); match && match.index < end; match = pattern.exec(source))
    yield match;
}

/** True if text ends in an address, which would take in what is written right after it. */
export function endsInAddress(text: string): boolean {
  return /(?:https?:\/\/|www\.)[^\s<]+$/i.test(text);
}
