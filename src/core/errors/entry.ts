/**
 * What a failure means for the run. Each kind has one exit code (`cli/exit-codes.ts`).
 * `partial` is a document or a scope that failed while others went on.
 */
export type ErrorKind = 'failed' | 'usage' | 'credentials' | 'partial' | 'guard' | 'interrupted';

/**
 * One failure that the program knows. `message` says what happened and where, `hint` the next action.
 * Parameters are names, places and numbers: never a secret, never the text of a document.
 */
export interface ErrorEntry<P> {
  readonly kind: ErrorKind;
  readonly message: (params: P) => string;
  readonly hint: (params: P) => string;
  /** Parameters that are worded otherwise than most, for the list of errors; `‹name›` stands for what is any. */
  readonly examples?: readonly P[];
}

/** Types an entry by its parameters: `entry<{ file: string }>({ kind, message, hint })`. */
export function entry<P = void>(definition: ErrorEntry<P>): ErrorEntry<P> {
  return definition;
}
