import type { Entry, PathEntry, Trees } from './engine.ts';

/** How a tree says that an entry is a tree itself. */
export const FOLDER = '40000';

/** The tree of a commit, of which only the folders are read that somebody asks about. */
export class CommitTree {
  readonly #trees: Trees;
  readonly #commit: string | null;
  readonly #folders = new Map<string, ReadonlyMap<string, Entry>>();

  /** The empty tree for null. */
  constructor(trees: Trees, commit: string | null) {
    this.#trees = trees;
    this.#commit = commit;
  }

  /** What is at a path; a folder has the mode `FOLDER`. */
  async get(path: string): Promise<Entry | null> {
    const slash = path.lastIndexOf('/');
    const folder = path.slice(0, Math.max(slash, 0));
    const entries = this.#folders.get(folder) ?? (await this.#read(folder));
    return entries.get(path.slice(slash + 1)) ?? null;
  }

  /** All that is no folder below a folder. */
  async *below(folder: string): AsyncGenerator<PathEntry> {
    for (const [name, entry] of await this.#read(folder)) {
      const path = `${folder}/${name}`;
      if (entry.mode === FOLDER) yield* this.below(path);
      else yield { path, ...entry };
    }
  }

  async #read(folder: string): Promise<ReadonlyMap<string, Entry>> {
    const known = this.#folders.get(folder);
    if (known) return known;
    const entries = await this.#entriesOf(folder);
    this.#folders.set(folder, entries);
    return entries;
  }

  async #entriesOf(folder: string): Promise<ReadonlyMap<string, Entry>> {
    if (this.#commit === null) return NOTHING;
    if (folder === '') return this.#trees.ofCommit(this.#commit);
    const entry = await this.get(folder);
    return entry?.mode === FOLDER ? this.#trees.read(entry.oid) : NOTHING;
  }
}

const NOTHING: ReadonlyMap<string, Entry> = new Map();
