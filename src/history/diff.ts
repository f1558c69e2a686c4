import type { Facts } from '../core/document.ts';
import { ctxError } from '../core/errors/index.ts';
import { readDocument } from '../frontmatter/read.ts';
import type { LoggedCommit, ReadingRepo, Touched } from '../git/reading.ts';
import { authorshipOf, revisedDocument } from './authorship.ts';
import { type ChangeKind, type DocumentChange, documentChanges } from './changes.ts';
import type { DocumentId } from './document-id.ts';
import { beforeFirst, firstCommit } from './first-commit.ts';
import { compareVersions, type VersionDiff } from './text.ts';

export interface DiffOptions {
  readonly since: Date;
  readonly until?: Date;
  readonly source?: string;
  /** How many documents are told of one by one. */
  readonly limit: number;
  /** How many documents before these are passed over. */
  readonly skip?: number;
  /** Whether to tell the differences line by line. */
  readonly patch?: boolean;
}

export interface ChangedDocument extends DocumentChange, VersionDiff {
  readonly type: string;
  readonly title: string;
  readonly key: string | null;
  readonly url: string;
  /** Who changed it, or edited it last, or whose ticket it is. */
  readonly people: readonly { readonly name: string; readonly role: 'author' | 'editor' | 'assignee' }[];
  /** The hunks of a unified diff. */
  readonly patch: string | null;
}

export interface TreeDiff {
  /** The last commit before the date, or the first one if the history begins later. */
  readonly from: LoggedCommit;
  readonly to: LoggedCommit;
  /** What the history begins with, which is no news of it, if it does so after the date: the number of documents. */
  readonly began: number | null;
  readonly counts: Readonly<Record<ChangeKind, number>>;
  /** By source and folder, and in these by kind and path. */
  readonly documents: readonly ChangedDocument[];
  /** How many others come after them. */
  readonly more: number;
}

const ORDER: readonly ChangeKind[] = ['added', 'deleted', 'renamed', 'modified'];

/** What became of the documents between two dates. */
export async function treeDiff(repo: ReadingRepo, options: DiffOptions): Promise<TreeDiff> {
  const { limit, skip = 0 } = options;
  const { changes, describe, ...range } = await treeChanges(repo, options);
  const documents: ChangedDocument[] = [];
  for (const change of changes.slice(skip, skip + limit)) documents.push(await describe(change));
  return { ...range, documents, more: Math.max(0, changes.length - skip - documents.length) };
}

/** The same before any document is told of: what changed, in order, and how to tell of one of it. */
export interface TreeChanges extends Pick<TreeDiff, 'from' | 'to' | 'began' | 'counts'> {
  readonly changes: readonly DocumentChange[];
  readonly describe: (change: DocumentChange) => Promise<ChangedDocument>;
}

export async function treeChanges(
  repo: ReadingRepo,
  options: Omit<DiffOptions, 'limit' | 'skip'>,
): Promise<TreeChanges> {
  const { since, until, source } = options;
  if (source !== undefined) await checkSource(repo, source);
  const to = await lastCommit(repo, until);
  if (to === null) throw await beforeFirst(repo, until?.toISOString() ?? '');
  // git's dates are whole seconds.
  const before = await lastCommit(repo, new Date(since.getTime() - 1));
  const from = before ?? (await firstCommit(repo));
  const changesTo = async (commit: LoggedCommit, base: LoggedCommit | null) => {
    const touched: Touched[] = [];
    for await (const file of repo.changes(base?.id ?? null, commit.id, source)) touched.push(file);
    return documentChanges(repo, touched);
  };
  const began = before === null ? (await changesTo(from, null)).length : null;
  const changes = (await changesTo(to, from)).sort(inOrder);
  const counts = { added: 0, modified: 0, renamed: 0, deleted: 0 };
  for (const { kind } of changes) counts[kind] += 1;
  const authors = await authorsBetween(repo, from, to);
  const describe = (change: DocumentChange) => described(repo, change, authors.get(change.document), options);
  return { from, to, began, counts, changes, describe };
}

async function checkSource(repo: ReadingRepo, source: string): Promise<void> {
  const known = new Set<string>();
  for await (const path of repo.paths()) known.add(/^\.ctx\/state\/(.+)\.yaml$/.exec(path)?.[1] ?? '');
  known.delete('');
  if (!known.has(source))
    throw ctxError('history.unknown-source', { source, known: [...known], path: repo.path });
}

async function lastCommit(repo: ReadingRepo, until: Date | undefined): Promise<LoggedCommit | null> {
  for await (const commit of repo.log({ limit: 1, ...(until && { until }) })) return commit;
  return null;
}

/** The space or view that a document is in. */
export function folderOf(path: string): string {
  return path.split('/').slice(0, 2).join('/');
}

function inOrder(a: DocumentChange, b: DocumentChange): number {
  return (
    compare(folderOf(a.path), folderOf(b.path)) ||
    ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) ||
    compare(a.path, b.path)
  );
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Of the commits that are one person's revision of one document. */
async function authorsBetween(
  repo: ReadingRepo,
  from: LoggedCommit,
  to: LoggedCommit,
): Promise<Map<DocumentId, Set<string>>> {
  const authors = new Map<DocumentId, Set<string>>();
  for await (const commit of repo.log({ from: to.id, after: from.id })) {
    const document = revisedDocument(commit);
    if (document === null) continue;
    const { person } = authorshipOf(commit, document, undefined);
    if (person !== null) authors.set(document, (authors.get(document) ?? new Set()).add(person));
  }
  return authors;
}

async function described(
  repo: ReadingRepo,
  change: DocumentChange,
  authors: ReadonlySet<string> | undefined,
  { patch: wanted }: Pick<DiffOptions, 'patch'>,
): Promise<ChangedDocument> {
  const { before, after } = change;
  const text = await repo.content((after ?? before) as string);
  const facts = readDocument(text)?.facts;
  const hunks = wanted && before !== null && after !== null && before !== after;
  return {
    ...change,
    ...(await compareVersions(repo, before, after)),
    type: facts?.type ?? '',
    title: facts?.title ?? change.path,
    key: facts?.key ?? null,
    url: facts?.url ?? '',
    people: peopleOf(after === null ? undefined : facts, authors),
    patch: hunks ? await repo.patch(before, after) : null,
  };
}

/** Those who are known to have changed it, or else whom its frontmatter names. */
function peopleOf(
  facts: Facts | undefined,
  authors: ReadonlySet<string> | undefined,
): ChangedDocument['people'] {
  if (authors !== undefined) return [...authors].map((name) => ({ name, role: 'author' }));
  if (facts?.editor !== undefined) return [{ name: facts.editor, role: 'editor' }];
  const assignee = facts?.fields?.assignee;
  return typeof assignee === 'string' ? [{ name: assignee, role: 'assignee' }] : [];
}
