import { createHash } from 'node:crypto';
import type { Message } from './message.ts';
import { comparable, phraseIn } from './phrases.ts';
import type { Prose } from './prose.ts';

/** What examples are to show, each in turn. The first that fits is a message's. */
const SORTS: readonly (readonly [name: string, fits: (prose: Prose, words: readonly string[]) => boolean])[] =
  [
    ['disagreement', (_, words) => phraseIn('disagreement', words) !== undefined],
    ['greeting', (_, words) => phraseIn('greetings', words) !== undefined],
    ['question', ({ words }) => /[?？]\s*$/.test(words)],
    ['agreement', (_, words) => phraseIn('agreement', words) !== undefined],
    ['acknowledgement', (_, words) => phraseIn('acknowledgements', words) !== undefined],
    ['emoji', ({ emoji }) => emoji.length > 0],
    ['lines', ({ words }) => words.includes('\n')],
    ['short', (_, words) => words.length <= 8],
    ['medium', (_, words) => words.length <= 20],
    ['long', () => true],
  ];

const MOST = 24;
/** Kept of each sort, so that what is too much like another has a successor. */
const SPARE = 8;
/** In words: what is shorter shows no style, what is longer is read by nobody. */
const SHORTEST = 3;
const LONGEST = 80;
/** Words that two examples may share, of those that either has. */
const ALIKE = 0.5;

interface Candidate {
  readonly key: string;
  readonly text: string;
  readonly words: ReadonlySet<string>;
}

/**
 * Picks examples of all sorts, whatever the order of the messages: of each sort those whose digests of channel and time are the
 * least, which is a draw that comes out the same each time. Keeps no more than it could show.
 */
export class Examples {
  readonly #sorts = new Map(SORTS.map(([name]) => [name, [] as Candidate[]]));

  /** What holds a secret, or hardly anything but what is taken out, is no example. */
  offer({ channel, ts, text }: Message, prose: Prose): void {
    const words = comparable(prose.words);
    if (words.length < SHORTEST || words.length > LONGEST || text.includes('[redacted:')) return;
    if ((prose.shown.match(/\[…\]/g)?.length ?? 0) * 3 > words.length) return;
    const [sort = ''] = SORTS.find(([, fits]) => fits(prose, words)) ?? [];
    const kept = this.#sorts.get(sort) ?? [];
    const key = createHash('sha256').update(`${channel}\0${ts}`).digest('hex');
    if (kept.length === SPARE && key >= (kept.at(-1)?.key ?? '')) return;
    kept.push({ key, text: prose.shown, words: new Set(words) });
    kept.sort((a, b) => (a.key < b.key ? -1 : 1));
    if (kept.length > SPARE) kept.pop();
  }

  /** One of each sort, then another of each; none that is much like one before it. */
  chosen(): string[] {
    const queues = SORTS.map(([name]) => [...(this.#sorts.get(name) ?? [])]);
    const chosen: Candidate[] = [];
    while (chosen.length < MOST && queues.some((queue) => queue.length > 0))
      for (const queue of queues) {
        const next = firstUnlike(queue, chosen);
        if (next && chosen.length < MOST) chosen.push(next);
      }
    return chosen.map(({ text }) => text);
  }
}

/** Takes it from the queue, with those before it. */
function firstUnlike(queue: Candidate[], chosen: readonly Candidate[]): Candidate | undefined {
  for (let next = queue.shift(); next; next = queue.shift()) {
    const { words } = next;
    if (chosen.every((other) => likeness(other.words, words) < ALIKE)) return next;
  }
  return undefined;
}

function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = [...a].filter((word) => b.has(word)).length;
  return shared / (a.size + b.size - shared);
}
