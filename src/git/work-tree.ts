import { createHash } from 'node:crypto';
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmdirSync,
  rmSync,
  type Stats,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Entry, ObjectFormat, PathEntry } from './engine.ts';
import { foldersOf } from './paths.ts';

/** What sits at a path of the work tree. `behind`: a folder on the way is no folder, so nothing can sit there. */
export type Occupant =
  | { readonly kind: 'absent' | 'folder' | 'other' }
  | { readonly kind: 'file' | 'link'; readonly oid: string }
  | { readonly kind: 'behind'; readonly path: string; readonly link: boolean };

/** Whether that is what the entry says. The executable bit doesn't count. */
export function isEntry(found: Occupant, entry: Entry | null): boolean {
  if (entry === null) return found.kind === 'absent';
  return found.kind === (entry.mode === '120000' ? 'link' : 'file') && found.oid === entry.oid;
}

/** The id git gives to a blob of this content. */
export function blobId(format: ObjectFormat, content: Uint8Array): string {
  return createHash(format).update(`blob ${content.byteLength}\0`).update(content).digest('hex');
}

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

function statOf(file: string): Stats | undefined {
  try {
    return lstatSync(file, { throwIfNoEntry: false });
  } catch (error) {
    if (codeOf(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}

function removeEmptyFolders(folder: string): void {
  for (const name of readdirSync(folder)) removeEmptyFolders(join(folder, name));
  rmdirSync(folder);
}

/**
 * The files of a work tree, one at a time and synchronously: for tens of thousands of small files that is several
 * times as quick as promises. Never follows a symbolic link below the root.
 */
export class WorkTree {
  readonly root: string;
  readonly #format: ObjectFormat;
  /** Where files are written before they are renamed into place; on the root's file system. */
  readonly #drafts: string;
  /** Folders known to be real ones, and those known to be there; forgotten whenever something is removed. */
  readonly #folders = new Set<string>();
  readonly #made = new Set<string>();
  /** Ids of contents that wait among the drafts under their names. */
  readonly #prepared = new Set<string>();

  constructor(root: string, gitDir: string, format: ObjectFormat) {
    this.root = root;
    this.#format = format;
    const near = statSync(gitDir).dev === statSync(root).dev;
    this.#drafts = near ? join(gitDir, 'ctx', 'tmp') : join(root, '.ctx-tmp');
  }

  inspect(path: string): Occupant {
    const obstacle = this.#obstacle(path);
    if (obstacle) return obstacle;
    const file = join(this.root, path);
    const stat = statOf(file);
    if (!stat) return { kind: 'absent' };
    if (stat.isDirectory()) return { kind: 'folder' };
    if (stat.isSymbolicLink()) {
      return { kind: 'link', oid: blobId(this.#format, Buffer.from(readlinkSync(file))) };
    }
    return stat.isFile()
      ? { kind: 'file', oid: blobId(this.#format, readFileSync(file)) }
      : { kind: 'other' };
  }

  /** Every file below a folder, by its path. */
  *filesBelow(folder: string): Generator<string> {
    for (const item of readdirSync(join(this.root, folder), { withFileTypes: true })) {
      const path = `${folder}/${item.name}`;
      if (item.isDirectory()) yield* this.filesBelow(path);
      else yield path;
    }
  }

  /** Whether the name is spelt so on disk: a case-insensitive file system also finds it under another. */
  spells(path: string): boolean {
    const file = join(this.root, path);
    return readdirSync(dirname(file)).includes(file.slice(dirname(file).length + 1));
  }

  /** Replaces or makes the file or symbolic link as a whole. Empty folders give way to it. */
  place(path: string, content: Uint8Array, mode: Entry['mode']): void {
    const isLink = mode === '120000';
    // A link's draft has a name of its own: to write a file where one was left would write to where it leads.
    const draft = join(this.#drafts, isLink ? 'link' : 'file');
    this.#makeFolder(this.#drafts);
    if (isLink) symlinkSync(Buffer.from(content), draft);
    else writeFileSync(draft, content, { mode: mode === '100755' ? 0o777 : 0o666 });
    this.#moveTo(path, draft);
  }

  #moveTo(path: string, draft: string): void {
    const file = join(this.root, path);
    this.#makeFolder(dirname(file));
    if (statOf(file)?.isDirectory()) removeEmptyFolders(file);
    renameSync(draft, file);
  }

  /** Writes what a file is going to hold, so that `placePrepared` has only to move it. */
  prepare(oid: string, content: Uint8Array): void {
    if (this.#prepared.has(oid)) return;
    this.#makeFolder(this.#drafts);
    writeFileSync(join(this.#drafts, oid), content);
    this.#prepared.add(oid);
  }

  /** Does what `place` does, if the content has been prepared: one file's worth of it. */
  placePrepared({ path, mode, oid }: PathEntry): boolean {
    if (mode !== '100644' || !this.#prepared.delete(oid)) return false;
    this.#moveTo(path, join(this.#drafts, oid));
    return true;
  }

  makeFolder(path: string): void {
    this.#makeFolder(join(this.root, path));
  }

  /** Removes the file if it is there, and the folders that it leaves empty. */
  remove(path: string): void {
    this.#folders.clear();
    this.#made.clear();
    try {
      unlinkSync(join(this.root, path));
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error;
    }
    for (const folder of [...foldersOf(path)].reverse()) {
      try {
        rmdirSync(join(this.root, folder));
      } catch (error) {
        const code = codeOf(error);
        if (code === 'ENOENT') continue;
        if (code === 'ENOTEMPTY' || code === 'EEXIST') return;
        throw error;
      }
    }
  }

  /** Removes the drafts, also those that a killed run has left. */
  dropDrafts(): void {
    rmSync(this.#drafts, { recursive: true, force: true });
    this.#made.delete(this.#drafts);
    this.#prepared.clear();
  }

  #makeFolder(folder: string): void {
    if (this.#made.has(folder)) return;
    mkdirSync(folder, { recursive: true });
    this.#made.add(folder);
  }

  #obstacle(path: string): Occupant | undefined {
    for (const folder of foldersOf(path)) {
      if (this.#folders.has(folder)) continue;
      const stat = statOf(join(this.root, folder));
      if (!stat) return { kind: 'absent' };
      if (!stat.isDirectory()) return { kind: 'behind', path: folder, link: stat.isSymbolicLink() };
      this.#folders.add(folder);
    }
    return undefined;
  }
}
