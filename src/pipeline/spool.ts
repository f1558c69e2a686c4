import { closeSync, fsyncSync, openSync, readSync, rmSync, statSync, truncateSync, writeSync } from 'node:fs';
import { PRIVATE_FILE } from './run-folder.ts';

/** Where a text lies in the spool: bytes. */
export interface SpoolRange {
  readonly offset: number;
  readonly length: number;
}

/** How many bytes of texts are written together: a call for each text would take 20 µs. */
const WRITTEN_AT_ONCE = 256 * 1024;

/**
 * Holds rendered and guarded texts on disk between reading and layout, so that a run of any size needs the memory of
 * one document. Synchronous: for texts of a few KB that go to the page cache, promises take several times as long, and
 * a buffer for each text that is read takes memory which only the next collection gives back.
 */
export class Spool implements Disposable {
  /** Whether it stays for another run when this one is done with it. */
  isKept = false;
  readonly #file: number;
  readonly #path: string;
  /** Where the next text begins. */
  #end: number;
  /** The last texts, which are not in the file yet. */
  readonly #last = Buffer.allocUnsafeSlow(WRITTEN_AT_ONCE);
  #held = 0;
  #scratch: Buffer = Buffer.allocUnsafeSlow(64 * 1024);

  private constructor(path: string, file: number, end: number) {
    this.#path = path;
    this.#file = file;
    this.#end = end;
  }

  /** An empty one, in place of what an earlier run has left there. */
  static create(path: string): Spool {
    rmSync(path, { force: true });
    return new Spool(path, openSync(path, 'wx+', PRIVATE_FILE), 0);
  }

  /** The first `length` bytes of an earlier run's, to go on with; undefined if it has not got so many. */
  static reopen(path: string, length: number): Spool | undefined {
    const size = statSync(path, { throwIfNoEntry: false })?.size ?? -1;
    if (size < length) return undefined;
    truncateSync(path, length);
    return new Spool(path, openSync(path, 'r+'), length);
  }

  put(content: string | Uint8Array): SpoolRange {
    const range = { offset: this.#end, length: Buffer.byteLength(content) };
    if (this.#held + range.length > WRITTEN_AT_ONCE) this.#write();
    if (range.length > WRITTEN_AT_ONCE)
      this.#writeAt(range.offset, typeof content === 'string' ? Buffer.from(content) : content);
    else {
      if (typeof content === 'string') this.#last.write(content, this.#held);
      else this.#last.set(content, this.#held);
      this.#held += range.length;
    }
    this.#end += range.length;
    return range;
  }

  get(range: SpoolRange): string {
    if (this.#scratch.length < range.length) this.#scratch = Buffer.allocUnsafeSlow(2 * range.length);
    return this.#read(this.#scratch, range).toString('utf8', 0, range.length);
  }

  bytes(range: SpoolRange): Buffer {
    return this.#read(Buffer.allocUnsafeSlow(range.length), range);
  }

  /** Makes what was put durable. */
  sync(): void {
    this.#write();
    fsyncSync(this.#file);
  }

  #write(): void {
    this.#writeAt(this.#end - this.#held, this.#last.subarray(0, this.#held));
    this.#held = 0;
  }

  #writeAt(offset: number, bytes: Uint8Array): void {
    for (let written = 0; written < bytes.length; )
      written += writeSync(this.#file, bytes, written, bytes.length - written, offset + written);
  }

  #read(into: Buffer, { offset, length }: SpoolRange): Buffer {
    if (offset + length > this.#end - this.#held) this.#write();
    for (let read = 0; read < length; ) {
      const bytes = readSync(this.#file, into, read, length - read, offset + read);
      if (bytes === 0) throw new Error(`the spool ends before byte ${offset + length}`);
      read += bytes;
    }
    return into;
  }

  [Symbol.dispose](): void {
    closeSync(this.#file);
    if (!this.isKept) rmSync(this.#path, { force: true });
  }
}
