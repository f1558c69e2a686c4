import type { Embedding } from '../../embed/embedder.ts';
import type { Scored } from '../store.ts';
import type { Connection } from './connection.ts';
import { Products } from './products.ts';
import { type Quantised, quantise } from './quantise.ts';
import { BLOCK, float32, int32 } from './vector-blocks.ts';

interface Loaded {
  readonly revision: number;
  readonly source: string;
  readonly dimensions: number;
  readonly count: number;
  readonly chunks: Int32Array;
  readonly documents: Int32Array;
  readonly inverses: Float32Array;
  /** Where its rows begin in memory. */
  readonly at: number;
}

/** Which vectors count: all, unless it says otherwise. */
export interface Among {
  readonly sources?: readonly string[] | undefined;
  readonly documents?: ReadonlySet<number> | undefined;
}

/** All vectors of an index in memory, as the file has them: what changed since the last time is read again, block by block. */
export class VectorScan {
  readonly #connection: Connection;
  readonly #products = new Products();
  #blocks = new Map<number, Loaded>();
  #seen = '';

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** The nearest, and all that are as near as the last of them, in no order. */
  nearest(query: Embedding, limit: number, { sources, documents }: Among = {}): Scored[] {
    const asked = quantise(query);
    if (asked.inverse === 0 || limit <= 0) return [];
    this.#refresh();
    const scored = [...this.#blocks.values()]
      .filter(({ dimensions, source }) => dimensions === query.length && (sources?.includes(source) ?? true))
      .map((block) => ({ block, scores: this.#scores(block, asked, documents) }));
    const least = nthGreatest(
      scored.map(({ scores }) => scores),
      limit,
    );
    return scored.flatMap(({ block: { chunks }, scores }) => {
      const found: Scored[] = [];
      for (let n = 0; n < scores.length; n += 1) {
        const score = scores[n] ?? NOTHING;
        if (score >= least && score > NOTHING) found.push({ chunk: chunks[n] ?? 0, score });
      }
      return found;
    });
  }

  #scores(block: Loaded, { numbers, inverse }: Quantised, among?: ReadonlySet<number>): Float64Array {
    const { count, inverses, documents, at } = block;
    const sums = this.#products.sums(numbers, at, count);
    const scores = new Float64Array(count);
    for (let n = 0; n < count; n += 1) {
      const length = inverses[n] ?? 0;
      const counts = length > 0 && (among === undefined || among.has(documents[n] ?? 0));
      scores[n] = counts ? Math.max(-1, Math.min(1, (sums[n] ?? 0) * inverse * length)) : NOTHING;
    }
    return scores;
  }

  #refresh(): void {
    const now = this.#connection.get<{ now: string }>(
      "SELECT data_version || ' ' || total_changes() AS now FROM pragma_data_version",
    );
    if (now?.now === this.#seen) return;
    const known = this.#blocks;
    this.#blocks = new Map();
    for (const { id, revision } of this.#connection.all<{ id: number; revision: number }>(
      'SELECT id, revision FROM block ORDER BY id',
    )) {
      const before = known.get(id);
      known.delete(id);
      if (before?.revision === revision) this.#blocks.set(id, before);
      else this.#blocks.set(id, this.#load(id, before?.at));
    }
    for (const { at, dimensions } of known.values()) this.#products.giveBack(at, BLOCK, dimensions);
    this.#seen = now?.now ?? '';
  }

  #load(id: number, place?: number): Loaded {
    const row = this.#connection.get<{
      source: string;
      dimensions: number;
      revision: number;
      used: number;
      members: Uint8Array;
      inverses: Uint8Array;
      numbers: Uint8Array;
    }>(
      `SELECT source, dimensions, revision, used, members, inverses, numbers
       FROM block JOIN vectors ON vectors.block = block.id WHERE id = ?`,
      id,
    );
    if (row === undefined) throw new Error(`block ${id} has no vectors`);
    const { source, dimensions, revision, used } = row;
    const members = int32(row.members);
    const inverses = float32(row.inverses);
    const numbers = new Int8Array(row.numbers.buffer, row.numbers.byteOffset, row.numbers.byteLength);
    const at = place ?? this.#products.take(BLOCK, dimensions);
    const chunks = new Int32Array(used);
    const documents = new Int32Array(used);
    let count = 0;
    // What is left moves to the front, so that a scan meets nothing else.
    for (let row = 0; row < used; row += 1) {
      const chunk = members[row * 2] ?? 0;
      if (chunk === 0) continue;
      chunks[count] = chunk;
      documents[count] = members[row * 2 + 1] ?? 0;
      inverses[count] = inverses[row] ?? 0;
      if (count < row) numbers.copyWithin(count * dimensions, row * dimensions, (row + 1) * dimensions);
      count += 1;
    }
    if (Products.dense(dimensions))
      this.#products.put(at, 0, dimensions, numbers.subarray(0, count * dimensions));
    else
      for (let row = 0; row < count; row += 1)
        this.#products.put(at, row, dimensions, numbers.subarray(row * dimensions, (row + 1) * dimensions));
    return { revision, source, dimensions, count, chunks, documents, inverses, at };
  }
}

/** Less than any cosine. */
const NOTHING = -2;

/** The nth of all numbers, from the greatest on; of fewer the least. */
function nthGreatest(lists: readonly Float64Array[], n: number): number {
  // A heap with the least of the greatest n on top.
  const heap = new Float64Array(n);
  let size = 0;
  for (const list of lists)
    for (let at = 0; at < list.length; at += 1) {
      const value = list[at] ?? NOTHING;
      if (size < n) {
        let child = size;
        size += 1;
        for (
          let parent = (child - 1) >> 1;
          child > 0 && (heap[parent] ?? 0) > value;
          parent = (child - 1) >> 1
        ) {
          heap[child] = heap[parent] ?? 0;
          child = parent;
        }
        heap[child] = value;
      } else if (value > (heap[0] ?? 0)) {
        let parent = 0;
        for (let child = 1; child < size; child = parent * 2 + 1) {
          if (child + 1 < size && (heap[child + 1] ?? 0) < (heap[child] ?? 0)) child += 1;
          if ((heap[child] ?? 0) >= value) break;
          heap[parent] = heap[child] ?? 0;
          parent = child;
        }
        heap[parent] = value;
      }
    }
  return size === 0 ? NOTHING : (heap[0] ?? NOTHING);
}
