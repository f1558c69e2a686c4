import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ctxError } from '../../core/errors/index.ts';
import { withoutCredentials } from '../credentials.ts';

/**
 * Settings that make git do the same on every machine. Hooks are off, because a run is no person's commit;
 * packing is done deliberately, never in the middle of a run. What a commit needs reaches the disk before the
 * intent does.
 */
export const SETTINGS = [
  'core.hooksPath=/dev/null',
  'gc.auto=0',
  'maintenance.auto=false',
  'core.quotePath=false',
  'core.autocrlf=false',
  'core.fsmonitor=false',
  'core.splitIndex=false',
  'core.fsync=committed,reference',
  'commit.gpgSign=false',
  'protocol.ext.allow=never',
  // Set up on many machines for all repositories, and led by a file of the content (`.lfsconfig`) to any host.
  'filter.lfs.clean=',
  'filter.lfs.smudge=',
  'filter.lfs.process=',
  'filter.lfs.required=false',
] as const;

/** Variables by which a user tells git how to reach remotes. All others could lead it to another repository. */
const KEPT = /^GIT_(SSH|SSH_COMMAND|SSH_VARIANT|ASKPASS|SSL_\w+|HTTP_\w+|PROXY_\w+|EXEC_PATH|CONFIG(_\w+)?)$/;

export function gitEnvironment(extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && (!name.startsWith('GIT_') || KEPT.test(name))) environment[name] = value;
  }
  return { ...environment, LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', ...extra };
}

/** The line of git's standard error that says what is wrong. */
export function reasonIn(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  const telling = lines.find((line) => /^(fatal|error): /.test(line)) ?? lines[0] ?? 'no reason given';
  return withoutCredentials(telling.replace(/^(fatal|error): /, '').trim());
}

export interface GitOptions {
  readonly cwd: string;
  readonly env?: Record<string, string>;
  /** Settings of this command that differ from `SETTINGS`, as `name=value`. */
  readonly settings?: readonly string[];
  readonly input?: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;
  /** Exit codes that are answers, not failures. */
  readonly accept?: readonly number[];
}

export interface GitProcess {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly pid: number | undefined;
  /** The exit code; rejects with `git.command-failed` when it isn't one of the accepted. */
  readonly done: Promise<number>;
  kill(): void;
}

const STDERR_LIMIT = 16_384;

/** Starts git in a process group of its own, so that Ctrl-C in a terminal stops us and not git midway. */
export function startGit(args: readonly string[], options: Omit<GitOptions, 'input'>): GitProcess {
  const settings = [...SETTINGS, ...(options.settings ?? [])].flatMap((setting) => ['-c', setting]);
  const child = spawn('git', [...settings, ...args], {
    cwd: options.cwd,
    env: gitEnvironment(options.env),
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  const done = outcome(child, args[0] ?? '', options.accept ?? []);
  // The caller may come to await it late, or never when its own failure is the better one to tell.
  done.catch(() => {});
  return { stdin: child.stdin, stdout: child.stdout, pid: child.pid, done, kill: () => void child.kill() };
}

function outcome(child: ChildProcess, command: string, accept: readonly number[]): Promise<number> {
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    if (stderr.length < STDERR_LIMIT) stderr += text;
  });
  // git that ends early closes its input; its exit code and its own words say why.
  child.stdin?.on('error', () => {});
  return new Promise((resolve, reject) => {
    child.on('error', (error) => {
      const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
      reject(
        missing
          ? ctxError('git.not-found', undefined, error)
          : ctxError('git.command-failed', { command, code: 'not started', reason: error.message }, error),
      );
    });
    child.on('close', (code, signal) => {
      if (code === 0 || (code !== null && accept.includes(code))) resolve(code);
      else
        reject(
          ctxError('git.command-failed', { command, code: code ?? `${signal}`, reason: reasonIn(stderr) }),
        );
    });
  });
}

/** Runs git and returns what it printed; for answers that fit in memory. */
export async function git(args: readonly string[], options: GitOptions): Promise<string> {
  return (await gitOutcome(args, options)).stdout;
}

export async function gitOutcome(
  args: readonly string[],
  options: GitOptions,
): Promise<{ code: number; stdout: string }> {
  const child = startGit(args, options);
  const [code, stdout] = await Promise.all([
    child.done,
    textOf(child.stdout),
    feed(child, options.input ?? []),
  ]);
  return { code, stdout };
}

async function textOf(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** Writes all of the input with back-pressure and closes it. Only the input's own failure is one. */
export async function feed(
  child: GitProcess,
  input: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>,
): Promise<void> {
  try {
    await pipeline(input, child.stdin);
  } catch (error) {
    if (!['EPIPE', 'ERR_STREAM_PREMATURE_CLOSE'].includes((error as NodeJS.ErrnoException).code ?? '')) {
      child.kill();
      throw error;
    }
  }
}

/** What git prints with `-z`, one record at a time. */
export async function* records(stream: Readable): AsyncGenerator<string> {
  let rest = '';
  stream.setEncoding('utf8');
  for await (const chunk of stream) {
    const parts = (rest + chunk).split('\0');
    rest = parts.pop() ?? '';
    yield* parts;
  }
  if (rest !== '') yield rest;
}
