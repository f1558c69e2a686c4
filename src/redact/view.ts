import type { Finding } from './finding.ts';
import { matchesOf } from './matches.ts';
import { unitAt } from './unit-at.ts';

/** A text as a reader of the rendered page sees it, and the way back from its offsets. */
export interface View {
  readonly text: string;
  /** The same place in the written text; what escapes its ends goes with it. */
  toSource(finding: Finding): Finding;
}

/** `\_` or `&#x5F;`: one character of the page. */
const escaped = /\\([!-/:-@[-`{}~])|&#x([0-9a-f]{1,6});|&#([0-9]{1,7});/gi;

/** What tokens are made of. */
const inWord = String.raw`[\w+/=.%~:-]`;
/** By UTF-16 unit, for all of them: to look beyond the end of a table is slow. */
const isInWord = new Uint8Array(0x10000);
for (let unit = 0; unit < 128; unit++)
  isInWord[unit] = Number(new RegExp(inWord).test(String.fromCharCode(unit)));
/** No secret that is told by its own shape alone is shorter. */
const LONG_WORD = 15;

/** What takes no place on the page within a word: emphasis, HTML that marks text, characters without width. */
const unseenInWord = new RegExp(
  String.raw`(?<=${inWord})(?:\*{1,3}|~~|<\/?(?:a|b|code|del|em|font|i|ins|mark|s|small|span|strong|sub|sup|u|wbr)(?: [^<>]{0,200})?\/?>|\p{Default_Ignorable_Code_Point}+)+(?=${inWord})`,
  'giu',
);

/**
 * Markdown writers put `\` before `_`, `@` and others, which would hide a token's shape; `\|` stays, because it
 * is what tells a cell's text from its border. Code holds backslashes of its own: there the view shows fewer
 * characters than the page, and places still map back exactly.
 */
export function viewMarkdown(source: string): View {
  const parts: string[] = [];
  const stretches: Stretch[] = [];
  let length = 0;
  let from = 0;
  for (const match of matchesOf(escaped, source)) {
    const shown = characterOf(match);
    parts.push(source.slice(from, match.index), shown);
    length += match.index - from;
    from = match.index + match[0].length;
    stretches.push({ at: length, length: shown.length, from: match.index, to: from });
    length += shown.length;
  }
  if (stretches.length === 0) return { text: source, toSource: (finding) => finding };
  parts.push(source.slice(from));
  return viewOf(parts.join(''), stretches);
}

function characterOf([, character, hexadecimal, decimal]: RegExpExecArray): string {
  if (character !== undefined) return character;
  const code = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : '\uFFFD';
}

/**
 * The long words of a text, one to a line and nothing else: all that a token's own shape must be looked for in, which is
 * little of most pages. Those that marks divide are whole.
 */
export function viewWords(text: string): View {
  const parts: string[] = [];
  const stretches: Stretch[] = [];
  let length = 0;
  let from = 0;
  const show = (to: number) => {
    parts.push(text.slice(from, to));
    length += to - from;
    from = to;
  };
  const hide = (to: number, shown: string) => {
    stretches.push({ at: length, length: shown.length, from, to });
    parts.push(shown);
    length += shown.length;
    from = to;
  };
  for (const { start, end, marks } of wordsOf(text)) {
    hide(start, '\n');
    for (const mark of marks) {
      show(mark.start);
      hide(mark.end, '');
    }
    show(end);
  }
  return viewOf(parts.join(''), stretches);
}

interface Word {
  readonly start: number;
  readonly end: number;
  /** What divides it. */
  readonly marks: readonly { readonly start: number; readonly end: number }[];
}

/** Long words and divided ones, ascending and apart. A loop, because the same as a regular expression takes ten times as long. */
function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  const marks = [...matchesOf(unseenInWord, text)].map(({ 0: { length }, index }) => ({
    start: index,
    end: index + length,
  }));
  let next = 0;
  let nextMark = marks[next]?.start;
  const { length } = text;
  for (let at = 0; at < length; at++) {
    if (isInWord[unitAt(text, at)] === 0) continue;
    const start = at;
    const first = next;
    for (; at < length; at++) {
      if (at === nextMark) {
        at = (marks[next]?.end ?? at) - 1;
        next += 1;
        nextMark = marks[next]?.start;
      } else if (isInWord[unitAt(text, at)] === 0) break;
    }
    if (at - start >= LONG_WORD) words.push({ start, end: at, marks: marks.slice(first, next) });
  }
  return words;
}

/** A stretch that the view shows otherwise than the source has it. */
interface Stretch {
  readonly at: number;
  readonly length: number;
  readonly from: number;
  readonly to: number;
}

function viewOf(text: string, stretches: readonly Stretch[]): View {
  /** Where the view's character at `offset` begins and ends in the source. */
  const locate = (offset: number): { readonly begin: number; readonly end: number } => {
    let low = 0;
    let high = stretches.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((stretches[middle]?.at ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    const last = stretches[low - 1];
    if (last === undefined) return { begin: offset, end: offset + 1 };
    if (offset < last.at + last.length) return { begin: last.from, end: last.to };
    const begin = last.to + (offset - last.at - last.length);
    return { begin, end: begin + 1 };
  };
  return {
    text,
    toSource: ({ start, end, kind }) => ({ start: locate(start).begin, end: locate(end - 1).end, kind }),
  };
}
