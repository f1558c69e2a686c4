import type { SlackSource } from '../../config/sources/slack.ts';
import { isWebPage } from '../attachments.ts';
import type { Connector, ConnectorEnvironment } from '../contract.ts';
import type { SlackClient } from './client.ts';
import type { Window } from './days.ts';
import type { Workspace } from './run.ts';

/** What it takes to read one. */
export type SlackEnvironment = Omit<ConnectorEnvironment, 'repositories'>;

/** A workspace that is open to be read. */
export interface OpenWorkspace extends Pick<Connector, 'changes' | 'download' | 'requests' | 'close'> {
  readonly workspace: Workspace;
  /** The person whose token it is; an app's own and an export are nobody's. */
  readonly owner?: string;
  /** What the token may do, where Slack says it. */
  readonly scopes?: readonly string[] | undefined;
  /** The days of an export. */
  range?(): Promise<Window>;
  /** What it asks for ends when the signal is aborted. */
  clientFor(until: AbortSignal): SlackClient;
}

/** Opens a workspace by its Web API, or an export of it, as the configuration asks. What that takes is loaded only then. */
export async function openWorkspace(
  config: SlackSource,
  environment: SlackEnvironment,
): Promise<OpenWorkspace> {
  const { path } = config;
  if (path === undefined) return openApi(config, environment);
  const { openExport } = await import('./exported/open.ts');
  return openExport({ ...config, path }, environment);
}

async function openApi(config: SlackSource, environment: SlackEnvironment): Promise<OpenWorkspace> {
  const { clock, log, signal } = environment;
  const [{ slackChanges }, { connectSlack }] = await Promise.all([
    import('./changes.ts'),
    import('./connect.ts'),
  ]);
  const { http, clientFor } = connectSlack(config, environment);
  try {
    const client = clientFor(signal);
    const { site, userId, isBot, scopes } = await client.caller();
    const workspace = { site, ...(await client.team()) };
    return {
      ...{ workspace, clientFor, scopes },
      ...(!isBot && { owner: userId }),
      changes: (options) =>
        slackChanges({ config, workspace, client: clientFor(options.signal), clock, log }, options),
      download: (attachment, sink) =>
        http.download(
          {
            url: attachment.url,
            what: `file ${attachment.id}`,
            maxBytes: config.max_attachment_mb * 1024 * 1024,
            size: attachment.size,
            mayBeHtml: isWebPage(attachment),
            signal,
          },
          (bytes) => sink(bytes),
        ),
      get requests() {
        return http.stats.requests;
      },
      close: () => http.close(),
    };
  } catch (error) {
    await http.close();
    throw error;
  }
}
