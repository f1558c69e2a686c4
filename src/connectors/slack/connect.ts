import type { SlackSource } from '../../config/sources/slack.ts';
import { createHttpClient, type HttpClient } from '../../http/client.ts';
import { slackTransport } from '../../http/slack-transport.ts';
import type { ConnectorEnvironment } from '../contract.ts';
import { createSlackClient, type SlackApi } from './client.ts';
import { perMinuteOf } from './tiers.ts';

export interface SlackConnection {
  readonly http: HttpClient;
  /** What it asks for ends when the signal is aborted. */
  clientFor(until: AbortSignal): SlackApi;
}

/** The means to call a workspace's API, by the limits that the configuration asks for. Nothing is sent yet. */
export function connectSlack(
  config: SlackSource,
  { clock, log, network }: Pick<ConnectorEnvironment, 'clock' | 'log' | 'network'>,
): SlackConnection {
  const { id: source, auth, delay } = config;
  const { origin } = new URL(config.url);
  const http = createHttpClient({
    ...{ source, log, clock },
    ...(network && { network }),
    origin: [origin, new URL(config.files_url).origin],
    authorization: `Bearer ${auth?.token}`,
  });
  const perMinute = (method: string) => config.requests_per_minute[method] ?? perMinuteOf(method);
  return {
    http,
    clientFor: (signal) =>
      createSlackClient(
        slackTransport({ http, source, origin, perMinute, delay, clock, signal }),
        source,
        config.page_size,
      ),
  };
}

/** The id of the person whose token it is; undefined for an app's own, and for an export. */
export async function ownerOfToken(
  config: SlackSource,
  environment: Pick<ConnectorEnvironment, 'clock' | 'log' | 'network' | 'signal'>,
): Promise<string | undefined> {
  if (config.auth === undefined) return undefined;
  const { http, clientFor } = connectSlack(config, environment);
  try {
    const { userId, isBot } = await clientFor(environment.signal).caller();
    return isBot ? undefined : userId;
  } finally {
    await http.close();
  }
}
