import type { Facts } from '../core/document.ts';
import { readDocument } from '../frontmatter/read.ts';
import type { ContextRepo } from '../git/repo.ts';
import { absoluteDestination, formerPaths } from './changes.ts';
import type { Manifest, ManifestEntry } from './manifest.ts';

export interface CommittedDocument {
  readonly facts: Facts;
  readonly body: string;
  /** The address behind a link of its text to another document; other links stay as they are. */
  readonly addressOf: (destination: string) => string;
}

/** Reads committed documents, in the order asked for, streamed. The manifest is that of the commit that has them. */
export async function* readDocuments(
  repo: ContextRepo,
  manifest: Manifest,
  entries: Iterable<ManifestEntry>,
): AsyncGenerator<CommittedDocument> {
  const documents = formerPaths(manifest);
  for await (const { path, content } of repo.read(entries)) {
    const parsed = readDocument(Buffer.from(content).toString('utf8'));
    if (parsed === undefined)
      throw new Error(`${path} lost its frontmatter between two readings of the same commit`);
    const { facts, body } = parsed;
    yield { facts, body, addressOf: (link) => absoluteDestination(path, link, documents) };
  }
}
