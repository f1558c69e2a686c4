import { ctxError } from '../../core/errors/index.ts';
import type { History } from '../../git/history.ts';
import { compareIds } from '../layout.ts';
import { type DocumentKey, keyOf } from '../links.ts';
import { type Identity, identityOf } from './identity.ts';
import { unreadableVersions } from './unreadable.ts';

/** A blob that is a version of a purged document, wherever it lies. */
export interface PurgedVersion {
  readonly document: DocumentKey;
  readonly title: string;
  /** Its address, if any version says it. */
  readonly url: string | undefined;
  /** The attachments that it names, by their paths. */
  readonly files: readonly string[];
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

interface Version {
  readonly oid: string;
  readonly identity: Identity;
}

/**
 * Looks through all texts that git still finds. Versions are told by their frontmatter and not by their path, which may
 * have been another document's before; by their path only where they say nothing. Fails with `purge.unknown-document` or
 * `purge.ambiguous`.
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
  const found = classify(documents, named ? versions : await versionsNaming(history, ids));
  const unreadable = await unreadableVersions(history, found.versions);
  return { ...found, versions: new Map([...found.versions, ...unreadable]) };
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
  const steps = await history.stepsAt(path);
  for (const oid of new Set(steps.flatMap(({ before, after }) => [before, after]))) {
    if (oid === null) continue;
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

/** Which of the texts are versions of the documents, and which hold text of theirs. */
function classify(documents: readonly DocumentKey[], found: readonly Version[]): Findings {
  const purged = new Set(documents);
  const versions = new Map<string, PurgedVersion>();
  const including = new Map<string, DocumentKey>();
  const urls = new Map(
    found.flatMap(({ identity }) => (identity.url === undefined ? [] : [[keyOf(identity), identity.url]])),
  );
  for (const { oid, identity } of found) {
    const document = keyOf(identity);
    if (purged.has(document)) {
      const { title, url = urls.get(document), files } = identity;
      versions.set(oid, { document, title, url, files });
    } else if (includedIn(identity).some((key) => purged.has(key))) including.set(oid, document);
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
