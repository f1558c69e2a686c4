import { relative, resolve, sep } from 'node:path';
import { ctxError } from '../core/errors/index.ts';
import type { ReadingRepo } from '../git/reading.ts';
import type { DocumentId } from './document-id.ts';
import { lastPlace } from './follow.ts';
import { documentAt, isDocumentPath } from './identity.ts';
import { documentNamed, isAddress, isKey, linesNaming, markOf } from './names.ts';

/** A document as the repository has it, or had it last. */
export interface FoundDocument {
  readonly document: DocumentId;
  readonly path: string;
  readonly isGone: boolean;
}

/**
 * The document that a person means: by its path (from the folder `cwd`, or from the repository's top), a path that
 * it had, its key in any case, its id, `source/id`, or its address. Fails with `history.unknown-document` or
 * `history.ambiguous`.
 */
export async function findDocument(repo: ReadingRepo, name: string, cwd: string): Promise<FoundDocument> {
  // Nothing is called so, and no program can be asked for it.
  if (name.includes('\0')) throw ctxError('history.unknown-document', { name, path: repo.path });
  const paths = pathsIn(name, repo.path, cwd);
  for (const path of paths) {
    const [found] = await among(repo, [path], documentAt);
    if (found !== undefined) return found;
  }
  const found = await firstOf([
    ...paths.map((path) => () => formerlyAt(repo, path)),
    () => presentAs(repo, name),
    // Reads all commits, which no path is worth: those that it had would have been found.
    ...(paths.length > 0 ? [] : [() => formerlyAs(repo, name)]),
  ]);
  const [first, ...others] = found;
  if (first === undefined) throw ctxError('history.unknown-document', { name, path: repo.path });
  if (others.length === 0) return first;
  const documents = found.map(({ document, path }) => `${document} (${path})`).sort();
  throw ctxError('history.ambiguous', { name, documents });
}

/** From the top of the repository. */
function pathsIn(name: string, top: string, cwd: string): string[] {
  if (isAddress(name)) return [];
  const paths = [cwd, top].map((from) => relative(top, resolve(from, name)).split(sep).join('/'));
  return [...new Set(paths)].filter(isDocumentPath);
}

async function firstOf(searches: readonly (() => Promise<FoundDocument[]>)[]): Promise<FoundDocument[]> {
  for (const search of searches) {
    const found = await search();
    if (found.length > 0) return found;
  }
  return [];
}

/** Tells which document a file is, if it is one that is looked for. */
type Recognise = (path: string, text: string) => DocumentId | undefined;

/** Documents of HEAD at some of these paths. */
async function among(
  repo: ReadingRepo,
  paths: readonly string[],
  recognise: Recognise,
): Promise<FoundDocument[]> {
  const found: FoundDocument[] = [];
  for (const path of paths.filter(isDocumentPath)) {
    const blob = await repo.blobAt(repo.head, path);
    const document = blob === null ? undefined : recognise(path, await repo.content(blob));
    if (document !== undefined) found.push({ document, path, isGone: false });
  }
  return found;
}

/** Documents of HEAD. A ticket's file is named by its key, so that most keys are found without reading the others. */
async function presentAs(repo: ReadingRepo, name: string): Promise<FoundDocument[]> {
  const recognise: Recognise = (path, text) => documentNamed(name, path, text);
  if (isKey(name)) {
    const prefix = `/${name.toLowerCase()}-`;
    const paths: string[] = [];
    for await (const path of repo.paths()) if (path.toLowerCase().includes(prefix)) paths.push(path);
    const found = await among(repo, paths, recognise);
    if (found.length > 0) return found;
  }
  return among(repo, await repo.filesWith(linesNaming(name)), recognise);
}

/** A file in one commit. */
interface Version {
  readonly path: string;
  readonly blob: string;
}

/** The documents that were at a path where none is now. */
async function formerlyAt(repo: ReadingRepo, path: string): Promise<FoundDocument[]> {
  const versions: Version[] = [];
  for await (const { files } of repo.log({ path, files: true }))
    for (const { before, after } of files)
      for (const blob of [before, after]) if (blob !== null) versions.push({ path, blob });
  return whereabouts(repo, versions, documentAt);
}

/**
 * Documents of the history, by the versions in which files went, or else came: a document may have gone while another one
 * took its path. No other versions need to be read.
 */
async function formerlyAs(repo: ReadingRepo, name: string): Promise<FoundDocument[]> {
  const gone: Version[] = [];
  const come: Version[] = [];
  for await (const { files } of repo.log({ cameOrWent: true }))
    for (const { path, before, after } of files) {
      if (!isDocumentPath(path)) continue;
      if (before !== null) gone.push({ path, blob: before });
      else if (after !== null) come.push({ path, blob: after });
    }
  const mark = markOf(name).toLowerCase();
  // The mark spares the other documents the parser.
  const recognise: Recognise = (path, text) =>
    text.toLowerCase().includes(mark) ? documentNamed(name, path, text) : undefined;
  return firstOf([gone, come].map((versions) => () => whereabouts(repo, versions, recognise)));
}

/** Where the documents of some versions are now, or were last. */
async function whereabouts(
  repo: ReadingRepo,
  versions: readonly Version[],
  recognise: Recognise,
): Promise<FoundDocument[]> {
  const places = new Map<DocumentId, string>();
  for await (const { request, content } of repo.contents(versions, ({ blob }) => blob)) {
    const document = recognise(request.path, content);
    if (document !== undefined && !places.has(document)) places.set(document, request.path);
  }
  const found: FoundDocument[] = [];
  for (const [document, path] of places) {
    const [now] = await presentAs(repo, document);
    found.push(now ?? { document, path: await lastPlace(repo, document, path), isGone: true });
  }
  return found;
}
