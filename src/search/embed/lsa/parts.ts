import { crc32 } from 'node:zlib';

/** A term's place in the space of the model: its weight is in it. */
export interface TermVector {
  readonly scale: number;
  /** Each times `scale`. */
  readonly vector: Int8Array;
}

/** What a model is, but for its terms. */
export interface Head {
  /** Of all of its terms and vectors. */
  readonly fingerprint: string;
  /** Of embeddings. */
  readonly dimensions: number;
  /** How many of them, the first, are not always 0. */
  readonly rank: number;
  /** Into how many parts the terms are divided by their hashes: a power of two. */
  readonly shards: number;
}

export const HEAD = 'head';

export function shardName(shard: number): string {
  return `terms-${shard}`;
}

export function partNames({ shards }: Head): string[] {
  return [HEAD, ...Array.from({ length: shards }, (_, shard) => shardName(shard))];
}

/** A query reads one part for each of its words: they are to be small, and not too many. */
const TERMS_OF_SHARD = 200;

export function shardsFor(terms: number): number {
  return 2 ** Math.max(0, Math.ceil(Math.log2(terms / TERMS_OF_SHARD)));
}

export function shardOf(term: string, shards: number): number {
  return crc32(term) & (shards - 1);
}

export const FINGERPRINT_LENGTH = 16;
/** Before each part: the CRC-32 of the rest. */
export const CHECKSUM_BYTES = 4;

/** What a shard begins with, so that none is taken for another's. */
export function stamp(fingerprint: string, shard: number): string {
  return `${fingerprint} ${shard}\n`;
}
