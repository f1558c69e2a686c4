import { setImmediate } from 'node:timers/promises';
import type { RevisionsWanted } from '../connectors/contract.ts';
import type { Clock } from '../core/clock.ts';
import type { Facts } from '../core/document.ts';
import type { Logger } from '../core/logger.ts';
import { VERSION } from '../core/version.ts';
import type { Commit, ContextRepo, Identity } from '../git/repo.ts';
import { changeAttachments } from './attachments/changes.ts';
import { FileSpool } from './attachments/file-spool.ts';
import {
  blobId,
  type FinalDocument,
  type PendingChange,
  refuseForeignFiles,
  streamChanges,
  writeDocuments,
  writeGenerated,
} from './changes.ts';
import { isNotedGenerated, noteGenerated } from './generated-note.ts';
import { Journal } from './journal.ts';
import { compareIds, layOut } from './layout.ts';
import { keyOf, LinkIndex } from './links.ts';
import { refuseLocalEdits } from './local-edits.ts';
import { loadManifest, type Manifest, ManifestCache, type ManifestEntry } from './manifest.ts';
import { commitMessage } from './message.ts';
import type { Redactor } from './redact.ts';
import {
  type BuildResult,
  type DocumentChange,
  errorsOf,
  guardedOf,
  sourceReport,
  warningsOf,
  worstFirst,
} from './report.ts';
import { type ToldRevisions, tellRevisions } from './revisions.ts';
import { type BuildSource, readSource, type SourceRun } from './source-run.ts';
import type { Spool, SpoolRange } from './spool.ts';
import { formatState, keepAdvance, loadStates, type SourceState, statePath } from './state.ts';
import { withdrawnDocuments } from './withdrawn.ts';

/** How many documents the report names as the least faithful. */
const WORST = 10;
/** Documents that are linked and written before anything else gets its turn. */
const WRITTEN_AT_ONCE = 50;

