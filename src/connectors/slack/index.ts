import type { SlackSource } from '../../config/sources/slack.ts';
import type { ConnectorDefinition } from '../contract.ts';
import { fingerprintOf } from './fingerprint.ts';
import { slackModel } from './model.ts';
import { openWorkspace } from './open.ts';
import { probeSlack } from './probe.ts';

/** A workspace of Slack, by the Web API or from an export. */
export const slack: ConnectorDefinition<SlackSource> = {
  type: 'slack',
  model: slackModel,
  async open(config, environment) {
    const open = await openWorkspace(config, environment);
    const { changes, download, close } = open;
    return {
      model: slackModel(config.id),
      fingerprint: fingerprintOf(config, open.workspace.site),
      attachments: { keep: config.attachments, maxBytes: config.max_attachment_mb * 1024 * 1024 },
      probe: () => probeSlack(config, open.clientFor(environment.signal), open.scopes),
      ...{ changes, download, close },
      get requests() {
        return open.requests;
      },
    };
  },
};
