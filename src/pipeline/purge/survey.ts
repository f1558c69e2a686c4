import type { CommitNode, Entry, History } from '../../git/history.ts';
import type { DocumentKey } from '../links.ts';
import type { Findings } from './find.ts';
import type { Traces } from './traces.ts';

/** What a commit's tree holds of a purged document. */
export interface Held {
  /** An attachment that no document of the tree names, or a copy of it; `listed`: an index names a document that is gone. */
  readonly kind: 'document' | 'file' | 'listed';
  readonly path: string;
  /** Of `listed`, the version that was there last. */
  readonly oid: string;
}

/** What all commits hold of the documents. */
export interface Survey {
  /** Commits that hold none of it are absent. */
  readonly held: ReadonlyMap<string, readonly Held[]>;
  /** Commits that hold something, and their descendants, from which the history leads to it. */
  readonly tainted: ReadonlySet<string>;
  /** Every path that the documents have had. */
  readonly paths: ReadonlySet<string>;
  /** Attachments that stay where another document of a tree names them. */
  readonly shared: ReadonlySet<string>;
  /** Blobs that no commit will hold when this is done. */
  readonly leaving: ReadonlySet<string>;
  /** Documents that include a purged one, with the last path of each. */
  readonly includers: ReadonlyMap<DocumentKey, string>;
}

export async function survey(
  history: History,
  commits: readonly CommitNode[],
  { versions, including }: Findings,
  traces: Traces,
): Promise<Survey> {
  const tree = new HeldInTree(versions, traces);
  const held = new Map<string, readonly Held[]>();
  const tainted = new Set<string>();
  const includers = new Map<DocumentKey, string>();
  for await (const { commit, differences } of history.trees(commits)) {
    for (const { path, new: entry } of differences) {
      tree.put(path, entry);
      const includer = entry === null ? undefined : including.get(entry.oid);
      if (includer !== undefined) includers.set(includer, path);
    }
    const now = tree.held();
    if (now.length > 0) held.set(commit.id, now);
    if (now.length > 0 || commit.parents.some((parent) => tainted.has(parent))) tainted.add(commit.id);
  }
  const leaving = new Set([...versions.keys(), ...traces.files.keys(), ...tree.listing]);
  for (const oid of tree.staying) leaving.delete(oid);
  return { held, tainted, paths: tree.paths, shared: tree.shared, leaving, includers };
}

/** What one commit's tree holds, brought from commit to commit by what differs. */
class HeldInTree {
  readonly paths = new Set<string>();
  readonly shared = new Set<string>();
  /** Indexes that list a purged document. */
  readonly listing = new Set<string>();
  /** Files and indexes that some tree has by right. */
  readonly staying = new Set<string>();

  readonly #versions: Findings['versions'];
  readonly #traces: Traces;
  /** Of the tree, by path: what is a version, a file, an index that lists a path of theirs, a document that names a file. */
  readonly #documents = new Map<string, string>();
  readonly #files = new Map<string, string>();
  readonly #indexes = new Map<string, string>();
  readonly #namers = new Map<string, string>();
  /** Paths of theirs at which something else stands. */
  readonly #taken = new Set<string>();
  /** The version that each path had last. */
  readonly #last = new Map<string, string>();
  #held: readonly Held[] | undefined = [];

  constructor(versions: Findings['versions'], traces: Traces) {
    this.#versions = versions;
    this.#traces = traces;
  }

  put(path: string, entry: Entry | null): void {
    const { files, attachments, indexes, namers } = this.#traces;
    const oid = entry?.oid ?? '';
    const isVersion = this.#versions.has(oid);
    if (isVersion) {
      this.paths.add(path);
      this.#last.set(path, oid);
    }
    this.#set(this.#documents, path, isVersion ? oid : undefined);
    const isFile = !isVersion && entry !== null && (files.has(oid) || attachments.has(path));
    this.#set(this.#files, path, isFile ? oid : undefined);
    this.#set(this.#indexes, path, indexes.has(oid) ? oid : undefined);
    this.#set(this.#namers, path, namers.has(oid) ? oid : undefined);
    const isTaken = entry !== null && !isVersion && this.#last.has(path);
    if (isTaken !== this.#taken.has(path)) this.#held = undefined;
    if (isTaken) this.#taken.add(path);
    else this.#taken.delete(path);
  }

  /** The same list as before if nothing of it has changed: most commits share one. */
  held(): readonly Held[] {
    this.#held ??= [...this.#standing(), ...this.#listed()];
    return this.#held;
  }

  #set(map: Map<string, string>, path: string, oid: string | undefined): void {
    if (map.get(path) === oid) return;
    if (oid === undefined) map.delete(path);
    else map.set(path, oid);
    this.#held = undefined;
  }

  *#standing(): Generator<Held> {
    for (const [path, oid] of this.#documents) yield { kind: 'document', path, oid };
    const named = new Set([...this.#namers.values()].flatMap((oid) => this.#traces.namers.get(oid) ?? []));
    for (const [path, oid] of this.#files) {
      const isNamed = [...(this.#traces.files.get(oid) ?? [path])].some((file) => named.has(file));
      if (!isNamed) yield { kind: 'file', path, oid };
      else {
        this.shared.add(path);
        this.staying.add(oid);
      }
    }
  }

  *#listed(): Generator<Held> {
    for (const index of this.#indexes.values()) {
      for (const path of this.#traces.indexes.get(index) ?? []) {
        const last = this.#last.get(path);
        // The path was another document's.
        if (last === undefined || this.#taken.has(path)) this.staying.add(index);
        else this.listing.add(index);
        if (last !== undefined && !this.#taken.has(path) && !this.#documents.has(path))
          yield { kind: 'listed', path, oid: last };
      }
    }
  }
}
