import { stemmer } from 'stemmer';
import type { Scored } from '../store.ts';
import { bestOf } from './best.ts';
import type { Connection } from './connection.ts';
import type { Condition } from './filter.ts';
import { wordsOfQuery } from './words.ts';

/** A pasted log says no more by its thousandth word than by its rarest, and each costs a pass over the chunks that have it. */
const MOST_WORDS = 64;
const MOST_REPEATS = 8;

/** The title counts twice. */
const SCORE = '-bm25(words, 2.0, 1.0)';

export function lexicalMatches(
  connection: Connection,
  query: string,
  limit: number,
  { sql, values }: Condition,
): Scored[] {
  const match = expressionOf(connection, query);
  if (match === '' || limit <= 0) return [];
  // The words come first and are scored last: the other way round each chunk of the filter would be looked up in them.
  const filtered =
    sql && `CROSS JOIN chunk c ON c.id = words.rowid CROSS JOIN document d ON d.id = c.document`;
  const where = `WHERE words MATCH ? ${sql && `AND ${sql}`}`;
  // More than asked for, so that what scores the same as the last is seldom left out here, and seldom looked for again.
  const most = limit + 50;
  let found = connection.all<Scored>(
    `SELECT words.rowid AS chunk, ${SCORE} AS score FROM words ${filtered} ${where} ORDER BY score DESC LIMIT ?`,
    match,
    ...values,
    most,
  );
  if (found.length === most && found[limit - 1]?.score === found.at(-1)?.score)
    found = connection.all<Scored>(
      `SELECT words.rowid AS chunk, ${SCORE} AS score
       FROM words CROSS JOIN chunk c ON c.id = words.rowid CROSS JOIN document d ON d.id = c.document
       ${where} ORDER BY score DESC, d.path, c.position LIMIT ?`,
      match,
      ...values,
      limit,
    );
  return bestOf(connection, found, limit);
}

/** The words as FTS5 looks for them, any of them; empty for none. */
function expressionOf(connection: Connection, query: string): string {
  let words = [...wordsOfQuery(query)];
  if (words.length > MOST_WORDS) words = rarest(connection, words);
  return words
    .flatMap(([word, count]) => Array(Math.min(count, MOST_REPEATS)).fill(`"${word}"`))
    .join(' OR ');
}

function rarest(connection: Connection, words: readonly [string, number][]): [string, number][] {
  const rare = (word: string) =>
    connection.get<{ doc: number }>('SELECT doc FROM terms WHERE term = ?', stemmer(word))?.doc ?? 0;
  return words
    .map((word) => ({ word, chunks: rare(word[0]) }))
    .filter(({ chunks }) => chunks > 0)
    .sort((a, b) => a.chunks - b.chunks)
    .slice(0, MOST_WORDS)
    .map(({ word }) => word);
}
