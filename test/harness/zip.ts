import { crc32, deflateRawSync } from 'node:zlib';

/** A file to put into a ZIP. */
export interface Packed {
  readonly name: string;
  readonly content: string | Uint8Array;
  /** What the ZIP says of its length instead of the truth. */
  readonly claimedSize?: number;
}

export interface ZipOptions {
  /** With the records of large archives (https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.14). */
  readonly zip64?: boolean;
}

/** A ZIP with these files, which may share a name, lie about their length, or lead elsewhere. */
export function zipOf(files: Iterable<Packed>, { zip64 = false }: ZipOptions = {}): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, claimedSize } of files) {
    const bytes = Buffer.from(content);
    const data = deflateRawSync(bytes);
    const label = Buffer.from(name);
    const common = numbers(
      ...[2, 20, 2, 0x800, 2, 8, 4, 0x5a2f0000, 4, crc32(bytes), 4, data.length],
      ...[4, claimedSize ?? bytes.length, 2, label.length],
    );
    const local = Buffer.concat([numbers(4, 0x04034b50), common, numbers(2, 0), label, data]);
    const extra = zip64 ? numbers(2, 1, 2, 8, 8, offset) : Buffer.alloc(0);
    const place = numbers(2, extra.length, 2, 0, 2, 0, 2, 0, 4, 0, 4, zip64 ? 0xffffffff : offset);
    directory.push(Buffer.concat([numbers(4, 0x02014b50, 2, 20), common, place, label, extra]));
    bodies.push(local);
    offset += local.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const count = directory.length;
  const large = zip64
    ? [
        numbers(4, 0x06064b50, 8, 44, 2, 45, 2, 45, 4, 0, 4, 0, 8, count, 8, count, 8, size, 8, offset),
        numbers(4, 0x07064b50, 4, 0, 8, offset + size, 4, 1),
      ]
    : [];
  const full = zip64 ? [0xffff, 0xffff, 0xffffffff, 0xffffffff] : [count, count, size, offset];
  const [onDisk = 0, all = 0, length = 0, start = 0] = full;
  const end = numbers(4, 0x06054b50, 2, 0, 2, 0, 2, onDisk, 2, all, 4, length, 4, start, 2, 0);
  return Buffer.concat([...bodies, ...directory, ...large, end]);
}

/** Pairs of a width in bytes and a number, little-endian. */
function numbers(...pairs: readonly number[]): Buffer {
  return Buffer.concat(
    Array.from({ length: pairs.length / 2 }, (_, index) => {
      const [width = 0, value = 0] = pairs.slice(index * 2);
      const bytes = Buffer.alloc(8);
      bytes.writeBigUInt64LE(BigInt(value));
      return bytes.subarray(0, width);
    }),
  );
}
