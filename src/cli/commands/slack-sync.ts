import { type LoadedConfig, loadConfig } from '../../config/load.ts';
import type { SlackSource } from '../../config/sources/slack.ts';
import { ctxError } from '../../core/errors/index.ts';
import { isContextFolder } from '../../git/reading.ts';
import type { BuildResult } from '../../pipeline/report.ts';
import type { CommandContext } from '../command-context.ts';
import { exitCodeOfRun } from '../exit-codes.ts';
import { indexFor } from '../search-index.ts';
import { chosen, type SyncChoices, withChoices } from '../slack/choices.ts';
import { noteRun, readRuns, type SyncRun, unfinished } from '../slack/runs.ts';
import { slackSources } from '../slack/sources.ts';
import { printSummary, reportProblems } from './build.ts';

export interface SlackSyncOptions extends SyncChoices {
  readonly config?: string;
  readonly source?: readonly string[];
  /** Go on with the run that did not come to its end, and with what it was asked for. */
  readonly resume?: boolean;
  readonly push?: boolean;
  readonly confirmDeletes?: readonly string[];
  readonly status?: boolean;
  readonly search?: string;
  /** How many messages a search shows. */
  readonly limit: number;
  readonly myOnly?: boolean;
  /** Who "my" is, where the token does not tell: a name as Slack shows it, or an id. */
  readonly user?: string;
  readonly resetTracking?: boolean;
  readonly json?: boolean;
}

/** `ctx slack sync`: a build of the Slack sources alone, and what can be asked of what it has built. */
export async function slackSyncCommand(options: SlackSyncOptions, context: CommandContext): Promise<number> {
  const { output, env, cwd } = context;
  const load = (only: readonly string[]) => loadConfig({ file: options.config, env, cwd, only });
  const configs = slackSources(await load([]), options.source);
  // What only the repository is asked for needs no token.
  const asksSlack = !(options.status || options.search !== undefined || options.resetTracking);
  const loaded = await load(asksSlack || options.myOnly ? configs.map(({ id }) => id) : []);
  output.hide(loaded.secrets);
  for (const warning of loaded.warnings) output.warn(warning);
  if (options.status) return showStatus(loaded, configs, options, context);
  if (options.search !== undefined) return showFound(loaded, options.search, configs, options, context);
  if (options.resetTracking) return resetTracking(loaded, configs, context);
  return sync(loaded, options, context);
}

async function sync(
  loaded: LoadedConfig,
  options: SlackSyncOptions,
  context: CommandContext,
): Promise<number> {
  const { output, env, signal, now } = context;
  const [{ runBuild }, { createNetwork }, { openRepo }] = await Promise.all([
    import('../run-build.ts'),
    import('../../http/network.ts'),
    import('../../git/open.ts'),
  ]);
  const { gitDir } = await openRepo(loaded.config.repo);
  const former = options.resume ? unfinished(await readRuns(gitDir)) : undefined;
  if (options.resume && former === undefined) output.info('No run was interrupted: this is an ordinary one.');
  const choices: SyncChoices = { ...former?.choices, ...chosen(options) };
  const sources = loaded.sources.map((source) => withChoices(source, choices));
  const note: SyncRun = {
    started: new Date(now()).toISOString(),
    sources: sources.map(({ config }) => config.id),
    choices,
  };
  let isNoted = false;
  const noteEnd = async (outcome: SyncRun['outcome'], result?: BuildResult) => {
    if (!isNoted) return;
    await noteRun(gitDir, { ...note, ended: new Date(now()).toISOString(), outcome, ...countsOf(result) });
  };
  try {
    const result = await runBuild({
      loaded: { ...loaded, sources },
      full: choices.full ?? false,
      push: options.push ?? false,
      confirmDeletes: options.confirmDeletes ?? [],
      network: createNetwork(env),
      async onLocked() {
        await noteRun(gitDir, note);
        isNoted = true;
      },
      log: output,
      signal,
    });
    output.endProgress();
    const isRead = result.report.sources.some(({ status }) => status === 'ok' || status === 'partial');
    const failedOutcome = isRead ? 'partial' : 'failed';
    await noteEnd(result.errors.length === 0 ? 'done' : failedOutcome, result);
    reportProblems(result, output);
    if (options.json) output.json(result.report);
    else printSummary(result, loaded.config.repo.path, false, output);
    return exitCodeOfRun(result.errors, isRead);
  } catch (error) {
    await noteEnd(signal.aborted ? 'interrupted' : 'failed');
    throw error;
  }
}

