import type { Embedding } from '../../embed/embedder.ts';
import type { Connection } from './connection.ts';
import { type Quantised, quantise } from './quantise.ts';
import { float32, int32 } from './vector-blocks.ts';

interface Loaded {
  readonly revision: number;
  readonly source: string;
  readonly dimensions: number;
  readonly count: number;
  readonly chunks: Int32Array;
  readonly documents: Int32Array;
  readonly inverses: Float32Array;
  readonly numbers: Int8Array;
}

export interface Near {
  readonly chunk: number;
  readonly score: number;
  readonly source: string;
}

/** All vectors of an index in memory, as the file has them: what changed since the last time is read again, block by block. */
export class VectorScan {
  readonly #connection: Connection;
  #blocks = new Map<number, Loaded>();
  #seen = '';

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** The nearest, and all that are as near as the last of them, in no order. `documents` says which count: all by default. */
  nearest(query: Embedding, limit: number, documents?: ReadonlySet<number>): Near[] {
    const asked = quantise(query);
    if (asked.inverse === 0 || limit <= 0) return [];
    this.#refresh();
    const scored = [...this.#blocks.values()]
      .filter(({ dimensions }) => dimensions === query.length)
      .map((block) => ({ block, scores: scoresOf(block, asked, documents) }));
    const least = nthGreatest(
      scored.map(({ scores }) => scores),
      limit,
    );
    return scored.flatMap(({ block: { source, chunks }, scores }) => {
      const found: Near[] = [];
      for (let n = 0; n < scores.length; n += 1) {
        const score = scores[n] ?? NOTHING;
        if (score >= least && score > NOTHING) found.push({ chunk: chunks[n] ?? 0, score, source });
      }
      return found;
    });
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
      this.#blocks.set(id, before?.revision === revision ? before : this.#load(id));
    }
    this.#seen = now?.now ?? '';
  }

  #load(id: number): Loaded {
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
    const chunks = new Int32Array(used);
    const documents = new Int32Array(used);
    let count = 0;
    // What is left moves to the front, so that a scan meets nothing else.
    for (let at = 0; at < used; at += 1) {
      const chunk = members[at * 2] ?? 0;
      if (chunk === 0) continue;
      chunks[count] = chunk;
      documents[count] = members[at * 2 + 1] ?? 0;
      inverses[count] = inverses[at] ?? 0;
      if (count < at) numbers.copyWithin(count * dimensions, at * dimensions, (at + 1) * dimensions);
      count += 1;
    }
    return { revision, source, dimensions, count, chunks, documents, inverses, numbers };
  }
}

/** Less than any cosine. */
const NOTHING = -2;

function scoresOf(
  block: Loaded,
  { numbers: asked, inverse }: Quantised,
  among?: ReadonlySet<number>,
): Float64Array {
  const { count, dimensions, numbers, inverses, documents } = block;
  const scores = new Float64Array(count);
  for (let n = 0, at = 0; n < count; n += 1, at += dimensions) {
    const length = inverses[n] ?? 0;
    if (length === 0 || (among && !among.has(documents[n] ?? 0))) {
      scores[n] = NOTHING;
      continue;
    }
    let sum = 0;
    for (let i = 0; i < dimensions; i += 1) sum += (numbers[at + i] ?? 0) * (asked[i] ?? 0);
    scores[n] = Math.max(-1, Math.min(1, sum * inverse * length));
  }
  return scores;
}

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
