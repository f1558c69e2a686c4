import { STOP_WORDS } from '../../search/terms.ts';

/** By Unicode's rules, in one language for all, so that every machine counts the same. */
const segmenter = new Intl.Segmenter('en', { granularity: 'word' });

/** The words of a text as they are written. */
export function wordsIn(text: string): string[] {
  const words: string[] = [];
  for (const { segment, isWordLike } of segmenter.segment(text)) if (isWordLike) words.push(segment);
  return words;
}

/** What ends a sentence, or a line. */
export function sentencesIn(text: string): string[] {
  return text.split(/(?<=[.!?…])\s+|(?<=[。！？])|\n+/u).filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
}

const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;

/** Whether a word says something of who uses it; stop words are those of English. */
function isTelling(word: string): boolean {
  if (!/^\p{L}[\p{L}\p{M}’']*$/u.test(word)) return false;
  return [...word].length >= (UNSPACED.test(word) ? 2 : 3) && !STOP_WORDS.has(word.split(/[’']/, 1)[0] ?? '');
}

const TICKETS = /(?<![\p{L}\p{N}_-])\p{Lu}[\p{Lu}\p{N}]+-\p{N}+(?![\p{L}\p{N}_-])/gu;

/** The words of a text that say something, in small letters, without keys of tickets. */
export function tellingWords(text: string): string[] {
  return wordsIn(text.replace(TICKETS, ' '))
    .map((word) => word.toLowerCase())
    .filter(isTelling);
}

/** Abbreviations, names of code and of versions: `API`, `orderPaid`, `order.paid`, `p95`. Keys of tickets are none. */
export function technicalTerms(text: string): string[] {
  return text
    .split(/\s+/)
    .map((token) => token.replace(/^[^\p{L}\p{N}_]+|[^\p{L}\p{N}_]+$/gu, ''))
    .filter(isTechnical);
}

const TECHNICAL = [
  /^\p{Lu}[\p{Lu}\p{N}]{1,9}s?$/u,
  /^\p{L}[\p{L}\p{N}]*\p{Ll}\p{Lu}[\p{L}\p{N}]*$/u,
  /^(?=.*\p{N})\p{L}[\p{L}\p{N}]{1,20}$/u,
  /^\p{L}[\p{L}\p{N}]+(?:[._]\p{L}[\p{L}\p{N}]+)+$/u,
];
/** They are written in capitals, or with points, and are none. */
const PLAIN = new Set(['OK', 'FYI', 'ASAP', 'LOL', 'BTW', 'IMO', 'TBH', 'AM', 'PM']);

const isTechnical = (token: string): boolean =>
  !PLAIN.has(token) && TECHNICAL.some((pattern) => pattern.test(token));
