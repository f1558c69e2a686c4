import { dayOf } from '../../connectors/slack/days.ts';
import type { MessageExport } from '../../connectors/slack/export-reader.ts';
import { dayId, slackModel, threadId } from '../../connectors/slack/model.ts';
import type { OwnMessage } from '../../connectors/slack/own-message.ts';
import type { ChannelMessages } from '../../connectors/slack/own-messages.ts';
import { type CtxError, isCtxError } from '../../core/errors/index.ts';
import type { Logger } from '../../core/logger.ts';
import { guardPath } from '../../pipeline/guard-document.ts';
import type { Redactor } from '../../redact/redactor.ts';

/** A channel in the export, as the metadata names it. */
export type ExportedChannel = {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** Of the person. */
  readonly messages: number;
  /** How many of them are replies. */
  readonly thread_replies: number;
  /** Of others, beside them. */
  readonly context_messages: number;
};

/** What became of an export while it was written. */
export interface Tally {
  readonly channels: ExportedChannel[];
  readonly errors: CtxError[];
  /** How many secrets of each kind were replaced. */
  readonly redacted: Record<string, number>;
}

export interface GuardedRecordsOptions {
  readonly source: string;
  readonly redactor: Redactor;
  readonly tally: Tally;
  readonly signal: AbortSignal;
  readonly log: Logger;
}

/** The messages of an export, searched for secrets. Throws the failure if no channel at all could be read. */
export async function* guardedRecords(
  { workspace, channels }: MessageExport,
  { source, redactor, tally, signal, log }: GuardedRecordsOptions,
): AsyncGenerator<OwnMessage> {
  let failure: CtxError | undefined;
  let isRead = false;
  for await (const { channel, messages, failures } of channels) {
    signal.throwIfAborted();
    tally.errors.push(...failures);
    failure ??= failures[0];
    isRead ||= failures.length === 0 || messages.length > 0;
    const counts = countsOf({ channel, messages, failures });
    tally.channels.push(counts);
    log.info(`${source}: ${channel.name}: ${counts.messages} messages`);
    for (const message of messages) {
      const guarded = guard(message, { source, workspace, redactor });
      if (isCtxError(guarded)) {
        tally.errors.push(guarded);
        continue;
      }
      for (const [kind, found] of Object.entries(guarded.counts.redacted))
        tally.redacted[kind] = (tally.redacted[kind] ?? 0) + found;
      yield guarded.value;
    }
  }
  if (failure && !isRead) throw failure;
}

interface GuardOptions {
  readonly source: string;
  readonly workspace: string;
  readonly redactor: Redactor;
}

/** A message that can't be searched is left out; what the configuration lets stay in its document stays here. */
function guard(message: OwnMessage, { source, workspace, redactor }: GuardOptions) {
  const { ts, thread_ts: thread, channel_id: channel, channel_name: name } = message;
  const id = thread === null ? dayId(channel, dayOf(ts)) : threadId(channel, thread);
  const fields = { workspace, channel: name, channel_id: channel };
  const document = { id, source, type: 'thread', title: '', url: '', fields };
  try {
    return redactor.guard(message, guardPath(document, slackModel(source)));
  } catch (error) {
    if (isCtxError(error)) return error;
    throw error;
  }
}

function countsOf({ channel, messages }: ChannelMessages): ExportedChannel {
  const own = messages.filter(({ context }) => !context);
  return {
    ...{ id: channel.id, name: channel.name, type: channel.kind },
    messages: own.length,
    thread_replies: own.filter((message) => message.is_thread_reply).length,
    context_messages: messages.length - own.length,
  };
}
