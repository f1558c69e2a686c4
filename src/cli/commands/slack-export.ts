import { resolve } from 'node:path';
import { type LoadedConfig, loadConfig } from '../../config/load.ts';
import type { SlackSource } from '../../config/sources/slack.ts';
import type { ExportRequest, MessageExport } from '../../connectors/slack/export-reader.ts';
import type { StoredExport } from '../../connectors/slack/stored/export.ts';
import { ctxError, isCtxError } from '../../core/errors/index.ts';
import type { CommandContext } from '../command-context.ts';
import { slackSources } from '../slack/sources.ts';

export interface SlackExportOptions {
  readonly config?: string;
  readonly source?: string;
  readonly channels?: readonly string[];
  /** A file, or `-` for the standard output. */
  readonly output: string;
  /** Milliseconds since the epoch, both included. */
  readonly since?: number;
  readonly until?: number;
  readonly includeDms?: boolean;
  readonly context?: boolean;
  readonly user?: string;
  /** Without it the repository, if it has all that is asked for, and else Slack. */
  readonly from?: 'store' | 'slack';
}

/** `ctx slack export`: what one person has written, a line of JSON for each message. */
export async function slackExportCommand(
  options: SlackExportOptions,
  context: CommandContext,
): Promise<number> {
  const { output, env, cwd } = context;
  const { since, until, includeDms, context: withContext, channels, user } = options;
  if (since !== undefined && until !== undefined && since > until)
    throw ctxError('slack.empty-range', undefined);
  const request: ExportRequest = {
    ...{ includeDms: includeDms ?? false, context: withContext ?? false },
    ...(channels && { channels }),
    ...(user !== undefined && { user }),
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
  };
  const configured = await loadConfig({ file: options.config, env, cwd, only: [] });
  output.hide(configured.secrets);
  for (const warning of configured.warnings) output.warn(warning);
  const source = chosenSource(configured, options.source);
  return (
    (await exportFromStore({ configured, source, request, options, context })) ??
    (await exportFromSlack({ configured, source, request, options, context }))
  );
}

interface Exporting {
  /** As far as that needs no credentials. */
  readonly configured: LoadedConfig;
  readonly source: SlackSource;
  readonly request: ExportRequest;
  readonly options: SlackExportOptions;
  readonly context: CommandContext;
}

function chosenSource(configured: LoadedConfig, asked: string | undefined): SlackSource {
  const [source, ...others] = slackSources(configured, asked === undefined ? undefined : [asked]);
  if (source === undefined) throw ctxError('slack.no-source', { file: configured.file });
  if (others.length === 0) return source;
  const known = [source, ...others].map(({ id }) => id) as [string, ...string[]];
  throw ctxError('slack.which-source', { file: configured.file, known });
}

/** Undefined if Slack is to be asked, or the export to be read that the configuration names: that is at hand as well. */
async function exportFromStore(exporting: Exporting): Promise<number | undefined> {
  const { configured, source, request, options, context } = exporting;
  const { output, signal, now } = context;
  const isForced = options.from === 'store';
  if (options.from === 'slack' || (source.path !== undefined && !isForced)) return undefined;
  const [{ openStore }, { storedExport }] = await Promise.all([
    import('../slack/store.ts'),
    import('../../connectors/slack/stored/export.ts'),
  ]);
  const store = await openStore(configured.config, source.id);
  if (store === undefined) {
    if (!isForced) return undefined;
    throw ctxError('slack.no-store', { source: source.id, path: configured.config.repo.path });
  }
  const stored = storedExport(store, source, request, { now: now(), signal });
  const user = stored.gaps.length > 0 && !isForced ? undefined : await storedUser(stored, exporting);
  if (user === undefined) {
    const lacking = stored.gaps.length > 0 ? stored.gaps : [`anybody who is called ${request.user}`];
    output.info(`${source.id}: Slack is asked: the repository lacks ${lacking.join('; ')}`);
    return undefined;
  }
  output.info(
    `${source.id}: from the repository (${store.commit.slice(0, 12)}), of today as far as the last run saw; --from slack asks Slack`,
  );
  return write(stored.open(user), exporting, { loaded: configured, commit: store.commit });
}

/** Whose messages are meant; undefined if the repository does not tell, and Slack may. */
async function storedUser(stored: StoredExport, exporting: Exporting): Promise<string | undefined> {
  const { source, request, options, context } = exporting;
  const { user } = request;
  if (user !== undefined) {
    const ids = stored.usersCalled(user);
    const [id, ...others] = ids;
    if (id !== undefined && others.length === 0) return id;
    if (options.from === 'store') throw ctxError('slack.unknown-user', { source: source.id, user, ids });
    return undefined;
  }
  const [{ ownerOfToken }, { config }, environment] = await Promise.all([
    import('../../connectors/slack/connect.ts'),
    withCredentials(exporting).catch((error: unknown) => {
      const isMissing =
        isCtxError(error) && (error.is('config.missing-variables') || error.is('slack.not-set'));
      throw isMissing ? ctxError('slack.whose-messages', { source: source.id }, error) : error;
    }),
    environmentOf(context),
  ]);
  const owner = await ownerOfToken(config, environment);
  if (owner === undefined) throw ctxError('slack.whose-messages', { source: source.id });
  return owner;
}

async function exportFromSlack(exporting: Exporting): Promise<number> {
  const [{ exportMessages }, { loaded, config }, environment] = await Promise.all([
    import('../../connectors/slack/export-reader.ts'),
    withCredentials(exporting),
    environmentOf(exporting.context),
  ]);
  return exportMessages(config, exporting.request, environment, (opened) =>
    write(opened, exporting, { loaded }),
  );
}

async function withCredentials({ source, options, context: { output, env, cwd } }: Exporting) {
  const loaded = await loadConfig({ file: options.config, env, cwd, only: [source.id] });
  output.hide(loaded.secrets);
  const [entry] = loaded.sources;
  if (entry?.status === 'skipped')
    throw ctxError('slack.not-set', { source: source.id, reason: entry.reason });
  return { loaded, config: entry?.config as SlackSource };
}

async function environmentOf(context: CommandContext) {
  const { connectorEnvironment } = await import('../connector-environment.ts');
  const environment = connectorEnvironment(context);
  return { ...environment, clock: { ...environment.clock, now: context.now } };
}

async function write(
  opened: MessageExport,
  { source, request, options, context }: Exporting,
  { loaded, commit }: { readonly loaded: LoadedConfig; readonly commit?: string },
): Promise<number> {
  const { output, cwd, signal, now } = context;
  const [{ writeExport }, { redactorOf }] = await Promise.all([
    import('../slack/export-file.ts'),
    import('../redactor.ts'),
  ]);
  const { channels, includeDms, context: withContext } = request;
  return writeExport(opened, {
    ...{ source: source.id, output, signal, now },
    redactor: await redactorOf(loaded),
    path: options.output === '-' ? undefined : resolve(cwd, options.output),
    asked: { channels: channels ?? null, include_dms: includeDms, context: withContext },
    ...(commit !== undefined && { commit }),
  });
}
