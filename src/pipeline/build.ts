import type { Clock } from '../core/clock.ts';
import type { Facts } from '../core/document.ts';
import { ctxError } from '../core/errors/index.ts';
import type { Logger } from '../core/logger.ts';
import { VERSION } from '../core/version.ts';
import type { ContextRepo, Identity } from '../git/repo.ts';
import { changeAttachments } from './attachments/changes.ts';
import { FileSpool } from './attachments/file-spool.ts';
import {
  blobId,
  type FinalDocument,
  type PendingChange,
  streamChanges,
  writeDocuments,
  writeGenerated,
} from './changes.ts';
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
import { type BuildSource, readSource, type SourceRun } from './source-run.ts';
import { Spool } from './spool.ts';
import { formatState, keepAdvance, loadStates, type SourceState, statePath } from './state.ts';
import { withdrawnDocuments } from './withdrawn.ts';

/** How many documents the report names as the least faithful. */
const WORST = 10;

export interface BuildOptions {
  readonly repo: ContextRepo;
  /** All configured sources, in the order of the configuration. */
  readonly sources: readonly BuildSource[];
  /** Fetch and render every document anew. */
  readonly full: boolean;
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
  await using spool = await Spool.open(repo.gitDir);
  await using files = await FileSpool.open(repo.gitDir);
  await using cache = await ManifestCache.open(repo.gitDir);

  const runs = await Promise.all(
    sources.map((source) => readSource(source, { ...options, manifest, states, spool, files })),
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
  for await (const { document, changed } of writeDocuments({
    repo,
    manifest,
    documents,
    index,
    paths,
    spool,
    cache,
    pending,
  })) {
    const change = documentChange(document, changed);
    if (change) changes.push(change);
    else unchanged.set(document.facts.source, (unchanged.get(document.facts.source) ?? 0) + 1);
  }
  refuseForeignFiles(manifest, paths.values());
  const fileChanges = changeAttachments({ manifest, sources: ids, documents, files, pending });
  removeFormerFiles(runs, new Set(paths.values()), pending, changes);
  // When nothing could be read there is nothing to lead to: a first build that was refused leaves no commit.
  const anyRead = runs.some(({ collected }) => collected !== undefined && collected.failure === undefined);
  if (anyRead || pending.length > 0) await writeGenerated(repo, manifest, ids, documents, spool, pending);

  const until = new Date(options.clock.now());
  const withdrawn = await Promise.all(runs.map((run) => withdrawnDocuments(repo, run, until)));
  const nextStates = new Map(runs.map((run) => [run.model.source, run.state]));
  const commit = options.dryRun
    ? null
    : await commitRun(options, manifest, pending, changes, nextStates, spool);
  const warnings = runs.flatMap((run) => warningsOf(run, paths)).sort(worstFirst);
  log.debug(commit === null ? 'no commit' : `commit ${commit}`);
  return {
    report: {
      version: VERSION,
      commit,
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

/** A committed file that is no document of ours is somebody's: it is never replaced by one. */
function refuseForeignFiles({ sources, tree }: Manifest, paths: Iterable<string>): void {
  const ours = new Set(sources.values().flatMap((entries) => entries.values().map(({ path }) => path)));
  const foreign = [...paths].filter((path) => tree.has(path) && !ours.has(path));
  if (foreign.length > 0) throw ctxError('build.foreign-files', { paths: foreign });
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

async function commitRun(
  { repo, sources, author, clock, signal }: BuildOptions,
  manifest: Manifest,
  pending: PendingChange[],
  changes: readonly DocumentChange[],
  states: ReadonlyMap<string, SourceState>,
  spool: Spool,
): Promise<string | null> {
  if (pending.length === 0) {
    await keepAdvance(repo, states);
    return null;
  }
  for (const [source, state] of states) {
    const path = statePath(source);
    const content = formatState(state);
    const oid = manifest.tree.get(path);
    if (state.fingerprint === undefined || (oid !== undefined && blobId(content, repo.objectFormat) === oid))
      continue;
    pending.push({ path, content: await spool.put(content) });
  }
  const message = commitMessage(
    changes,
    sources.map(({ model }) => model.source),
  );
  const date = new Date(clock.now());
  const made = await repo.commit({ changes: streamChanges(pending, spool), message, author, date, signal });
  return made?.id ?? null;
}
