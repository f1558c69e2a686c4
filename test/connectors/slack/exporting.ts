import { openStore } from '../../../src/cli/slack/store.ts';
import type { Config } from '../../../src/config/schema.ts';
import {
  type ExportRequest,
  exportMessages,
  type MessageExport,
} from '../../../src/connectors/slack/export-reader.ts';
import type { OwnMessage } from '../../../src/connectors/slack/own-message.ts';
import { type StoredExport, storedExport } from '../../../src/connectors/slack/stored/export.ts';
import { createNetwork } from '../../../src/http/network.ts';
import { clockOf } from '../../harness/clock.ts';
import type { SlackContext } from './harness.ts';

/** All that an export has. Fails with what of it failed. */
export async function messagesOf({ channels, failures }: MessageExport): Promise<OwnMessage[]> {
  for (const failure of failures) throw failure;
  const all: OwnMessage[] = [];
  for await (const channel of channels) {
    for (const failure of channel.failures) throw failure;
    all.push(...channel.messages);
  }
  return all;
}

/** What the simulated Slack gives. */
export function fromSlack(context: SlackContext, request: ExportRequest): Promise<OwnMessage[]> {
  const say = () => {};
  const environment = {
    ...{ clock: clockOf(context.workspace), network: createNetwork() },
    log: { info: say, warn: say, debug: say, progress: say },
    signal: new AbortController().signal,
  };
  return exportMessages(context.source, request, environment as never, messagesOf);
}

/** What the repository of the context has. */
export async function inStore(context: SlackContext, request: ExportRequest): Promise<StoredExport> {
  const { source, path, workspace } = context;
  const config = {
    version: 1,
    repo: { path, remote: null, branch: 'main', commit: 'per-run' },
    secrets: { allow: [] },
    sources: [source],
  } satisfies Config;
  const store = await openStore(config, source.id);
  if (store === undefined) throw new Error('the repository has nothing of Slack');
  const { signal } = new AbortController();
  return storedExport(store, source, request, { now: workspace.now, signal });
}

export const withoutText = (messages: readonly OwnMessage[]) => messages.map(({ text: _, ...rest }) => rest);
