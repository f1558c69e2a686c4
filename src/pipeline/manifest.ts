import { closeSync, createReadStream, openSync, writeFileSync } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Facts } from '../core/document.ts';
import { ctxError } from '../core/errors/index.ts';
import { readDocument } from '../frontmatter/read.ts';
import { canonicalFacts } from '../frontmatter/write.ts';
import type { ContextRepo, TreeEntry } from '../git/repo.ts';

/** A document as it stands in HEAD. `destinations` are where its links and images point, as written. */
export interface ManifestEntry {
  readonly path: string;
  readonly oid: string;
  readonly facts: Facts;
  readonly destinations: readonly string[];
}

/** The documents of HEAD by source and id, and every path of its tree. Derived from committed files alone. */
export interface Manifest {
  readonly sources: ReadonlyMap<string, ReadonlyMap<string, ManifestEntry>>;
  /** Object ids of all files in HEAD, ours and others'. */
  readonly tree: ReadonlyMap<string, string>;
}

const CACHE = 'manifest.jsonl';
const CACHE_FORMAT = 2;
/** Characters that are written together. */
const LINES_AT_ONCE = 64 * 1024;

/**
 * Reads the frontmatter of every document in a commit, HEAD if not given. What was read before is kept in `<gitDir>/ctx/manifest.jsonl` by
 * the id of the file's blob, so that only changed files are read; a lost or torn cache costs only that reading.
 */
export async function loadManifest(
  repo: ContextRepo,
  sources: readonly string[],
  ref?: string,
): Promise<Manifest> {
  const folders = sources.map((id) => `${id}/`);
  const tree = new Map<string, string>();
  const candidates: TreeEntry[] = [];
  const list = async () => {
    for await (const entry of repo.tree(ref)) {
      tree.set(entry.path, entry.oid);
      if (entry.path.endsWith('.md') && folders.some((folder) => entry.path.startsWith(folder)))
        candidates.push(entry);
    }
  };
  const [cached] = await Promise.all([readCache(repo.gitDir), list()]);
  const entries: ManifestEntry[] = [];
  const unread: TreeEntry[] = [];
  for (const { path, oid } of candidates) {
    const known = cached.get(oid);
    if (known === undefined) unread.push({ path, oid });
    else if (known !== null) entries.push({ ...known, path, oid });
  }
  const foreign: string[] = [...cached].filter(([, known]) => known === null).map(([oid]) => oid);
  for await (const { path, oid, content } of repo.read(unread)) {
    const parsed = readDocument(Buffer.from(content).toString('utf8'));
    if (parsed) entries.push({ path, oid, facts: parsed.facts, destinations: destinationsIn(parsed.body) });
    else foreign.push(oid);
  }
  if (unread.length > 0 || cached.size === 0 || cached.size > 2 * candidates.length) {
    await writeCache(repo.gitDir, entries, foreign);
  }
  return { sources: groupBySource(entries), tree };
}

function groupBySource(entries: readonly ManifestEntry[]): Map<string, Map<string, ManifestEntry>> {
  const sources = new Map<string, Map<string, ManifestEntry>>();
  for (const entry of entries) {
    const { source, id } = entry.facts;
    if (!entry.path.startsWith(`${source}/`)) continue;
    const documents = sources.get(source) ?? new Map<string, ManifestEntry>();
    const other = documents.get(id);
    if (other)
      throw ctxError('build.duplicate-document', { id: `${source}/${id}`, paths: [other.path, entry.path] });
    sources.set(source, documents.set(id, entry));
  }
  return sources;
}

/**
 * Every destination that may be a link: inline links and images, and attributes of raw HTML. It may find more than a
 * parser would (inside code, say): a document that is linked anew without need comes out unchanged.
 */
export function destinationsIn(body: string): string[] {
  const found = new Set<string>();
  for (const match of body.matchAll(/\]\(<?([^)\s>]+)|(?:href|src)="([^"]+)"/g)) {
    const destination = match[1] ?? match[2] ?? '';
    if (!destination.startsWith('#')) found.add(destination);
  }
  return [...found];
}

/**
 * Adds documents to the cache as they are written, so that the next run reads none of them. The cache is by content, so
 * that a document which is remembered but never committed does no harm.
 */
export class ManifestCache implements Disposable {
  readonly #file: number;
  #lines = '';

  /** The manifest must have been loaded before. */
  constructor(gitDir: string) {
    this.#file = openSync(join(gitDir, 'ctx', CACHE), 'a');
  }

  remember(oid: string, facts: Facts, body: string): void {
    this.#lines += cacheLine(oid, { facts: canonicalFacts(facts), destinations: destinationsIn(body) });
    if (this.#lines.length >= LINES_AT_ONCE) this.#write();
  }

  #write(): void {
    writeFileSync(this.#file, this.#lines);
    this.#lines = '';
  }

  [Symbol.dispose](): void {
    this.#write();
    closeSync(this.#file);
  }
}

type CachedEntry = Pick<ManifestEntry, 'facts' | 'destinations'>;

async function readCache(gitDir: string): Promise<Map<string, CachedEntry | null>> {
  const cache = new Map<string, CachedEntry | null>();
  try {
    const lines = createInterface({
      input: createReadStream(join(gitDir, 'ctx', CACHE)),
      crlfDelay: Infinity,
    });
    let first = true;
    for await (const line of lines) {
      const value = JSON.parse(line) as { format?: number; oid: string; entry: CachedEntry | null };
      if (first && value.format !== CACHE_FORMAT) return new Map();
      if (!first) cache.set(value.oid, value.entry);
      first = false;
    }
  } catch (error) {
    // A cache that is absent or torn is read anew from the files themselves.
    if (!(error instanceof SyntaxError) && (error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return cache;
}

function cacheLine(oid: string, entry: CachedEntry | null): string {
  return `${JSON.stringify({ oid, entry })}\n`;
}

async function writeCache(
  gitDir: string,
  entries: readonly ManifestEntry[],
  foreign: readonly string[],
): Promise<void> {
  const path = join(gitDir, 'ctx', CACHE);
  await mkdir(join(gitDir, 'ctx'), { recursive: true });
  const file = await open(`${path}.tmp`, 'w');
  try {
    await file.write(`${JSON.stringify({ format: CACHE_FORMAT })}\n`);
    for (const { oid, facts, destinations } of entries) {
      await file.write(cacheLine(oid, { facts, destinations }));
    }
    for (const oid of foreign) await file.write(cacheLine(oid, null));
  } finally {
    await file.close();
  }
  await rename(`${path}.tmp`, path);
}
