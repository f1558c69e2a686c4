import type { Facts } from '../core/document.ts';
import { readDocument } from '../frontmatter/read.ts';
import type { LoggedCommit, ReadingRepo } from '../git/reading.ts';
import { type Authorship, authorshipOf } from './authorship.ts';
import { type ChangeKind, documentChanges } from './changes.ts';
import type { Period } from './dates.ts';
import type { FoundDocument } from './find.ts';
import { type Version, versionsOf } from './follow.ts';
import { isDocumentPath } from './identity.ts';
import { compareVersions, type VersionDiff } from './text.ts';

/** A commit and what it did to how many documents. */
export interface RunEntry {
  readonly commit: LoggedCommit;
  readonly counts: Readonly<Record<ChangeKind, number>>;
}

/** The commits, newest first. */
export async function* runs(repo: ReadingRepo, period: Period): AsyncGenerator<RunEntry> {
  for await (const commit of repo.log({ ...period, files: true }))
    yield { commit, counts: await countChanges(repo, commit) };
}

async function countChanges(repo: ReadingRepo, { files }: LoggedCommit): Promise<RunEntry['counts']> {
  const counts = { added: 0, modified: 0, renamed: 0, deleted: 0 };
  // A first build has nothing that could be a rename, and much that would have to be read.
  if (files.every(({ before }) => before === null))
    return { ...counts, added: files.filter(({ path }) => isDocumentPath(path)).length };
  for (const { kind } of await documentChanges(repo, files)) counts[kind] += 1;
  return counts;
}

/** What a commit did to one document. */
export interface VersionEntry extends VersionDiff {
  readonly version: Version;
  readonly authorship: Authorship;
  /** The document's, afterwards or when it went. */
  readonly own: Facts | undefined;
}

/** The commits that changed a document, newest first, through all renames. */
export async function* documentLog(
  repo: ReadingRepo,
  { document, path }: FoundDocument,
  { since, until }: Period = {},
): AsyncGenerator<VersionEntry> {
  for await (const version of versionsOf(repo, document, path)) {
    const { committed } = version.commit;
    if ((since && committed < since) || (until && committed > until)) continue;
    const text = await repo.content((version.after ?? version.before) as string);
    const own = readDocument(text)?.facts;
    // Who wrote the last version is not who took it away.
    const authorship = authorshipOf(version.commit, document, version.after === null ? undefined : own);
    const diff = await compareVersions(repo, version.before, version.after);
    yield { version, own, authorship, ...diff };
  }
}
