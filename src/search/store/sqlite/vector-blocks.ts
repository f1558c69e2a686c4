import type { Embedding } from '../../embed/embedder.ts';
import type { Connection } from './connection.ts';
import { quantise } from './quantise.ts';

/** How many vectors are in a row of their own: what is written anew for one more, and read at once. */
export const BLOCK = 1_024;
/** A block of which less than this is left is taken apart, so that a scan reads little that is gone. */
const LEAST_ALIVE = 0.75;

interface Block {
  readonly id: number;
  readonly source: string;
  readonly dimensions: number;
  used: number;
  alive: number;
  /** Chunk and document of each; 0 and 0 of what is gone. */
  readonly members: Int32Array;
  /** Read only to be added to. */
  vectors?: { readonly inverses: Float32Array; readonly numbers: Int8Array };
}

/** The vectors of one write: blocks that it touches are held here until `flush`, full ones only by what is in them. */
export class VectorBlocks {
  readonly #connection: Connection;
  readonly #touched = new Map<number, Block>();
  /** By source and dimensions: where the next vector goes. */
  readonly #tails = new Map<string, Block>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Keeps the vector of a chunk that has none. */
  add(chunk: number, document: number, source: string, embedding: Embedding): void {
    const { numbers, inverse } = quantise(embedding);
    this.#append(chunk, document, source, numbers, inverse);
  }

  /** Removes the vectors of these chunks from their block. */
  remove(id: number, chunks: ReadonlySet<number>): void {
    const block = this.#touched.get(id) ?? this.#load(id);
    for (let at = 0; at < block.used; at += 1) {
      if (!chunks.has(block.members[at * 2] ?? 0)) continue;
      block.members.fill(0, at * 2, at * 2 + 2);
      block.alive -= 1;
    }
  }

  flush(): void {
    for (const block of [...this.#touched.values()])
      if (block.alive < block.used * LEAST_ALIVE) this.#takeApart(block);
    for (const block of this.#touched.values()) this.#save(block);
    this.#touched.clear();
    this.#tails.clear();
  }

  #append(chunk: number, document: number, source: string, numbers: Int8Array, inverse: number): void {
    const block = this.#tail(source, numbers.length);
    const { used, vectors } = block;
    if (vectors === undefined) throw new Error('a block that is added to has its vectors');
    vectors.inverses[used] = inverse;
    vectors.numbers.set(numbers, used * numbers.length);
    block.members[used * 2] = chunk;
    block.members[used * 2 + 1] = document;
    block.used += 1;
    block.alive += 1;
    this.#connection.run('UPDATE chunk SET block = ? WHERE id = ?', block.id, chunk);
    if (block.used < BLOCK) return;
    this.#save(block);
    delete block.vectors;
    this.#tails.delete(tailOf(block));
  }

  #tail(source: string, dimensions: number): Block {
    const name = tailOf({ source, dimensions });
    const known = this.#tails.get(name);
    if (known) return known;
    const row = this.#connection.get<{ id: number }>(
      'SELECT id FROM block WHERE source = ? AND dimensions = ? AND used < ? ORDER BY id DESC LIMIT 1',
      source,
      dimensions,
      BLOCK,
    );
    const block = row ? (this.#touched.get(row.id) ?? this.#load(row.id)) : this.#begin(source, dimensions);
    block.vectors ??= this.#vectors(block);
    this.#tails.set(name, block);
    return block;
  }

  #begin(source: string, dimensions: number): Block {
    const id = this.#connection.run(
      'INSERT INTO block (source, dimensions, revision, used, members) VALUES (?, ?, 0, 0, zeroblob(0))',
      source,
      dimensions,
    );
    const block = { id, source, dimensions, used: 0, alive: 0, members: new Int32Array(BLOCK * 2) };
    this.#touched.set(id, block);
    return block;
  }

  #load(id: number): Block {
    const row = this.#connection.get<{
      source: string;
      dimensions: number;
      used: number;
      members: Uint8Array;
    }>('SELECT source, dimensions, used, members FROM block WHERE id = ?', id);
    if (row === undefined) throw new Error(`block ${id} is gone`);
    const { source, dimensions, used } = row;
    const members = new Int32Array(BLOCK * 2);
    members.set(int32(row.members));
    let alive = 0;
    for (let at = 0; at < used; at += 1) alive += members[at * 2] ? 1 : 0;
    const block = { id, source, dimensions, used, alive, members };
    this.#touched.set(id, block);
    return block;
  }

  #vectors({ id, dimensions }: Block): { inverses: Float32Array; numbers: Int8Array } {
    const inverses = new Float32Array(BLOCK);
    const numbers = new Int8Array(BLOCK * dimensions);
    const row = this.#connection.get<{ inverses: Uint8Array; numbers: Uint8Array }>(
      'SELECT inverses, numbers FROM vectors WHERE block = ?',
      id,
    );
    if (row) {
      inverses.set(float32(row.inverses));
      numbers.set(row.numbers);
    }
    return { inverses, numbers };
  }

  /** What is left of it goes where new vectors go. */
  #takeApart(block: Block): void {
    const { id, source, dimensions, used, members } = block;
    const { inverses, numbers } = block.vectors ?? this.#vectors(block);
    this.#touched.delete(id);
    if (this.#tails.get(tailOf(block)) === block) this.#tails.delete(tailOf(block));
    this.#connection.run('DELETE FROM block WHERE id = ?', id);
    this.#connection.run('DELETE FROM vectors WHERE block = ?', id);
    for (let at = 0; at < used; at += 1) {
      const [chunk = 0, document = 0] = members.subarray(at * 2, at * 2 + 2);
      if (chunk === 0) continue;
      const own = numbers.subarray(at * dimensions, (at + 1) * dimensions);
      this.#append(chunk, document, source, own, inverses[at] ?? 0);
    }
  }

  #save({ id, dimensions, used, members, vectors }: Block): void {
    this.#connection.run(
      'UPDATE block SET revision = revision + 1, used = ?, members = ? WHERE id = ?',
      used,
      bytes(members.subarray(0, used * 2)),
      id,
    );
    if (vectors === undefined) return;
    this.#connection.run(
      'INSERT OR REPLACE INTO vectors (block, inverses, numbers) VALUES (?, ?, ?)',
      id,
      bytes(vectors.inverses.subarray(0, used)),
      bytes(vectors.numbers.subarray(0, used * dimensions)),
    );
  }
}

function tailOf({ source, dimensions }: Pick<Block, 'source' | 'dimensions'>): string {
  return `${dimensions} ${source}`;
}

function bytes({ buffer, byteOffset, byteLength }: Int8Array | Int32Array | Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** Bytes as they come from a row, which need not begin where such numbers may. */
export function int32(row: Uint8Array): Int32Array {
  return new Int32Array(row.slice().buffer);
}

export function float32(row: Uint8Array): Float32Array {
  return new Float32Array(row.slice().buffer);
}
