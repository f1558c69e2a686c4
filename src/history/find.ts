import { relative, resolve, sep } from 'node:path';
import { ctxError } from '../core/errors/index.ts';
import { readDocument } from '../frontmatter/read.ts';
import type { ReadingRepo } from '../git/reading.ts';
import { lastPlace } from './follow.ts';
import { type DocumentId, documentAt, isDocumentPath } from './identity.ts';

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
  const paths = [...new Set([cwd, repo.path].map((from) => within(repo.path, resolve(from, name))))].filter(
    isDocumentPath,
  );
  for (const path of paths) {
    const blob = await repo.blobAt(repo.head, path);
    const document = blob === null ? undefined : documentAt(path, await repo.content(blob));
    if (document !== undefined) return { document, path, isGone: false };
  }
  const found = await present(repo, name);
  if (found.size === 0) for (const path of paths) await addFormer(repo, path, found);
  if (found.size === 0 && paths.length === 0) await addGone(repo, name, found);
  const [first, ...others] = found.values();
  if (first === undefined) throw ctxError('history.unknown-document', { name, path: repo.path });
  if (others.length === 0) return first;
  const documents = [...found.values()].map(({ document, path }) => `${document} (${path})`).sort();
  throw ctxError('history.ambiguous', { name, documents });
}

/** A file in one commit. */
interface Version {
  readonly path: string;
  readonly blob: string;
}

type Found = Map<DocumentId, FoundDocument>;

const within = (top: string, path: string) => relative(top, path).split(sep).join('/');

/** Documents of HEAD. A ticket's file is named by its key, so that most keys are found without reading the others. */
async function present(repo: ReadingRepo, name: string): Promise<Found> {
  if (/^[a-z]\w*-\d+$/i.test(name)) {
    const prefix = `/${name.toLowerCase()}-`;
    const paths: string[] = [];
    for await (const path of repo.paths()) if (path.toLowerCase().includes(prefix)) paths.push(path);
    const found = await naming(repo, name, paths);
    if (found.size > 0) return found;
  }
  const id = name.includes('/') ? name.slice(name.indexOf('/') + 1) : name;
  const texts = [`id: "${id}"`, `key: ${name}`, `- ${name}`, `url: ${addressesIn(name).at(-1) ?? name}`];
  return naming(repo, name, await repo.filesWith(texts));
}

async function naming(repo: ReadingRepo, name: string, paths: readonly string[]): Promise<Found> {
  const found: Found = new Map();
  for (const path of paths.filter(isDocumentPath)) {
    const blob = await repo.blobAt(repo.head, path);
    const document = blob === null ? undefined : documentNamed(name, path, await repo.content(blob));
    if (document !== undefined) found.set(document, { document, path, isGone: false });
  }
  return found;
}

function documentNamed(name: string, path: string, text: string): DocumentId | undefined {
  const document = documentAt(path, text);
  const facts = document === undefined ? undefined : readDocument(text)?.facts;
  if (facts === undefined || document === undefined) return undefined;
  const keys = [facts.key ?? [], facts.aliases ?? []].flat().map((key) => key.toLowerCase());
  const isCalled =
    facts.id === name ||
    document === name ||
    keys.includes(name.toLowerCase()) ||
    addressesIn(name).includes(facts.url);
  return isCalled ? document : undefined;
}

/** An address as given, and shorter ones that lead to the same: without query and fragment, and without a page's title. */
function addressesIn(name: string): string[] {
  if (!/^https?:\/\//i.test(name)) return [];
  const plain = name.replace(/[?#].*$/, '').replace(/\/$/, '');
  return [name, plain, plain.replace(/(\/pages\/\d+)\/.*$/, '$1')];
}

/** The documents that were at a path which is none's now, or another's. */
async function addFormer(repo: ReadingRepo, path: string, found: Found): Promise<void> {
  for await (const { files } of repo.log({ path, files: true }))
    for (const blob of files.flatMap(({ before, after }) => [before ?? [], after ?? []].flat())) {
      const document = documentAt(path, await repo.content(blob));
      if (document !== undefined && !found.has(document))
        found.set(document, await whereabouts(repo, document, path));
    }
}

/**
 * Documents of the history, by the versions in which files went, or else came: a document may have gone while another one
 * took its path. No other versions need to be read.
 */
async function addGone(repo: ReadingRepo, name: string, found: Found): Promise<void> {
  const gone: Version[] = [];
  const come: Version[] = [];
  for await (const commit of repo.log({ cameOrWent: true }))
    for (const { path, before, after } of commit.files.filter((file) => isDocumentPath(file.path)))
      if (before !== null) gone.push({ path, blob: before });
      else if (after !== null) come.push({ path, blob: after });
  for (const files of [gone, come]) if (found.size === 0) await addNamed(repo, name, files, found);
}

async function addNamed(
  repo: ReadingRepo,
  name: string,
  files: readonly Version[],
  found: Found,
): Promise<void> {
  const id = name.includes('/') ? name.slice(name.indexOf('/') + 1) : name;
  const marks = [id, addressesIn(name).at(-1) ?? id].map((mark) => mark.toLowerCase());
  for await (const { request, content } of repo.contents(files, ({ blob }) => blob)) {
    // Spares the other documents the parser.
    const text = content.toLowerCase();
    if (!marks.some((mark) => text.includes(mark))) continue;
    const document = documentNamed(name, request.path, content);
    if (document !== undefined && !found.has(document))
      found.set(document, await whereabouts(repo, document, request.path));
  }
}

/** Where a document is, of which it is only known that it once was at a path. */
async function whereabouts(repo: ReadingRepo, document: DocumentId, path: string): Promise<FoundDocument> {
  const [now] = (await present(repo, document)).values();
  return now ?? { document, path: await lastPlace(repo, document, path), isGone: true };
}
