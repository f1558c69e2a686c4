import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { CHECKSUM_BYTES, FINGERPRINT_LENGTH, HEAD, type Head, shardName, shardOf, stamp } from './parts.ts';

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

function checked(content: Buffer): Uint8Array {
  const checksum = Buffer.alloc(CHECKSUM_BYTES);
  checksum.writeUInt32LE(crc32(content));
  return Buffer.concat([checksum, content]);
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
