import type { Scored, Top } from '../store.ts';
import { frequenciesOf, scoreOf, weighed } from './bm25.ts';
import type { Database } from './database.ts';
import { demands } from './filter.ts';
import { Parameters } from './parameters.ts';
import type { Tables } from './tables.ts';
import { wordsOfQuery } from './words.ts';

/** How many more candidates than asked for `pg_textsearch` chooses at first. */
const MARGIN = 100;

type Ranked = { readonly id: number; readonly score: number };
type Candidate = Ranked & { readonly rank: number };

/**
 * By BM25. The index of `pg_textsearch`, where there is one, chooses the candidates; it counts what is deleted until the next vacuum,
 * so that they are scored by our own statistics, as they are without it.
 */
export async function lexical(
  database: Database,
  tables: Tables,
  query: string,
  { limit, filter }: Top,
): Promise<Scored[]> {
  const asked = wordsOfQuery(query);
  const known = await frequenciesOf(database, tables, [...asked.keys()]);
  const terms = weighed(asked, known);
  if (terms.length === 0 || limit <= 0) return [];
  const { schema, textsearch } = tables;

  const ofAll = async (): Promise<readonly Ranked[]> => {
    const parameters = new Parameters();
    const any = parameters.add(terms.map(({ term }) => `'${term}'`).join('|'), 'tsquery');
    return database.rows<Ranked>(
      `select id, score from (
         select c.id, c.path, c.position, ${scoreOf(terms, known, 'c', parameters)} as score
         from ${schema}.chunks c where c.words @@ ${any} and ${demands(filter, 'c', parameters)}
       ) scored order by score desc, path, position limit ${parameters.add(limit, 'integer')}`,
      parameters.values,
    );
  };

  const ofCandidates = async ({ names, index }: NonNullable<Tables['textsearch']>, count: number) => {
    const parameters = new Parameters();
    const words = terms.flatMap(({ term, count }) => Array<string>(count).fill(term)).join(' ');
    const rank = `c.bag operator(${names}.<@>) ${names}.to_bm25query(${parameters.add(words, 'text')}, '${index}')`;
    return database.rows<Candidate>(
      `with candidates as materialized (
         select c.id, c.path, c.position, c.words, c.length, ${rank} as rank
         from ${schema}.chunks c where ${demands(filter, 'c', parameters)}
         order by ${rank} limit ${parameters.add(count, 'integer')}
       ) select id, rank, ${scoreOf(terms, known, 'c', parameters)} as score
       from candidates c where rank < 0 order by score desc, path, position`,
      parameters.values,
    );
  };

  const best = textsearch ? await enough(limit, (count) => ofCandidates(textsearch, count)) : await ofAll();
  return best.slice(0, limit).map(({ id, score }) => ({ chunk: id, score }));
}

/** As many candidates as it takes that none of those left out ranks like the last that is needed. */
async function enough(
  limit: number,
  candidates: (count: number) => Promise<readonly Candidate[]>,
): Promise<readonly Candidate[]> {
  for (let count = limit + MARGIN; ; count *= 4) {
    const chosen = await candidates(count);
    const ranks = chosen.map(({ rank }) => rank).sort((a, b) => a - b);
    if (chosen.length < count || (ranks[limit - 1] ?? 0) < (ranks.at(-1) ?? 0)) return chosen;
  }
}
