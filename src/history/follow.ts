import type { LoggedCommit, ReadingRepo } from '../git/reading.ts';
import { type ChangeKind, placeAmongChanged } from './changes.ts';
import type { DocumentId } from './document-id.ts';
import { documentAt } from './identity.ts';

/** One commit's change of a document. */
export interface Version {
  readonly commit: LoggedCommit;
  readonly kind: ChangeKind;
  /** Where it is afterwards, or was before it went. */
  readonly path: string;
  readonly formerPath?: string;
  /** The blobs of the document. */
  readonly before: string | null;
  readonly after: string | null;
}

/**
 * The commits that changed a document, newest first, from where it is or was last. Each file's own frontmatter tells
 * whether it is this document: where titles were swapped, the files of a path are of two documents, and likeness would
 * follow the wrong one. A document that went and came back goes on from before, if it came back to a path that it had.
 */
export async function* versionsOf(
  repo: ReadingRepo,
  document: DocumentId,
  path: string,
): AsyncGenerator<Version> {
  let at: Place | undefined = { from: repo.head, path };
  while (at !== undefined) at = yield* versionsAt(repo, document, at);
}

/** A path in a commit and before it. */
interface Place {
  readonly from: string;
  readonly path: string;
}

/** Those at one path; answers where to go on. */
async function* versionsAt(
  repo: ReadingRepo,
  document: DocumentId,
  { from, path }: Place,
): AsyncGenerator<Version, Place | undefined> {
  let came: LoggedCommit | undefined;
  for await (const commit of repo.log({ from, path, files: true })) {
    const [file] = commit.files;
    if (file === undefined) continue;
    const before = await ownBlob(repo, document, path, file.before);
    const after = await ownBlob(repo, document, path, file.after);
    if (before !== null && after !== null) yield { commit, kind: 'modified', path, before, after };
    else if (after !== null) {
      const origin = await placeAmongChanged(repo, document, commit, 'before', path);
      if (origin !== undefined && commit.parent !== null) {
        const { path: formerPath, blob } = origin;
        yield { commit, kind: 'renamed', path, formerPath, before: blob, after };
        return { from: commit.parent, path: formerPath };
      }
      yield { commit, kind: 'added', path, before, after };
      came = commit;
    } else if (before !== null) {
      // It left this path, came back to it later, and was elsewhere in between.
      const place = came && (await placeAmongChanged(repo, document, commit, 'after', path));
      if (place && came?.parent)
        return { from: came.parent, path: await lastPlace(repo, document, place.path, came.parent) };
      yield { commit, kind: 'deleted', path, before, after };
    }
  }
  return undefined;
}

async function ownBlob(
  repo: ReadingRepo,
  document: DocumentId,
  path: string,
  blob: string | null,
): Promise<string | null> {
  return blob !== null && documentAt(path, await repo.content(blob)) === document ? blob : null;
}

/** Where a document that has left a path was last, before the end of a history. Each step is to a later commit. */
export async function lastPlace(
  repo: ReadingRepo,
  document: DocumentId,
  path: string,
  from = repo.head,
): Promise<string> {
  for await (const commit of repo.log({ from, path, files: true })) {
    const [file] = commit.files;
    if (file === undefined || (await ownBlob(repo, document, path, file.before)) === null) continue;
    const place = await placeAmongChanged(repo, document, commit, 'after', path);
    return place === undefined ? path : lastPlace(repo, document, place.path, from);
  }
  return path;
}
