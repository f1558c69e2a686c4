import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { ctxError } from '../../../core/errors/index.ts';

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

/**
 * The parts of a model, by name. Each begins with the CRC-32 of the rest; a shard goes on with the model's fingerprint and its own
 * number, so that none is taken for another's.
 */
export function encodeParts(
  terms: Iterable<readonly [term: string, vector: Float32Array]>,
  { dimensions, rank, shards }: Omit<Head, 'fingerprint'>,
): Map<string, Uint8Array> {
  const divided = Array.from({ length: shards }, (): [string, Float32Array][] => []);
  for (const [term, vector] of terms) divided[shardOf(term, shards)]?.push([term, vector]);
  const bodies = divided.map((shard) => encodeTerms(shard, rank));
  const hash = createHash('sha256').update(`${dimensions} ${rank} ${shards}`);
  for (const body of bodies) hash.update(body);
  const fingerprint = hash.digest('hex').slice(0, FINGERPRINT_LENGTH);
  const head: Head = { fingerprint, dimensions, rank, shards };
  return new Map([
    [HEAD, checked(Buffer.from(JSON.stringify(head)))],
    ...bodies.map(
      (body, shard) =>
        [shardName(shard), checked(Buffer.concat([Buffer.from(stamp(fingerprint, shard)), body]))] as const,
    ),
  ]);
}

/** Fails with `search.model-corrupt`. */
export function decodeHead(part: Uint8Array | null): Head {
  const value = jsonOf(unchecked(HEAD, part).toString());
  if (isHead(value)) return value;
  throw corrupt(HEAD, 'its content is of another form');
}

/** The terms of one shard. Fails with `search.model-corrupt`. */
export function decodeShard(
  part: Uint8Array | null,
  { fingerprint, rank }: Head,
  shard: number,
): Map<string, TermVector> {
  const name = shardName(shard);
  const content = unchecked(name, part);
  const expected = Buffer.from(stamp(fingerprint, shard));
  if (!content.subarray(0, expected.length).equals(expected))
    throw corrupt(name, 'it belongs to another model');
  return decodeTerms(content.subarray(expected.length), rank);
}

const FINGERPRINT_LENGTH = 16;
const CHECKSUM_BYTES = 4;

function stamp(fingerprint: string, shard: number): string {
  return `${fingerprint} ${shard}\n`;
}

function checked(content: Buffer): Uint8Array {
  const checksum = Buffer.alloc(CHECKSUM_BYTES);
  checksum.writeUInt32LE(crc32(content));
  return Buffer.concat([checksum, content]);
}

function unchecked(name: string, part: Uint8Array | null): Buffer {
  if (part === null) throw corrupt(name, 'it is missing');
  const bytes = Buffer.from(part.buffer, part.byteOffset, part.byteLength);
  const content = bytes.subarray(CHECKSUM_BYTES);
  if (bytes.length < CHECKSUM_BYTES || bytes.readUInt32LE() !== crc32(content))
    throw corrupt(name, 'its checksum does not match');
  return content;
}

function corrupt(part: string, problem: string) {
  return ctxError('search.model-corrupt', { part, problem });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isHead(value: unknown): value is Head {
  if (typeof value !== 'object' || value === null) return false;
  const { fingerprint, dimensions, rank, shards } = value as { readonly [name in keyof Head]?: unknown };
  return typeof fingerprint === 'string' && [dimensions, rank, shards].every(Number.isSafeInteger);
}

/** The number of terms, the scale and the vector of each, and the terms as lines. */
function encodeTerms(terms: readonly (readonly [string, Float32Array])[], rank: number): Buffer {
  const numbers = Buffer.alloc(4 + terms.length * (4 + rank));
  let at = numbers.writeUInt32LE(terms.length);
  for (const [, vector] of terms) {
    // As what is read: a double would round otherwise than the float that is kept.
    const scale = Math.fround(vector.reduce((most, x) => Math.max(most, Math.abs(x)), 0) / 127);
    at = numbers.writeFloatLE(scale, at);
    for (const x of vector)
      at = numbers.writeInt8(scale === 0 ? 0 : Math.max(-127, Math.min(127, Math.round(x / scale))), at);
  }
  return Buffer.concat([numbers, Buffer.from(terms.map(([term]) => term).join('\n'))]);
}

function decodeTerms(body: Buffer, rank: number): Map<string, TermVector> {
  const size = body.readUInt32LE();
  const lines = body.subarray(4 + size * (4 + rank)).toString();
  const names = lines === '' ? [] : lines.split('\n');
  return new Map(
    names.map((term, n) => {
      const at = 4 + n * (4 + rank);
      const vector = new Int8Array(body.buffer, body.byteOffset + at + 4, rank);
      return [term, { scale: body.readFloatLE(at), vector }];
    }),
  );
}
