import { type LoadedSource, loadConfig } from '../../config/load.ts';
import type { Offer } from '../../connectors/contract.ts';
import { type CtxError, ctxError, isCtxError } from '../../core/errors/index.ts';
import type { CommandContext } from '../command-context.ts';
import { exitCodeOfRun } from '../exit-codes.ts';

export interface SpacesCommandOptions {
  readonly config?: string;
  readonly source?: readonly string[];
  readonly json?: boolean;
}

interface Listed extends Offer {
  readonly source: string;
  /** Whether the configuration names it already. */
  readonly configured: boolean;
}

/** `ctx spaces`: the Confluence spaces and Jira projects that the credentials can see, with the keys to name them by. */
export async function spacesCommand(
  { config: file, source, json }: SpacesCommandOptions,
  context: CommandContext,
): Promise<number> {
  const { output, env, cwd, signal } = context;
  const { config } = await loadConfig({ file, env, cwd, only: source ?? [] });
  const ids = config.sources
    .filter(({ type }) => type === 'confluence' || type === 'jira')
    .map(({ id }) => id);
  const only = ids.filter((id) => source === undefined || source.includes(id));
  const loaded = await loadConfig({ file, env, cwd, only });
  output.hide(loaded.secrets);
  if (only.length === 0) throw ctxError('spaces.no-source', { file: loaded.file });
  const [{ connectorEnvironment }, { connectorFor }] = await Promise.all([
    import('../connector-environment.ts'),
    import('../../connectors/registry.ts'),
  ]);
  const environment = connectorEnvironment(context);
  const list = async (entry: LoadedSource): Promise<readonly Listed[] | CtxError> => {
    if (entry.status === 'skipped') {
      output.info(`${entry.config.id}: skipped (${entry.reason})`);
      return [];
    }
    try {
      const definition = await connectorFor(entry.config);
      const connector = await definition.open(entry.config, environment);
      try {
        const offers = await Array.fromAsync(connector.offers?.() ?? []);
        return offers.map((offer) => ({
          ...{ source: entry.config.id, ...offer },
          configured: isConfigured(entry.config, offer),
        }));
      } finally {
        await connector.close();
      }
    } catch (error) {
      if (signal.aborted || !isCtxError(error)) throw error;
      return error;
    }
  };
  const answers = await Promise.all(loaded.sources.map(list));
  const errors = answers.filter(isCtxError);
  const found = answers.flatMap((answer) => (isCtxError(answer) ? [] : answer));
  found.sort((a, b) => (`${a.source} ${a.key}` < `${b.source} ${b.key}` ? -1 : 1));
  if (json) output.json({ found });
  else print(found, output);
  for (const error of errors) output.error(error);
  return exitCodeOfRun(errors, errors.length < answers.length);
}

function print(found: readonly Listed[], output: CommandContext['output']): void {
  const width = Math.max(0, ...found.map(({ key }) => key.length));
  for (const [source, own] of Map.groupBy(found, (each) => each.source)) {
    output.print(`${source}:`);
    for (const { kind, key, name, configured } of own)
      output.print(`  ${configured ? '*' : ' '} ${kind} ${key.padEnd(width)}  ${name}`);
  }
  if (found.some(({ configured }) => configured)) output.print('* read by the configuration');
}

/** A project is read by queries, which are no list of projects. */
function isConfigured(config: LoadedSource['config'], { key }: Offer): boolean {
  if (config.type !== 'confluence') return false;
  return config.spaces === 'all' || config.spaces.includes(key);
}
