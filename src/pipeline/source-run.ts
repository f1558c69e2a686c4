import { createHash } from 'node:crypto';
import type { Connector, RevisionsWanted, SourceModel } from '../connectors/contract.ts';
import type { Clock } from '../core/clock.ts';
import type { CtxError } from '../core/errors/index.ts';
import type { Logger } from '../core/logger.ts';
import { VERSION } from '../core/version.ts';
import type { Redactor } from '../redact/redactor.ts';
import type { FileSpool } from './attachments/file-spool.ts';
import { keepAttachments } from './attachments/keep.ts';
import { collect } from './collect.ts';
import type { Collected } from './collected.ts';
import { decideRemovals, deletionFingerprint, type SourceRemovals } from './guard.ts';
import type { Journal } from './journal.ts';
import { compareIds } from './layout.ts';
import type { DocumentKey } from './links.ts';
import type { Manifest, ManifestEntry } from './manifest.ts';
import { withTodaysFiles } from './revisions.ts';
import type { SourceState } from './state.ts';

/** A configured source as the run finds it: to be read, left out, or refused before it could be read. */
export type BuildSource =
  | { readonly model: SourceModel; readonly connector: Connector }
  | { readonly model: SourceModel; readonly skipped: string }
  | { readonly model: SourceModel; readonly failure: CtxError };

/** What is known of a source before its documents are laid out. */
export interface SourceRun {
  readonly model: SourceModel;
  readonly known: ReadonlyMap<string, ManifestEntry>;
  readonly collected: Collected | undefined;
  readonly removals: SourceRemovals;
  readonly state: SourceState;
  readonly requests: number;
  readonly ms: number;
  readonly failure: CtxError | undefined;
  readonly skipped: string | undefined;
}

/** One that could be read to its end, whatever became of single documents. */
export type ReadSource = SourceRun & { readonly collected: Collected };

export function isRead(run: SourceRun): run is ReadSource {
  return run.collected !== undefined && run.collected.failure === undefined;
}

export interface ReadSourceOptions {
  readonly manifest: Manifest;
  readonly states: ReadonlyMap<string, SourceState>;
  readonly journal: Journal;
  readonly files: FileSpool;
  readonly full: boolean;
  /** Which former states of its documents the source shall tell. */
  readonly revisions: (known: ReadonlyMap<string, ManifestEntry>) => RevisionsWanted | undefined;
  readonly dryRun: boolean;
  readonly confirmDeletes: readonly string[];
  readonly redactor: Redactor;
  readonly clock: Clock;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/** Reads one source to its end, fetches its documents' files, and decides what of it is gone. */
export async function readSource(source: BuildSource, options: ReadSourceOptions): Promise<SourceRun> {
  const { model } = source;
  const { manifest, states, journal, files, dryRun, redactor, log, signal } = options;
  const known = manifest.sources.get(model.source) ?? new Map<string, ManifestEntry>();
  const state = states.get(model.source) as SourceState;
  const nothing = {
    model,
    known,
    collected: undefined,
    removals: { removed: new Map(), suspicious: new Map() },
    state,
    requests: 0,
    ms: 0,
  };
  if ('skipped' in source) return { ...nothing, failure: undefined, skipped: source.skipped };
  if ('failure' in source) return { ...nothing, failure: source.failure, skipped: undefined };

  const { connector } = source;
  const fingerprint = `${connector.fingerprint} ${redactor.version}`;
  const full = options.full || state.fingerprint !== fingerprint;
  const revisions = options.revisions(known);
  const key = keyOf([VERSION, fingerprint, full, revisions, state], known);
  const started = options.clock.now();
  const collected = await collect(connector, {
    checkpoint: state.checkpoint,
    again: state.again ?? [],
    known,
    full,
    revisions,
    journal,
    key,
    clock: options.clock,
    redactor,
    log,
    signal,
  });
  const rulesChanged = state.fingerprint !== undefined && !state.fingerprint.endsWith(` ${redactor.version}`);
  const offline = dryRun || collected.failure !== undefined;
  await keepAttachments(connector, {
    ...{ collected, known, tree: manifest.tree, files, redactor, full, rulesChanged, offline, log, signal },
  });
  withTodaysFiles(collected.revisions, collected.upserts);
  const confirmed = (keys: readonly DocumentKey[]) =>
    options.confirmDeletes.includes(deletionFingerprint(keys));
  const removals = decideRemovals(model, known, collected, confirmed);
  const again = [...collected.untaken, ...(state.again ?? []).filter((id) => !collected.upserts.has(id))]
    .filter((id) => known.has(id) && !removals.removed.has(id))
    .sort(compareIds);
  return {
    model,
    known,
    collected,
    removals,
    state: collected.failure
      ? state
      : {
          checkpoint: collected.checkpoint,
          fingerprint,
          ...(again.length > 0 && { again: [...new Set(again)] }),
        },
    requests: connector.requests,
    ms: Math.round(options.clock.now() - started),
    failure: collected.failure,
    skipped: undefined,
  };
}

/** Equal for two runs that would ask a source for the same and find the same of it in the repository. */
function keyOf(wanted: readonly unknown[], known: ReadonlyMap<string, ManifestEntry>): string {
  const hash = createHash('sha256').update(JSON.stringify(wanted));
  for (const [id, { oid }] of known) hash.update(`\n${id} ${oid}`);
  return hash.digest('hex').slice(0, 16);
}
