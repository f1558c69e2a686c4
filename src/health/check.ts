import type { LoadedConfig } from '../config/load.ts';
import { type CtxError, type ErrorKind, isCtxError, systemRefusal } from '../core/errors/index.ts';
import type { Environment } from '../core/paths.ts';
import type { RepoState } from '../git/inspect.ts';
import type { Network } from '../http/network.ts';

export type Verdict = 'ok' | 'warn' | 'fail' | 'skip';

/** What a check found. */
export interface Finding {
  readonly status: Verdict;
  /** In a line. */
  readonly detail: string;
  /** What to do about it, exactly; with every `warn` and `fail`. */
  readonly fix?: string;
  /** Of the failure, for the exit code. */
  readonly kind?: ErrorKind;
}

export interface CheckResult extends Finding {
  readonly name: string;
  /** How long it took, in milliseconds. */
  readonly ms: number;
}

/** What is looked at: a configuration and its repository, as far as they are there. */
export interface Subject {
  readonly file: string | undefined;
  readonly env: Environment;
  readonly cwd: string;
  /** Undefined where the configuration is missing or broken. Its sources have no credentials. */
  readonly loaded: LoadedConfig | undefined;
  /** Undefined where there is none yet, or none that can be read. */
  readonly repo: RepoState | undefined;
  readonly network: Network;
  /** Where else the token of a GitHub source may come from. */
  readonly githubToken?: (host: string) => Promise<string | undefined>;
  /** Told of secrets before anything that may hold them. */
  readonly hide: (secrets: Iterable<string>) => void;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** One thing that is looked at. It changes nothing. What it throws is a failure that says itself what to do. */
export interface Check {
  readonly name: string;
  run(subject: Subject, trial: Trial): Promise<Finding | readonly Finding[]>;
}

/** What a check may use while it runs. */
export interface Trial {
  /** Aborted when its time is over. */
  readonly signal: AbortSignal;
  /** The last thing that was said meanwhile is told if its time runs out. */
  say(line: string): void;
}

export interface RunChecksOptions {
  readonly signal: AbortSignal;
  /** How long each may take, in milliseconds. */
  readonly limit: number;
}

/** Runs all side by side and answers in their order. One that takes too long has failed, and keeps nobody waiting. */
export async function runChecks(
  checks: readonly Check[],
  subject: Subject,
  options: RunChecksOptions,
): Promise<CheckResult[]> {
  return (await Promise.all(checks.map((check) => runCheck(check, subject, options)))).flat();
}

async function runCheck(
  check: Check,
  subject: Subject,
  { signal, limit }: RunChecksOptions,
): Promise<CheckResult[]> {
  const began = performance.now();
  const over = new AbortController();
  let last = '';
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<Finding>((resolve) => {
    timer = setTimeout(() => {
      resolve({
        status: 'fail',
        detail: `no answer within ${limit / 1000} s${last === '' ? '' : ` (${last})`}`,
        fix: 'The service, the network or the disk is slow: try again later; CTX_DEBUG=1 ctx build shows what it waits for.',
      });
      over.abort();
    }, limit);
  });
  const trial: Trial = {
    signal: AbortSignal.any([signal, over.signal]),
    say(line) {
      last = line;
    },
  };
  const finding = check.run(subject, trial).catch((error: unknown) => {
    signal.throwIfAborted();
    const known = isCtxError(error) ? error : systemRefusal(error);
    // What its own time's end has thrown is told already.
    if (known === undefined && !over.signal.aborted) throw error;
    return known === undefined ? [] : failed(known);
  });
  try {
    const found = await Promise.race([finding, tooLong]);
    const ms = Math.round(performance.now() - began);
    return [found].flat().map((each) => ({ name: check.name, ...each, ms }));
  } finally {
    clearTimeout(timer);
  }
}

/** A failure as it is told: its message without the name of its check, and its hint. */
export function failed(error: CtxError, status: 'fail' | 'warn' = 'fail'): Finding {
  return { status, detail: error.message, fix: error.hint, kind: error.kind };
}

export const ok = (detail: string): Finding => ({ status: 'ok', detail });
export const skip = (detail: string): Finding => ({ status: 'skip', detail });
