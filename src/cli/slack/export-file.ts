import { dirname, join } from 'node:path';
import type { MessageExport } from '../../connectors/slack/export-reader.ts';
import { counted } from '../../core/counted.ts';
import type { CtxError } from '../../core/errors/index.ts';
import { replaceFile } from '../../core/replace-file.ts';
import { VERSION } from '../../core/version.ts';
import type { Redactor } from '../../redact/redactor.ts';
import { exitCodeOfRun } from '../exit-codes.ts';
import type { Output } from '../output.ts';
import { type ExportedChannel, guardedRecords, type Tally } from './records.ts';

const METADATA = 'export_metadata.json';
/** What somebody wrote is for nobody else on this machine. */
const PRIVATE = { mode: 0o600 } as const;

export interface ExportWriting {
  /** The source's id. */
  readonly source: string;
  readonly redactor: Redactor;
  /** Absolute; without it, the standard output. */
  readonly path: string | undefined;
  /** What was asked for, as the metadata tells it. */
  readonly asked: {
    readonly channels: readonly string[] | null;
    readonly include_dms: boolean;
    readonly context: boolean;
  };
  /** The commit of the repository that was read. */
  readonly commit?: string;
  readonly output: Output;
  readonly signal: AbortSignal;
  readonly now: () => number;
}

/** Writes an export, and beside a file what it is; answers the exit code. */
export async function writeExport(opened: MessageExport, writing: ExportWriting): Promise<number> {
  const { source, redactor, path, output, signal } = writing;
  const tally: Tally = { channels: [], errors: [...opened.failures], redacted: {} };
  const records = guardedRecords(opened, { source, redactor, tally, signal, log: output });
  if (path === undefined) for await (const record of records) output.json(record);
  else await replaceFile(path, linesOf(records), PRIVATE);
  for (const warning of opened.warnings) output.warn(`${source}: ${warning}`);
  for (const error of tally.errors) output.error(error);
  for (const [kind, count] of Object.entries(tally.redacted))
    output.warn(`${source}: ${count} ${kind} redacted; Slack still shows them: rotate them there`);
  const { range, user } = opened;
  const messages = sum(tally.channels, 'messages');
  const told = `${counted(messages, 'message')} of ${user.name} in ${counted(tally.channels.length, 'channel')}, ${range.since} to ${range.until}`;
  if (path === undefined) output.info(told);
  else {
    const { value } = redactor.guard(metadataOf(opened, writing, tally), `${source}/${METADATA}`);
    await replaceFile(join(dirname(path), METADATA), `${JSON.stringify(value, null, 2)}\n`, PRIVATE);
    output.print(`${told}: ${path}`);
  }
  return exitCodeOfRun(tally.errors, true);
}

async function* linesOf(records: AsyncIterable<object>): AsyncGenerator<string> {
  for await (const record of records) yield `${JSON.stringify(record)}\n`;
}

function metadataOf(
  { from, workspace, user, range }: MessageExport,
  { source, asked, commit, now }: ExportWriting,
  { channels, errors, redacted }: Tally,
) {
  return {
    version: VERSION,
    exported_at: new Date(now()).toISOString(),
    ...{ source, from, ...(commit !== undefined && { commit }), workspace, user, range },
    /** What `text` is written in. */
    text: from === 'store' ? 'markdown' : 'mrkdwn',
    options: { ...asked },
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
