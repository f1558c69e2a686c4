import type { CommandContext } from '../command-context.ts';

/** Runs what a command line asks for. Commands are imported when they are run, so that the others cost nothing. */
export type Run = (command: (context: CommandContext) => Promise<number>) => Promise<void>;
