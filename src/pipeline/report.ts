import type { CtxError } from '../core/errors/index.ts';

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
  readonly redacted: number;
  readonly requests: number;
  readonly ms: number;
  /** Why the source was skipped. */
  readonly reason?: string;
}

export interface BuildReport {
  readonly version: string;
  /** The commit that the run made; null when nothing changed, or in a dry run. */
  readonly commit: string | null;
  readonly sources: readonly SourceReport[];
}

/** A constructs' warning with the document it stands in, for people. */
export interface DocumentWarnings {
  readonly path: string;
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
