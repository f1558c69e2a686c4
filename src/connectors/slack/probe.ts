import type { SlackSource } from '../../config/sources/slack.ts';
import { counted } from '../../core/counted.ts';
import { ctxError } from '../../core/errors/index.ts';
import type { Probe } from '../contract.ts';
import { isCalled, listChannels } from './channels.ts';
import type { SlackClient } from './client.ts';

/**
 * Compares what the token may do, where Slack says it, with what the configuration asks for, and looks for the channels that
 * it names. People and groups of people are not listed for it.
 */
export async function probeSlack(
  config: SlackSource,
  client: SlackClient,
  scopes: readonly string[] | undefined,
): Promise<Probe> {
  const { id: source } = config;
  const lacking = scopes === undefined ? [] : needed(config).filter(({ scope }) => !scopes.includes(scope));
  const problems = lacking.map((call) => ctxError('slack.missing-scope', { source, ...call }));
  if (lacking.some(({ method }) => method === 'conversations.list')) return { found: [], problems };
  const named = { channels: config.channels, exclude: config.exclude };
  const listed = await listChannels(client, { ...named, direct_messages: [], group_messages: [] });
  const channels = listed.map(({ id, name }) => ({ id, name: name ?? id, kind: 'channel' as const }));
  const missing =
    config.channels === 'all'
      ? []
      : config.channels.filter((wanted) => !channels.some((channel) => isCalled(channel, [], wanted)));
  return {
    found: [counted(channels.length, 'channel')],
    problems: [
      ...problems,
      ...missing.map((name) => ctxError('source.not-found', { source, what: `channel ${name}` })),
    ],
  };
}

interface Needed {
  readonly scope: string;
  readonly method: string;
  readonly what: string;
}

/** https://docs.slack.dev/reference/scopes. Scopes for private channels are asked for where one is read. */
function needed({ direct_messages, group_messages, attachments }: SlackSource): Needed[] {
  const kinds = [
    { prefix: 'channels', what: 'public channels', isWanted: true },
    { prefix: 'im', what: 'direct messages', isWanted: direct_messages.length > 0 },
    { prefix: 'mpim', what: 'group conversations', isWanted: group_messages.length > 0 },
  ].filter(({ isWanted }) => isWanted);
  return [
    ...kinds.flatMap(({ prefix, what }) => [
      { scope: `${prefix}:read`, method: 'conversations.list', what: `the list of ${what}` },
      { scope: `${prefix}:history`, method: 'conversations.history', what },
    ]),
    { scope: 'users:read', method: 'users.list', what: 'the names of people' },
    ...(attachments === 'all' ? [{ scope: 'files:read', method: 'files', what: 'attachments' }] : []),
  ];
}
