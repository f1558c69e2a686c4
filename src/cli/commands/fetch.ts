import { loadConfig } from '../../config/load.ts';
import { ctxError } from '../../core/errors/index.ts';
import { silentLogger } from '../../core/logger.ts';
import type { CommandContext } from '../command-context.ts';
import { exitCodeOfRun } from '../exit-codes.ts';

export interface FetchCommandOptions {
  readonly config?: string;
  readonly source?: readonly string[];
  readonly json?: boolean;
}

/** `ctx fetch`: one page or ticket as it is now, as a build would write it. Nothing is written. */
export async function fetchCommand(
  name: string,
  { config: file, source, json }: FetchCommandOptions,
  context: CommandContext,
): Promise<number> {
  const { output, env, cwd, signal } = context;
  const { config } = await loadConfig({ file, env, cwd, only: [] });
  const candidates = config.sources.filter(
    ({ id, type }) => typesOf(name).includes(type) && (source?.includes(id) ?? true),
  );
  const loaded = await loadConfig({ file, env, cwd, only: source ?? candidates.map(({ id }) => id) });
  output.hide(loaded.secrets);
  const [{ fetchOne }, { connectorEnvironment }, { connectorFor }, { redactorOf }] = await Promise.all([
    import('../fetch-one.ts'),
    import('../connector-environment.ts'),
    import('../../connectors/registry.ts'),
    import('../redactor.ts'),
  ]);
  const environment = connectorEnvironment(context);
  const known: string[] = [];
  for (const entry of loaded.sources) {
    known.push(entry.status === 'skipped' ? `${entry.config.id} (${entry.reason})` : entry.config.id);
    if (entry.status === 'skipped') continue;
    const connector = await (await connectorFor(entry.config)).open(entry.config, environment);
    try {
      const one = await connector.one?.(name);
      if (one === undefined) continue;
      const redactor = await redactorOf(loaded);
      // What a build says of its progress is nothing to a single document.
      const { text, errors } = await fetchOne({ connector, one, redactor, log: silentLogger, signal });
      if (text === undefined && errors.length === 0) throw ctxError('fetch.withheld', { name });
      if (text !== undefined && json) output.json({ source: entry.config.id, markdown: text });
      else if (text !== undefined) output.print(text.trimEnd());
      for (const error of errors) output.error(error);
      return exitCodeOfRun(errors, text !== undefined);
    } finally {
      await connector.close();
    }
  }
  throw ctxError('fetch.unknown', { name, known });
}

/** What a name can be one of: ids are Confluence's, keys Jira's, and an address tells by itself. */
function typesOf(name: string): readonly string[] {
  if (/^\d+$/.test(name)) return ['confluence'];
  return URL.canParse(name) ? ['confluence', 'jira'] : ['jira'];
}
