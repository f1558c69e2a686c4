import { posix } from 'node:path';
import { readDocument } from '../../frontmatter/read.ts';
import type { CommitEdit, Entry } from '../../git/history.ts';
import { linkDocument, markLinks } from '../../markdown/links.ts';
import { isGenerated, leadingFiles } from '../generated/files.ts';
import { folderIndexes } from '../generated/folder-index.ts';
import { sectionFolder } from '../generated/sections.ts';
import { layOut } from '../layout.ts';
import { repositoryPath } from '../links.ts';
import type { DocumentsOfTree, ReadBlob, TreeDocument } from './documents.ts';
import type { Findings } from './find.ts';
import type { Held } from './survey.ts';

type Changes = CommitEdit['changes'][number][];

/** Old path → new path, of documents that stand elsewhere without the purged ones. */
type Moves = ReadonlyMap<string, string>;

/** Path → the document that is purged there, whether it stands in the tree or is only listed or linked still. */
type Leaving = ReadonlyMap<string, { readonly source: string; readonly url: string | undefined }>;

/** What was changed beside the documents themselves, over all commits. */
export interface EditCounts {
  /** Documents that got another path or other links, by source and id. */
  readonly relinked: Set<string>;
}

/**
 * Makes of a commit's tree the one that a build without the purged documents would have made: their files go, documents
 * whose place they decided move, links to them become addresses, indexes are generated anew.
 */
export class TreeEditor {
  readonly counts: EditCounts = { relinked: new Set() };

  readonly #tree: DocumentsOfTree;
  readonly #sources: readonly string[];
  readonly #versions: Findings['versions'];
  readonly #read: ReadBlob;
  readonly #write: (content: Buffer) => Promise<string>;
  readonly #layouts = new Map<string, { readonly key: string; readonly moves: Moves }>();
  readonly #texts = new Map<string, { readonly key: string; readonly oid: string }>();
  readonly #indexes = new Map<
    string,
    { readonly key: string; readonly files: ReadonlyMap<string, string> }
  >();
  readonly #generated = new Map<string, { readonly key: string; readonly oid: string }>();
  readonly #ownership = new Map<string, { readonly oid: string; readonly ours: boolean }>();

  constructor(options: {
    readonly tree: DocumentsOfTree;
    /** In the order of the index. */
    readonly sources: readonly string[];
    readonly versions: Findings['versions'];
    readonly read: ReadBlob;
    readonly write: (content: Buffer) => Promise<string>;
  }) {
    this.#tree = options.tree;
    this.#sources = options.sources;
    this.#versions = options.versions;
    this.#read = options.read;
    this.#write = options.write;
  }

