import { dirname, join, resolve } from 'node:path';
import { loadConfig } from '../../config/load.ts';
import type { SlackSource } from '../../config/sources/slack.ts';
import type { MessageExport } from '../../connectors/slack/export-reader.ts';
import { type CtxError, ctxError } from '../../core/errors/index.ts';
import { replaceFile } from '../../core/replace-file.ts';
import { VERSION } from '../../core/version.ts';
import type { Redactor } from '../../pipeline/redact.ts';
import { exitCodeOfRun } from '../exit-codes.ts';
import { type ExportedChannel, guardedRecords, type Tally } from '../slack/records.ts';
import { slackSources } from '../slack/sources.ts';
import type { CommandContext } from './build.ts';

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
}

const METADATA = 'export_metadata.json';
/** What somebody wrote is for nobody else on this machine. */
const PRIVATE = { mode: 0o600 } as const;

/** `ctx slack export`: what one person has written, a line of JSON for each message. */
export async function slackExportCommand(
  options: SlackExportOptions,
  context: CommandContext,
): Promise<number> {
  const { output, env, cwd, signal, now } = context;
  const { since, until } = options;
  if (since !== undefined && until !== undefined && since > until)
    throw ctxError('slack.empty-range', undefined);
  const { config, loaded } = await loadSource(options, context);
  const [
    { exportMessages },
    { createRedactor },
    { findCredentials },
    { createNetwork },
    { disk },
    { systemClock },
  ] = await Promise.all([
    import('../../connectors/slack/export-reader.ts'),
    import('../../pipeline/redact.ts'),
    import('../hidden.ts'),
    import('../../http/network.ts'),
    import('../../files/disk.ts'),
    import('../../core/clock.ts'),
  ]);
  const redactor = createRedactor({ ...loaded.config.secrets, rules: [findCredentials(loaded.secrets)] });
  const request = {
    ...{ includeDms: options.includeDms ?? false, context: options.context ?? false },
    ...(options.channels && { channels: options.channels }),
    ...(options.user !== undefined && { user: options.user }),
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
  };
  const environment = {
    ...{ clock: { ...systemClock, now }, log: output, signal },
    ...{ network: createNetwork(env), files: disk },
  };
  return exportMessages(config, request, environment, (opened) =>
    write(opened, { config, redactor, options, path: resolve(cwd, options.output), context }),
  );
}

async function loadSource(
  { config: file, source }: SlackExportOptions,
  { output, env, cwd }: CommandContext,
) {
  const configured = await loadConfig({ file, env, cwd, only: [] });
  const sources = slackSources(configured, source === undefined ? undefined : [source]);
  const [chosen, ...others] = sources.map(({ id }) => id) as [string, ...string[]];
  if (others.length > 0)
    throw ctxError('slack.which-source', { file: configured.file, known: [chosen, ...others] });
  const loaded = await loadConfig({ file, env, cwd, only: [chosen] });
  output.hide(loaded.secrets);
  for (const warning of loaded.warnings) output.warn(warning);
  const [entry] = loaded.sources;
  if (entry?.status === 'skipped') throw ctxError('slack.not-set', { source: chosen, reason: entry.reason });
  return { loaded, config: entry?.config as SlackSource };
}

interface Writing {
  readonly config: SlackSource;
  readonly redactor: Redactor;
  readonly options: SlackExportOptions;
  /** Absolute. */
  readonly path: string;
  readonly context: CommandContext;
}

async function write(opened: MessageExport, writing: Writing): Promise<number> {
  const { config, redactor, options, path, context } = writing;
  const { output, signal } = context;
  const isPrinted = options.output === '-';
  const tally: Tally = { channels: [], errors: [...opened.failures], redacted: {} };
  const records = guardedRecords(opened, { source: config.id, redactor, tally, signal, log: output });
  if (isPrinted) for await (const record of records) output.json(record);
  else await replaceFile(path, linesOf(records), PRIVATE);
  for (const warning of opened.warnings) output.warn(`${config.id}: ${warning}`);
  for (const error of tally.errors) output.error(error);
  for (const [kind, count] of Object.entries(tally.redacted))
    output.warn(`${config.id}: ${count} ${kind} redacted; Slack still shows them: rotate them there`);
  const { range, user } = opened;
  const messages = sum(tally.channels, 'messages');
  const told = `${messages} messages of ${user.name} in ${tally.channels.length} channels, ${range.since} to ${range.until}`;
  if (isPrinted) output.info(told);
  else {
    const metadata = metadataOf(opened, writing, tally);
    const { value } = redactor.guard(metadata, `${config.id}/${METADATA}`);
    await replaceFile(join(dirname(path), METADATA), `${JSON.stringify(value, null, 2)}\n`, PRIVATE);
    output.print(`${told}: ${path}`);
  }
  return exitCodeOfRun(tally.errors, true);
}

async function* linesOf(records: AsyncIterable<object>): AsyncGenerator<string> {
  for await (const record of records) yield `${JSON.stringify(record)}\n`;
}

function metadataOf(
  { workspace, user, range }: MessageExport,
  { config, options, context }: Writing,
  { channels, errors, redacted }: Tally,
) {
  return {
    version: VERSION,
    exported_at: new Date(context.now()).toISOString(),
    ...{ source: config.id, workspace, user, range },
    options: {
      channels: options.channels ?? null,
      ...{ include_dms: options.includeDms ?? false, context: options.context ?? false },
    },
    messages: sum(channels, 'messages'),
    thread_replies: sum(channels, 'thread_replies'),
    context_messages: sum(channels, 'context_messages'),
    channels,
    redacted,
    failed: errors.map(({ code, message }: CtxError) => ({ code, message })),
  };
}

const sum = (
  channels: readonly ExportedChannel[],
  name: 'messages' | 'thread_replies' | 'context_messages',
): number => channels.reduce((total, channel) => total + channel[name], 0);
