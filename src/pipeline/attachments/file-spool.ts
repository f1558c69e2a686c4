import { createHash } from 'node:crypto';
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HEAD_BYTES } from './kind.ts';

/** A file that was fetched and is not yet kept. */
export interface FetchedFile {
  /** Where it lies for now. */
  readonly location: string;
  readonly sha256: string;
  readonly size: number;
  readonly head: Uint8Array;
}

/** Holds the files of a run until its commit. Whatever a killed run left is removed. */
export class FileSpool implements AsyncDisposable {
  readonly #folder: string;
  readonly #kept = new Map<string, string>();
  #count = 0;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async open(gitDir: string): Promise<FileSpool> {
    const folder = join(gitDir, 'ctx', 'run', 'files');
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    return new FileSpool(folder);
  }

  /** Writes the bytes as they come. What was written of bytes that break off is removed. */
  async fetch(bytes: AsyncIterable<Uint8Array>): Promise<FetchedFile> {
    const location = join(this.#folder, `incoming-${this.#count++}`);
    const hash = createHash('sha256');
    const head = new Uint8Array(HEAD_BYTES);
    let size = 0;
    const file = await open(location, 'wx');
    try {
      for await (const chunk of bytes) {
        if (size < head.length) head.set(chunk.subarray(0, head.length - size), size);
        hash.update(chunk);
        size += chunk.length;
        await file.writeFile(chunk);
      }
    } catch (error) {
      await rm(location, { force: true });
      throw error;
    } finally {
      await file.close();
    }
    return { location, sha256: hash.digest('hex'), size, head: head.subarray(0, size) };
  }

  /** The same file with another content. */
  async rewrite({ location }: FetchedFile, content: Uint8Array): Promise<FetchedFile> {
    await writeFile(location, content);
    const sha256 = createHash('sha256').update(content).digest('hex');
    return { location, sha256, size: content.length, head: content.subarray(0, HEAD_BYTES) };
  }

  /** Keeps it for the commit as the file at `path` of the repository. */
  async keep({ location, sha256 }: FetchedFile, path: string): Promise<void> {
    const place = join(this.#folder, sha256);
    await rename(location, place);
    this.#kept.set(path, place);
  }

  async discard({ location }: FetchedFile): Promise<void> {
    await rm(location, { force: true });
  }

  /** Repository path → where its content lies. */
  get kept(): ReadonlyMap<string, string> {
    return this.#kept;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }
}
