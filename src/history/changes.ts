import type { ReadingRepo, Touched } from '../git/reading.ts';
import { type DocumentId, sourceOf } from './document-id.ts';
import { documentAt, isDocumentPath } from './identity.ts';

export type ChangeKind = 'added' | 'modified' | 'renamed' | 'deleted';

/** What became of a document between two trees, whatever its path. */
export interface DocumentChange {
  readonly document: DocumentId;
  readonly kind: ChangeKind;
  /** Where it is afterwards, or was. */
  readonly path: string;
  /** Where it was before, if that is another path. */
  readonly formerPath?: string;
  /** The blobs of its versions. */
  readonly before: string | null;
  readonly after: string | null;
}

interface Place {
  readonly path: string;
  readonly blob: string;
}

/** Pairs the files that differ by the ids of the documents in them: names and likeness say nothing. */
export async function documentChanges(
  repo: ReadingRepo,
  touched: readonly Touched[],
): Promise<DocumentChange[]> {
  const files = touched.filter(({ path }) => isDocumentPath(path));
  const befores = await placesOf(
    repo,
    files.map(({ path, before }) => ({ path, blob: before })),
  );
  const afters = await placesOf(
    repo,
    files.map(({ path, after }) => ({ path, blob: after })),
  );
  return [...new Set([...befores.keys(), ...afters.keys()])].map((document) =>
    changeOf(document, befores.get(document), afters.get(document)),
  );
}

function changeOf(document: DocumentId, before: Place | undefined, after: Place | undefined): DocumentChange {
  const path = (after ?? before)?.path ?? '';
  const blobs = { before: before?.blob ?? null, after: after?.blob ?? null };
  if (before === undefined) return { document, kind: 'added', path, ...blobs };
  if (after === undefined) return { document, kind: 'deleted', path, ...blobs };
  if (before.path === path) return { document, kind: 'modified', path, ...blobs };
  return { document, kind: 'renamed', path, formerPath: before.path, ...blobs };
}

async function placesOf(
  repo: ReadingRepo,
  files: readonly { readonly path: string; readonly blob: string | null }[],
): Promise<Map<DocumentId, Place>> {
  const present = files.filter((file): file is Place => file.blob !== null);
  const places = new Map<DocumentId, Place>();
  for await (const { request, content } of repo.contents(present, ({ blob }) => blob)) {
    const document = documentAt(request.path, content);
    if (document !== undefined) places.set(document, request);
  }
  return places;
}

/**
 * Where a document is on one side of a commit, among the files that the commit changed, other than `path`. Files that
 * came or went are looked at before those that stayed, which matters in a commit that changed all.
 */
export async function placeAmongChanged(
  repo: ReadingRepo,
  document: DocumentId,
  commit: { readonly id: string; readonly parent: string | null },
  side: 'before' | 'after',
  path: string,
): Promise<Place | undefined> {
  if (commit.parent === null) return undefined;
  const other = side === 'before' ? 'after' : 'before';
  const moved: Place[] = [];
  const stayed: Place[] = [];
  for await (const touched of repo.changes(commit.parent, commit.id, sourceOf(document))) {
    const blob = touched[side];
    if (blob === null || touched.path === path || !isDocumentPath(touched.path)) continue;
    (touched[other] === null ? moved : stayed).push({ path: touched.path, blob });
  }
  for await (const { request, content } of repo.contents([...moved, ...stayed], ({ blob }) => blob))
    if (documentAt(request.path, content) === document) return request;
  return undefined;
}
