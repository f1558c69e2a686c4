import { createHash } from 'node:crypto';
import type { SlackSource } from '../../config/sources/slack.ts';
import { RENDERER_VERSION } from '../../markdown/version.ts';
import type { ConnectorDefinition } from '../contract.ts';
import { slackModel } from './model.ts';
import { openWorkspace } from './open.ts';

/** Raised when the connector itself writes other text for the same answers. */
const CONNECTOR_VERSION = 2;

/** A workspace of Slack, by the Web API or from an export. */
export const slack: ConnectorDefinition<SlackSource> = {
  type: 'slack',
  model: slackModel,
  async open(config, environment) {
    const { attachments, bots, joins } = config;
    const open = await openWorkspace(config, environment);
    const { changes, download, close } = open;
    const { site } = open.workspace;
    const output = {
      ...{ RENDERER_VERSION, CONNECTOR_VERSION, site, threads: config.threads !== false, bots, joins },
      attachments,
    };
    return {
      model: slackModel(config.id),
      fingerprint: createHash('sha256').update(JSON.stringify(output)).digest('hex').slice(0, 16),
      attachments: { keep: attachments, maxBytes: config.max_attachment_mb * 1024 * 1024 },
      ...{ changes, download, close },
      get requests() {
        return open.requests;
      },
    };
  },
};