export interface BuildOptions {
  readonly repo: ContextRepo;
  /** All configured sources, in the order of the configuration. */
  readonly sources: readonly BuildSource[];
  /** Fetch and render every document anew. */
  readonly full: boolean;
  /** How the commits of a run tell what changed: by one of its own, or by one for each change of somebody's before it. */
  readonly commit: 'per-run' | 'per-revision';
  /** By source: which former states of new documents are told. Without it, those since the last run. */
  readonly history: { readonly [source: string]: HistoryChoice | undefined };
  /** Sources whose documents are told anew, from the beginning that `history` names. */
  readonly backfill: readonly string[];
  /** Go on from what an interrupted run of the same has read. */
  readonly resume: boolean;
  /** Do everything but the commit. */
  readonly dryRun: boolean;
  /** Fingerprints of deletions that the user has confirmed. */
  readonly confirmDeletes: readonly string[];
  readonly redactor: Redactor;
  readonly author: Identity;
  readonly clock: Clock;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

export interface HistoryChoice {
  /** A day or a time (ISO 8601), or all of it. */
  readonly since: string;
  /** The last so many of each document. */
  readonly max_versions?: number | undefined;
}

/**
 * One run: reads the sources, decides what goes, lays out, links, and commits the difference to HEAD together with
 * the sources' states. The caller holds the repository's lock. Throws `build.local-edits` before any request when a
 * file of ours was edited; failures of sources are part of the result.
 */
export async function build(options: BuildOptions): Promise<BuildResult> {
  const { repo, sources, log } = options;
  const ids = sources.map(({ model }) => model.source);
  await repo.recover();
  const manifest = await loadManifest(repo, ids);
  await refuseLocalEdits(repo, manifest, 'build.local-edits');
  warnOfFormerSources(manifest, ids, log);
  const states = await loadStates(repo, ids);
  using journal = await Journal.open(repo.gitDir, {
    sources: ids,
    anew: !options.resume,
    isDry: options.dryRun,
  });
  const { spool } = journal;
  await using files = await FileSpool.open(repo.gitDir);
  using cache = new ManifestCache(repo.gitDir);

  const runs = await Promise.all(
    sources.map((source) => {
      const isAnew = options.backfill.includes(source.model.source);
      const full = options.full || isAnew;
      return readSource(source, {
        ...{ ...options, full, manifest, states, journal, files },
        revisions: (known) => revisionsWanted(options, source.model.source, known),
      });
    }),
  );
  options.signal.throwIfAborted();

  const documents = finalDocuments(runs);
  const paths = new Map(documents.map(({ facts, path }) => [keyOf(facts), path]));
  const index = new LinkIndex(
    runs.map(({ model }) => model),
    documents.map(({ facts }) => facts),
    paths,
  );
  const pending: PendingChange[] = [];
  const changes: DocumentChange[] = [];
  const unchanged = new Map<string, number>();
  const revisionsOf = ({ source, id }: Facts) =>
    runs.find(({ model }) => model.source === source)?.collected?.revisions.get(id) ?? [];
  const isAnew = (facts: Facts) => options.backfill.includes(facts.source) && revisionsOf(facts).length > 0;
  const told = new Map<FinalDocument, SpoolRange>();
  let written = 0;
  for await (const { document, changed, content } of writeDocuments({
    repo,
    manifest,
    documents,
    index,
    paths,
    spool,
    cache,
    pending,
    wanted: isAnew,
  })) {
    // Nothing else here waits for anything: this is when an interruption is noticed.
    if (++written % WRITTEN_AT_ONCE === 0) await setImmediate();
    options.signal.throwIfAborted();
    const isTold = changed ? revisionsOf(document.facts).length > 0 : isAnew(document.facts);
    if (content && isTold) told.set(document, content);
    const change = documentChange(document, changed);
    if (change) changes.push(change);
    else unchanged.set(document.facts.source, (unchanged.get(document.facts.source) ?? 0) + 1);
  }
  refuseForeignFiles(manifest, paths.values());
  const fileChanges = changeAttachments({ manifest, sources: ids, documents, files, pending });
  const next = new Set(paths.values());
  removeFormerFiles(runs, next, pending, changes);
  // When nothing could be read there is nothing to lead to: a first build that was refused leaves no commit.
  const anyRead = runs.some(({ collected }) => collected !== undefined && collected.failure === undefined);
  const isWritten = pending.length === 0 && (await isNotedGenerated(repo, ids));
  if ((anyRead || pending.length > 0) && !isWritten)
    await writeGenerated(repo, manifest, ids, documents, spool, pending);

  const until = new Date(options.clock.now());
  const withdrawn = await Promise.all(runs.map((run) => withdrawnDocuments(repo, run, until)));
  const nextStates = new Map(runs.map((run) => [run.model.source, run.state]));
  const { author: committer } = options;
  const taken = manifest.tree;
  const revisions = tellRevisions({ told, revisionsOf, taken, next, index, spool, isAnew, committer });
  const commit = options.dryRun
    ? null
    : await commitRun(options, { manifest, pending, changes, states: nextStates, spool, revisions });
  for (const { model, collected } of runs)
    if (collected !== undefined && collected.failure === undefined) journal.end(model.source);
  if (anyRead && !isWritten && !options.dryRun) await noteGenerated(repo, ids);
  const warnings = runs.flatMap((run) => warningsOf(run, paths)).sort(worstFirst);
  log.debug(commit === null ? 'no commit' : `commit ${commit.id}`);
  return {
    report: {
      version: VERSION,
      commit: commit?.id ?? null,
      revisions: commit?.revisions ?? 0,
      sources: runs.map((run, n) => {
        const { source } = run.model;
        return sourceReport(
          run,
          changes,
          unchanged.get(source) ?? 0,
          fileChanges.get(source),
          withdrawn[n],
          guardedOf(run, paths),
        );
      }),
      worst: warnings.slice(0, WORST),
    },
    errors: runs.flatMap(errorsOf),
    warnings,
    changes,
  };
}

/** What a source brought stays when the configuration no longer has it, but nobody follows who may read it any more. */
function warnOfFormerSources({ tree }: Manifest, ids: readonly string[], log: Logger): void {
  for (const path of tree.keys()) {
    const source = /^\.ctx\/state\/(.+)\.yaml$/.exec(path)?.[1];
    if (source === undefined || ids.includes(source)) continue;
    log.warn(
      `${source} is no configured source any more: its documents stay as they are, whoever may read them by now. \`git rm -r ${source} ${path}\` removes them.`,
    );
  }
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

/** What the run's commits are made of. */
interface NextTree {
  readonly manifest: Manifest;
  readonly pending: PendingChange[];
  readonly changes: readonly DocumentChange[];
  readonly states: ReadonlyMap<string, SourceState>;
  readonly spool: Spool;
  readonly revisions: ToldRevisions | undefined;
}

async function commitRun(
  { repo, sources, backfill, author, clock, signal }: BuildOptions,
  { manifest, pending, changes, states, spool, revisions }: NextTree,
): Promise<Commit | null> {
  if (pending.length === 0 && revisions === undefined) {
    await keepAdvance(repo, states);
    return null;
  }
  for (const [source, state] of states) {
    const path = statePath(source);
    const content = formatState(state);
    const oid = manifest.tree.get(path);
    if (state.fingerprint === undefined || (oid !== undefined && blobId(content, repo.objectFormat) === oid))
      continue;
    pending.push({ path, content: spool.put(content) });
  }
  for (const path of revisions?.temporary ?? []) pending.push({ path, content: null });
  const message = commitMessage(
    changes.filter(({ path }) => !revisions?.whole.has(path)),
    sources.map(({ model }) => model.source),
  );
  // A replay is of the source alone: another one of the same makes the same commits.
  const isReplay = backfill.length > 0 || (await repo.head()) === null;
  const date = (isReplay && revisions?.last) || new Date(clock.now());
  return repo.commit({
    ...{ changes: streamChanges(pending, spool), message, author, date, signal },
    ...(revisions && { revisions: revisions.revisions }),
  });
}

/** Without a history that is asked for, a document that is new to the repository begins where the last run ended. */
function revisionsWanted(
  { commit, history, backfill }: BuildOptions,
  source: string,
  known: ReadonlyMap<string, ManifestEntry>,
): RevisionsWanted | undefined {
  const anew = backfill.includes(source);
  if (commit === 'per-run' && !anew) return undefined;
  const { since = anew ? 'all' : undefined, max_versions: max } = history[source] ?? {};
  if (since !== undefined) {
    const from = since === 'all' ? {} : { since: new Date(since).toISOString() };
    return { ...from, ...(max !== undefined && { max }), anew };
  }
  const times = known.values().flatMap(({ facts: { updated } }) => (updated === undefined ? [] : [updated]));
  const newest = times.reduce((latest, time) => (time > latest ? time : latest), '');
  return newest === '' ? undefined : { since: newest, anew };
}
