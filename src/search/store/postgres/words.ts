import { stemmer } from 'stemmer';
import { readable } from '../../chunk/readable.ts';
import { partsOfNames, termsOf, wordsOf } from '../../terms.ts';
import type { IndexedChunk, IndexedDocument } from '../store.ts';

/** PostgreSQL's lexemes have 2,046 bytes at most. */
const LONGEST = 200;
/** A word that stands more often than that in one chunk counts no more: it could add less than 2 % of its weight. */
export const MOST_COUNTED = 64;

/** What a chunk is found by: how often each term stands in it, the title's twice. */
export function wordsOfChunk(
  { title, ancestors }: IndexedDocument,
  { headings, text, symbols = [] }: IndexedChunk,
): ReadonlyMap<string, number> {
  const titled = withParts(title);
  return counted([
    ...titled,
    ...titled,
    ...withParts([...ancestors, ...headings, ...symbols, readable(text)].join('\n')),
  ]);
}

function withParts(text: string): string[] {
  return wordsOf(`${text}\n${partsOfNames(text)}`).map(stemmer);
}

/** What a query asks for: without stop words, unless there are no others. */
export function wordsOfQuery(query: string): ReadonlyMap<string, number> {
  const terms = termsOf(query);
  return counted(terms.length > 0 ? terms : wordsOf(query).map(stemmer));
}

function counted(terms: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const term of terms.map(termKept)) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}

export function termKept(term: string): string {
  return term.length > LONGEST ? term.slice(0, LONGEST).toWellFormed() : term;
}

/** As a `tsvector`: a term has as many positions as it stands there, which are the numbers up to that. */
export function vectorOf(counts: ReadonlyMap<string, number>): string {
  return Array.from(
    counts,
    ([term, count]) => `'${term}':${POSITIONS.slice(0, Math.min(count, MOST_COUNTED)).join()}`,
  ).join(' ');
}

/** As a text in which each term stands as often as it is counted. */
export function bagOf(counts: ReadonlyMap<string, number>): string {
  return Array.from(counts, ([term, count]) => `${term} `.repeat(Math.min(count, MOST_COUNTED))).join('');
}

const POSITIONS = Array.from({ length: MOST_COUNTED }, (_, n) => n + 1);
