import { basename } from 'node:path';
import type { Plain } from '../../core/plain.ts';
import { readDocument } from '../../frontmatter/read.ts';
import type { LoggedCommit, ReadingRepo, Touched } from '../../git/reading.ts';
import { type ChangeKind, documentChanges } from '../../history/changes.ts';
import { documentAt, isDocumentPath } from '../../history/identity.ts';
import type { DeckPeriod } from './period.ts';

/** What a clone knows of one document: its frontmatter, with the source's own fields beside the common ones. */
export interface Item {
  readonly [field: string]: Plain;
}

/** The facts of a clone, each read when it is asked for, once. */
export interface Knowledge {
  name(): Promise<string>;
  readonly period: DeckPeriod;
  /** All documents as they are now, the last updated first. */
  documents(): Promise<readonly Item[]>;
  /** What became of documents within the period, as far as the history tells. */
  changes(): Promise<Readonly<Record<ChangeKind, readonly Item[]>>>;
  /** What a deck should not hide, once it has been asked. */
  notes(): readonly string[];
}

/** `open` is called when something is first asked: a deck that asks nothing needs no repository. */
export function knowledgeOf(open: () => Promise<ReadingRepo>, period: DeckPeriod): Knowledge {
  const notes: string[] = [];
  let repo: Promise<ReadingRepo> | undefined;
  let documents: Promise<Item[]> | undefined;
  let changes: Promise<Record<ChangeKind, Item[]>> | undefined;
  const opened = () => {
    repo ??= open();
    return repo;
  };
  return {
    name: async () => basename((await opened()).path),
    period,
    documents: () => {
      documents ??= opened().then(readAll);
      return documents;
    },
    changes: () => {
      changes ??= opened().then((each) => readChanges(each, period, notes));
      return changes;
    },
    notes: () => notes,
  };
}

async function readAll(repo: ReadingRepo): Promise<Item[]> {
  const files: { path: string; blob: string }[] = [];
  for await (const { path, after } of repo.changes(null, repo.head)) {
    if (after !== null && isDocumentPath(path)) files.push({ path, blob: after });
  }
  return (await readItems(repo, files)).map(({ item }) => item).sort(lastUpdatedFirst);
}

interface Read<T> {
  readonly file: T;
  readonly item: Item;
}

async function readItems<T extends { readonly path: string; readonly blob: string }>(
  repo: ReadingRepo,
  files: readonly T[],
): Promise<Read<T>[]> {
  const items: Read<T>[] = [];
  for await (const { request, content } of repo.contents(files, ({ blob }) => blob)) {
    if (documentAt(request.path, content) === undefined) continue;
    const facts = readDocument(content)?.facts;
    if (facts === undefined) continue;
    // Of no use on a slide, and most of what a header weighs.
    const { people, attachments, fields, ...common } = facts;
    items.push({
      file: request,
      item: { ...fields, ...(common as { [field: string]: Plain }), path: request.path },
    });
  }
  return items;
}

/**
 * The history is the runs' that were made: what lies before its first commit was not seen to change, so that this commit
 * adds nothing.
 */
async function readChanges(
  repo: ReadingRepo,
  { since, until }: DeckPeriod,
  notes: string[],
): Promise<Record<ChangeKind, Item[]>> {
  const found: Record<ChangeKind, Item[]> = { added: [], modified: [], renamed: [], deleted: [] };
  const to = await lastBefore(repo, until);
  // git's dates are whole seconds.
  const before = to && (await lastBefore(repo, new Date(since.getTime() - 1)));
  const from = before ?? (await firstCommit(repo));
  if (before === null)
    notes.push(
      `The history begins at ${from.committed.toISOString().slice(0, 10)}, within the period or after it: changes before are not known.`,
    );
  if (to === null) return found;
  const touched: Touched[] = [];
  for await (const file of repo.changes(from.id, to.id)) touched.push(file);
  const changes = await documentChanges(repo, touched);
  const files = changes.flatMap(({ kind, path, before: old, after }) => {
    const blob = after ?? old;
    return blob === null ? [] : [{ kind, path, blob }];
  });
  for (const { file, item } of await readItems(repo, files))
    found[file.kind].push({ ...item, change: file.kind });
  for (const items of Object.values(found)) items.sort(lastUpdatedFirst);
  return found;
}

async function lastBefore(repo: ReadingRepo, until: Date): Promise<LoggedCommit | null> {
  for await (const commit of repo.log({ limit: 1, until })) return commit;
  return null;
}

async function firstCommit(repo: ReadingRepo): Promise<LoggedCommit> {
  let first: LoggedCommit | undefined;
  for await (const commit of repo.log({})) first = commit;
  return first as LoggedCommit;
}

function lastUpdatedFirst(a: Item, b: Item): number {
  return compare(momentOf(b), momentOf(a)) || compare(String(a.path), String(b.path));
}

/** Sources write fractions of seconds or none. */
const momentOf = ({ updated }: Item) => (typeof updated === 'string' ? Date.parse(updated) || 0 : 0);

const compare = <T extends string | number>(a: T, b: T) => (a < b ? -1 : a > b ? 1 : 0);
