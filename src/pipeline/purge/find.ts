import type { Facts } from '../../core/document.ts';
import { ctxError } from '../../core/errors/index.ts';
import { readDocument } from '../../frontmatter/read.ts';
import type { History } from '../../git/history.ts';
import { compareIds } from '../layout.ts';
import { type DocumentKey, keyOf } from '../links.ts';

/** A blob that is a version of a purged document, wherever it lies. */
export interface PurgedVersion {
  readonly document: DocumentKey;
  readonly title: string;
}

/** What of the documents is in the repository, in whatever git still finds. */
export interface Findings {
  readonly documents: readonly DocumentKey[];
  /** Blob id → what it is a version of. */
  readonly versions: ReadonlyMap<string, PurgedVersion>;
  /** Blobs of other documents that include one of these, and so hold its text. */
  readonly including: ReadonlyMap<string, DocumentKey>;
}

export interface FindOptions {
  readonly path: string;
  /** Ids, keys, addresses or paths, as a person names documents. */
  readonly names: readonly string[];
  /** The only source they may be of. */
  readonly source: string | undefined;
  /** Documents that were purged before, of which something may be left to do. */
  readonly former: readonly DocumentKey[];
}

type Identity = Pick<Facts, 'id' | 'source' | 'title' | 'fields'> &
  Partial<Pick<Facts, 'key' | 'url' | 'aliases'>>;

interface Version {
  readonly oid: string;
  readonly identity: Identity;
}

/**
 * Looks through all texts that git still finds. Versions are told by their frontmatter and not by their path, which may
 * have been another document's before. Fails with `purge.unknown-document` or `purge.ambiguous`.
 */
export async function findDocuments(history: History, options: FindOptions): Promise<Findings> {
  const versions = await versionsNaming(history, options.names);
  const documents: DocumentKey[] = [];
  const unknown: string[] = [];
  for (const name of options.names) {
    const candidates = await candidatesFor(name, versions, history, options);
    const [only, ...others] = candidates;
    if (others.length > 0) throw ctxError('purge.ambiguous', { name, documents: candidates });
    if (only === undefined) unknown.push(name);
    else documents.push(only);
  }
  if (unknown.length > 0) throw ctxError('purge.unknown-document', { names: unknown, path: options.path });
  const ids = documents.map((key) => key.slice(key.indexOf('/') + 1));
  const named = ids.every((id) => options.names.includes(id));
  return sort(documents, named ? versions : await versionsNaming(history, ids));
}

async function candidatesFor(
  name: string,
  versions: readonly Version[],
  history: History,
  { source, former }: FindOptions,
): Promise<DocumentKey[]> {
  const identities = versions.map(({ identity }) => identity);
  const called = identities.filter(
    ({ id, key, url, aliases }) => name === id || name === key || name === url || aliases?.includes(name),
  );
  const placed = /^[^:]+\/.+\.md$/.test(name) ? await identitiesAt(history, name) : [];
  const keys = [...called, ...placed].map((identity) => keyOf(identity));
  const before = former.filter((key) => key.slice(key.indexOf('/') + 1) === name);
  const all = new Set([...keys, ...before]);
  return [...all].filter((key) => source === undefined || key.startsWith(`${source}/`)).sort();
}

async function identitiesAt(history: History, path: string): Promise<Identity[]> {
  await using reader = history.reader();
  const found: Identity[] = [];
  for (const oid of await history.blobsEverAt(path)) {
    const identity = identityOf((await reader.read(oid)).toString('utf8'));
    if (identity) found.push(identity);
  }
  return found;
}

async function versionsNaming(history: History, texts: readonly string[]): Promise<Version[]> {
  const versions: Version[] = [];
  // Files of documents are known by the documents that name them.
  for await (const { oid, content } of history.blobs((path) => !path.startsWith('attachments/'))) {
    if (!texts.some((text) => content.includes(text))) continue;
    const identity = identityOf(content.toString('utf8'));
    if (identity) versions.push({ oid, identity });
  }
  return versions;
}

/** Also of a document whose header a person broke, or whose line ends an editor changed. */
function identityOf(text: string): Identity | undefined {
  const read = readDocument(text);
  if (read) return read.facts;
  const [, header = ''] = /^\uFEFF?---\r?\n([\s\S]{0,65536})/.exec(text) ?? [];
  const value = (key: string) => new RegExp(`^${key}: *"?([^"\\r\\n]+?)"? *\\r?$`, 'm').exec(header)?.[1];
  const [id, source] = [value('id'), value('source')];
  return id === undefined || source === undefined ? undefined : { id, source, title: value('title') ?? '' };
}

function sort(documents: readonly DocumentKey[], found: readonly Version[]): Findings {
  const purged = new Set(documents);
  const versions = new Map<string, PurgedVersion>();
  const including = new Map<string, DocumentKey>();
  for (const { oid, identity } of found) {
    const document = keyOf(identity);
    if (purged.has(document)) versions.set(oid, { document, title: identity.title });
    else if (includedIn(identity).some((key) => purged.has(key))) including.set(oid, document);
  }
  return { documents: [...purged].sort(compareIds), versions, including };
}

/** The documents whose text the document shows as its own. */
function includedIn({ source, fields }: Identity): DocumentKey[] {
  const { includes } = (fields ?? {}) as { readonly includes?: unknown };
  if (!Array.isArray(includes)) return [];
  return includes.flatMap((each: { readonly id?: unknown } | null) =>
    typeof each?.id === 'string' ? [keyOf({ source, id: each.id })] : [],
  );
}
