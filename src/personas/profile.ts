import { z } from 'zod';

/** Nothing is said of fewer: a figure of ten messages says more of chance than of a person. */
export const LEAST_SAMPLES = 30;

const count = z.int().nonnegative();
const share = z.number().min(0).max(1);
const quantiles = z.strictObject({ p50: z.number(), p90: z.number() });
const text = z.string().min(1);

/** A figure says of how many it is; of too few it says nothing else. */
const figure = <T extends z.ZodRawShape>(members: T) =>
  z.strictObject({ samples: count, ...z.object(members).partial().shape });

const said = z.strictObject({ text, messages: count });
const phrases = figure({ share, phrases: z.array(said) });

const register = z.strictObject({
  messages: count,
  /** Of messages, without code, quotes, addresses and emoji. */
  length: figure({
    words: quantiles,
    characters: quantiles,
    /** How many messages have at most so many words, and more than the one before. */
    buckets: z.array(z.strictObject({ up_to: count.nullable(), messages: count })),
  }),
  sentences: figure({
    per_message: quantiles,
    questions: share,
    exclamations: share,
    several_lines: share,
    lists: share,
  }),
  sentence_length: figure({ words: quantiles }),
  /** The first two words of messages. */
  openings: figure({ phrases: z.array(said) }),
  /** How messages end, and what else is in them. */
  punctuation: figure({
    ends: z.strictObject({
      period: share,
      question: share,
      exclamation: share,
      ellipsis: share,
      emoji: share,
      other: share,
      none: share,
    }),
    commas: share,
    dashes: share,
    parentheses: share,
    semicolons: share,
    ellipses: share,
    repeated: share,
  }),
  /** Of messages that begin with a letter that could be a capital. */
  capitalisation: figure({ starts_small: share, all_small: share, words_in_capitals: share }),
  emoji: figure({ share, per_message: z.number(), favourites: z.array(said) }),
  greetings: phrases,
  sign_offs: phrases,
  acknowledgements: phrases,
  agreement: phrases,
  disagreement: phrases,
  vocabulary: figure({ words: z.array(said) }),
  technical_terms: figure({ words: z.array(said) }),
  /** Messages by hour from 0 to 23, and by day from Monday on. */
  activity: figure({ hours: z.array(count).length(24), weekdays: z.array(count).length(7) }),
  /** From the last message of somebody else in the thread, as far as the export has it, to the answer. */
  reply_latency: figure({ seconds: quantiles }),
  code: figure({ share }),
  links: figure({ share }),
  quotes: figure({ share }),
  examples: z.array(text),
});

export const profileSchema = z.strictObject({
  version: z.literal(1, 'must be 1'),
  /** What it was made from. */
  source: z.strictObject({
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    lines: count,
    messages: count,
    left_out: z.strictObject({ bad_lines: count, context: count }),
    first: z.string().nullable(),
    last: z.string().nullable(),
  }),
  time_zone: text,
  least_samples: count,
  registers: z.strictObject({
    all: register,
    public: register.optional(),
    private: register.optional(),
    dm: register.optional(),
  }),
});

export type Profile = z.output<typeof profileSchema>;
export type RegisterProfile = z.output<typeof register>;
export type Said = z.output<typeof said>;
export type Phrases = z.output<typeof phrases>;
