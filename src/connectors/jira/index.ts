import { createHash } from 'node:crypto';
import type { JiraSource } from '../../config/sources/jira.ts';
import { ctxError } from '../../core/errors/index.ts';
import { connectAtlassian } from '../../http/atlassian-connect.ts';
import { atlassianTransport } from '../../http/atlassian-transport.ts';
import { RENDERER_VERSION } from '../../markdown/version.ts';
import { isWebPage } from '../attachments.ts';
import type { ConnectorDefinition } from '../contract.ts';
import { jiraModel, keyOf } from './model.ts';
import { probeJira } from './probe.ts';
import type { JiraSite } from './run.ts';

/** Raised when the connector itself writes other text for the same answers. */
const CONNECTOR_VERSION = 3;

/** Jira Cloud, platform API v3. */
export const jira: ConnectorDefinition<JiraSource> = {
  type: 'jira',
  model: jiraModel,
  async open(config, { clock, log, signal, network }) {
    const {
      id: source,
      url,
      auth,
      gateway,
      views,
      comments,
      fields,
      include_restricted: includeRestricted,
      exclude,
    } = config;
    const attachments = { keep: config.attachments, maxBytes: config.max_attachment_mb * 1024 * 1024 };
    const { http, apiBase, siteUrl } = await connectAtlassian({
      ...{ source, url, auth, gateway, clock, log, signal, network },
      product: 'jira',
    });
    // Loaded when it is used, with its part of the client library.
    const [{ readChanges }, { createJiraClient }] = await Promise.all([
      import('./changes.ts'),
      import('./client.ts'),
    ]);
    const output = {
      ...{
        RENDERER_VERSION,
        CONNECTOR_VERSION,
        siteUrl,
        comments,
        includeRestricted,
        fields: fields ?? null,
        attachments,
      },
    };
    const clientFor = (until: AbortSignal) =>
      createJiraClient(atlassianTransport({ http, baseUrl: apiBase, signal: until }), source);
    const siteFor = (until: AbortSignal): JiraSite => {
      const client = clientFor(until);
      return { source, siteUrl, client, log, views, comments, includeRestricted, exclude, fields };
    };
    return {
      model: jiraModel(source),
      fingerprint: createHash('sha256').update(JSON.stringify(output)).digest('hex').slice(0, 16),
      changes: (options) => readChanges(siteFor(options.signal), options),
      async one(name) {
        const key = keyOf(name, siteUrl);
        if (key === undefined) return undefined;
        if ((await clientFor(signal).fetchOne(key, ['summary'], [])) === undefined)
          throw ctxError('source.not-found', { source, what: `ticket ${key}` });
        const own = { views: { FETCHED: `key = ${key}` }, exclude: [] };
        return { changes: (options) => readChanges({ ...siteFor(options.signal), ...own }, options) };
      },
      probe: () => probeJira(clientFor(signal), config),
      offers: () => clientFor(signal).projects(),
      attachments,
      /**
       * By the platform API, since the addresses that people use answer tokens with 401. Without `redirect=false` it
       * redirects to the media service: a second request, to a host that a firewall would have to know.
       */
      download: (attachment, sink) =>
        http.download(
          {
            url: `${apiBase}/rest/api/3/attachment/content/${encodeURIComponent(attachment.id)}?redirect=false`,
            what: `attachment ${attachment.id}`,
            maxBytes: attachments.maxBytes,
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
