/** What became of a deck. */
export interface Outcome {
  /** A file or an address; null if there is none yet. */
  readonly location: string | null;
  readonly lines: readonly string[];
  /** For programs. */
  readonly details: Readonly<Record<string, unknown>>;
}
