import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import type { LoadedConfig } from '../config/load.ts';
import { type Environment, expandHome, homeOf } from '../core/paths.ts';
import type { BuildOutcome } from './build-outcome.ts';
import { buildDigest } from './digest.ts';
import type { Output } from './output.ts';

/** Documents that a hook is told of one by one; `counts` has all. */
const TOLD_CHANGES = 200;
/** Characters of what a hook says that are kept. */
const SAID = 2000;
/** A secret that is shorter is looked for as a whole value only: it may be a part of anything. */
const LEAST_PART = 6;

type HookEvent = 'failure' | 'change';

interface HookContext {
  readonly loaded: LoadedConfig;
  readonly env: Environment;
  readonly output: Output;
  readonly signal: AbortSignal;
}

/**
 * Runs the commands that the configuration has for what became of a run, one after the other, each with one JSON object on
 * its standard input. What goes wrong with them is a warning.
 */
export async function runBuildHooks(outcome: BuildOutcome, context: HookContext): Promise<void> {
  const { on_failure: onFailure, on_change: onChange } = context.loaded.config.hooks ?? {};
  if (onChange && outcome.commit !== null) await runHook('change', onChange, outcome, context);
  if (onFailure && outcome.exitCode !== 0) await runHook('failure', onFailure, outcome, context);
}

async function runHook(
  event: HookEvent,
  argv: readonly string[],
  outcome: BuildOutcome,
  { loaded, env, output, signal }: HookContext,
): Promise<void> {
  const { file, config, secrets } = loaded;
  const seconds = config.hooks?.time_limit ?? 0;
  const { exitCode, commit, counts, sources, changes, errors } = outcome;
  const told = {
    ...{ event, exitCode, repository: config.repo.path, branch: config.repo.branch, commit, counts },
    sources: sources.map(({ id, status, reason }) => ({ id, status, ...(reason && { reason }) })),
    errors: errors.map(({ code, message, hint }) => ({ code, message, hint })),
    changes: changes.slice(0, TOLD_CHANGES),
    digest: buildDigest(outcome),
  };
  const [command = '', ...args] = argv;
  const problem = await run({
    command: expandHome(command, homeOf(env)),
    args,
    cwd: dirname(file),
    env: withoutSecrets(env, secrets),
    input: output.jsonText(told),
    milliseconds: seconds * 1000,
    signal,
  });
  if (problem !== undefined)
    output.warn(`hooks.on_${event} (${command}) ${problem}. What the build did is not affected.`);
}

/** The environment without variables that hold what sources, the remote or the index are reached with. */
function withoutSecrets(env: Environment, secrets: readonly string[]): Record<string, string> {
  const holds = (value: string) =>
    secrets.some(
      (secret) => secret !== '' && (secret.length < LEAST_PART ? value === secret : value.includes(secret)),
    );
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      value === undefined || holds(value) ? [] : [[name, value]],
    ),
  );
}

interface HookRun {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Record<string, string>;
  readonly input: string;
  readonly milliseconds: number;
  readonly signal: AbortSignal;
}

/** Answers what went wrong, as the end of a sentence; undefined if nothing did. */
function run({ command, args, cwd, env, input, milliseconds, signal }: HookRun): Promise<string | undefined> {
  return new Promise((resolve) => {
    // A group of its own, so that what it has started ends with it.
    const child = spawn(command, args, { cwd, env, stdio: ['pipe', 'pipe', 'pipe'], detached: true });
    let said = '';
    const keep = (chunk: Buffer) => {
      said = `${said}${chunk}`.slice(-SAID);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    // Not every command reads what it is given.
    child.stdin.on('error', () => {});
    child.stdin.end(`${input}\n`);
    let ended: string | undefined;
    const stop = (why: string) => {
      ended ??= why;
      if (child.pid !== undefined) killGroup(child.pid);
    };
    const timer = setTimeout(
      () => stop(`took longer than ${milliseconds / 1000} s and was stopped`),
      milliseconds,
    );
    const interrupt = () => stop('was interrupted');
    signal.addEventListener('abort', interrupt, { once: true });
    const finish = (problem: string | undefined) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', interrupt);
      child.stdout.destroy();
      child.stderr.destroy();
      resolve(problem);
    };
    child.on('error', (error: NodeJS.ErrnoException) =>
      finish(`could not be started (${error.code ?? 'unknown'})`),
    );
    child.on('exit', (code, killed) => {
      // What it said last may still be on its way.
      setImmediate(() => finish(ended ?? problemOf(code, killed, said)));
    });
  });
}

function problemOf(code: number | null, killed: string | null, said: string): string | undefined {
  if (code === 0) return undefined;
  const how = code === null ? `was ended by ${killed}` : `failed with ${code}`;
  const last = said.trim().split('\n').at(-1)?.trim() ?? '';
  return last === '' ? how : `${how}: ${last}`;
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // It has ended by itself.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
