import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Facts } from '../core/document.ts';
import { ctxError } from '../core/errors/index.ts';
import { readDocument } from '../frontmatter/read.ts';
import { writeDocument } from '../frontmatter/write.ts';
import type { Change, ContextRepo, TreeEntry } from '../git/repo.ts';
import { linkDocument, markLinks } from '../markdown/links.ts';
import { LIVE_END, sameButLive } from '../markdown/live.ts';
import { attachmentLinks, keptAttachmentLinks } from './attachments/links.ts';
import type { CollectedDocument } from './collected.ts';
import {
  generatedFiles,
  isFolderIndex,
  isGenerated,
  type LedToSource,
  type PlacedDocument,
} from './generated/files.ts';
import { type DocumentKey, keyOf, type LinkIndex, repositoryPath } from './links.ts';
import type { Manifest, ManifestCache, ManifestEntry } from './manifest.ts';
import type { Spool, SpoolRange } from './spool.ts';

/** A document of the tree that the run will make: either read in this run, or kept as HEAD has it. */
export type FinalDocument =
  | {
      readonly facts: Facts;
      readonly path: string;
      readonly collected: CollectedDocument;
      readonly before: ManifestEntry | undefined;
    }
  | {
      readonly facts: Facts;
      readonly path: string;
      readonly collected: undefined;
      readonly before: ManifestEntry;
    };

/** A file that differs from HEAD's. Its content waits in the spool or a file; none means that it is removed. */
export interface PendingChange {
  readonly path: string;
  readonly content: SpoolRange | { readonly location: string } | null;
}

export interface WrittenDocument {
  readonly document: FinalDocument;
  /** Whether its bytes differ from HEAD's, wherever they stand. */
  readonly changed: boolean;
  /** Its bytes, if they are to be committed. */
  readonly content?: SpoolRange;
}

/**
 * Writes the documents of the next tree into the spool, links made relative to their new places, and yields each.
 * A kept document is written anew only if it moved or if one of its links now leads elsewhere.
 */
export async function* writeDocuments(options: {
  readonly repo: ContextRepo;
  readonly manifest: Manifest;
  readonly documents: Iterable<FinalDocument>;
  readonly index: LinkIndex;
  readonly paths: ReadonlyMap<DocumentKey, string>;
  readonly spool: Spool;
  readonly cache: ManifestCache;
  readonly pending: PendingChange[];
  /** Documents whose bytes are wanted though they are HEAD's. */
  readonly wanted: (facts: Facts) => boolean;
}): AsyncGenerator<WrittenDocument> {
  const { repo, manifest, index, spool, cache, pending } = options;
  const former = formerPaths(manifest);
  const moved = (entry: ManifestEntry, destination: string) =>
    leadsElsewhere(entry, destination, former, options);
  const kept = new Map<string, FinalDocument & { collected: undefined }>();

  const settle = async (
    document: FinalDocument,
    body: string,
    description: string | undefined,
  ): Promise<WrittenDocument> => {
    const written = writeDocument(document.facts, body, description);
    const content = (await onlyLiveDiffers(document, written)) ?? written;
    const oid = blobId(content, repo.objectFormat);
    const changed = oid !== document.before?.oid;
    if (changed) cache.remember(oid, document.facts, body);
    const differs = changed || document.path !== document.before?.path;
    if (!differs && !options.wanted(document.facts)) return { document, changed };
    const range = spool.put(content);
    if (differs) pending.push({ path: document.path, content: range });
    return { document, changed, content: range };
  };

  /** HEAD's text, if `written` differs from it by nothing but live content, and all that stands in it may stay. */
  const onlyLiveDiffers = async (
    { path, collected, before }: FinalDocument,
    written: string,
  ): Promise<string | undefined> => {
    if (!collected || before?.path !== path || !written.includes(LIVE_END)) return undefined;
    // A link that leads elsewhere now may be to a page that was restricted since: its title must go, and its files' names.
    const isOutdated = (destination: string) =>
      moved(before, destination) || ownerIsGone(before, destination, options);
    if (before.destinations.some(isOutdated)) return undefined;
    const head = Buffer.from((await repo.readAt(path)) ?? []).toString('utf8');
    return sameButLive(head, written) ? head : undefined;
  };

  for (const document of options.documents) {
    const { collected, before, path } = document;
    if (collected) {
      const marked = spool.get(collected.text);
      const file = attachmentLinks(path, collected);
      const body = linkDocument(marked, (destination) => file(destination) ?? index.link(path, destination));
      yield await settle(document, body, collected.description && spool.get(collected.description));
    } else if (
      path !== before.path ||
      before.destinations.some((destination) => moved(before, destination))
    ) {
      kept.set(before.path, document);
    } else {
      yield { document, changed: false };
    }
  }

  const rewritten: TreeEntry[] = [...kept.values()].map(({ before }) => before);
  for await (const { path, content } of repo.read(rewritten)) {
    const document = kept.get(path) as FinalDocument & { readonly before: ManifestEntry };
    const { body, description } = relinked(content, document, former, index);
    yield await settle(document, body, description);
  }
}

