import { createHash } from 'node:crypto';
import { byBytes } from '../paths.ts';

/** An entry of the index. `stat` is what git remembers of the file, to see by a glance that it hasn't changed. */
export interface IndexEntry {
  readonly path: string;
  readonly mode: number;
  readonly oid: string;
  readonly stage: number;
  readonly stat: FileTimes;
  /** Bits that git keeps for itself: assume-valid, and the extended ones of version 3. */
  readonly assumeValid: boolean;
  readonly extended: number;
}

/** As git stores them: 32 bits each, so that greater numbers are cut. */
export interface FileTimes {
  readonly ctime: number;
  readonly ctimeNs: number;
  readonly mtime: number;
  readonly mtimeNs: number;
  readonly dev: number;
  readonly ino: number;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
}

const HEADER = 12;
const OID = 20;
const FIXED = 62;
const EXTENDED = 0x4000;

/** An index that this reader would misread; its message names what it uses. */
export class UnsupportedIndex extends Error {}

/**
 * Reads an index of version 2 or 3 of a SHA-1 repository. Optional extensions are caches and are dropped.
 * Format: https://git-scm.com/docs/index-format
 */
export function parseIndex(bytes: Buffer): IndexEntry[] {
  if (bytes.toString('latin1', 0, 4) !== 'DIRC') throw new UnsupportedIndex('an index that is damaged');
  const version = bytes.readUInt32BE(4);
  if (version !== 2 && version !== 3) throw new UnsupportedIndex(`an index of version ${version}`);
  const entries: IndexEntry[] = [];
  let at = HEADER;
  for (let left = bytes.readUInt32BE(8); left > 0; left--) {
    const flags = bytes.readUInt16BE(at + 60);
    const start = at + FIXED + (flags & EXTENDED ? 2 : 0);
    const end = bytes.indexOf(0, start);
    entries.push({
      path: bytes.toString('utf8', start, end),
      mode: bytes.readUInt32BE(at + 24),
      oid: bytes.toString('hex', at + 40, at + 40 + OID),
      stage: (flags >> 12) & 3,
      stat: readTimes(bytes, at),
      assumeValid: (flags & 0x8000) !== 0,
      extended: flags & EXTENDED ? bytes.readUInt16BE(at + FIXED) : 0,
    });
    at += padded(end - at);
  }
  while (at < bytes.length - OID) {
    const name = bytes.toString('latin1', at, at + 4);
    if (!/^[A-Z]/.test(name)) throw new UnsupportedIndex(`an index with the extension "${name}"`);
    at += 8 + bytes.readUInt32BE(at + 4);
  }
  return entries;
}

/** An entry ends in one to eight NULs, so that the next one begins at a multiple of eight. */
const padded = (length: number): number => (length + 8) & ~7;

function readTimes(bytes: Buffer, at: number): FileTimes {
  return {
    ctime: bytes.readUInt32BE(at),
    ctimeNs: bytes.readUInt32BE(at + 4),
    mtime: bytes.readUInt32BE(at + 8),
    mtimeNs: bytes.readUInt32BE(at + 12),
    dev: bytes.readUInt32BE(at + 16),
    ino: bytes.readUInt32BE(at + 20),
    uid: bytes.readUInt32BE(at + 28),
    gid: bytes.readUInt32BE(at + 32),
    size: bytes.readUInt32BE(at + 36),
  };
}

export function formatIndex(entries: readonly IndexEntry[]): Buffer {
  const sorted = entries.toSorted((a, b) => byBytes(a.path, b.path) || a.stage - b.stage);
  const header = Buffer.from('DIRC\0\0\0\0\0\0\0\0', 'latin1');
  header.writeUInt32BE(sorted.some(({ extended }) => extended !== 0) ? 3 : 2, 4);
  header.writeUInt32BE(sorted.length, 8);
  const body = Buffer.concat([header, ...sorted.map(formatEntry)]);
  return Buffer.concat([body, createHash('sha1').update(body).digest()]);
}

function formatEntry({ path, mode, oid, stage, stat, assumeValid, extended }: IndexEntry): Buffer {
  const name = Buffer.from(path);
  const fixed = FIXED + (extended ? 2 : 0);
  const bytes = Buffer.alloc(padded(fixed + name.length));
  const { ctime, ctimeNs, mtime, mtimeNs, dev, ino, uid, gid, size } = stat;
  for (const [i, value] of [ctime, ctimeNs, mtime, mtimeNs, dev, ino, mode, uid, gid, size].entries()) {
    bytes.writeUInt32BE(value, i * 4);
  }
  bytes.write(oid, 40, 'hex');
  const flags = (assumeValid ? 0x8000 : 0) | (extended ? EXTENDED : 0) | (stage << 12);
  bytes.writeUInt16BE(flags | Math.min(name.length, 0xfff), 60);
  if (extended) bytes.writeUInt16BE(extended, FIXED);
  name.copy(bytes, fixed);
  return bytes;
}
