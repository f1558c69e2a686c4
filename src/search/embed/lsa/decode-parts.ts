import { crc32 } from 'node:zlib';
import { ctxError } from '../../../core/errors/index.ts';
import { CHECKSUM_BYTES, HEAD, type Head, shardName, stamp, type TermVector } from './parts.ts';

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