  /** How the tree of the commit that `tree` is at must change so that it holds none of the documents. */
  async changes(held: readonly Held[]): Promise<Changes> {
    await this.#tree.settle();
    const purged = held.flatMap(({ path }) => this.#tree.documents.get(path) ?? []);
    const leaving = this.#leaving(held);
    const moves = await this.#moves(purged);
    const writes = [...(await this.#relinked(leaving, moves)), ...(await this.#generate(leaving, moves))];
    const standing = held.filter(({ kind }) => kind !== 'listed');
    const removals = [...standing.map(({ path }) => path), ...moves.keys()];
    const written = new Set(writes.map(({ path }) => path));
    return [
      ...[...new Set(removals)].filter((path) => !written.has(path)).map((path) => ({ path, entry: null })),
      ...writes,
    ];
  }

  #leaving(held: readonly Held[]): Leaving {
    const leaving = new Map<string, { readonly source: string; readonly url: string | undefined }>();
    for (const { path, oid } of held) {
      const version = this.#versions.get(oid);
      if (version === undefined) continue;
      const source = version.document.slice(0, version.document.indexOf('/'));
      leaving.set(path, { source, url: version.url });
    }
    return leaving;
  }

  /** Only what the layout of today would have given the tree as it is can be laid out without the documents. */
  async #moves(purged: readonly TreeDocument[]): Promise<Moves> {
    const all = new Map<string, string>();
    for (const source of new Set(purged.map(({ facts }) => facts.source))) {
      const containers = await this.#tree.containers(source);
      const key = String(this.#tree.version(source));
      const known = this.#layouts.get(source);
      const moves = known?.key === key ? known.moves : this.#layOut(source, containers);
      this.#layouts.set(source, { key, moves });
      for (const [from, to] of moves) all.set(from, to);
    }
    return all;
  }

  #layOut(source: string, containers: Parameters<typeof layOut>[2]): Moves {
    const documents = [...this.#tree.documents.values()].filter(({ facts }) => facts.source === source);
    const inputs = documents.flatMap(({ facts: { id }, placement, purged }) =>
      placement === undefined ? [] : [{ id, placement, purged }],
    );
    const before = layOut(source, inputs, containers);
    const stay = inputs.filter((input) => !input.purged);
    const after = layOut(source, stay, containers);
    const moves = new Map<string, string>();
    for (const { path, facts, purged } of documents) {
      const to = after.get(facts.id);
      if (!purged && to !== undefined && before.get(facts.id) === path && to !== path) moves.set(path, to);
    }
    return this.#possible(moves);
  }

  /** A place that a file keeps is not given to another. */
  #possible(moves: Map<string, string>): Moves {
    const { entries, documents } = this.#tree;
    const leaves = (path: string) => moves.has(path) || documents.get(path)?.purged === true;
    for (let settled = false; !settled; ) {
      settled = true;
      for (const [from, to] of moves) {
        if (!entries.has(to) || leaves(to)) continue;
        moves.delete(from);
        settled = false;
      }
    }
    return moves;
  }

  async #relinked(leaving: Leaving, moves: Moves): Promise<Changes> {
    const { linkers, documents, entries } = this.#tree;
    const concerned = new Set(moves.keys());
    for (const target of [...leaving.keys(), ...moves.keys()])
      for (const from of linkers.get(target) ?? []) concerned.add(from);
    const changes: Changes = [];
    for (const from of concerned) {
      const document = documents.get(from) as TreeDocument;
      if (document.purged) continue;
      const { mode } = entries.get(from) as Entry;
      const path = moves.get(from) ?? from;
      const oid = await this.#textOf(document, path, leaving, moves);
      if (path === from && oid === document.oid) continue;
      changes.push({ path, entry: { mode, oid } });
      this.counts.relinked.add(`${document.facts.source}/${document.facts.id}`);
    }
    return changes;
  }

  async #textOf(document: TreeDocument, to: string, leaving: Leaving, moves: Moves): Promise<string> {
    const leading = document.targets.map((target) =>
      leaving.has(target) ? '' : (moves.get(target) ?? target),
    );
    const key = JSON.stringify([document.oid, to, ...leading]);
    const known = this.#texts.get(document.path);
    if (known?.key === key) return known.oid;
    const text = (await this.#read(document.oid)).toString('utf8');
    const { body } = readDocument(text) as { readonly body: string };
    const relink = (destination: string) => this.#relink(document, to, leaving, moves, destination);
    const relinked = linkDocument(markLinks(body, relink), (destination) => destination);
    const oid = await this.#write(Buffer.from(text.slice(0, text.length - body.length) + relinked));
    this.#texts.set(document.path, { key, oid });
    return oid;
  }

