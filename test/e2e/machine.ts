import { execFileSync, spawn } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { runProgram } from '../../src/cli/program.ts';

/** The program as a checkout runs it. */
const PROGRAM = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

/** What became of one run of the program. */
export interface Ran {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The user who runs it, instead of this test's own. */
  readonly uid?: number;
  /** The script, instead of the checkout's. */
  readonly program?: string;
}

export interface RunHereOptions extends Pick<RunOptions, 'env'> {
  /** The standard input. */
  readonly input?: string;
  /** Milliseconds since the epoch. Default: the system's. */
  readonly now?: () => number;
}

export interface Running {
  readonly pid: number;
  readonly ended: Promise<Ran>;
  kill(signal: NodeJS.Signals): void;
  /** Resolves with the match as soon as what the program printed matches; rejects when it ends before. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
}

/** A computer with nothing but the program: its own home, configuration and working folder. Disposing removes it. */
export interface Machine extends AsyncDisposable {
  /** The working folder; the configuration lies here. */
  readonly folder: string;
  /** Where {@link configuration} puts the context repository. */
  readonly repo: string;
  readonly home: string;
  write(path: string, content: string): Promise<void>;
  read(path: string): Promise<string>;
  /** Takes over the context repository of another machine, with what its runs have cached. */
  takeRepoOf(other: Machine): Promise<void>;
  ctx(args: readonly string[], options?: RunOptions): Promise<Ran>;
  /** The same command line within this process, which saves the start of another. */
  ctxHere(args: readonly string[], options?: RunHereOptions): Promise<Ran>;
  start(args: readonly string[], options?: RunOptions): Running;
  git(...args: string[]): string;
}

export async function newMachine(): Promise<Machine> {
  const root = await mkdtemp(join(tmpdir(), 'ctx-e2e-'));
  const folder = join(root, 'work');
  const home = join(root, 'home');
  const repo = join(folder, 'repo');
  await Promise.all([mkdir(folder), mkdir(home)]);

  const start = (args: readonly string[], { env, uid, program = PROGRAM }: RunOptions = {}): Running => {
    const child = spawn(process.execPath, [program, ...args], {
      cwd: folder,
      env: { ...bareEnvironment(home), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(uid === undefined ? {} : { uid, gid: uid }),
    });
    let stdout = '';
    let stderr = '';
    const watchers = new Set<() => void>();
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      for (const watch of watchers) watch();
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      for (const watch of watchers) watch();
    });
    const ended = new Promise<Ran>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => resolve({ code, stdout, stderr }));
    });
    return {
      pid: child.pid as number,
      ended,
      kill: (signal) => child.kill(signal),
      printed: (pattern) =>
        new Promise((resolve, reject) => {
          const watch = () => {
            const match = pattern.exec(stdout) ?? pattern.exec(stderr);
            if (match === null) return;
            watchers.delete(watch);
            resolve(match);
          };
          watchers.add(watch);
          watch();
          ended.then(() => reject(new Error(`it ended without printing ${pattern}: ${stderr}`)), reject);
        }),
    };
  };

  return {
    folder,
    repo,
    home,
    write: async (path, content) => {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), content, { mode: 0o600 });
    },
    read: (path) => readFile(join(folder, path), 'utf8'),
    takeRepoOf: async (other) => {
      // Many small files: the promised ones of `node:fs` take twenty times as long, or four times to remove them.
      cpSync(other.repo, repo, { recursive: true, preserveTimestamps: true });
    },
    ctx: (args, options) => start(args, options).ended,
    ctxHere: async (args, { env, input = '', now } = {}) => {
      let stdout = '';
      let stderr = '';
      const code = await runProgram(args, {
        stdout: { write: (text) => (stdout += text) },
        stderr: { write: (text) => (stderr += text) },
        stdin: Readable.from([input]),
        env: { ...bareEnvironment(home), ...env },
        cwd: folder,
        signal: new AbortController().signal,
        ...(now && { now }),
      });
      return { code, stdout, stderr };
    },
    start,
    git: (...args) => git(repo, ...args),
    [Symbol.asyncDispose]: async () => rmSync(root, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** What real git says in that folder, as a person with an identity. */
export function git(cwd: string, ...args: string[]): string {
  const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.test'];
  return execFileSync('git', ['-c', 'core.quotePath=false', ...who, ...args], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 64 << 20,
  }).trimEnd();
}

/** Nothing of this machine's settings but what finds git and node, and keeps git from reading its user's. */
function bareEnvironment(home: string): Record<string, string> {
  const kept = [
    'PATH',
    'TMPDIR',
    'SystemRoot',
    'NODE_COMPILE_CACHE',
    'GIT_CONFIG_GLOBAL',
    'GIT_CONFIG_SYSTEM',
  ];
  const own = Object.entries(process.env).filter(
    ([name, value]) => value !== undefined && kept.includes(name),
  );
  return {
    ...(Object.fromEntries(own) as Record<string, string>),
    HOME: home,
    USERPROFILE: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    NO_COLOR: '1',
  };
}
