import type {
  ChunkId,
  DocumentWithChunks,
  IndexedChunk,
  IndexedDocument,
  Scored,
  Store,
} from '../../src/search/store/store.ts';

type Chunked = Partial<IndexedChunk> & { readonly text: string };

/** A document of chunks, given as texts or as what they have beside a text. */
export function documentOf(
  path: string,
  chunks: readonly (string | Chunked)[],
  facts: Partial<IndexedDocument> = {},
): DocumentWithChunks {
  return {
    document: {
      path,
      collection: 'context',
      blob: `blob of ${path}`,
      source: 'wiki',
      type: 'page',
      title: 'Untitled',
      ancestors: [],
      keys: [],
      ...facts,
    },
    chunks: chunks.map((chunk, n) => ({
      headings: [],
      lines: [n * 10 + 1, n * 10 + 9] as const,
      mentions: [],
      ...(typeof chunk === 'string' ? { text: chunk } : chunk),
    })),
  };
}

export async function put(store: Store, ...documents: readonly DocumentWithChunks[]): Promise<void> {
  await store.write((writer) => writer.upsert(documents));
}

/** What was found as `path#position`, in its order. */
export async function names(store: Store, found: readonly { readonly chunk: ChunkId }[]): Promise<string[]> {
  const chunks = await store.get(found.map(({ chunk }) => chunk));
  return chunks.map(({ document, position }) => `${document.path}#${position}`);
}

/** The same with scores that can be compared between stores. */
export async function scores(store: Store, found: readonly Scored[]): Promise<[string, number][]> {
  const named = await names(store, found);
  return found.map(({ score }, n) => [named[n] ?? 'gone', Number(score.toFixed(6))]);
}

export async function listed<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

/** Numbers from 0 to 1 that a seed decides (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A vector of length 1. */
export function unit(values: Iterable<number>): Float32Array {
  const vector = Float32Array.from(values);
  const length = Math.hypot(...vector);
  return length === 0 ? vector : vector.map((value) => value / length);
}

export function randomUnit(random: () => number, dimensions: number): Float32Array {
  return unit(Array.from({ length: dimensions }, () => random() - 0.5));
}

export function cosine(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, n) => sum + value * (b[n] ?? 0), 0) / (Math.hypot(...a) * Math.hypot(...b));
}
