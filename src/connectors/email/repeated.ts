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

/** Enough for any talk; what is said beyond it is not known again, so that its quotes stay. */
const MAX_WORDS = 500_000;
/** Of places where the same three words stand. */
const MAX_PLACES = 50;

/** What the messages of a thread said so far, as words: how their lines were broken and marked does not count. */
export class SaidBefore {
  readonly #words: string[] = [];
  readonly #positions = new Map<string, number[]>();
  readonly #alone = new Set<string>();

  add(text: string): void {
    if (this.#words.length > MAX_WORDS) return;
    for (const line of text.split('\n')) this.#alone.add(wordsOf(line).join(' '));
    const words = wordsOf(text);
    this.#alone.add(words.join(' '));
    for (const word of words) {
      this.#words.push(word);
      const start = this.#words.length - 3;
      if (start < 0) continue;
      const key = this.#words.slice(start).join(' ');
      const positions = this.#positions.get(key);
      if (!positions) this.#positions.set(key, [start]);
      else if (positions.length < MAX_PLACES) positions.push(start);
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
      .replace(/<?\b(?:https?|mailto|ftp|cid):[^\s<>]*>?|\[(?:cid|image)\s?:[^\]]{0,300}\]/gi, ' ')
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
  const lastOwn = passages.findLastIndex(
    ({ role, quote, text }) => role === 'words' && quote === undefined && wordsOf(text).length > 0,
  );
  for (const { members, attributions } of quotes) {
    const found = members.map((index) => foundIn(passages[index], said));
    if (!found.includes(true)) continue;
    // Words of the author's own come behind it.
    if (lastOwn > (members.at(-1) ?? 0)) {
      const count = members.reduce((sum, index) => sum + wordsOf(passages[index]?.text ?? '').length, 0);
      if (quotes.length > 1 || found.includes(false) || count < WHOLE * answeredWords) continue;
    }
    let next: boolean | undefined;
    for (let place = members.length - 1; place >= 0; place--) {
      repeated[members[place] as number] = found[place] === true && next !== false;
      next = found[place] ?? next;
    }
    if (found.includes(false)) continue;
    // All that was said in it is said: what it shows besides, and what introduces it, says nothing.
    for (const index of [...members, ...attributions]) repeated[index] = true;
    const first = attributions.at(-1) ?? members[0] ?? 0;
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
