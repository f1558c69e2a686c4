import type { Said } from '../profile.ts';

/** How often each number came, so that quantiles are exact; it takes room by how many different ones there are. */
export class Distribution {
  readonly #counts = new Map<number, number>();
  #samples = 0;

  add(value: number): void {
    this.#counts.set(value, (this.#counts.get(value) ?? 0) + 1);
    this.#samples += 1;
  }

  get samples(): number {
    return this.#samples;
  }

  /** The median, and what nine of ten do not exceed: each is one of the numbers (the nearest rank). */
  quantiles(): { p50: number; p90: number } {
    const sorted = [...this.#counts].sort(([a], [b]) => a - b);
    const at = (share: number) => {
      let rest = Math.ceil(this.#samples * share);
      for (const [value, count] of sorted) {
        rest -= count;
        if (rest <= 0) return value;
      }
      return 0;
    };
    return { p50: at(0.5), p90: at(0.9) };
  }

  /** How many are above `from` and at most `to`. */
  within(from: number, to: number): number {
    let count = 0;
    for (const [value, times] of this.#counts) if (value > from && value <= to) count += times;
    return count;
  }
}

/** More different words are not kept: those that came least are forgotten. */
const MOST_WORDS = 20_000;
/** What was said less often says nothing of a person. */
const LEAST_SAID = 3;

/** In how many messages each word, or phrase, is. */
export class Frequencies {
  readonly #counts = new Map<string, number>();

  /** Each once, however often a message has it. */
  add(words: Iterable<string>): void {
    for (const word of new Set(words)) this.#counts.set(word, (this.#counts.get(word) ?? 0) + 1);
    for (let least = 1; this.#counts.size > MOST_WORDS; least += 1)
      for (const [word, count] of this.#counts) if (count <= least) this.#counts.delete(word);
  }

  /** The most frequent first, by code units where they are equal. */
  top(most: number): Said[] {
    return [...this.#counts]
      .filter(([, messages]) => messages >= LEAST_SAID)
      .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
      .slice(0, most)
      .map(([text, messages]) => ({ text, messages }));
  }
}