function countsOf(result: BuildResult | undefined): Partial<SyncRun> {
  if (result === undefined) return {};
  const sum = (name: 'added' | 'modified' | 'deleted' | 'requests') =>
    result.report.sources.reduce((total, source) => total + source[name], 0);
  return {
    ...{ added: sum('added'), modified: sum('modified'), deleted: sum('deleted') },
    requests: sum('requests'),
  };
}

async function showStatus(
  loaded: LoadedConfig,
  configs: readonly SlackSource[],
  { json }: SlackSyncOptions,
  context: CommandContext,
): Promise<number> {
  const { output, now, signal } = context;
  const [repo, { printStatus, syncStatus }, { openForReading }] = await Promise.all([
    openSynced(loaded),
    import('../slack/status.ts'),
    import('../../git/reading.ts'),
  ]);
  await using reading = await openForReading(repo.path, signal);
  const { index: made } = await indexFor(reading, loaded, {}, context);
  await using index = made;
  const status = await syncStatus(repo, configs, index, now());
  if (json) output.json({ repository: repo.path, ...status });
  else printStatus(status, output);
  return 0;
}

async function showFound(
  loaded: LoadedConfig,
  query: string,
  configs: readonly SlackSource[],
  { limit, myOnly, user, json }: SlackSyncOptions,
  context: CommandContext,
): Promise<number> {
  const { output, signal } = context;
  const [{ printFound }, { searchMessages }, { openForReading }] = await Promise.all([
    import('../slack/found.ts'),
    import('../../search/messages.ts'),
    import('../../git/reading.ts'),
  ]);
  const { path } = await openSynced(loaded);
  const by = myOnly ? (user ?? (await askWhoIAm(loaded, context))) : user;
  const sources = configs.map(({ id }) => id);
  await using repo = await openForReading(path, signal);
  const { index: made, notes } = await indexFor(repo, loaded, {}, context);
  await using index = made;
  const asked = { sources, limit, now: context.now(), signal, ...(by && { by }) };
  const found = await searchMessages(repo, index, query, asked);
  output.endProgress();
  for (const note of notes) output.warn(note);
  if (json) output.json({ query, found });
  else printFound(found, output);
  return 0;
}

/** The owner of the first token that is a person's. */
async function askWhoIAm({ sources, file }: LoadedConfig, context: CommandContext): Promise<string> {
  const [{ ownerOfToken }, { connectorEnvironment }] = await Promise.all([
    import('../../connectors/slack/connect.ts'),
    import('../connector-environment.ts'),
  ]);
  const environment = connectorEnvironment(context);
  for (const { config } of sources) {
    const owner = config.type === 'slack' && (await ownerOfToken(config, environment));
    if (owner) return owner;
  }
  throw ctxError('slack.nobodys-token', { file });
}

/** Forgets which days were read, and what an interrupted run has left. The documents stay. */
async function resetTracking(
  loaded: LoadedConfig,
  configs: readonly SlackSource[],
  { output }: CommandContext,
): Promise<number> {
  const [repo, { lockRepo }, { forgetCheckpoints }] = await Promise.all([
    openSynced(loaded),
    import('../../git/lock.ts'),
    import('../../pipeline/forget.ts'),
  ]);
  await using _lock = await lockRepo(repo.gitDir);
  const all = loaded.config.sources.map(({ id }) => id);
  const forgotten = configs.map(({ id }) => id);
  await forgetCheckpoints(repo, all, forgotten);
  output.print(
    `Forgotten: what was read of ${forgotten.join(', ')}. The next run reads all days of its window.`,
  );
  return 0;
}

async function openSynced({ config }: LoadedConfig) {
  const { path } = config.repo;
  if (!isContextFolder(path)) throw ctxError('history.no-repository', { searched: [path] });
  const { openRepo } = await import('../../git/open.ts');
  return openRepo(config.repo);
}
