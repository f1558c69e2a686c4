import { type CtxError, isCtxError } from '../../core/errors/index.ts';
import type { LocalFile, LocalFiles } from '../../core/local-files.ts';
import { type FindFile, fileBelow, importsOf, takesImports } from '../../memory/instructions.ts';
import { readFile } from '../../memory/read-file.ts';
import type { Redactor } from '../../redact/redactor.ts';
import { mayBeNote, type Note, type NoteFile, noteOf } from './note.ts';
import { claudeMemoryOf, foldersFrom, INSTRUCTIONS, type MemoryPlaces, type NamedPlace } from './places.ts';

export interface MemoryOptions {
  readonly files: LocalFiles;
  readonly places: MemoryPlaces;
  /** Keeps the secrets of what is read out of it. Asked for once there is something to read, since its rules take time to load. */
  readonly redactor: () => Promise<Redactor>;
}

export interface Memory {
  readonly notes: readonly Note[];
  /** What was left out, and why. */
  readonly remarks: readonly string[];
  /** Why something that was named could not be read; what else there is was read. */
  readonly failed: CtxError | undefined;
}

/** Nobody remembers more by hand. */
const MOST_FILES = 1_000;
const SKIPPED = new Set(['.git', '.hg', '.svn', 'node_modules']);
/** What builds write: it tells how a context repository is used, and nothing of the work. */
const GENERATED = '<!-- Written by ctx build.';

/** Reads what is remembered in files: each file once, at whichever place it is found first. */
export async function readMemory(
  { places: { named, project }, files, redactor }: MemoryOptions,
  signal: AbortSignal,
): Promise<Memory> {
  const reader = new MemoryReader(files, redactor, signal);
  for (const place of named) await reader.folder(place, true);
  if (project !== undefined) await reader.project(project);
  await reader.instructions(`${files.home}/.claude`, 'CLAUDE.md');
  return reader.memory();
}

interface Surroundings {
  /** Below the folder. */
  readonly name: string;
  readonly folder: string;
  readonly find: FindFile;
}

class MemoryReader {
  readonly #files: LocalFiles;
  readonly #loadRedactor: () => Promise<Redactor>;
  readonly #signal: AbortSignal;
  readonly #notes = new Map<string, Note>();
  readonly #seen = new Set<string>();
  readonly #remarks: string[] = [];
  #redactor: Redactor | undefined;
  #failed: CtxError | undefined;

  constructor(files: LocalFiles, loadRedactor: () => Promise<Redactor>, signal: AbortSignal) {
    this.#files = files;
    this.#loadRedactor = loadRedactor;
    this.#signal = signal;
  }

  memory(): Memory {
    return { notes: [...this.#notes.values()], remarks: this.#remarks, failed: this.#failed };
  }

  /** A folder with all below it, or a file. That one which nobody named is not there is no failure. */
  async folder({ path, isMeant = () => true }: NamedPlace, isNamed: boolean): Promise<void> {
    const found: LocalFile[] = [];
    try {
      const skipFolder = (name: string) => SKIPPED.has(name.split('/').at(-1) ?? '');
      for await (const file of this.#files.list(path, { skipFolder })) {
        this.#signal.throwIfAborted();
        if (!mayBeNote(file.name) || !isMeant(file.name)) continue;
        if (found.length === MOST_FILES) {
          this.#remarks.push(`${path}: only the first ${MOST_FILES} files are read.`);
          break;
        }
        found.push(file);
      }
    } catch (error) {
      if (!isCtxError(error)) throw error;
      if (isNamed) this.#failed ??= error;
    }
    const find = async (name: string) => found.find((file) => file.name === name);
    for (const file of found) await this.#take(file, { name: file.name, folder: path, find });
  }

  /** The instructions for the folders, and what Claude remembers of each. */
  async project(project: string): Promise<void> {
    const { home } = this.#files;
    const folders = foldersFrom(project, home);
    for (const folder of folders) {
      for (const name of INSTRUCTIONS) await this.instructions(folder, name);
      await this.folder({ path: claudeMemoryOf(folder, home) }, false);
    }
  }

  async instructions(folder: string, name: string): Promise<void> {
    const find = (path: string) => fileBelow(folder, path, this.#files);
    const file = await find(name);
    if (file !== undefined) await this.#take(file, { name, folder, find });
  }

  async #take(file: LocalFile, { name, folder, find }: Surroundings): Promise<void> {
    this.#signal.throwIfAborted();
    if (this.#seen.has(file.path)) return;
    this.#seen.add(file.path);
    const path = this.#shown(file.path);
    const read = await readFile(this.#files, file);
    if ('error' in read) this.#failed ??= read.error;
    else if ('unreadable' in read) this.#remarks.push(`${path} is left out: it is ${read.unreadable}.`);
    else if (!read.text.startsWith(GENERATED)) {
      await this.#add({ path, modified: file.modified, text: read.text });
      if (!takesImports(name)) return;
      for (const imported of await importsOf(read.text, name, find, this.#files))
        await this.#add({ path: this.#shownFrom(folder, imported.path), text: imported.text });
    }
  }

  async #add(file: NoteFile): Promise<void> {
    const { path } = file;
    if (this.#notes.has(path)) return;
    this.#redactor ??= await this.#loadRedactor();
    try {
      const found = noteOf(file, this.#redactor);
      if (found === undefined) return;
      this.#notes.set(path, found.note);
      if (found.unread > 0)
        this.#remarks.push(`${path}: passed over, being no records: ${found.unread} lines.`);
      const secrets = Object.entries(found.redacted).map(([kind, count]) => `${count} ${kind}`);
      if (secrets.length > 0)
        this.#remarks.push(
          `${path}: ${secrets.join(', ')} redacted; the file still shows them: rotate them.`,
        );
    } catch (error) {
      if (!isCtxError(error)) throw error;
      // What could not be searched for secrets is not told.
      this.#failed ??= error;
    }
  }

  #shownFrom(folder: string, path: string): string {
    return path.startsWith('~/') ? path : this.#shown(`${folder}/${path}`);
  }

  /** With `~` for the home folder. */
  #shown(path: string): string {
    const { home } = this.#files;
    return path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
  }
}
