import { createHash } from 'node:crypto';
import type { SlackSource } from '../../config/sources/slack.ts';
import { RENDERER_VERSION } from '../../markdown/version.ts';
import { isWebPage } from '../attachments.ts';
import type { ConnectorDefinition } from '../contract.ts';
import { slackModel } from './model.ts';
import type { Workspace } from './run.ts';

/** Raised when the connector itself writes other text for the same answers. */
const CONNECTOR_VERSION = 2;

/** A workspace of Slack, by the Web API. */
export const slack: ConnectorDefinition<SlackSource> = {
  type: 'slack',
  model: slackModel,
  async open(config, environment) {
    const { clock, log, signal } = environment;
    const { bots, joins } = config;
    const maxBytes = config.max_attachment_mb * 1024 * 1024;
    // Loaded when it is used.
    const [{ slackChanges }, { connectSlack }] = await Promise.all([
      import('./changes.ts'),
      import('./connect.ts'),
    ]);
    const { http, clientFor } = connectSlack(config, environment);
    let workspace: Workspace;
    try {
      const client = clientFor(signal);
      const { site } = await client.caller();
      workspace = { site, ...(await client.team()) };
    } catch (error) {
      await http.close();
      throw error;
    }
    const { site } = workspace;
    const output = {
      ...{ RENDERER_VERSION, CONNECTOR_VERSION, site, threads: config.threads !== false, bots, joins },
      attachments: config.attachments,
    };
    return {
      model: slackModel(config.id),
      fingerprint: createHash('sha256').update(JSON.stringify(output)).digest('hex').slice(0, 16),
      changes: (options) =>
        slackChanges({ config, workspace, client: clientFor(options.signal), clock, log }, options),
      attachments: { keep: config.attachments, maxBytes },
      download: (attachment, sink) =>
        http.download(
          {
            url: attachment.url,
            what: `file ${attachment.id}`,
            maxBytes,
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
  },
};
