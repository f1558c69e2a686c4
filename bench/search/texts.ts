import { STOP_WORDS } from '../../src/search/terms.ts';

/** A document of one chunk. */
export interface Passage {
  readonly path: string;
  readonly title: string;
  readonly text: string;
  /** Of length 1, as a neural model would give: texts on one topic lie near each other. */
  readonly vector: Float32Array;
}

export interface Question {
  readonly text: string;
  readonly vector: Float32Array;
}

const WORDS = 30_000;
const TOPICS = 100;
const WORDS_OF_TOPIC = 200;

/**
 * Texts that are the same in every run: words as rare as in English (Zipf's law, stop words first), among them those of a topic
 * of each text's own.
 */
export class SyntheticTexts {
  readonly #dimensions: number;
  readonly #words: readonly string[];
  readonly #stopWords = [...STOP_WORDS];
  readonly #centres: readonly Float32Array[];
  readonly #general = zipf(WORDS, 30);
  readonly #ofStopWords = zipf(STOP_WORDS.size, 3);
  readonly #ofTopic = zipf(WORDS_OF_TOPIC, 5);

  constructor(dimensions: number) {
    this.#dimensions = dimensions;
    const random = randomFrom(1);
    const words = new Set<string>();
    while (words.size < WORDS) words.add(inventedWord(random));
    this.#words = [...words];
    this.#centres = Array.from({ length: TOPICS }, () => normalised(this.#noise(random)));
  }

  *passages(count: number, from = 0): Generator<Passage> {
    for (let n = from; n < from + count; n += 1) yield this.passage(n);
  }

  passage(n: number): Passage {
    const random = randomFrom(7919 * (n + 1));
    const topic = Math.floor(random() * TOPICS);
    const length = 120 + Math.floor(random() * 100);
    const words = Array.from({ length }, () => this.#word(topic, random));
    const title = Array.from({ length: 4 }, () => this.#topicWord(topic, random)).join(' ');
    return {
      path: `topic-${topic}/${n}.md`,
      title,
      text: `${words.join(' ')}.`,
      vector: this.#near(topic, random),
    };
  }

  /** What somebody asks: words on one topic among common ones. */
  question(n: number): Question {
    const random = randomFrom(-104_729 * (n + 1));
    const topic = Math.floor(random() * TOPICS);
    const asked = [
      ...['how', 'does', this.#topicWord(topic, random), this.#topicWord(topic, random), 'with', 'the'],
      ...[this.#generalWord(random), this.#topicWord(topic, random), this.#generalWord(random)],
    ];
    return { text: `${asked.join(' ')}?`, vector: this.#near(topic, random) };
  }

  #word(topic: number, random: () => number): string {
    const kind = random();
    if (kind < 0.45) return this.#stopWords[this.#ofStopWords(random)] ?? '';
    return kind < 0.8 ? this.#generalWord(random) : this.#topicWord(topic, random);
  }

  #generalWord(random: () => number): string {
    return this.#words[this.#general(random)] ?? '';
  }

  /** A topic's words are some of all, common and rare ones. */
  #topicWord(topic: number, random: () => number): string {
    return this.#words[(this.#ofTopic(random) * 149 + topic * 31) % WORDS] ?? '';
  }

  #near(topic: number, random: () => number): Float32Array {
    const centre = this.#centres[topic];
    return normalised(normalised(this.#noise(random)).map((x, n) => x + 0.8 * (centre?.[n] ?? 0)));
  }

  #noise(random: () => number): Float32Array {
    return Float32Array.from({ length: this.#dimensions }, () => random() - 0.5);
  }
}

/** Numbers from 0 to 1 that a seed decides (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Draws the nth of so many as often as 1 / (n + head) says. */
function zipf(size: number, head: number): (random: () => number) => number {
  const sums = new Float64Array(size);
  let sum = 0;
  for (let n = 0; n < size; n += 1) {
    sum += 1 / (n + head);
    sums[n] = sum;
  }
  return (random) => {
    const wanted = random() * sum;
    let [low, high] = [0, size - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] ?? 0) < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

function inventedWord(random: () => number): string {
  const letter = (letters: string) => letters[Math.floor(random() * letters.length)];
  const syllable = () => `${letter('bdfgklmnprtvz')}${letter('aiou')}`;
  const syllables = 2 + Math.floor(random() * 3);
  return `${Array.from({ length: syllables }, syllable).join('')}${letter('klmnrtx')}`;
}

function normalised(vector: Float32Array): Float32Array {
  let squares = 0;
  for (const x of vector) squares += x * x;
  const length = Math.sqrt(squares);
  return vector.map((x) => x / length);
}
