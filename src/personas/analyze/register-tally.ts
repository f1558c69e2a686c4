import { LEAST_SAMPLES, type RegisterProfile } from '../profile.ts';
import { Distribution, Frequencies } from './counts.ts';
import { comparable, PHRASE_KINDS, type PhraseKind, phraseIn } from './phrases.ts';
import type { Prose } from './prose.ts';
import { sentencesIn, technicalTerms, tellingWords, wordsIn } from './words.ts';

/** In words: how lengths are drawn. */
const BUCKETS = [3, 6, 10, 20, 40, 80, null] as const;

/** When a message was said, on the clock of the person. */
export interface LocalTime {
  readonly hour: number;
  /** From Monday, 0, on. */
  readonly weekday: number;
}

/** How often something was so. */
class Share {
  samples = 0;
  #hits = 0;

  add(hit: boolean): void {
    this.samples += 1;
    if (hit) this.#hits += 1;
  }

  get value(): number {
    return rounded(this.#hits / Math.max(1, this.samples));
  }
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000;

type Ending = 'period' | 'question' | 'exclamation' | 'ellipsis' | 'emoji' | 'other' | 'none';
const ENDINGS: readonly Ending[] = [
  'period',
  'question',
  'exclamation',
  'ellipsis',
  'emoji',
  'other',
  'none',
];

const SIGNS = {
  commas: /[,，、]/,
  dashes: /[–—]|\s-\s/,
  parentheses: /[(（]/,
  semicolons: /;/,
  ellipses: /…|\.{3}/,
  repeated: /[!?！？]{2}/,
} as const;
const SIGN_NAMES = Object.keys(SIGNS) as (keyof typeof SIGNS)[];

const sharesOf = <K extends string>(names: readonly K[]) =>
  Object.fromEntries(names.map((name) => [name, new Share()])) as Record<K, Share>;
const valuesOf = <K extends string>(shares: Readonly<Record<K, Share>>) =>
  Object.fromEntries(Object.entries<Share>(shares).map(([name, share]) => [name, share.value])) as Record<
    K,
    number
  >;

/** Counts how somebody writes in one register. Its size does not grow with the number of messages, but for new words up to a bound. */
export class RegisterTally {
  #messages = 0;
  readonly #words = new Distribution();
  readonly #characters = new Distribution();
  readonly #sentences = new Distribution();
  readonly #sentenceWords = new Distribution();
  readonly #latency = new Distribution();
  readonly #patterns = sharesOf(['questions', 'exclamations', 'several_lines', 'lists']);
  readonly #endings = sharesOf(ENDINGS);
  readonly #signs = sharesOf(SIGN_NAMES);
  readonly #capitals = sharesOf(['starts_small', 'all_small', 'words_in_capitals']);
  readonly #withEmoji = new Share();
  #emojiCount = 0;
  readonly #emoji = new Frequencies();
  readonly #openings = new Frequencies();
  readonly #said = sharesOf(PHRASE_KINDS);
  readonly #phrases = Object.fromEntries(PHRASE_KINDS.map((kind) => [kind, new Frequencies()])) as Record<
    PhraseKind,
    Frequencies
  >;
  readonly #vocabulary = new Frequencies();
  #wordCount = 0;
  readonly #technical = new Frequencies();
  readonly #marks = sharesOf(['code', 'links', 'quotes']);
  readonly #hours = Array.from({ length: 24 }, () => 0);
  readonly #weekdays = Array.from({ length: 7 }, () => 0);

  add(prose: Prose, { hour, weekday }: LocalTime, latency: number | undefined): void {
    this.#messages += 1;
    this.#hours[hour] = (this.#hours[hour] ?? 0) + 1;
    this.#weekdays[weekday] = (this.#weekdays[weekday] ?? 0) + 1;
    if (latency !== undefined) this.#latency.add(latency);
    this.#marks.code.add(prose.hasCode);
    this.#marks.links.add(prose.hasLink);
    this.#marks.quotes.add(prose.hasQuote);
    const hasWords = /[\p{L}\p{N}]/u.test(prose.words);
    if (hasWords || prose.emoji.length > 0) this.#addEmoji(prose.emoji);
    if (hasWords) this.#addWords(prose);
  }

  #addEmoji(emoji: readonly string[]): void {
    this.#withEmoji.add(emoji.length > 0);
    this.#emojiCount += emoji.length;
    this.#emoji.add(emoji);
  }

  #addWords({ words: text, shown, emoji, hasList }: Prose): void {
    const words = wordsIn(text);
    this.#words.add(words.length);
    this.#characters.add([...text].length);
    this.#wordCount += words.length;
    this.#vocabulary.add(tellingWords(text));
    this.#technical.add(technicalTerms(text));
    const sentences = sentencesIn(text);
    this.#sentences.add(sentences.length);
    for (const sentence of sentences) this.#sentenceWords.add(wordsIn(sentence).length);
    this.#patterns.questions.add(/[?？]/.test(text));
    this.#patterns.exclamations.add(/[!！]/.test(text));
    this.#patterns.several_lines.add(text.includes('\n'));
    this.#patterns.lists.add(hasList);
    const ending = endingOf(text, shown, emoji);
    for (const name of ENDINGS) this.#endings[name].add(name === ending);
    for (const name of SIGN_NAMES) this.#signs[name].add(SIGNS[name].test(text));
    this.#addCapitals(text);
    this.#addPhrases(text);
  }

  #addCapitals(text: string): void {
    const [first = ''] = /[\p{L}\p{N}]/u.exec(text) ?? [];
    if (!/[\p{Lu}\p{Ll}]/u.test(first)) return;
    this.#capitals.starts_small.add(/\p{Ll}/u.test(first));
    this.#capitals.all_small.add(!/\p{Lu}/u.test(text));
    this.#capitals.words_in_capitals.add(/(?<![\p{L}\p{N}_-])\p{Lu}{5,}(?![\p{L}\p{N}_-])/u.test(text));
  }

