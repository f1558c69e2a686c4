import { setImmediate } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Facts } from '../core/document.ts';
import type { ContextRepo, Identity } from '../git/repo.ts';
import { changeAttachments, type FileChanges } from './attachments/changes.ts';
import type { FileSpool } from './attachments/file-spool.ts';
import {
  type FinalDocument,
  type PendingChange,
  refuseForeignFiles,
  writeDocuments,
  writeGenerated,
} from './changes.ts';
import { compareIds, layOut } from './layout.ts';
import { type DocumentKey, keyOf, LinkIndex } from './links.ts';
import type { Manifest, ManifestCache, ManifestEntry } from './manifest.ts';
import type { DocumentChange } from './report.ts';
import { type ToldRevisions, tellRevisions } from './revisions.ts';
import { isRead, type SourceRun } from './source-run.ts';
import type { Spool, SpoolRange } from './spool.ts';
import type { SourceState } from './state.ts';

/** Documents that are linked and written before anything else gets its turn. */
const WRITTEN_AT_ONCE = 50;

/** What the documents of a run make of HEAD. */
export interface NextTree {
  /** Files that differ from HEAD's. */
  readonly pending: PendingChange[];
  /** The same as documents. */
  readonly changes: readonly DocumentChange[];
  /** How many documents stay as they are, by source. */
  readonly unchanged: ReadonlyMap<string, number>;
  /** What happens to the documents' files, by source. */
  readonly files: ReadonlyMap<string, FileChanges>;
  /** Where each document is; empty when all of them stay where they are. */
  readonly paths: ReadonlyMap<DocumentKey, string>;
  /** What is committed before the rest. */
  readonly revisions: ToldRevisions | undefined;
}

export interface NextTreeOptions {
  readonly repo: ContextRepo;
  readonly manifest: Manifest;
  readonly runs: readonly SourceRun[];
  readonly spool: Spool;
  readonly files: FileSpool;
  readonly cache: ManifestCache;
  /** Sources whose documents are told anew. */
  readonly backfill: readonly string[];
  /** Whether HEAD is what its own documents make. */
  readonly isSettled: boolean;
  /** Who commits. */
  readonly author: Identity;
  readonly signal: AbortSignal;
}

/** Whether a HEAD that is what its documents make stays so: the runs brought no document, file or place, and none went. */
export function staysAsItIs(
  runs: readonly SourceRun[],
  former: ReadonlyMap<string, SourceState>,
  files: FileSpool,
): boolean {
  return (
    files.kept.size === 0 &&
    runs.every((run) => {
      if (!isRead(run)) return false;
      const { collected, model, removals, state } = run;
      if (collected.upserts.size > 0 || collected.revisions.size > 0 || removals.removed.size > 0)
        return false;
      const before = former.get(model.source)?.checkpoint;
      return isDeepStrictEqual([...model.containers(state.checkpoint)], [...model.containers(before)]);
    })
  );
}

/** The tree of HEAD once more. */
export function sameTree(runs: readonly SourceRun[]): NextTree {
  const unchanged = new Map(runs.map(({ model, known }) => [model.source, known.size]));
  return { pending: [], changes: [], unchanged, files: new Map(), paths: new Map(), revisions: undefined };
}

/** Lays the documents out, links and writes those that differ from HEAD's into the spool, and all that follows from them. */
export async function nextTree(options: NextTreeOptions): Promise<NextTree> {
  const {
    repo,
    manifest,
    runs,
    spool,
    files,
    cache,
    backfill,
    isSettled,
    author: committer,
    signal,
  } = options;
  const models = runs.map(({ model }) => model);
  const sources = models.map(({ source }) => source);
  const documents = finalDocuments(runs);
  const paths = new Map(documents.map(({ facts, path }) => [keyOf(facts), path]));
  const index = new LinkIndex(
    models,
    documents.map(({ facts }) => facts),
    paths,
  );
  const pending: PendingChange[] = [];
  const changes: DocumentChange[] = [];
  const unchanged = new Map<string, number>();
  const revisionsOf = ({ source, id }: Facts) =>
    runs.find(({ model }) => model.source === source)?.collected?.revisions.get(id) ?? [];
  const isAnew = (facts: Facts) => backfill.includes(facts.source) && revisionsOf(facts).length > 0;
  const told = new Map<FinalDocument, SpoolRange>();
  let written = 0;
  for await (const { document, changed, content } of writeDocuments({
    ...{ repo, manifest, documents, index, paths, spool, cache, pending },
    wanted: isAnew,
  })) {
    // Nothing else here waits for anything: this is when an interruption is noticed.
    if (++written % WRITTEN_AT_ONCE === 0) await setImmediate();
    signal.throwIfAborted();
    const isTold = changed ? revisionsOf(document.facts).length > 0 : isAnew(document.facts);
    if (content && isTold) told.set(document, content);
    const change = documentChange(document, changed);
    if (change) changes.push(change);
    else unchanged.set(document.facts.source, (unchanged.get(document.facts.source) ?? 0) + 1);
  }
  refuseForeignFiles(manifest, paths.values());
  const fileChanges = changeAttachments({ manifest, sources, documents, files, pending });
  const next = new Set(paths.values());
  removeFormerFiles(runs, next, pending, changes);
  // When nothing could be read there is nothing to lead to: a first build that was refused leaves no commit.
  const isLedTo = pending.length > 0 || (!isSettled && runs.some(isRead));
  if (isLedTo) await writeGenerated(repo, manifest, models, documents, spool, pending);
  const taken = manifest.tree;
  const revisions = tellRevisions({ told, revisionsOf, taken, next, index, spool, isAnew, committer });
  return { pending, changes, unchanged, files: fileChanges, paths, revisions };
}

/** The documents of the next tree with their paths, by source in configured order and then by id. */
function finalDocuments(runs: readonly SourceRun[]): FinalDocument[] {
  return runs.flatMap(({ model, known, collected, removals, state }) => {
    const facts = new Map<string, Facts>();
    for (const [id, entry] of known) if (!removals.removed.has(id)) facts.set(id, entry.facts);
    for (const [id, document] of collected?.upserts ?? []) facts.set(id, document.facts);
    const paths = layOut(
      model.source,
      facts.entries().map(([id, own]) => ({ id, placement: model.placement(own) })),
      model.containers(state.checkpoint),
    );
    return [...facts]
      .sort(([a], [b]) => compareIds(a, b))
      .map(([id, own]): FinalDocument => {
        const path = paths.get(id) as string;
        const read = collected?.upserts.get(id);
        const before = known.get(id);
        if (read) return { facts: own, path, collected: read, before };
        return { facts: own, path, collected: undefined, before: before as ManifestEntry };
      });
  });
}

function documentChange(
  { facts, path, before }: FinalDocument,
  changed: boolean,
): DocumentChange | undefined {
  const { source, title } = facts;
  if (before === undefined) return { kind: 'added', source, path, title };
  if (path !== before.path) return { kind: 'renamed', source, path, title, from: before.path };
  return changed ? { kind: 'modified', source, path, title } : undefined;
}

function removeFormerFiles(
  runs: readonly SourceRun[],
  paths: ReadonlySet<string>,
  pending: PendingChange[],
  changes: DocumentChange[],
): void {
  for (const { model, known, removals } of runs) {
    for (const [id, { path, facts }] of known) {
      const reason = removals.removed.get(id);
      if (reason) changes.push({ kind: 'deleted', source: model.source, path, title: facts.title, reason });
    }
  }
  for (const { known } of runs) {
    for (const { path } of known.values()) if (!paths.has(path)) pending.push({ path, content: null });
  }
}
