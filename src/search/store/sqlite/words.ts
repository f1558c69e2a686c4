import { readable } from '../../chunk/readable.ts';
import { partsOfNames, STOP_WORDS, wordsOf } from '../../terms.ts';
import type { IndexedChunk, IndexedDocument } from '../store.ts';

/** Text that FTS5 splits as `wordsOf` does, without help: ASCII, and the usual dashes, quotes and dots. */
const PLAIN = /^[\0-\x7f\xa0\u2010-\u2027]*$/;

/** What the index of words holds of a chunk: a pure function of what is kept, since it takes the same to remove it. */
export function wordsOfChunk(
  { title, ancestors }: Pick<IndexedDocument, 'title' | 'ancestors'>,
  { headings, symbols, text }: Pick<IndexedChunk, 'headings' | 'symbols' | 'text'>,
): [title: string, body: string] {
  return [
    searchable(title),
    searchable([...ancestors, ...headings, ...(symbols ?? []), readable(text)].join('\n')),
  ];
}

function searchable(text: string): string {
  const words = PLAIN.test(text) ? text : wordsOf(text).join(' ');
  const parts = partsOfNames(text);
  return parts === '' ? words : `${words}\n${searchable(parts)}`;
}

/** The words of a query, each as often as it stands there: without stop words, unless there are no others. */
export function wordsOfQuery(query: string): Map<string, number> {
  const words = wordsOf(query);
  const telling = words.filter((word) => !STOP_WORDS.has(word));
  const counts = new Map<string, number>();
  for (const word of telling.length > 0 ? telling : words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
