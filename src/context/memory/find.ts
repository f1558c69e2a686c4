import type { LocalFiles } from '../../core/local-files.ts';
import { ageInDays, type Item } from '../item.ts';
import { type Found, inWords } from '../outcome.ts';
import type { Note } from './note.ts';
import type { MemoryPlaces } from './places.ts';
import { rankNotes } from './rank.ts';
import { readMemory } from './read.ts';

export interface MemoryOptions {
  readonly files: LocalFiles;
  readonly places: MemoryPlaces;
}

/** What somebody works at, and what of all that is remembered has to do with the query. */
export async function findInMemory(
  { files, places }: MemoryOptions,
  query: string,
  { limit, now, signal }: { readonly limit: number; readonly now: number; readonly signal: AbortSignal },
): Promise<Found> {
  const { notes, remarks, failed } = await readMemory(places, files, signal);
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
