import { type LoadedConfig, loadConfig } from '../config/load.ts';
import { counted } from '../core/counted.ts';
import { isCtxError } from '../core/errors/index.ts';
import { inspectRepo, type RepoState } from '../git/inspect.ts';
import { type Check, type CheckResult, failed, ok, runChecks, type Subject } from './check.ts';
import { clockCheck } from './clock.ts';
import { diskCheck, gitCheck, nodeCheck } from './machine.ts';
import { remoteCheck } from './remote.ts';
import { lockCheck, repositoryCheck } from './repository.ts';
import { runCheck } from './run.ts';
import { indexCheck } from './search-index.ts';
import { sourceChecks } from './sources.ts';
import { timerCheck } from './timer.ts';

/** What is looked at beside the sources, in the order in which it is told. */
const CHECKS: readonly Check[] = [
  ...[gitCheck, nodeCheck, diskCheck],
  ...[repositoryCheck, lockCheck, remoteCheck, timerCheck, runCheck, indexCheck],
];

export interface DoctorOptions extends Omit<Subject, 'loaded' | 'repo'> {
  readonly signal: AbortSignal;
  /** How long each check may take, in milliseconds. */
  readonly limit: number;
}

/** Looks at everything that a run needs, side by side, and changes nothing. */
export async function examine(options: DoctorOptions): Promise<CheckResult[]> {
  const { signal, limit } = options;
  const { loaded, result: configuration } = await readConfiguration(options);
  const { repo, problem } = await readRepository(loaded);
  const subject: Subject = { ...options, loaded, repo };
  const checks = CHECKS.filter((check) => problem === undefined || check !== repositoryCheck);
  const results = await runChecks([...checks, ...sourceChecks(loaded)], subject, { signal, limit });
  return [
    configuration,
    ...(problem ? [problem] : []),
    ...results,
    // The clocks of services are known once they have answered.
    ...(await runChecks([clockCheck], subject, { signal, limit })),
  ];
}

/** Without credentials: those of one source are no matter of the others. */
async function readConfiguration({
  file,
  env,
  cwd,
  hide,
}: DoctorOptions): Promise<{ loaded?: LoadedConfig; result: CheckResult }> {
  const base = { name: 'config', ms: 0 };
  try {
    const loaded = await loadConfig({ file, env, cwd, only: [] });
    hide(loaded.secrets);
    const { length } = loaded.config.sources;
    const read = `${loaded.file}, ${counted(length, 'source')}`;
    if (loaded.warnings.length === 0) return { loaded, result: { ...base, ...ok(read) } };
    const fix = 'Do as the warning says; a build works without it.';
    return { loaded, result: { ...base, status: 'warn', detail: loaded.warnings.join('; '), fix } };
  } catch (error) {
    if (!isCtxError(error)) throw error;
    return { result: { ...base, ...failed(error) } };
  }
}

async function readRepository(
  loaded: LoadedConfig | undefined,
): Promise<{ repo: RepoState | undefined; problem?: CheckResult }> {
  if (loaded === undefined) return { repo: undefined };
  try {
    return { repo: await inspectRepo(loaded.config.repo.path) };
  } catch (error) {
    if (!isCtxError(error)) throw error;
    // Without git the repository can be written, but not looked at; that git is missing is told by itself.
    if (error.is('git.not-found')) return { repo: undefined };
    return { repo: undefined, problem: { name: 'repository', ms: 0, ...failed(error) } };
  }
}
