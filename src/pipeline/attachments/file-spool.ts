import { createHash } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PRIVATE_FILE, placeOfRun } from '../run-folder.ts';

/** A file that may be written and is not yet kept. */
export interface SpooledFile {
  /** Where it lies for now. */
  readonly location: string;
  readonly sha256: string;
}

/** Holds the files of a run until its commit: none that is yet to be searched for secrets. */
export class FileSpool implements AsyncDisposable {
  readonly #folder: string;
  readonly #kept = new Map<string, string>();
  #count = 0;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async open(gitDir: string): Promise<FileSpool> {
    const folder = await placeOfRun(gitDir, 'files');
    await mkdir(folder, { mode: 0o700 });
    return new FileSpool(folder);
  }

  /** Writes the bytes as they come. What was written of bytes that break off is removed. */
  async write(bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<SpooledFile> {
    const location = join(this.#folder, `incoming-${this.#count++}`);
    const hash = createHash('sha256');
    const file = await open(location, 'wx', PRIVATE_FILE);
    try {
      for await (const chunk of bytes) {
        hash.update(chunk);
        await file.writeFile(chunk);
      }
    } catch (error) {
      await rm(location, { force: true });
      throw error;
    } finally {
      await file.close();
    }
    return { location, sha256: hash.digest('hex') };
  }

  /** Keeps it for the commit as the file at `path` of the repository. */
  async keep({ location, sha256 }: SpooledFile, path: string): Promise<void> {
    const place = join(this.#folder, sha256);
    await rename(location, place);
    this.#kept.set(path, place);
  }

  /** Repository path → where its content lies. */
  get kept(): ReadonlyMap<string, string> {
    return this.#kept;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }
}
