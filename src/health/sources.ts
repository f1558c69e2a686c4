import { join } from 'node:path';
import { type LoadedConfig, loadConfig } from '../config/load.ts';
import type { SourceConfig } from '../config/schema.ts';
import { connectorFor } from '../connectors/registry.ts';
import { systemClock } from '../core/clock.ts';
import type { Logger } from '../core/logger.ts';
import { cacheDir } from '../core/paths.ts';
import { disk } from '../files/disk.ts';
import { sourceRepositories } from '../git/sources/repositories.ts';
import { type Check, type Finding, failed, ok, type Subject, skip, type Trial } from './check.ts';

/** One for each source: whether it answers, how fast, to whom, and what of it can't be read. */
export function sourceChecks(loaded: LoadedConfig | undefined): Check[] {
  return (loaded?.config.sources ?? []).map(({ id }) => ({
    name: `source ${id}`,
    run: (subject, trial) => checkSource(id, subject, trial),
  }));
}

async function checkSource(id: string, subject: Subject, trial: Trial): Promise<Finding | Finding[]> {
  const { file, env, cwd, githubToken } = subject;
  const loaded = await loadConfig({ file, env, cwd, only: [id], ...(githubToken && { githubToken }) });
  subject.hide(loaded.secrets);
  const [source] = loaded.sources;
  if (source === undefined) return skip('not configured');
  if (source.status === 'skipped') return skip(source.reason);
  return probe(source.config, subject, trial);
}

async function probe(
  config: SourceConfig,
  { env, network }: Subject,
  { signal, say }: Trial,
): Promise<Finding | Finding[]> {
  const log: Logger = { info: say, warn: say, debug() {}, progress() {} };
  const repositories = sourceRepositories(join(cacheDir(env), 'repositories'));
  const definition = await connectorFor(config);
  const began = performance.now();
  const connector = await definition.open(config, {
    ...{ clock: systemClock, log, signal, network, files: disk, repositories },
  });
  try {
    const opened = performance.now() - began;
    const { found, problems } = await connector.probe();
    if (problems.length > 0) return problems.map((problem) => failed(problem));
    // What a service needed for one answer, where that is known: to open a source takes loading its connector, too.
    const url = 'url' in config ? config.url : undefined;
    const took = url && network.answers.get(new URL(url).origin)?.took;
    return ok([`answers in ${Math.round(took || opened)} ms`, ...found].join(', '));
  } finally {
    await connector.close();
  }
}
