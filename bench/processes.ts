import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A process of Node.js, from its start to its end. */
export interface Start {
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** How many lines it must print at least. */
  readonly lines?: number;
}

export interface Starts {
  readonly rounds: number;
  /** Rounds that come before and do not count. */
  readonly warmUp: number;
  readonly starts: readonly Start[];
}

const TIMER = fileURLToPath(new URL('process-times.ts', import.meta.url));

/**
 * The times of each start in milliseconds, the starts taking turns. A small process starts and times them: starting costs what the
 * memory of the starter does, and a bench holds what it compares.
 */
export function processTimes<const Each extends readonly Start[]>(
  asked: Starts & { readonly starts: Each },
): { readonly [index in keyof Each]: readonly number[] } {
  return JSON.parse(
    execFileSync(process.execPath, [TIMER], { input: JSON.stringify(asked), encoding: 'utf8' }),
  );
}
