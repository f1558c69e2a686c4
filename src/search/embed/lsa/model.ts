import type { Embedding } from '../embedder.ts';
import { decodeHead, decodeShard } from './decode-parts.ts';
import { HEAD, partNames, shardName, shardOf, type TermVector } from './parts.ts';
import { termCounts, termFrequencyWeight } from './term-matrix.ts';

export const LSA_DIMENSIONS = 128;

/** What makes vectors of the texts of one source; those of different models are never compared. */
export interface LsaModel {
  readonly fingerprint: string;
  /** Of the embeddings, however small the corpus was. */
  readonly dimensions: number;
  /** What it consists of: what is to be removed when another one takes its place. */
  readonly partNames: readonly string[];
  /** Of a document as of a query. Of length 1; all zeros if the model knows none of its terms. */
  embed(text: string): Promise<Embedding>;
}

/**
 * The model whose parts `read` finds. Only those are read that a text's terms need, each once. Fails, when it is opened or used, with
 * `search.model-corrupt`.
 */
export async function openLsa(read: (part: string) => Promise<Uint8Array | null>): Promise<LsaModel> {
  const head = decodeHead(await read(HEAD));
  const { fingerprint, dimensions, rank, shards } = head;
  const vectors = new Map<string, TermVector>();
  const shardsRead = new Set<number>();

  async function readShardOf(term: string): Promise<void> {
    const shard = shardOf(term, shards);
    if (shardsRead.has(shard)) return;
    const terms = decodeShard(await read(shardName(shard)), head, shard);
    for (const [other, vector] of terms) vectors.set(other, vector);
    shardsRead.add(shard);
  }

  async function embed(text: string): Promise<Embedding> {
    const counts = termCounts(text);
    if (shardsRead.size < shards) for (const term of counts.keys()) await readShardOf(term);
    return normalised(weighedSum(counts, vectors, rank), dimensions);
  }

  return { fingerprint, dimensions, partNames: partNames(head), embed };
}

function weighedSum(
  counts: ReadonlyMap<string, number>,
  vectors: ReadonlyMap<string, TermVector>,
  rank: number,
): Float64Array {
  const sums = new Float64Array(rank);
  for (const [term, count] of counts) {
    const found = vectors.get(term);
    if (found !== undefined) add(sums, found, termFrequencyWeight(count));
  }
  return sums;
}

function add(sums: Float64Array, { scale, vector }: TermVector, weight: number): void {
  const factor = scale * weight;
  for (let i = 0; i < sums.length; i += 1) sums[i] = (sums[i] as number) + factor * (vector[i] as number);
}

/** With zeros up to so many dimensions; all zeros stay. */
function normalised(sums: Float64Array, dimensions: number): Embedding {
  const embedding = new Float32Array(dimensions);
  let squares = 0;
  for (const x of sums) squares += x * x;
  const length = Math.sqrt(squares);
  if (length > 0) for (let i = 0; i < sums.length; i += 1) embedding[i] = (sums[i] as number) / length;
  return embedding;
}
