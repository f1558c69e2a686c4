import type { Facts } from '../../core/document.ts';
import type { PendingChange } from '../changes.ts';
import type { Manifest } from '../manifest.ts';
import type { FileSpool } from './file-spool.ts';
import { attachmentsOf, isAttachmentPath } from './place.ts';

/** How many files of a source come into the repository and go from it. */
export interface FileChanges {
  readonly added: number;
  readonly removed: number;
}

/**
 * Adds the files that documents name and HEAD has not, and removes those that no document names any more. Answers how
 * many of each source.
 */
export function changeAttachments(options: {
  readonly manifest: Manifest;
  readonly sources: readonly string[];
  readonly documents: Iterable<{ readonly facts: Facts }>;
  readonly files: FileSpool;
  readonly pending: PendingChange[];
}): Map<string, FileChanges> {
  const { manifest, sources, documents, files, pending } = options;
  const counts = new Map(sources.map((source) => [source, { added: 0, removed: 0 }]));
  const count = (path: string, change: keyof FileChanges) => {
    for (const [source, changes] of counts) if (isAttachmentPath(source, path)) changes[change] += 1;
  };
  const named = new Set<string>();
  for (const { facts } of documents) for (const path of attachmentsOf(facts)) named.add(path);
  for (const path of named) {
    const location = files.kept.get(path);
    if (location === undefined || manifest.tree.has(path)) continue;
    pending.push({ path, content: { location } });
    count(path, 'added');
  }
  for (const path of manifest.tree.keys()) {
    if (named.has(path) || !sources.some((source) => isAttachmentPath(source, path))) continue;
    pending.push({ path, content: null });
    count(path, 'removed');
  }
  return counts;
}