  #relink(
    { path: from, files }: TreeDocument,
    to: string,
    leaving: Leaving,
    moves: Moves,
    destination: string,
  ): string {
    const target = repositoryPath(from, destination);
    if (target === undefined) return destination;
    const purged = leaving.get(target.path);
    if (purged?.url !== undefined) return this.#canonical(purged.source, purged.url) + target.fragment;
    if (!this.#tree.documents.has(target.path) && !files.includes(target.path)) return destination;
    const path = moves.get(target.path) ?? target.path;
    if (path === to) return target.fragment || posix.basename(path);
    return posix.relative(posix.dirname(to), path) + target.fragment;
  }

  /** The address that a link to a document gets which is not in the repository. */
  #canonical(source: string, url: string): string {
    const reference = URL.canParse(url) ? this.#tree.modelOf(source)?.resolve(new URL(url)) : undefined;
    return reference?.url ?? url;
  }

  async #generate(leaving: Leaving, moves: Moves): Promise<Changes> {
    const { sections, withFiles } = this.#tree;
    const folders = new Set([...leaving.keys(), ...moves.keys()].map(sectionFolder));
    const changes: Changes = [];
    for (const folder of folders) changes.push(...(await this.#putIndexes(folder, moves)));
    const sizes = [...sections].map(([folder, paths]) => ({ folder, documents: paths.size }));
    const key = JSON.stringify([withFiles > 0, sizes]);
    const sources = this.#sources.map((source) => {
      const layout =
        this.#tree.modelOf(source)?.layout ?? 'Documents of a source that is no longer configured.';
      return { source, layout };
    });
    for (const [path, content] of leadingFiles(sources, sizes, withFiles > 0))
      if (NAMING.has(path)) changes.push(...(await this.#put(path, key, content)));
    return changes;
  }

  /** Replaces the indexes of a folder of a source, where a build has written them, by those of the documents that stay. */
  async #putIndexes(folder: string, moves: Moves): Promise<Changes> {
    const { entries, indexes } = this.#tree;
    const present = new Map<string, Entry>();
    for (const path of indexes.get(folder) ?? []) {
      const entry = entries.get(path) as Entry;
      if (await this.#isOurs(path, entry.oid)) present.set(path, entry);
    }
    if (present.size === 0) return [];
    // A commit that did not write them, such as that of one person's change, does not write them now.
    const key = JSON.stringify([...present, ...moves]);
    let known = this.#indexes.get(folder);
    if (known?.key !== key) {
      known = { key, files: await this.#folderIndexes(folder, moves) };
      this.#indexes.set(folder, known);
    }
    const { files } = known;
    const changes: Changes = [];
    for (const [path, oid] of files) {
      const entry = present.get(path);
      if (entry === undefined && entries.has(path)) continue;
      if (entry?.oid !== oid) changes.push({ path, entry: { mode: entry?.mode ?? FILE_MODE, oid } });
    }
    for (const path of present.keys()) if (!files.has(path)) changes.push({ path, entry: null });
    return changes;
  }

  /** Path → blob. A folder without documents has none. */
  async #folderIndexes(folder: string, moves: Moves): Promise<Map<string, string>> {
    const listed = [...(this.#tree.sections.get(folder) ?? [])].map((path) => {
      const { facts } = this.#tree.documents.get(path) as TreeDocument;
      return { path: moves.get(path) ?? path, facts };
    });
    const files = new Map<string, string>();
    if (listed.length === 0) return files;
    for (const [path, content] of folderIndexes(folder, listed))
      files.set(path, await this.#write(Buffer.from(content)));
    return files;
  }

  /** Replaces a generated file of the tree, if it has it and it is ours. */
  async #put(path: string, key: string, content: string): Promise<Changes> {
    const entry = this.#tree.entries.get(path);
    if (entry === undefined || !(await this.#isOurs(path, entry.oid))) return [];
    let known = this.#generated.get(path);
    if (known?.key !== key) {
      known = { key, oid: await this.#write(Buffer.from(content)) };
      this.#generated.set(path, known);
    }
    return known.oid === entry.oid ? [] : [{ path, entry: { mode: entry.mode, oid: known.oid } }];
  }

  async #isOurs(path: string, oid: string): Promise<boolean> {
    const known = this.#ownership.get(path);
    if (known?.oid === oid) return known.ours;
    const ours = isGenerated(path, (await this.#read(oid)).toString('utf8'));
    this.#ownership.set(path, { oid, ours });
    return ours;
  }
}

/** Those of the leading files that say which documents there are. */
const NAMING: ReadonlySet<string> = new Set(['AGENTS.md', 'llms.txt', 'INDEX.md']);

/** Of a file that no one executes, as git writes it. */
const FILE_MODE = '100644';
