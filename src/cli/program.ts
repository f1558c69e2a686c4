import { CommanderError } from 'commander';
import { ctxError, isCtxError, systemRefusal } from '../core/errors/index.ts';
import type { CommandContext } from './command-context.ts';
import { EXIT, exitCodeOf } from './exit-codes.ts';
import { Output, type OutputStream } from './output.ts';
import { commandLine } from './program/command-line.ts';

export interface ProgramIo {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly stdin: NodeJS.ReadableStream;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly signal: AbortSignal;
  /** Milliseconds since the epoch. Default: the system's. */
  readonly now?: () => number;
}

/** Runs one command line (without `node` and the script) and answers the exit code. Commands are loaded when used. */
export async function runProgram(args: readonly string[], io: ProgramIo): Promise<number> {
  const { stdout, stderr, env, cwd, signal, now = Date.now } = io;
  const output = new Output({ stdout, stderr, verbose: env.CTX_DEBUG === '1', now });
  const context: CommandContext = {
    ...{ output, env, cwd, signal, now },
    get stdin() {
      return io.stdin;
    },
  };
  let exitCode: number = EXIT.done;
  const program = commandLine(
    async (command) => {
      exitCode = await command(context);
    },
    { writeOut: (text) => stdout.write(text), writeErr: (text) => stderr.write(text) },
    args[0],
  );
  try {
    await program.parseAsync(args as string[], { from: 'user' });
    return exitCode;
  } catch (error) {
    return reportFailure(error, output, signal);
  }
}

function reportFailure(error: unknown, output: Output, signal: AbortSignal): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  output.endProgress();
  const failure = signal.aborted ? ctxError('build.interrupted', undefined) : (systemRefusal(error) ?? error);
  if (!isCtxError(failure)) {
    output.crash(failure);
    return EXIT.failed;
  }
  output.error(failure);
  return exitCodeOf(failure.kind);
}
