import type { Database } from './database.ts';
import type { Parameters } from './parameters.ts';
import type { Tables } from './tables.ts';
import { MOST_COUNTED } from './words.ts';

const K1 = 1.2;
const B = 0.75;
/** Of a longer query, the words that could add most: more of them would take seconds, and change nothing at the top. */
const MOST_TERMS = 64;

export interface Frequencies {
  readonly chunks: number;
  /** How many words stand in all chunks together. */
  readonly length: number;
  /** In how many chunks each term stands that stands in any. */
  readonly of: ReadonlyMap<string, number>;
}

export async function frequenciesOf(
  database: Database,
  { schema }: Tables,
  terms: readonly string[],
): Promise<Frequencies> {
  const rows = await database.rows<{ term: string | null; chunks: number; length: number }>(
    `select null as term, chunks, length from ${schema}.state
     union all select term, chunks, 0 from ${schema}.terms where term = any($1::text[])`,
    [terms],
  );
  const { chunks = 0, length = 0 } = rows.find(({ term }) => term === null) ?? {};
  const of = new Map<string, number>();
  for (const { term, chunks } of rows) if (term !== null) of.set(term, chunks);
  return { chunks, length, of };
}

export interface Term {
  readonly term: string;
  /** How often the query says it. */
  readonly count: number;
  /** What a chunk gets for it at most. */
  readonly weight: number;
}

/** The terms of a query that stand anywhere, those that weigh most first. */
export function weighed(asked: ReadonlyMap<string, number>, known: Frequencies): Term[] {
  return Array.from(asked, ([term, count]) => {
    const among = known.of.get(term) ?? 0;
    const rarity = Math.log(1 + (known.chunks - among + 0.5) / (among + 0.5));
    return { term, count, weight: among === 0 ? 0 : count * (K1 + 1) * rarity };
  })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight || (a.term < b.term ? -1 : 1))
    .slice(0, MOST_TERMS);
}

/** Of a row with `words` and `length`, its score. */
export function scoreOf(
  terms: readonly Term[],
  { chunks, length }: Frequencies,
  row: string,
  parameters: Parameters,
): string {
  const perWord = parameters.add((K1 * B * chunks) / Math.max(length, 1), 'float8');
  const norm = `(${K1 * (1 - B)} + ${perWord} * ${row}.length)`;
  const counts = parameters.add(RANKS_BETWEEN, 'float8[]');
  return terms
    .map(({ term, weight }) => {
      const [is, worth] = [parameters.add(`'${term}'`, 'tsquery'), parameters.add(weight, 'float8')];
      const count = `width_bucket(ts_rank('{1,1,1,1}', ${row}.words, ${is})::float8, ${counts})`;
      return `${worth} * (1 - ${norm} / (${norm} + ${count}))`;
    })
    .join(' + ');
}

/**
 * PostgreSQL has no function that tells how often a word stands in a `tsvector`, and taking vectors apart (`unnest`) takes fifteen
 * times as long as all else. But `ts_rank` of one word alone is (1 + 1/4 + … + 1/n²) / 1.6449… of how often, n, it stands there: these
 * are the bounds between the ranks of 0 and 1, 1 and 2, and so on.
 */
const RANKS_BETWEEN = Array.from({ length: MOST_COUNTED }, (_, n) => (rankOf(n) + rankOf(n + 1)) / 2);

function rankOf(count: number): number {
  let sum = 0;
  for (let n = 1; n <= count; n++) sum += 1 / n ** 2;
  return sum / 1.64493406685;
}
