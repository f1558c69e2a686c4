import { basename, join, resolve } from 'node:path';
import { type LoadedConfig, loadConfig } from '../../config/load.ts';
import { absoluteRemote, secretsOfRemote } from '../../config/remote.ts';
import { counted } from '../../core/counted.ts';
import { isCtxError } from '../../core/errors/index.ts';
import { expandHome, homeOf } from '../../core/paths.ts';
import type { PullResult } from '../../git/pull.ts';
import type { CommandContext } from '../command-context.ts';
import { exitCodeOfRun } from '../exit-codes.ts';
import type { Output } from '../output.ts';

export interface PullCommandOptions {
  readonly repo?: string;
  readonly branch?: string;
  readonly acceptRewrite?: boolean;
  readonly config?: string;
  readonly json?: boolean;
}

/** `ctx pull`: brings this host's clone to where the remote is, and says how old that is. */
export async function pullCommand(
  asked: string | undefined,
  options: PullCommandOptions,
  { output, env, cwd, signal, now }: CommandContext,
): Promise<number> {
  const loaded = await configIfAny(options.config, { env, cwd });
  output.hide([...(loaded?.secrets ?? []), ...secretsOfRemote(asked ?? '')]);
  for (const warning of loaded?.warnings ?? []) output.warn(warning);
  const configured = loaded?.config.repo;
  const home = homeOf(env);
  const folder = options.repo ?? configured?.path ?? join(home, 'context-sync');
  const { pull } = await import('../../git/pull.ts');
  const result = await pull({
    path: resolve(cwd, expandHome(folder, home)),
    branch: options.branch ?? configured?.branch ?? 'main',
    ...(asked !== undefined && { remote: absoluteRemote(asked, cwd, home) }),
    fallback: configured?.remote ?? null,
    acceptRewrite: options.acceptRewrite ?? false,
    signal,
  });
  const ageSeconds = Math.max(0, Math.floor((now() - result.contentDate.getTime()) / 1000));
  if (options.json) output.json(report(result, ageSeconds));
  else printSummary(result, ageSeconds, home, output);
  for (const problem of result.problems) output.error(problem);
  return exitCodeOfRun(result.problems, true);
}

/** A host that only reads has none. */
async function configIfAny(
  file: string | undefined,
  place: { readonly env: NodeJS.ProcessEnv; readonly cwd: string },
): Promise<LoadedConfig | undefined> {
  try {
    return await loadConfig({ file, ...place, only: [] });
  } catch (error) {
    if (file === undefined && isCtxError(error) && error.is('config.not-found')) return undefined;
    throw error;
  }
}

function report(result: PullResult, ageSeconds: number) {
  const { path, before, after, changes, commits, ahead, rewritten, contentDate, problems } = result;
  return {
    path,
    before,
    after,
    files: {
      added: changes.filter(({ old }) => old === null).length,
      modified: changes.filter((change) => change.old !== null && change.new !== null).length,
      deleted: changes.filter((change) => change.new === null).length,
    },
    commits,
    contentDate: contentDate.toISOString(),
    ageSeconds,
    ahead,
    rewritten,
    problems: problems.map(({ code, message }) => ({ code, message })),
  };
}

function printSummary(result: PullResult, ageSeconds: number, home: string, output: Output): void {
  const { path, before, after, changes, ahead, rewritten, contentDate } = result;
  const shown = path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
  const documents = changes.filter((change) => isDocument(change.path)).length;
  const date = contentDate.toISOString().slice(0, 16).replace('T', ' ');
  const what =
    before === after
      ? 'up to date'
      : before === null
        ? `cloned, ${counted(documents, 'document')}`
        : `${counted(documents, 'document')} changed`;
  output.print(`${shown}: ${what}; the newest content is ${age(ageSeconds)} old (${date} UTC)`);
  if (rewritten)
    output.print(
      result.problems.length === 0
        ? 'The remote had replaced its history; the former one is gone from this clone.'
        : 'The remote had replaced its history, which this clone now has.',
    );
  if (ahead > 0)
    output.print(
      `${counted(ahead, 'commit')} of this clone ${ahead === 1 ? 'is' : 'are'} not on the remote.`,
    );
}

/** A document of a source; indexes and what lies at the top are made of them. */
function isDocument(path: string): boolean {
  return path.includes('/') && !path.startsWith('.') && path.endsWith('.md') && basename(path) !== 'INDEX.md';
}

const UNITS = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
] as const;

/** In the largest unit of which there are two, such as `90 min` or `26 h`, and above two days in days. */
function age(seconds: number): string {
  for (const [unit, size] of UNITS) if (seconds >= 2 * size) return `${Math.floor(seconds / size)} ${unit}`;
  return `${seconds} s`;
}
