import type { RevisionsWanted } from '../connectors/contract.ts';
import type { Clock } from '../core/clock.ts';
import type { Logger } from '../core/logger.ts';
import { VERSION } from '../core/version.ts';
import type { Commit, ContextRepo, Identity } from '../git/repo.ts';
import type { Redactor } from '../redact/redactor.ts';
import { FileSpool } from './attachments/file-spool.ts';
import { blobId, streamChanges } from './changes.ts';
import { Journal } from './journal.ts';
import { refuseLocalEdits } from './local-edits.ts';
import { loadManifest, type Manifest, ManifestCache, type ManifestEntry } from './manifest.ts';
import { commitMessage } from './message.ts';
import { type NextTree, nextTree, sameTree, staysAsItIs } from './next-tree.ts';
import { type BuildResult, errorsOf, guardedOf, sourceReport, warningsOf, worstFirst } from './report.ts';
import { isSettled, noteSettled } from './settled.ts';
import { type BuildSource, isRead, readSource } from './source-run.ts';
import type { Spool } from './spool.ts';
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

  const settled = await isSettled(repo, ids);
  const next =
    settled && staysAsItIs(runs, states, files)
      ? sameTree(runs)
      : await nextTree({ ...options, manifest, runs, spool, files, cache, isSettled: settled });
  const { changes, paths } = next;

  const until = new Date(options.clock.now());
  const withdrawn = await Promise.all(runs.map((run) => withdrawnDocuments(repo, run, until)));
  const nextStates = new Map(runs.map((run) => [run.model.source, run.state]));
  const commit = options.dryRun
    ? null
    : await commitRun(options, next, { manifest, states: nextStates, spool });
  for (const { model } of runs.filter(isRead)) journal.end(model.source);
  if (!options.dryRun && (commit !== null || !settled) && runs.some(isRead)) await noteSettled(repo, ids);
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
          next.unchanged.get(source) ?? 0,
          next.files.get(source),
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

interface CommitInput {
  readonly manifest: Manifest;
  /** What the sources' next run goes on from. */
  readonly states: ReadonlyMap<string, SourceState>;
  readonly spool: Spool;
}

/** Adds the sources' states to what is pending, and commits it; without anything pending they are kept beside the repository. */
async function commitRun(
  { repo, sources, backfill, author, clock, signal }: BuildOptions,
  { pending, changes, revisions }: NextTree,
  { manifest, states, spool }: CommitInput,
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
