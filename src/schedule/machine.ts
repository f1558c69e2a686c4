import { execFile, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { ctxError } from '../core/errors/index.ts';
import type { Environment } from '../core/paths.ts';

/** The machine and the user that runs are scheduled for. */
export interface Machine {
  readonly env: Environment;
  readonly platform: string;
  /** The user's number; undefined where users have none. */
  readonly user: number | undefined;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly signal: AbortSignal;
}

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How long a scheduler may take to answer. */
const TIMEOUT_MS = 30_000;

/** Runs a program to its end, with its messages in English and its times in UTC; undefined where there is no such program. */
export function ask(
  { env, signal }: Machine,
  [program = '', ...args]: readonly string[],
  input = '',
): Promise<Ran | undefined> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      program,
      args,
      { env: { ...env, LC_ALL: 'C', TZ: 'UTC' }, signal, timeout: TIMEOUT_MS },
      (error, stdout, stderr) => {
        const { code } = error ?? { code: 0 };
        if (typeof code === 'number') resolve({ code, stdout, stderr });
        else if (code === 'ENOENT' || code === 'EACCES') resolve(undefined);
        else reject(signal.aborted ? error : refusal([program, ...args], 'it did not end by itself', error));
      },
    );
    // A program that does not read what it is given has its own reason, and its exit code tells it.
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
  });
}

/** As `ask`, of a program that must be there and succeed. Fails with `schedule.refused`. */
export async function demand(machine: Machine, command: readonly string[], input?: string): Promise<Ran> {
  const ran = await ask(machine, command, input);
  if (ran === undefined) throw refusal(command, 'there is no such program');
  if (ran.code !== 0) throw refusal(command, ran.stderr.trim() || `exit code ${ran.code}`);
  return ran;
}

/** Runs a program whose lines are told as they come, until it ends or the signal comes; answers its exit code. */
export async function follow(
  { env, signal }: Machine,
  command: readonly string[],
  lines: { readonly answer: (line: string) => void; readonly talk: (line: string) => void },
): Promise<number> {
  const [program = '', ...args] = command;
  const child = spawn(program, args, { env, signal, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<number>((resolve, reject) => {
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (signal.aborted) resolve(0);
      else reject(refusal(command, error.code ?? 'it could not be started', error));
    });
    child.on('close', (code) => resolve(code ?? 0));
  });
  createInterface({ input: child.stdout }).on('line', lines.answer);
  createInterface({ input: child.stderr }).on('line', lines.talk);
  return ended;
}

function refusal(command: readonly string[], reason: string, cause?: unknown) {
  return ctxError('schedule.refused', { command: command.join(' '), reason }, cause);
}
