import { termsOf } from '../../terms.ts';

/** How often which terms stand in which texts, weighted, as a sparse matrix by rows. */
export interface TermMatrix {
  /** What the columns count. */
  readonly terms: readonly string[];
  /** By column: how much a term tells, the logarithm of the inverse of the share of texts that it stands in. */
  readonly weights: Float64Array;
  readonly rows: readonly SparseRow[];
}

export interface SparseRow {
  readonly columns: Uint32Array;
  readonly values: Float32Array;
}

/** Terms of one text alone relate nothing; longer ones than this are hashes, keys and the like. */
const LEAST_TEXTS = 2;
const LONGEST_TERM = 64;

/** Of the terms, the `mostTerms` that stand in the most texts. */
export function termMatrix(texts: readonly string[], mostTerms: number): TermMatrix {
  const { known, found } = count(texts);
  const kept = [...known]
    .filter(([term, { texts: inTexts }]) => inTexts >= LEAST_TEXTS && term.length <= LONGEST_TERM)
    .sort(([a, { texts: m }], [b, { texts: n }]) => n - m || (a < b ? -1 : 1))
    .slice(0, mostTerms);
  const weights = Float64Array.from(kept, ([, { texts: inTexts }]) => Math.log((texts.length + 1) / inTexts));
  const columnOf = new Int32Array(known.size).fill(-1);
  for (const [column, [, { number }]] of kept.entries()) columnOf[number] = column;
  return {
    terms: kept.map(([term]) => term),
    weights,
    rows: found.map((counts) => weighted(counts, columnOf, weights)),
  };
}

/** Of a term that stands so often in one text: the tenth time says less than the first. */
export function termFrequencyWeight(count: number): number {
  return 1 + Math.log(count);
}

/** How often each term stands in the text. */
export function termCounts(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const term of termsOf(text)) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}

interface Counts {
  readonly numbers: Uint32Array;
  readonly counts: Uint32Array;
}

interface KnownTerm {
  readonly number: number;
  texts: number;
}

function count(texts: readonly string[]): { known: Map<string, KnownTerm>; found: Counts[] } {
  const known = new Map<string, KnownTerm>();
  const found = texts.map((text) => {
    const inText = termCounts(text);
    const numbers = new Uint32Array(inText.size);
    let at = 0;
    for (const term of inText.keys()) {
      let entry = known.get(term);
      if (entry === undefined) {
        entry = { number: known.size, texts: 0 };
        known.set(term, entry);
      }
      entry.texts += 1;
      numbers[at++] = entry.number;
    }
    return { numbers, counts: Uint32Array.from(inText.values()) };
  });
  return { known, found };
}

function weighted({ numbers, counts }: Counts, columnOf: Int32Array, weights: Float64Array): SparseRow {
  const size = numbers.reduce((sum, number) => sum + Number((columnOf[number] ?? -1) >= 0), 0);
  const columns = new Uint32Array(size);
  const values = new Float32Array(size);
  let at = 0;
  for (const [n, number] of numbers.entries()) {
    const column = columnOf[number] ?? -1;
    if (column < 0) continue;
    columns[at] = column;
    values[at++] = termFrequencyWeight(counts[n] ?? 0) * (weights[column] ?? 0);
  }
  return { columns, values };
}
