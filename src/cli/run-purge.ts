import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { excludeDocuments } from '../config/exclude.ts';
import type { LoadedConfig } from '../config/load.ts';
import { connectorFor } from '../connectors/registry.ts';
import { ctxError } from '../core/errors/index.ts';
import type { Logger } from '../core/logger.ts';
import { lockRepo } from '../git/lock.ts';
import { openRepo } from '../git/open.ts';
import { type PurgeResult, type PurgeStep, purge } from '../pipeline/purge/purge.ts';

export interface RunPurgeOptions {
  readonly loaded: LoadedConfig;
  readonly names: readonly string[];
  readonly source?: string;
  readonly dryRun?: boolean;
  readonly push?: boolean;
  readonly log: Logger;
  readonly signal: AbortSignal;
  /** @internal For crash tests. */
  readonly onStep?: (step: PurgeStep) => void;
}

/** What was purged, and the documents (`source/id`) that no section of the configuration could exclude. */
export type PurgeRun = PurgeResult & {
  readonly excluded: readonly string[];
  readonly notExcluded: readonly string[];
};

/** Opens the repository of a configuration, purges, and excludes what was purged from the builds to come. */
export async function runPurge(options: RunPurgeOptions): Promise<PurgeRun> {
  const { loaded, names, source, log, signal, onStep } = options;
  const { path, branch, remote } = loaded.config.repo;
  // What is not there yet would be made or cloned only to find nothing in it.
  if (!existsSync(join(path, '.git'))) throw ctxError('git.not-a-repo', { path });
  const repo = await openRepo({ path, branch, remote });
  await using _lock = await lockRepo(repo.gitDir);
  const configured = new Set(loaded.config.sources.map(({ id }) => id));
  const isConfigured = (document: string) => configured.has(document.slice(0, document.indexOf('/')));
  const excluded: string[] = [];
  const result = await purge({
    repo,
    models: await Promise.all(
      loaded.config.sources.map(async (config) => (await connectorFor(config)).model(config.id)),
    ),
    names,
    ...(source !== undefined && { source }),
    dryRun: options.dryRun ?? false,
    ...(options.push && { push: { remote: remote ?? 'origin', branch } }),
    async exclude(documents) {
      const bySource = Map.groupBy(documents.filter(isConfigured), (key) => key.slice(0, key.indexOf('/')));
      for (const [id, keys] of bySource) {
        const ids = keys.map((key) => key.slice(id.length + 1));
        for (const added of await excludeDocuments(loaded.file, id, ids)) excluded.push(`${id}/${added}`);
      }
    },
    log,
    signal,
    ...(onStep && { onStep }),
  });
  return { ...result, excluded, notExcluded: result.documents.filter((key) => !isConfigured(key)) };
}
