import { type FileHandle, open, rm } from 'node:fs/promises';
import { PRIVATE_FILE, placeOfRun } from './run-folder.ts';

/** Where a text lies in the spool: bytes. */
export interface SpoolRange {
  readonly offset: number;
  readonly length: number;
}

/**
 * Holds rendered and guarded texts on disk between reading and layout, so that a run of any size needs the memory of
 * one document. Texts of several sources may be put at the same time.
 */
export class Spool implements AsyncDisposable {
  readonly #file: FileHandle;
  readonly #path: string;
  #end = 0;

  private constructor(file: FileHandle, path: string) {
    this.#file = file;
    this.#path = path;
  }

  static async open(gitDir: string): Promise<Spool> {
    const path = await placeOfRun(gitDir, 'documents');
    return new Spool(await open(path, 'wx+', PRIVATE_FILE), path);
  }

  async put(content: string | Uint8Array): Promise<SpoolRange> {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    const range = { offset: this.#end, length: bytes.length };
    this.#end += bytes.length;
    await this.#file.write(bytes, 0, bytes.length, range.offset);
    return range;
  }

  async get(range: SpoolRange): Promise<string> {
    return (await this.bytes(range)).toString('utf8');
  }

  async bytes({ offset, length }: SpoolRange): Promise<Buffer> {
    const bytes = Buffer.alloc(length);
    await this.#file.read(bytes, 0, length, offset);
    return bytes;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#file.close();
    await rm(this.#path, { force: true });
  }
}
