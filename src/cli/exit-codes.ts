import type { CtxError, ErrorKind } from '../core/errors/index.ts';

export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  credentials: 3,
  partial: 4,
  guard: 5,
  interrupted: 130,
} as const;

export function exitCodeOf(kind: ErrorKind): number {
  return EXIT[kind];
}

/** Which failure a run is remembered by when it had several: what a person must act on comes first. */
const PRECEDENCE: readonly ErrorKind[] = ['interrupted', 'guard', 'credentials', 'usage'];

/** The exit code of a run that ended by itself. Anything that failed while something else succeeded is partial. */
export function exitCodeOfRun(errors: readonly CtxError[], anySourceRead: boolean): number {
  if (errors.length === 0) return EXIT.done;
  const kind = PRECEDENCE.find((candidate) => errors.some((error) => error.kind === candidate));
  if (kind) return EXIT[kind];
  return anySourceRead ? EXIT.partial : EXIT.failed;
}
