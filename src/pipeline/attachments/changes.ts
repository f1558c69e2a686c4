import type { Facts } from '../../core/document.ts';
import type { PendingChange } from '../changes.ts';
import type { Manifest } from '../manifest.ts';
import type { FileSpool } from './file-spool.ts';
import { attachmentsOf, isAttachmentPath } from './place.ts';

/** Adds the files that documents name and HEAD has not, and removes those that no document names any more. */
export function changeAttachments(options: {
  readonly manifest: Manifest;
  readonly sources: readonly string[];
  readonly documents: Iterable<{ readonly facts: Facts }>;
  readonly files: FileSpool;
  readonly pending: PendingChange[];
}): void {
  const { manifest, sources, documents, files, pending } = options;
  const named = new Set<string>();
  for (const { facts } of documents) for (const path of attachmentsOf(facts)) named.add(path);
  for (const path of named) {
    const location = files.kept.get(path);
    if (location !== undefined && !manifest.tree.has(path)) pending.push({ path, content: { location } });
  }
  for (const path of manifest.tree.keys()) {
    if (!named.has(path) && sources.some((source) => isAttachmentPath(source, path)))
      pending.push({ path, content: null });
  }
}