  #addPhrases(text: string): void {
    const words = comparable(text);
    const opening = words.slice(0, 2);
    this.#openings.add(opening.length < 2 ? [] : [opening.join(' ')]);
    for (const kind of PHRASE_KINDS) {
      const phrase = phraseIn(kind, words);
      this.#said[kind].add(phrase !== undefined);
      this.#phrases[kind].add(phrase === undefined ? [] : [phrase]);
    }
  }

  get messages(): number {
    return this.#messages;
  }

  /** Each figure with the number that it is of; of too few there is nothing else. */
  profile(examples: readonly string[]): RegisterProfile {
    const messages = this.#messages;
    const written = this.#words.samples;
    return {
      messages,
      length: figure(written, () => ({
        words: this.#words.quantiles(),
        characters: this.#characters.quantiles(),
        buckets: BUCKETS.map((to, n) => ({
          up_to: to,
          messages: this.#words.within(BUCKETS[n - 1] ?? -1, to ?? Number.POSITIVE_INFINITY),
        })),
      })),
      sentences: figure(written, () => ({
        per_message: this.#sentences.quantiles(),
        ...valuesOf(this.#patterns),
      })),
      sentence_length: figure(this.#sentenceWords.samples, () => ({
        words: this.#sentenceWords.quantiles(),
      })),
      openings: figure(written, () => ({ phrases: this.#openings.top(12) })),
      punctuation: figure(written, () => ({ ends: valuesOf(this.#endings), ...valuesOf(this.#signs) })),
      capitalisation: figure(this.#capitals.starts_small.samples, () => valuesOf(this.#capitals)),
      emoji: figure(this.#withEmoji.samples, () => ({
        share: this.#withEmoji.value,
        per_message: rounded(this.#emojiCount / this.#withEmoji.samples),
        favourites: this.#emoji.top(10),
      })),
      ...this.#phraseFigures(),
      vocabulary: figure(this.#wordCount, () => ({ words: this.#vocabulary.top(40) })),
      technical_terms: figure(written, () => ({ words: this.#technical.top(30) })),
      activity: figure(messages, () => ({ hours: [...this.#hours], weekdays: [...this.#weekdays] })),
      reply_latency: figure(this.#latency.samples, () => ({ seconds: this.#latency.quantiles() })),
      code: figure(messages, () => ({ share: this.#marks.code.value })),
      links: figure(messages, () => ({ share: this.#marks.links.value })),
      quotes: figure(messages, () => ({ share: this.#marks.quotes.value })),
      examples: written < LEAST_SAMPLES ? [] : [...examples],
    };
  }

  #phraseFigures(): Pick<RegisterProfile, PhraseKind> {
    return Object.fromEntries(
      PHRASE_KINDS.map((kind) => {
        const share = this.#said[kind];
        return [
          kind,
          figure(share.samples, () => ({ share: share.value, phrases: this.#phrases[kind].top(12) })),
        ];
      }),
    ) as Pick<RegisterProfile, PhraseKind>;
  }
}

/** Too few samples say nothing. */
function figure<T extends object>(samples: number, tell: () => T): { samples: number } & Partial<T> {
  return samples < LEAST_SAMPLES ? ({ samples } as { samples: number } & Partial<T>) : { samples, ...tell() };
}

function endingOf(text: string, shown: string, emoji: readonly string[]): Ending {
  const last = emoji.at(-1);
  if (last !== undefined && shown.replace(/[\u{1F3FB}-\u{1F3FF}]/gu, '').endsWith(last)) return 'emoji';
  const end = text.replace(/["'”’»)\]}*_\s]+$/u, '');
  if (/…$|\.{3}$/.test(end)) return 'ellipsis';
  if (/[.。]$/.test(end)) return 'period';
  if (/[?？]$/.test(end)) return 'question';
  if (/[!！]$/.test(end)) return 'exclamation';
  return /[\p{L}\p{N}\p{M}]$/u.test(end) ? 'none' : 'other';
}
