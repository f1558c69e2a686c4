/** A part of a message's text that is quoted, or not, as a whole: a paragraph, or a line. */
export interface Passage {
  readonly text: string;
  /** Which of the message's quotes it stands in. */
  readonly quote?: number;
  /**
   * `attribution` says whose words the next quote is, or heads it; `signature` stands behind all else that the author
   * has to say; `rule` is a line across, `picture` shows something.
   */
  readonly role: 'words' | 'attribution' | 'signature' | 'rule' | 'picture';
}

/** Shorter ones are found only where they stood alone: a `yes` says something else each time. */
const FEWEST_WORDS = 5;
/** Of a message's words: a quote of as many repeats all of it, and selects nothing to answer to. */
const WHOLE = 0.8;

/** What the messages of a thread said so far, as words: how their lines were broken and marked does not count. */
export class SaidBefore {
  readonly #words: string[] = [];
  readonly #positions = new Map<string, number[]>();
  readonly #alone = new Set<string>();

  add(text: string): void {
    for (const line of text.split('\n')) this.#alone.add(wordsOf(line).join(' '));
    const words = wordsOf(text);
    this.#alone.add(words.join(' '));
    for (const word of words) {
      this.#words.push(word);
      const start = this.#words.length - 3;
      if (start < 0) continue;
      const key = this.#words.slice(start).join(' ');
      const positions = this.#positions.get(key);
      if (positions) positions.push(start);
      else this.#positions.set(key, [start]);
    }
  }

  /** Keeps what is said next apart from what was said before: no passage is of two messages. */
  endMessage(): void {
    this.#words.push('');
  }

  /** Undefined if the text says nothing. */
  has(text: string): boolean | undefined {
    const words = wordsOf(text);
    if (words.length === 0) return undefined;
    if (words.length < FEWEST_WORDS) return this.#alone.has(words.join(' '));
    const starts = this.#positions.get(words.slice(0, 3).join(' ')) ?? [];
    return starts.some((start) => words.every((word, index) => this.#words[start + index] === word));
  }
}

/** Without addresses of any kind: programs write them out, shorten them or leave them away when they quote. */
export function wordsOf(text: string): string[] {
  return (
    text
      .replace(/<?\b(?:https?|mailto|ftp|cid):[^\s<>]*>?|\[(?:cid|image)\s*:[^\]]*\]/gi, ' ')
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
  );
}

/**
 * Which passages of a message only repeat what was said before. A quote that the author's own words follow stays whole,
 * since they answer it, unless it is all of the message that is answered. Of others, each passage goes that was said
 * before, but for the one in front of a passage that was not: that is an answer written into the quote.
 * `answeredWords` is how many words the answered message has.
 */
export function findRepeated(
  passages: readonly Passage[],
  said: SaidBefore,
  answeredWords = Number.POSITIVE_INFINITY,
): boolean[] {
  const repeated = passages.map(() => false);
  const quotes = quotesIn(passages);
  for (const { members, attributions } of quotes) {
    const found = members.map((index) => foundIn(passages[index], said));
    if (!found.includes(true)) continue;
    if (isAnswered(members, passages)) {
      const count = members.reduce((sum, index) => sum + wordsOf(passages[index]?.text ?? '').length, 0);
      if (quotes.length > 1 || found.includes(false) || count < WHOLE * answeredWords) continue;
    }
    for (const [place, index] of members.entries()) {
      const next = found.slice(place + 1).find((one) => one !== undefined);
      repeated[index] = found[place] === true && next !== false;
    }
    if (found.includes(false)) continue;
    // All that was said in it is said: what it shows besides, and what introduces it, says nothing.
    for (const index of [...members, ...attributions]) repeated[index] = true;
    const first = Math.min(...members, ...attributions);
    if (passages[first - 1]?.role === 'rule') repeated[first - 1] = true;
  }
  return repeated;
}

function foundIn(passage: Passage | undefined, said: SaidBefore): boolean | undefined {
  return passage?.role === 'words' || passage?.role === 'signature' ? said.has(passage.text) : undefined;
}

interface Quote {
  readonly members: number[];
  /** Passages of the author's that introduce it. */
  readonly attributions: readonly number[];
}

function quotesIn(passages: readonly Passage[]): Quote[] {
  const quotes = new Map<number, Quote>();
  for (const [index, { quote }] of passages.entries()) {
    if (quote === undefined) continue;
    const known = quotes.get(quote);
    if (known) {
      known.members.push(index);
      continue;
    }
    const attributions: number[] = [];
    for (let at = index - 1; passages[at]?.role === 'attribution' && passages[at]?.quote === undefined; at--)
      attributions.push(at);
    quotes.set(quote, { members: [index], attributions });
  }
  return [...quotes.values()];
}

/** Whether words of the author's own come behind the quote. */
function isAnswered(members: readonly number[], passages: readonly Passage[]): boolean {
  const end = members.at(-1) ?? 0;
  return passages
    .slice(end + 1)
    .some(({ role, quote, text }) => role === 'words' && quote === undefined && wordsOf(text).length > 0);
}
