import { parse } from 'yaml';
import type { Checkpoint, Container, Placement, SourceModel } from '../../connectors/contract.ts';
import type { Facts } from '../../core/document.ts';
import { readDocument } from '../../frontmatter/read.ts';
import type { Difference, Entry } from '../../git/history.ts';
import { attachmentsOf } from '../attachments/place.ts';
import { isFolderIndex } from '../generated/files.ts';
import { sectionFolder } from '../generated/sections.ts';
import { repositoryPath } from '../links.ts';
import { destinationsIn } from '../manifest.ts';
import { statePath } from '../state.ts';

/** Reads a blob. */
export type ReadBlob = (oid: string) => Promise<Buffer>;

/** What of a document decides about other files than its own. */
export interface TreeDocument {
  readonly path: string;
  readonly oid: string;
  readonly purged: boolean;
  /** The text that all but `targets` and `facts.updated` was read from. */
  readonly header: string;
  readonly facts: Pick<Facts, 'id' | 'source' | 'title' | 'url' | 'key' | 'created' | 'updated'>;
  readonly placement: Placement | undefined;
  /** Its attachments, by their paths. */
  readonly files: readonly string[];
  /** The paths that its links lead to, of documents and others. */
  readonly targets: readonly string[];
}

/**
 * The documents of one commit's tree, brought from commit to commit by what differs. Memory holds one tree, however long
 * the history is; a document is read when a commit is asked about that has it.
 */
export class DocumentsOfTree {
  readonly entries = new Map<string, Entry>();
  readonly documents = new Map<string, TreeDocument>();
  /** Target path → paths of the documents that link to it. */
  readonly linkers = new Map<string, Set<string>>();
  /** Folder of a source → the documents in it that stay. */
  readonly sections = new Map<string, Set<string>>();
  /** Folder of a source → the indexes of it and of folders below. */
  readonly indexes = new Map<string, Set<string>>();
  withFiles = 0;

  readonly #models: ReadonlyMap<string, SourceModel>;
  readonly #sources: readonly string[];
  readonly #isPurged: (oid: string) => boolean;
  readonly #read: ReadBlob;
  readonly #unread = new Set<string>();
  /** Grow with each change of what the layout of a source depends on. */
  readonly #versions = new Map<string, number>();
  readonly #containers = new Map<
    string,
    { readonly oid: string | undefined; readonly list: readonly Container[] }
  >();

  constructor(options: {
    readonly models: readonly SourceModel[];
    /** All whose folders hold documents, configured or not. */
    readonly sources: readonly string[];
    readonly isPurged: (oid: string) => boolean;
    readonly read: ReadBlob;
  }) {
    this.#models = new Map(options.models.map((model) => [model.source, model]));
    this.#sources = options.sources;
    this.#isPurged = options.isPurged;
    this.#read = options.read;
  }

