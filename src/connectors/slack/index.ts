import { createHash } from 'node:crypto';
import type { SlackSource } from '../../config/sources/slack.ts';
import { createHttpClient } from '../../http/client.ts';
import { slackTransport } from '../../http/slack-transport.ts';
import { RENDERER_VERSION } from '../../markdown/version.ts';
import { isWebPage } from '../attachments.ts';
import type { ConnectorDefinition } from '../contract.ts';
import { slackModel } from './model.ts';
import { perMinuteOf } from './tiers.ts';

/** Raised when the connector itself writes other text for the same answers. */
const CONNECTOR_VERSION = 1;

/** A workspace of Slack, by the Web API. */
export const slack: ConnectorDefinition<SlackSource> = {
  type: 'slack',
  model: slackModel,
  async open(config, { clock, log, signal, network }) {
    const { id: source, auth, bots, joins } = config;
    const { origin } = new URL(config.url);
    const maxBytes = config.max_attachment_mb * 1024 * 1024;
    const http = createHttpClient({
      ...{ source, log, clock, network },
      origin: [origin, new URL(config.files_url).origin],
      authorization: `Bearer ${auth.token}`,
    });
    // Loaded when it is used.
    const [{ slackChanges }, { createSlackClient }] = await Promise.all([
      import('./changes.ts'),
      import('./client.ts'),
    ]);
    const clientFor = (until: AbortSignal) =>
      createSlackClient(
        slackTransport({
          ...{ http, source, origin, clock, signal: until },
          delay: config.delay,
          perMinute: (method) => config.requests_per_minute[method] ?? perMinuteOf(method),
        }),
        source,
        config.page_size,
      );
    let workspace: { readonly site: string; readonly domain: string };
    try {
      workspace = await clientFor(signal).team();
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
      model: slackModel(source),
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
