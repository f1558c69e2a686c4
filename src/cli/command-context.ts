import type { Output } from './output.ts';

/** What a command is run with: where it prints and reads, and what stops it. */
export interface CommandContext {
  readonly output: Output;
  readonly stdin: NodeJS.ReadableStream;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly signal: AbortSignal;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}
