import type { Phrases, Profile, RegisterProfile, Said } from '../profile.ts';
import type { Register } from '../schema.ts';
import { quotedWords } from './write-text.ts';

/** A register that a persona uses, and of which the profile says something. */
export interface Voice {
  readonly register: Register;
  readonly profile: RegisterProfile;
}

const NAMES: Readonly<Record<Register, string>> = {
  public: 'in public channels',
  private: 'in private channels',
  dm: 'in direct messages',
  all: 'everywhere',
};

export const nameOf = (register: Register): string => NAMES[register];

export function voicesOf(profile: Profile | null, registers: readonly Register[]): Voice[] {
  return registers.flatMap((register) => {
    const found = profile?.registers[register];
    return found ? [{ register, profile: found }] : [];
  });
}

/** How somebody writes, each figure with the number of messages, or sentences, that it is of. */
export function styleLines({ profile }: Voice): string[] {
  const { length, sentences, sentence_length, punctuation, capitalisation, emoji, activity, reply_latency } =
    profile;
  return [
    length.words &&
      `Length: half of the messages have at most ${words(length.words.p50)}, nine of ten at most ${words(length.words.p90)} (${of(length)}).`,
    sentence_length.words &&
      `Sentences: half have at most ${words(sentence_length.words.p50)}, nine of ten at most ${words(sentence_length.words.p90)} (${sentence_length.samples} sentences).`,
    sentences.questions !== undefined &&
      `Questions in ${percent(sentences.questions)} of the messages, exclamations in ${percent(sentences.exclamations)}, several lines in ${percent(sentences.several_lines)}, lists in ${percent(sentences.lists)} (${of(sentences)}).`,
    punctuation.ends &&
      `Messages end with a period in ${percent(punctuation.ends.period)}, with nothing in ${percent(punctuation.ends.none)}, with ! in ${percent(punctuation.ends.exclamation)}, with an emoji in ${percent(punctuation.ends.emoji)} (${of(punctuation)}).`,
    capitalisation.starts_small !== undefined &&
      `Messages begin with a small letter in ${percent(capitalisation.starts_small)}, and are written small throughout in ${percent(capitalisation.all_small)} (${of(capitalisation)}).`,
    emoji.share !== undefined &&
      `Emoji in ${percent(emoji.share)} of the messages${emoji.favourites?.length ? `, most of all ${listed(emoji.favourites, 6)}` : ''} (${of(emoji)}).`,
    profile.code.share !== undefined &&
      profile.links.share !== undefined &&
      `Code in ${percent(profile.code.share)} of the messages, links in ${percent(profile.links.share)} (${of(profile.code)}).`,
    profile.vocabulary.words?.length &&
      `Words that come again and again: ${listed(profile.vocabulary.words, 15)} (${profile.vocabulary.samples} words).`,
    profile.technical_terms.words?.length &&
      `Technical terms: ${listed(profile.technical_terms.words, 12)} (${of(profile.technical_terms)}).`,
    activity.hours && `Writes mostly ${busiest(activity.hours)} (${of(activity)}).`,
    reply_latency.seconds &&
      `Answers within ${duration(reply_latency.seconds.p50)} half of the time, within ${duration(reply_latency.seconds.p90)} in nine of ten (${reply_latency.samples} answers).`,
  ].filter((line) => typeof line === 'string');
}

/** What is said to others' words, and how often. */
export function responseLines({ profile }: Voice): string[] {
  return [
    phraseLine('Acknowledges', profile.acknowledgements),
    phraseLine('Agrees', profile.agreement),
    phraseLine('Disagrees', profile.disagreement),
    profile.openings.phrases?.length
      ? `Begins with: ${listed(profile.openings.phrases, 8)} (${of(profile.openings)}).`
      : undefined,
  ].filter((line) => line !== undefined);
}

export function greetingLines({ profile }: Voice): string[] {
  return [phraseLine('Greets', profile.greetings), phraseLine('Signs off', profile.sign_offs)].filter(
    (line) => line !== undefined,
  );
}

function phraseLine(what: string, { samples, share, phrases = [] }: Phrases): string | undefined {
  if (share === undefined) return undefined;
  const how = phrases.length > 0 ? `: ${listed(phrases, 8)}` : '';
  return `${what} in ${percent(share)} of the messages${how} (${samples} messages).`;
}

const of = ({ samples }: { readonly samples: number }): string => `${samples} messages`;
const words = (count: number): string => `${count} ${count === 1 ? 'word' : 'words'}`;

function percent(share = 0): string {
  const value = share * 100;
  return `${value > 0 && value < 1 ? '<1' : Math.round(value)} %`;
}

const listed = (said: readonly Said[], most: number): string =>
  said
    .slice(0, most)
    .map(({ text, messages }) => `“${quotedWords(text)}” (${messages})`)
    .join(', ');

/** The shortest stretch of hours, over midnight too, that has eight of ten messages. */
function busiest(hours: readonly number[]): string {
  const wanted = hours.reduce((sum, count) => sum + count, 0) * 0.8;
  for (let length = 1; length < 24; length++)
    for (let first = 0; first < 24; first++) {
      const stretch = Array.from({ length }, (_, n) => hours[(first + n) % 24] ?? 0);
      if (stretch.reduce((sum, count) => sum + count, 0) >= wanted)
        return `from ${clock(first)} to ${clock((first + length) % 24)}`;
    }
  return 'at all hours';
}

const clock = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;

function duration(seconds: number): string {
  if (seconds < 90) return `${seconds} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return seconds < 129_600 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} days`;
}
