import { chunkNote } from '../../search/chunk/document.ts';
import { termsOf } from '../../search/terms.ts';
import { shareOf } from '../question-words.ts';
import type { Note } from './note.ts';

/** A note by the passage of it that fits best. */
export interface RankedNote {
  readonly note: Note;
  readonly headings: readonly string[];
  readonly text: string;
  readonly lines: readonly [first: number, last: number];
  /** Of the best one, from 0 to 1. */
  readonly score: number;
}

/** As usual for BM25: https://nlp.stanford.edu/IR-book/html/htmledition/okapi-bm25-a-non-binary-model-1.html */
const K1 = 1.2;
const B = 0.75;

/** What is worth less than this share of the best is about something else. */
const LEAST = 0.25;

/**
 * The notes that have words of the query, best first, each once: by BM25 over their passages, whose titles count twice. So few
 * texts need no index.
 */
export function rankNotes(notes: readonly Note[], query: string, limit: number): RankedNote[] {
  const asked = [...new Set(termsOf(query))];
  const passages = notes.flatMap((note) =>
    chunkNote(note.markdown).map((chunk) => {
      const { title } = note;
      const terms = termsOf([title, title, ...chunk.headings, chunk.text].join('\n'));
      return { note, ...chunk, length: terms.length, counts: countsOf(terms, asked) };
    }),
  );
  const average = passages.reduce((sum, { length }) => sum + length, 0) / Math.max(1, passages.length);
  const rarity = new Map(
    asked.map((term) => {
      const having = passages.filter(({ counts }) => counts.has(term)).length;
      return [term, shareOf(term) * Math.log(1 + (passages.length - having + 0.5) / (having + 0.5))];
    }),
  );
  const scoreOf = ({ length, counts }: (typeof passages)[number]): number => {
    const norm = K1 * (1 - B + (B * length) / average);
    let score = 0;
    for (const [term, count] of counts)
      score += ((rarity.get(term) ?? 0) * count * (K1 + 1)) / (count + norm);
    return score;
  };
  const scored = passages
    .map((passage) => ({ passage, score: scoreOf(passage) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
  const best = scored[0]?.score ?? 1;
  const found = new Map<Note, RankedNote>();
  for (const { passage, score } of scored) {
    if (found.size === limit || score < LEAST * best) break;
    const { note, headings, text, lines } = passage;
    if (!found.has(note)) found.set(note, { note, headings, text, lines, score: score / best });
  }
  return [...found.values()];
}

function countsOf(terms: readonly string[], asked: readonly string[]): ReadonlyMap<string, number> {
  const wanted = new Set(asked);
  const counts = new Map<string, number>();
  for (const term of terms) if (wanted.has(term)) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}
