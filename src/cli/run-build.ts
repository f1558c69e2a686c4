import { join } from 'node:path';
import type { LoadedConfig, LoadedSource } from '../config/load.ts';
import type { SourceConfig } from '../config/schema.ts';
import type { ConnectorEnvironment } from '../connectors/contract.ts';
import { connectorFor } from '../connectors/registry.ts';
import { type Clock, systemClock } from '../core/clock.ts';
import { isCtxError } from '../core/errors/index.ts';
import type { Logger } from '../core/logger.ts';
import { cacheDir } from '../core/paths.ts';
import { disk } from '../files/disk.ts';
import { lockRepo } from '../git/lock.ts';
import { openRepo } from '../git/open.ts';
import type { ContextRepo } from '../git/repo.ts';
import { sourceRepositories } from '../git/sources/repositories.ts';
import { createNetwork, type Network } from '../http/network.ts';
import { build } from '../pipeline/build.ts';
import { NOT_ASKED_FOR, RunNote } from '../pipeline/last-run.ts';
import { publishBuild } from '../pipeline/publish.ts';
import type { BuildResult } from '../pipeline/report.ts';
import type { BuildSource } from '../pipeline/source-run.ts';
import type { Redactor } from '../redact/redactor.ts';
import { redactorOf } from './redactor.ts';

export interface RunBuildOptions {
  readonly loaded: LoadedConfig;
  readonly full?: boolean;
  /** Go on from what an interrupted run of the same has read; the default. */
  readonly resume?: boolean;
  /** Sources whose history is told anew. */
  readonly backfill?: readonly string[];
  readonly dryRun?: boolean;
  readonly push?: boolean;
  readonly confirmDeletes?: readonly string[];
  /** How the sources are reached. Default: directly. */
  readonly network?: Network;
  readonly clock?: Clock;
  /** The folder of what can be fetched again. Default: the user's. */
  readonly cache?: string;
  /** Default: the one that the configuration asks for. */
  readonly redactor?: Redactor;
  /** Called once the repository is this run's alone. */
  readonly onLocked?: () => Promise<void>;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/** The identity that commits; the authors of documents are in their frontmatter. */
const AUTHOR = { name: 'context-sync', email: 'context-sync@localhost' };

/** Opens the repository and the sources of a configuration, builds, and pushes if asked to. */
export async function runBuild(options: RunBuildOptions): Promise<BuildResult & { repo: ContextRepo }> {
  const { loaded, log, signal, clock = systemClock, network = createNetwork() } = options;
  const { path, branch, remote } = loaded.config.repo;
  const repo = await openRepo({ path, branch, remote });
  await using _lock = await lockRepo(repo.gitDir);
  await options.onLocked?.();
  const note = options.dryRun ? undefined : await RunNote.begin(repo.gitDir, () => clock.now());
  const repositories = sourceRepositories(join(options.cache ?? cacheDir(process.env), 'repositories'));
  const sources = await Promise.all(
    loaded.config.sources.map((config) =>
      openSource(config, loaded.sources, { clock, log, signal, network, files: disk, repositories }),
    ),
  );
  try {
    const result = await build({
      repo,
      sources,
      full: options.full ?? false,
      resume: options.resume ?? true,
      commit: loaded.config.repo.commit,
      history: Object.fromEntries(
        loaded.config.sources.map((source) => [source.id, 'history' in source ? source.history : undefined]),
      ),
      backfill: options.backfill ?? [],
      dryRun: options.dryRun ?? false,
      confirmDeletes: options.confirmDeletes ?? [],
      redactor: options.redactor ?? (await redactorOf(loaded)),
      author: AUTHOR,
      clock,
      log,
      signal,
    });
    await note?.end(result);
    const { commit, revisions } = result.report;
    if (commit !== null) await repo.maintain({ revisions });
    if (options.push && !options.dryRun) {
      const models = sources.map(({ model }) => model);
      const wasRead = result.report.sources.filter(({ status }) => status === 'ok' || status === 'partial');
      const read = new Set(wasRead.map(({ id }) => id));
      await publishBuild({
        ...{ repo, remote: remote ?? 'origin', branch, models, read, committer: AUTHOR, clock, log, signal },
      });
    }
    // Where another runner was quicker, the run's commits were made again on the other's.
    const report = { ...result.report, commit: commit && (await repo.head()) };
    return { ...result, report, repo };
  } catch (error) {
    await note?.fail(error, signal.aborted);
    throw error;
  } finally {
    await Promise.all(
      sources.map((source) => ('connector' in source ? source.connector.close() : undefined)),
    );
  }
}

async function openSource(
  config: SourceConfig,
  selected: readonly LoadedSource[],
  environment: ConnectorEnvironment,
): Promise<BuildSource> {
  const definition = await connectorFor(config);
  const model = definition.model(config.id);
  const source = selected.find((candidate) => candidate.config.id === config.id);
  if (source === undefined) return { model, skipped: NOT_ASKED_FOR };
  if (source.status === 'skipped') return { model, skipped: source.reason };
  try {
    return { model, connector: await definition.open(source.config, environment) };
  } catch (failure) {
    if (environment.signal.aborted || !isCtxError(failure)) throw failure;
    return { model, failure };
  }
}
