import { stemmer } from 'stemmer';

/**
 * Words of English that say nothing of what a text is about. They are dropped from queries alone: of texts, BM25 counts them
 * for next to nothing.
 */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  `a about above after again against all also am an and any are as at be because been before being below between both but by can
  could did do does doing done down during each either else ever every few for from further get give given had has have having he
  her here hers him his how however i if in into is it its itself just know let like made make many may me might more most much
  must my near need neither no nor not of off often on once one only or other our ours out over own per please rather same shall
  she should since so some such tell than that the their theirs them then there these they this those though through thus to too
  under until up upon us use used using very was we were what when where whether which while who whom whose why will with within
  without would you your yours`.split(/\s+/),
);

const QUESTION =
  /^\s*(?:how|what|when|where|which|who|whose|why|can|could|do|does|is|are|should|please|tell|show)\b/i;
/** What questions are asked with beside stop words: rarely what they are about. */
const ASKING =
  'work works working happen happens mean means explain describe show find know understand want need help look'.split(
    ' ',
  );
const ASKING_WORD = new RegExp(`(?<![\\p{L}\\p{N}_-])(?:${ASKING.join('|')})(?![\\p{L}\\p{N}_-])`, 'giu');
let askingTerms: ReadonlySet<string> | undefined;

/** Whether questions are asked with this term. */
export function isAsking(term: string): boolean {
  askingTerms ??= new Set(ASKING.flatMap(termsOf));
  return askingTerms.has(term);
}

/** What a question is about: without the words that it is asked with, unless it has no others. */
export function subjectOf(query: string): string {
  if (!QUESTION.test(query)) return query;
  const subject = query.replace(ASKING_WORD, ' ');
  return termsOf(subject).length === 0 ? query : subject;
}

const WORD = /[\p{L}\p{N}\p{M}]+/gu;
const ASCII = /^[\0-\x7f]*$/;
const ASCII_WORD = /[a-z0-9]+/g;
/** Scripts without spaces between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;
const UNSPACED_RUN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{M}ー]+/gu;

/** The words of a text in its order: in small letters, without accents; of scripts without spaces each pair of letters. */
export function wordsOf(text: string): string[] {
  // Four times as fast, and most text is of this kind.
  if (ASCII.test(text)) return text.toLowerCase().match(ASCII_WORD) ?? [];
  return Array.from(
    spaced(text)
      .normalize('NFKD')
      .replace(/\p{Mn}+/gu, '')
      .toLowerCase()
      .matchAll(WORD),
    ([word]) => word,
  );
}

/** The text with its unspaced runs cut into overlapping pairs, so that any index that splits at spaces finds parts of them. */
export function spaced(text: string): string {
  if (!UNSPACED.test(text)) return text;
  return text.normalize('NFC').replace(UNSPACED_RUN, (run) => ` ${pairs(run).join(' ')} `);
}

function pairs(run: string): string[] {
  const letters = [...run];
  return letters.length < 2 ? letters : letters.slice(1).map((letter, n) => `${letters[n]}${letter}`);
}

/** What a text is compared by: its words without stop words, by their stems. */
export function termsOf(text: string): string[] {
  const terms: string[] = [];
  for (const word of wordsOf(text)) {
    const term = termOf(word);
    if (term !== null) terms.push(term);
  }
  return terms;
}

/** Of the words that came last: texts repeat the same ones, and a stem is dear. */
const known = new Map<string, string | null>();
const MOST_KNOWN = 50_000;

/** What a word of `wordsOf` is compared by; null for a stop word. */
export function termOf(word: string): string | null {
  const term = known.get(word);
  if (term !== undefined) return term;
  if (known.size >= MOST_KNOWN) known.clear();
  const found = STOP_WORDS.has(word) ? null : stemmer(word);
  known.set(word, found);
  return found;
}

const NAMES = {
  compound: /\p{Ll}\p{Lu}|\p{Lu}{2}\p{Ll}|[\p{L}\p{N}]_[\p{L}\p{N}]/u,
  identifier: /[\p{L}_][\p{L}\p{N}_]{2,}/gu,
};
/** The same, for what has no other letters: most text. */
const ASCII_NAMES = {
  compound: /[a-z][A-Z]|[A-Z]{2}[a-z]|[A-Za-z0-9]_[A-Za-z0-9]/,
  identifier: /[A-Za-z_][A-Za-z0-9_]{2,}/g,
};
const PART = /\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{Lo}]+|\p{N}+/gu;

/** The parts of the compound names in a text, such as `fetch invoice lines` of `fetchInvoice_lines`. */
export function partsOfNames(text: string): string {
  const { compound, identifier } = ASCII.test(text) ? ASCII_NAMES : NAMES;
  if (!compound.test(text)) return '';
  const names = new Set(text.match(identifier)?.filter((name) => compound.test(name)));
  return [...names].flatMap((name) => name.match(PART) ?? []).join(' ');
}
