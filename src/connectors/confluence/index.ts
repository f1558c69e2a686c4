import { createHash } from 'node:crypto';
import type { ConfluenceSource } from '../../config/sources/confluence.ts';
import { connectAtlassian } from '../../http/atlassian-connect.ts';
import { atlassianTransport } from '../../http/atlassian-transport.ts';
import { RENDERER_VERSION } from '../../markdown/version.ts';
import { isWebPage } from '../attachments.ts';
import type { ConnectorDefinition } from '../contract.ts';
import { confluenceModel } from './model.ts';
import { idOf, siteOfOne } from './one.ts';
import { probeConfluence } from './probe.ts';

/** Raised when the connector itself writes other text for the same answers. */
const CONNECTOR_VERSION = 3;

/** Confluence Cloud: pages and blog posts of spaces, with labels, comments and the page tree. */
export const confluence: ConnectorDefinition<ConfluenceSource> = {
  type: 'confluence',
  model: confluenceModel,
  async open(config, { clock, log, signal, network }) {
    const { id, url, auth, gateway, comments, include_restricted } = config;
    const attachments = { keep: config.attachments, maxBytes: config.max_attachment_mb * 1024 * 1024 };
    const { http, apiBase, siteUrl } = await connectAtlassian({
      source: id,
      product: 'confluence',
      url,
      auth,
      gateway,
      clock,
      log,
      signal,
      network,
    });
    // Loaded when it is used, with its part of the client library.
    const [{ confluenceChanges }, { createConfluenceClient }] = await Promise.all([
      import('./changes.ts'),
      import('./client.ts'),
    ]);
    const client = createConfluenceClient(id, atlassianTransport({ http, baseUrl: apiBase, signal }));
    const rendering = JSON.stringify([
      RENDERER_VERSION,
      CONNECTOR_VERSION,
      siteUrl,
      comments,
      include_restricted,
      attachments,
    ]);
    return {
      model: confluenceModel(id),
      fingerprint: createHash('sha256').update(rendering).digest('hex').slice(0, 16),
      probe: () => probeConfluence(client, config),
      async *offers() {
        for await (const { key, name } of client.spaces('all'))
          yield { kind: 'space', key, name: name ?? key };
      },
      async one(name) {
        const contentId = idOf(name, siteUrl);
        if (contentId === undefined) return undefined;
        const { client: narrow, space } = await siteOfOne(client, id, contentId);
        const own = { ...config, spaces: [space.key], exclude: [] };
        return {
          changes: (options) => confluenceChanges({ ...options, config: own, client: narrow, siteUrl, log }),
        };
      },
      changes: (options) => confluenceChanges({ ...options, config, client, siteUrl, log }),
      attachments,
      /** By REST: the addresses that people use answer tokens with 401. It redirects to the media service. */
      download(attachment, sink) {
        // Not from a parsed URL: a file may be called `..`.
        const [, page = ''] = /\/download\/attachments\/(\d+)\//.exec(attachment.url) ?? [];
        const file = `${apiBase}/wiki/rest/api/content/${page}/child/attachment/${encodeURIComponent(attachment.id)}`;
        return http.download(
          {
            url: `${file}/download?version=${attachment.version}`,
            what: `attachment ${attachment.id}`,
            maxBytes: attachments.maxBytes,
            size: attachment.size,
            mayBeHtml: isWebPage(attachment),
            signal,
          },
          (bytes) => sink(bytes),
        );
      },
      get requests() {
        return http.stats.requests;
      },
      close: () => http.close(),
    };
  },
};
