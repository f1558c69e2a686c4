import type { CommitNode, History } from '../../git/history.ts';
import { isFolderIndex, isGenerated } from '../generated/files.ts';
import { sectionFolder } from '../generated/sections.ts';
import { repositoryPath } from '../links.ts';
import { destinationsIn } from '../manifest.ts';
import type { Findings } from './find.ts';
import { identityOf } from './identity.ts';

/** What in other files than their own there is of the documents. */
export interface Traces {
  /** The paths of their attachments. */
  readonly attachments: ReadonlySet<string>;
  /** Blob of such a file, at whatever path it lies → the paths of the attachments that it is. */
  readonly files: ReadonlyMap<string, ReadonlySet<string>>;
  /** Blob of a document that stays → those of the attachments that it names. */
  readonly namers: ReadonlyMap<string, readonly string[]>;
  /** Blob of an index that a build wrote → those of their paths that it lists. */
  readonly indexes: ReadonlyMap<string, readonly string[]>;
}

/** `known`: blobs of files that were found before, when something still had them at their own paths. */
export async function findTraces(
  history: History,
  commits: readonly CommitNode[],
  { versions }: Pick<Findings, 'versions'>,
  known: Traces['files'] = new Map(),
): Promise<Traces> {
  const attachments = new Set([...versions.values()].flatMap(({ files }) => files));
  const files = new Map([...known].map(([oid, paths]) => [oid, new Set(paths)]));
  const paths = new Set<string>();
  const indexes = new Map<string, string>();
  for await (const { differences } of history.trees(commits)) {
    for (const { path, new: entry } of differences) {
      if (entry === null) continue;
      if (versions.has(entry.oid)) paths.add(path);
      if (isFolderIndex(path)) indexes.set(entry.oid, path);
      if (attachments.has(path)) files.set(entry.oid, (files.get(entry.oid) ?? new Set()).add(path));
    }
  }
  await using reader = history.reader();
  // An empty file is the same blob wherever it lies: it goes from the attachment's own path alone.
  for (const oid of files.keys())
    if (!known.has(oid) && (await reader.read(oid)).length === 0) files.delete(oid);
  const folders = new Set([...paths].map(sectionFolder));
  const listings = new Map<string, readonly string[]>();
  for (const [oid, path] of indexes) {
    if (!folders.has(sectionFolder(path))) continue;
    const text = (await reader.read(oid)).toString('utf8');
    const listed = isGenerated(path, text) ? targetsIn(path, text).filter((target) => paths.has(target)) : [];
    if (listed.length > 0) listings.set(oid, listed);
  }
  return { attachments, files, namers: await findNamers(history, attachments, versions), indexes: listings };
}

function targetsIn(path: string, text: string): string[] {
  return destinationsIn(text).flatMap((destination) => repositoryPath(path, destination)?.path ?? []);
}

async function findNamers(
  history: History,
  attachments: ReadonlySet<string>,
  versions: Findings['versions'],
): Promise<Map<string, readonly string[]>> {
  const namers = new Map<string, readonly string[]>();
  if (attachments.size === 0) return namers;
  for await (const { oid, content } of history.blobs((path) => !path.startsWith('attachments/'))) {
    if (versions.has(oid) || !content.includes('attachments/')) continue;
    const { files = [] } = identityOf(content.toString('utf8')) ?? {};
    const named = files.filter((file) => attachments.has(file));
    if (named.length > 0) namers.set(oid, named);
  }
  return namers;
}
