import { oneLine } from '../../core/one-line.ts';
import { readable } from '../chunk/readable.ts';
import { termsOf } from '../terms.ts';

/** A stretch of a text, and where in it the words of the query stand. */
export interface Snippet {
  readonly text: string;
  /** Beginning and end of each, in UTF-16 code units. */
  readonly matches: readonly (readonly [start: number, end: number])[];
}

/** In characters. */
const LENGTH = 240;

const WORD = /[\p{L}\p{N}\p{M}]+/gu;
const ASCII = /^[\0-\x7f]*$/;

/** What cuts of each text the stretch that has most of the query's different words, on one line. */
export function snippetsFor(query: string): (markdown: string) => Snippet {
  const wanted = new Set(termsOf(query));
  // A stem begins as its word does, so that of most texts few words are looked at.
  const initials = [...wanted]
    .map((term) => term[0])
    .filter((letter) => letter !== undefined && /[a-z0-9]/.test(letter));
  const asciiWord = new RegExp(`(?<![a-z0-9])[${initials.join('')}][a-z0-9]*`, 'gi');
  // Texts about one thing share their words.
  const known = new Map<string, readonly string[]>();
  const wantedIn = (word: string) => {
    const terms = known.get(word) ?? termsOf(word).filter((term) => wanted.has(term));
    known.set(word, terms);
    return terms;
  };
  return (markdown) => snippetOf(markdown, asciiWord, wantedIn);
}

function snippetOf(
  markdown: string,
  asciiWord: RegExp,
  wantedIn: (word: string) => readonly string[],
): Snippet {
  const text = oneLine(readable(markdown).replace(/[ \t]*\n\s*/g, ' ')).trim();
  const words = text.matchAll(ASCII.test(text) ? asciiWord : WORD);
  const found = Array.from(words, ({ 0: word, index }) => ({
    start: index,
    end: index + word.length,
    terms: wantedIn(word),
  })).filter(({ terms }) => terms.length > 0);
  const from = edgeBefore(text, bestStart(found));
  const to = edgeAfter(text, Math.min(text.length, from + LENGTH));
  const [before, after] = [from > 0 ? '… ' : '', to < text.length ? ' …' : ''];
  const matches = found
    .filter(({ start, end }) => start >= from && end <= to)
    .map(({ start, end }) => [start - from + before.length, end - from + before.length] as const);
  return { text: before + text.slice(from, to).trim() + after, matches };
}

/** Where the stretch with the most different words begins, a little ahead of its first word. */
function bestStart(found: readonly { start: number; end: number; terms: readonly string[] }[]): number {
  let best = { start: 0, words: 0 };
  for (const [n, { start }] of found.entries()) {
    const words = new Set<string>();
    for (let next = n; next < found.length; next++) {
      const { end, terms } = found[next] as (typeof found)[number];
      if (end > start + LENGTH * 0.8) break;
      for (const term of terms) words.add(term);
    }
    if (words.size > best.words) best = { start, words: words.size };
  }
  return Math.max(0, best.start - LENGTH * 0.15);
}

function edgeBefore(text: string, position: number): number {
  const start = Math.floor(position);
  const space = text.lastIndexOf(' ', start);
  if (start - space > 40) return start;
  return space + 1;
}

function edgeAfter(text: string, position: number): number {
  if (position >= text.length) return text.length;
  const space = text.lastIndexOf(' ', position);
  return space < 0 || position - space > 40 ? position : space;
}
