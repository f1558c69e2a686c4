import { type Fidelity, NO_CONSTRUCTS, type Warning } from '../core/document.ts';
import { type CtxError, ctxError } from '../core/errors/index.ts';
import { addCounts, type GuardCounts, NOTHING_GUARDED } from '../redact/tally.ts';
import type { FileChanges } from './attachments/changes.ts';
import { deletionFingerprint } from './guard.ts';
import { type DocumentKey, keyOf } from './links.ts';
import type { SourceRun } from './source-run.ts';
import type { WithdrawnDocument } from './withdrawn.ts';

export type SourceStatus = 'ok' | 'skipped' | 'partial' | 'failed';

/** What a run did with one source. Counts are of documents; `ms` is the time spent reading the source. */
export interface SourceReport {
  readonly id: string;
  readonly status: SourceStatus;
  readonly added: number;
  readonly modified: number;
  readonly renamed: number;
  readonly deleted: number;
  readonly unchanged: number;
  readonly failed: number;
  readonly warnings: number;
  /** What became of the constructs of the documents that were rendered in this run. */
  readonly fidelity: Fidelity;
  /** Secrets that were replaced in the documents of this run and their text files, each once for each document. */
  readonly redacted: number;
  /** The same by kind. */
  readonly redactions: { readonly [kind: string]: number };
  /** Secrets that the configuration lets stay. */
  readonly allowed: number;
  /** Invisible characters that were taken out. */
  readonly invisible: number;
  /** The documents of these counts, so that a person can go and rotate what was found; never what it was. */
  readonly guarded: readonly DocumentGuard[];
  /**
   * Files that came into the repository and went from it, and those that documents of this run want and the repository
   * has not, or only in an earlier version.
   */
  readonly attachments: FileChanges & { readonly skipped: number };
  /** The documents that went because they are restricted now. */
  readonly withdrawn: readonly WithdrawnDocument[];
  readonly requests: number;
  readonly ms: number;
  /** Why the source was skipped. */
  readonly reason?: string;
}

export interface BuildReport {
  readonly version: string;
  /** The commit that the run made; null when nothing changed, or in a dry run. */
  readonly commit: string | null;
  /** The commits that it made before that one, each for one change of somebody's. */
  readonly revisions: number;
  readonly sources: readonly SourceReport[];
  /** The documents of this run that were rendered least faithfully, the worst first; ten at most. */
  readonly worst: readonly DocumentWarnings[];
}

/** What the guard did to a document. */
export interface DocumentGuard extends GuardCounts {
  readonly path: string;
}

/** A document that was not rendered in full: how many constructs were degraded and lost, and which. */
export interface DocumentWarnings {
  readonly path: string;
  readonly degraded: number;
  readonly lost: number;
  readonly constructs: readonly string[];
}

export interface BuildResult {
  readonly report: BuildReport;
  /** Everything that failed, in the order of the sources; the exit code follows from their kinds. */
  readonly errors: readonly CtxError[];
  readonly warnings: readonly DocumentWarnings[];
  readonly changes: readonly DocumentChange[];
}

export type ChangeKind = 'added' | 'modified' | 'renamed' | 'deleted';

/** One document's change, for the commit message and the screen. `from` is the former path of a rename. */
export interface DocumentChange {
  readonly kind: ChangeKind;
  readonly source: string;
  readonly path: string;
  readonly title: string;
  readonly from?: string;
  /** Why it was deleted. */
  readonly reason?: string;
}

/** The run of one source in numbers. */
export function sourceReport(
  run: SourceRun,
  changes: readonly DocumentChange[],
  unchanged: number,
  files: FileChanges = { added: 0, removed: 0 },
  withdrawn: readonly WithdrawnDocument[] = [],
  guarded: readonly DocumentGuard[] = [],
): SourceReport {
  const { model, collected, failure, skipped, removals } = run;
  const count = (kind: ChangeKind) =>
    changes.filter((change) => change.source === model.source && change.kind === kind).length;
  const total = (counts: Iterable<number> | undefined) =>
    [...(counts ?? [])].reduce((sum, value) => sum + value, 0);
  const failed = collected?.failedDocuments.size ?? 0;
  const { redacted, allowed, invisible } = guarded.reduce(addCounts, NOTHING_GUARDED);
  const partial = failed > 0 || (collected?.errors.length ?? 0) > 0 || removals.suspicious.size > 0;
  return {
    id: model.source,
    status: skipped !== undefined ? 'skipped' : failure ? 'failed' : partial ? 'partial' : 'ok',
    added: count('added'),
    modified: count('modified'),
    renamed: count('renamed'),
    deleted: count('deleted'),
    unchanged,
    failed,
    warnings: total(collected?.warnings.values().map(({ length }) => length)),
    fidelity: collected?.fidelity ?? NO_CONSTRUCTS,
    redacted: total(Object.values(redacted)),
    redactions: redacted,
    allowed: total(Object.values(allowed)),
    invisible,
    guarded,
    attachments: { ...files, skipped: collected?.skippedAttachments ?? 0 },
    withdrawn,
    requests: run.requests,
    ms: run.ms,
    ...(skipped === undefined ? {} : { reason: skipped }),
  };
}

/** Everything of a source that failed or was held back. */
export function errorsOf({ failure, collected, removals }: SourceRun): CtxError[] {
  const errors = [...(collected?.errors ?? []), ...(collected?.failedDocuments.values() ?? [])];
  if (failure) errors.unshift(failure);
  if (removals.suspicious.size > 0) {
    const keys = [...new Set([...removals.suspicious.values()].flat())];
    const scopes = [...removals.suspicious.keys()];
    errors.push(
      ctxError('build.mass-deletion', {
        scopes,
        documents: keys.length,
        fingerprint: deletionFingerprint(keys),
      }),
    );
  }
  return errors;
}

/** The documents that were not rendered in full. */
export function warningsOf(
  { model, collected }: SourceRun,
  paths: ReadonlyMap<DocumentKey, string>,
): DocumentWarnings[] {
  return [...(collected?.warnings ?? [])].map(([id, warnings]) => ({
    path: paths.get(keyOf({ source: model.source, id })) ?? id,
    ...counted(warnings),
    constructs: [...new Set(warnings.map(({ construct }) => construct))],
  }));
}

/** The documents of a source in which the guard found anything, by path. */
export function guardedOf(
  { model, collected }: SourceRun,
  paths: ReadonlyMap<DocumentKey, string>,
): DocumentGuard[] {
  return [...(collected?.guarded ?? [])]
    .map(([id, counts]) => ({ path: paths.get(keyOf({ source: model.source, id })) ?? id, ...counts }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

function counted(warnings: readonly Warning[]) {
  const lost = warnings.filter(({ fate }) => fate === 'lost').length;
  return { degraded: warnings.length - lost, lost };
}

/** Those that lost most come first. */
export function worstFirst(a: DocumentWarnings, b: DocumentWarnings): number {
  return b.lost - a.lost || b.degraded - a.degraded || (a.path < b.path ? -1 : 1);
}