  apply(differences: readonly Difference[]): void {
    for (const { path, new: entry } of differences) {
      if (entry === null) this.entries.delete(path);
      else this.entries.set(path, entry);
      if (isFolderIndex(path)) {
        if (entry === null) remove(this.indexes, sectionFolder(path), path);
        else setOf(this.indexes, sectionFolder(path)).add(path);
      }
      if (path.endsWith('.md') && this.#sources.some((source) => path.startsWith(`${source}/`)))
        this.#unread.add(path);
    }
  }

  /** Reads what has changed since the last call. */
  async settle(): Promise<void> {
    const loading = [...this.#unread].map(
      async (path) => [path, await this.#load(path, this.entries.get(path))] as const,
    );
    for (const [path, after] of await Promise.all(loading)) {
      const before = this.documents.get(path);
      if (before) this.#remove(before);
      if (after) this.#add(after);
      if (layoutKey(before) !== layoutKey(after)) this.#touch((after ?? before)?.facts.source ?? '');
    }
    this.#unread.clear();
  }

  version(source: string): number {
    return this.#versions.get(source) ?? 0;
  }

  modelOf(source: string): SourceModel | undefined {
    return this.#models.get(source);
  }

  /** The nodes of a source's tree that are no documents, as the commit's state knows them. */
  async containers(source: string): Promise<readonly Container[]> {
    const oid = this.entries.get(statePath(source))?.oid;
    const known = this.#containers.get(source);
    if (known !== undefined && known.oid === oid) return known.list;
    const text = oid === undefined ? '' : (await this.#read(oid)).toString('utf8');
    const list = containersIn(text, this.modelOf(source));
    this.#containers.set(source, { oid, list });
    if (JSON.stringify(list) !== JSON.stringify(known?.list)) this.#touch(source);
    return list;
  }

  async #load(path: string, entry: Entry | undefined): Promise<TreeDocument | undefined> {
    if (!entry?.mode.startsWith('100')) return undefined;
    const text = (await this.#read(entry.oid)).toString('utf8');
    const before = this.documents.get(path);
    const header = headerOf(text);
    const known = before?.header === header ? before : this.#parse(path, header, text);
    if (known === undefined) return undefined;
    const targets = destinationsIn(text.slice(text.indexOf(FENCE) + FENCE.length)).flatMap(
      (destination) => repositoryPath(path, destination)?.path ?? [],
    );
    const purged = this.#isPurged(entry.oid);
    const updated = updatedIn(text);
    const facts = { ...known.facts, ...(updated !== undefined && { updated }) };
    return { ...known, facts, oid: entry.oid, purged, targets: [...new Set(targets)] };
  }

  #parse(
    path: string,
    header: string,
    text: string,
  ): Omit<TreeDocument, 'oid' | 'purged' | 'targets'> | undefined {
    const read = readDocument(text);
    if (!read || !path.startsWith(`${read.facts.source}/`)) return undefined;
    const { id, source, title, url, key, created } = read.facts;
    return {
      path,
      header,
      facts: {
        id,
        source,
        title,
        url,
        ...(key !== undefined && { key }),
        ...(created !== undefined && { created }),
      },
      placement: this.modelOf(source)?.placement(read.facts),
      files: attachmentsOf(read.facts),
    };
  }

  #add(document: TreeDocument): void {
    const { path, files, targets, purged } = document;
    this.documents.set(path, document);
    for (const target of targets) setOf(this.linkers, target).add(path);
    if (purged) return;
    setOf(this.sections, sectionFolder(path)).add(path);
    if (files.length > 0) this.withFiles += 1;
  }

  #remove({ path, files, targets, purged }: TreeDocument): void {
    this.documents.delete(path);
    for (const target of targets) remove(this.linkers, target, path);
    if (purged) return;
    remove(this.sections, sectionFolder(path), path);
    if (files.length > 0) this.withFiles -= 1;
  }

  #touch(source: string): void {
    this.#versions.set(source, this.version(source) + 1);
  }
}

const FENCE = '\n---\n';

/** The frontmatter without what changes with every version and decides nothing here: most versions need no parsing. */
function headerOf(text: string): string {
  return text.slice(0, text.indexOf(FENCE)).replace(/^(?:version|updated|editor|description): .*\n/gm, '');
}

/** As the frontmatter has it: an ISO 8601 text, quoted where YAML would read it as something else. */
function updatedIn(text: string): string | undefined {
  return /^updated: ["']?([^"'\n]+)/m.exec(text.slice(0, text.indexOf(FENCE)))?.[1];
}

function layoutKey(document: TreeDocument | undefined): string | undefined {
  return document && JSON.stringify([document.facts.id, document.purged, document.placement]);
}

function containersIn(text: string, model: SourceModel | undefined): Container[] {
  let state: { readonly checkpoint?: Checkpoint } | null;
  try {
    state = parse(text) as typeof state;
  } catch {
    // A build refuses such a state, so that no layout was made by it.
    return [];
  }
  return model ? [...model.containers(state?.checkpoint)] : [];
}

function setOf(map: Map<string, Set<string>>, key: string): Set<string> {
  const known = map.get(key);
  if (known) return known;
  const made = new Set<string>();
  map.set(key, made);
  return made;
}

function remove(map: Map<string, Set<string>>, key: string, value: string): void {
  const set = map.get(key);
  set?.delete(value);
  if (set?.size === 0) map.delete(key);
}