/** The text of a committed document with its links as they are to be now; `former` are the documents of its own tree. */
export function relinked(
  content: Uint8Array,
  document: { readonly path: string; readonly facts: Facts; readonly before: ManifestEntry },
  former: ReadonlyMap<string, ManifestEntry>,
  index: LinkIndex,
): { readonly body: string; readonly description: string | undefined } {
  const { path } = document.before;
  const parsed = readDocument(Buffer.from(content).toString('utf8'));
  if (parsed === undefined)
    throw new Error(`${path} lost its frontmatter between two readings of the same commit`);
  const file = keptAttachmentLinks(path, document);
  const relink = (destination: string) =>
    file(destination) ?? index.link(document.path, absoluteDestination(path, destination, former));
  const body = linkDocument(markLinks(parsed.body, relink), (destination) => destination);
  return { body, description: parsed.description };
}

/** A committed file that is no document of ours is somebody's: it is never replaced by one. */
export function refuseForeignFiles({ sources, tree }: Manifest, paths: Iterable<string>): void {
  const ours = new Set(sources.values().flatMap((entries) => entries.values().map(({ path }) => path)));
  const foreign = [...paths].filter((path) => tree.has(path) && !ours.has(path));
  if (foreign.length > 0) throw ctxError('build.foreign-files', { paths: foreign });
}

/** The change set of a commit, read one file at a time. */
export async function* streamChanges(
  pending: readonly PendingChange[],
  spool: Spool,
): AsyncGenerator<Change> {
  for (const { path, content } of pending) {
    if (content === null) yield { path, content };
    else
      yield {
        path,
        content: 'location' in content ? await readFile(content.location) : spool.bytes(content),
      };
  }
}

/** All documents of a tree, by path. */
export function formerPaths(manifest: Manifest): Map<string, ManifestEntry> {
  const paths = new Map<string, ManifestEntry>();
  for (const documents of manifest.sources.values()) {
    for (const entry of documents.values()) paths.set(entry.path, entry);
  }
  return paths;
}

/** Whether the link would be written otherwise today: its target moved or went, or has become a document. */
export function leadsElsewhere(
  entry: ManifestEntry,
  destination: string,
  former: ReadonlyMap<string, ManifestEntry>,
  { index, paths }: { readonly index: LinkIndex; readonly paths: ReadonlyMap<DocumentKey, string> },
): boolean {
  const relative = repositoryPath(entry.path, destination);
  if (relative) {
    const target = former.get(relative.path);
    return target !== undefined && paths.get(keyOf(target.facts)) !== target.path;
  }
  return index.link(entry.path, destination) !== destination;
}

/** Whether the link is to a file of a document that the repository has and the next tree has not. */
function ownerIsGone(
  { facts: { source } }: ManifestEntry,
  destination: string,
  options: {
    readonly manifest: Manifest;
    readonly index: LinkIndex;
    readonly paths: ReadonlyMap<DocumentKey, string>;
  },
): boolean {
  const owner = options.index.fileOwner(source, destination);
  if (owner === undefined || options.paths.has(owner)) return false;
  return options.manifest.sources.get(source)?.has(owner.slice(source.length + 1)) ?? false;
}

/** The absolute URL behind a relative link of a committed document; others stay as they are. */
export function absoluteDestination(
  from: string,
  destination: string,
  former: ReadonlyMap<string, ManifestEntry>,
): string {
  const relative = repositoryPath(from, destination);
  const target = relative && former.get(relative.path);
  return target ? target.facts.url + relative.fragment : destination;
}

/** The id git gives these bytes. */
export function blobId(content: string, format: ContextRepo['objectFormat']): string {
  return createHash(format)
    .update(`blob ${Buffer.byteLength(content)}\0`)
    .update(content)
    .digest('hex');
}

/** Writes the files that lead to the documents, where they are ours, and removes indexes of folders that are gone. */
export async function writeGenerated(
  repo: ContextRepo,
  manifest: Manifest,
  sources: readonly LedToSource[],
  documents: readonly PlacedDocument[],
  spool: Spool,
  pending: PendingChange[],
): Promise<void> {
  const written = new Set<string>();
  // What is to stand where there is a file already, which may be a person's.
  const next = new Map<string, SpoolRange | null>();
  for (const [path, content] of generatedFiles(sources, [...documents])) {
    written.add(path);
    const oid = manifest.tree.get(path);
    if (oid === undefined) pending.push({ path, content: spool.put(content) });
    else if (blobId(content, repo.objectFormat) !== oid) next.set(path, spool.put(content));
  }
  const folders = new Set(sources.map(({ source }) => source));
  const present: TreeEntry[] = [];
  for (const [path, oid] of manifest.tree) {
    const inSource = isFolderIndex(path) && folders.has(path.slice(0, path.indexOf('/')));
    if (inSource && !written.has(path)) next.set(path, null);
    if (next.has(path)) present.push({ path, oid });
  }
  for await (const { path, content } of repo.read(present)) {
    if (isGenerated(path, Buffer.from(content).toString('utf8')))
      pending.push({ path, content: next.get(path) ?? null });
  }
}
