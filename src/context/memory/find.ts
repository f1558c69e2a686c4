import { ageInDays, type Item } from '../item.ts';
import { type Found, inWords } from '../outcome.ts';
import type { Note } from './note.ts';
import { rankNotes } from './rank.ts';
import { type MemoryOptions, readMemory } from './read.ts';

/** What somebody works at, and what of all that is remembered has to do with the query. */
export async function findInMemory(
  memory: MemoryOptions,
  query: string,
  { limit, now, signal }: { readonly limit: number; readonly now: number; readonly signal: AbortSignal },
): Promise<Found> {
  const { notes, remarks, failed } = await readMemory(memory, signal);
  const current = notes.filter(({ isCurrent }) => isCurrent);
  const others = notes.filter(({ isCurrent }) => !isCurrent);
  const items = [
    ...current.map((note) =>
      itemOf(note, now, { match: 'current', score: 1, headings: [], text: note.markdown }),
    ),
    ...rankNotes(others, query, limit).map(({ note, headings, text, score }) =>
      itemOf(note, now, { match: 'words', score, headings, text }),
    ),
  ];
  return { items, notes: remarks, ...(failed && { error: inWords(failed) }) };
}

function itemOf(
  { title, path, updated }: Note,
  now: number,
  about: Pick<Item, 'match' | 'score' | 'headings' | 'text'>,
): Item {
  const ageDays = ageInDays(updated, now);
  return {
    ...{ type: 'memory', title, source: 'memory', path },
    ...(updated !== undefined && { updated }),
    ...(ageDays !== undefined && { ageDays }),
    ...about,
  };
}
