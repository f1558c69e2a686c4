import { isCtxError, systemRefusal } from '../core/errors/index.ts';
import type { BuildResult, ChangeKind, DocumentChange, SourceReport } from '../pipeline/report.ts';
import { exitCodeOf, exitCodeOfRun } from './exit-codes.ts';

/** What became of a run, for those who were not there: its result, or what it ended with. */
export interface BuildOutcome {
  readonly exitCode: number;
  readonly commit: string | null;
  readonly counts: Readonly<Record<ChangeKind | 'failed', number>>;
  readonly sources: readonly SourceReport[];
  readonly changes: readonly DocumentChange[];
  readonly errors: readonly ToldError[];
}

export interface ToldError {
  /** Of the catalogue, or `internal`. */
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

export function outcomeOf({ report, errors, changes }: BuildResult): BuildOutcome {
  const { commit, sources } = report;
  const anySourceRead = sources.some(({ status }) => status === 'ok' || status === 'partial');
  const sum = (name: ChangeKind | 'failed') => sources.reduce((total, source) => total + source[name], 0);
  const counts = {
    added: sum('added'),
    modified: sum('modified'),
    renamed: sum('renamed'),
    deleted: sum('deleted'),
    failed: sum('failed'),
  };
  return { exitCode: exitCodeOfRun(errors, anySourceRead), commit, counts, sources, changes, errors };
}

/** Of a run that ended by an error. */
export function failedOutcome(error: unknown): BuildOutcome {
  const known = isCtxError(error) ? error : systemRefusal(error);
  const { code, message, hint } = known ?? UNKNOWN;
  return {
    exitCode: exitCodeOf(known?.kind ?? 'failed'),
    commit: null,
    counts: { added: 0, modified: 0, renamed: 0, deleted: 0, failed: 0 },
    sources: [],
    changes: [],
    errors: [{ code, message, hint }],
  };
}

const UNKNOWN: ToldError = {
  code: 'internal',
  message: 'The program made a mistake that it does not know.',
  hint: 'Its log has the details.',
};
