import { hostname } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';
import { type LoadedConfig, loadConfig } from '../../config/load.ts';
import { ctxError, isCtxError } from '../../core/errors/index.ts';
import { configDir, expandHome, homeOf } from '../../core/paths.ts';
import { isContextFolder } from '../../git/reading.ts';
import { minuteOf } from '../../schedule/calendar.ts';
import type { Interval, Job } from '../../schedule/job.ts';
import { scheduleState } from '../../schedule/schedule.ts';
import { thisMachine } from '../../schedule/this-machine.ts';
import type { CommandContext } from '../command-context.ts';
import { lastingNode, runEnvironment } from './environment.ts';

export interface JobOptions {
  /** Default: as it is installed, else hourly. */
  readonly every?: Interval;
  readonly config?: string;
  readonly repo?: string;
  readonly pull?: boolean;
  /** Default: if the configuration has a remote. */
  readonly push?: boolean;
}

/**
 * What is to be scheduled: a build of the configuration, or a pull of a clone. Fails if such a run would not find its clone, its
 * configuration or its credentials.
 */
export async function jobOf(options: JobOptions, context: CommandContext): Promise<Job> {
  const { output, env } = context;
  const { variables, withheld } = runEnvironment(env);
  for (const name of withheld)
    output.warn(`${name} holds a password and is not written down: scheduled runs do without it.`);
  const args = options.pull
    ? await pullArguments(options, variables, context)
    : await buildArguments(options, variables, context);
  const script = resolve(process.argv[1] ?? '');
  if (script.includes(`${sep}_npx${sep}`))
    output.warn(
      `${script} is in npx's cache, which npm may clear: npm install --global context-sync, and install again.`,
    );
  return {
    command: [lastingNode(process.execPath, variables.PATH ?? ''), script, ...args],
    environment: variables,
    every: options.every ?? (await scheduleState(thisMachine(context))).every ?? 'hourly',
    minute: minuteOf(`${hostname()}:${homeOf(env)}`),
  };
}

async function buildArguments(
  { config, push }: JobOptions,
  variables: Readonly<Record<string, string>>,
  context: CommandContext,
): Promise<string[]> {
  const loaded = await loadAsScheduled(config, variables, context);
  const pushes = push ?? loaded.config.repo.remote !== null;
  return ['build', '--config', loaded.file, ...(pushes ? ['--push'] : [])];
}

async function pullArguments(
  { config, repo }: JobOptions,
  variables: Readonly<Record<string, string>>,
  context: CommandContext,
): Promise<string[]> {
  const { cwd, env } = context;
  const home = homeOf(env);
  const loaded = repo === undefined ? await configIfAny(config, variables, context) : undefined;
  const path = loaded?.config.repo.path ?? resolve(cwd, expandHome(repo ?? join(home, 'context-sync'), home));
  if (!isContextFolder(path)) throw ctxError('schedule.no-clone', { path });
  return ['pull', ...(loaded ? ['--config', loaded.file] : ['--repo', path])];
}

/** A host that only reads has none. */
async function configIfAny(
  file: string | undefined,
  variables: Readonly<Record<string, string>>,
  context: CommandContext,
): Promise<LoadedConfig | undefined> {
  try {
    return await loadAsScheduled(file, variables, context, []);
  } catch (error) {
    if (file === undefined && isCtxError(error) && error.is('config.not-found')) return undefined;
    throw error;
  }
}

/** Loads the configuration as a scheduled run will, without what only this shell has set. */
async function loadAsScheduled(
  file: string | undefined,
  variables: Readonly<Record<string, string>>,
  { env, cwd, output }: CommandContext,
  only?: readonly string[],
): Promise<LoadedConfig> {
  const home = { HOME: homeOf(env) };
  const load = (given: NodeJS.ProcessEnv) =>
    loadConfig({
      ...{ file, cwd, only, env: given },
      githubToken: async (host) => (await import('../github-token.ts')).githubCliToken(host, given),
    });
  const here = await load(env).catch((error: unknown) => {
    // Said below, with the place where they belong.
    if (isCtxError(error) && error.is('config.missing-variables')) return undefined;
    throw error;
  });
  output.hide(here?.secrets ?? []);
  const place = here ? join(dirname(here.file), '.env') : join(configDir(env), '.env');
  try {
    const loaded = await load({ ...home, ...variables });
    output.hide(loaded.secrets);
    for (const warning of loaded.warnings) output.warn(warning);
    for (const source of loaded.sources) {
      const isReadHere = here?.sources.some(
        ({ config, status }) => config.id === source.config.id && status === 'ready',
      );
      if (source.status === 'skipped' && isReadHere)
        output.warn(`${source.config.id}: scheduled runs skip it (${source.reason} in ${place}).`);
    }
    return loaded;
  } catch (error) {
    if (!isCtxError(error) || !error.is('config.missing-variables')) throw error;
    const names = [...new Set(error.params.missing.map(({ name }) => name))];
    throw ctxError('schedule.missing-variables', { names, place: error.params.places[0] ?? place }, error);
  }
}
