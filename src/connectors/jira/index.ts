import { createHash } from 'node:crypto';
import type { JiraSource } from '../../config/schema.ts';
import { connectAtlassian } from '../../http/atlassian-connect.ts';
import { atlassianTransport } from '../../http/atlassian-transport.ts';
import type { ConnectorDefinition } from '../contract.ts';
import { jiraModel } from './model.ts';

/** Raised whenever the same answers are rendered to other text. */
const RENDERER_VERSION = 1;

/** Jira Cloud, platform API v3. */
export const jira: ConnectorDefinition<JiraSource> = {
  type: 'jira',
  model: jiraModel,
  async open(config, { clock, log, signal }) {
    const {
      id: source,
      url,
      auth,
      gateway,
      views,
      comments,
      fields,
      include_restricted: includeRestricted,
    } = config;
    const { http, apiBase, siteUrl } = await connectAtlassian({
      ...{ source, url, auth, gateway, clock, log, signal },
      product: 'jira',
    });
    // Loaded when it is used: the client library takes most of a second.
    const [{ readChanges }, { createJiraClient }] = await Promise.all([
      import('./changes.ts'),
      import('./client.ts'),
    ]);
    const output = { RENDERER_VERSION, siteUrl, comments, includeRestricted, fields: fields ?? null };
    return {
      model: jiraModel(source),
      fingerprint: createHash('sha256').update(JSON.stringify(output)).digest('hex').slice(0, 16),
      changes(options) {
        const transport = atlassianTransport({ http, baseUrl: apiBase, signal: options.signal });
        const client = createJiraClient(transport, source);
        return readChanges(
          { source, siteUrl, client, log, views, comments, includeRestricted, fields },
          options,
        );
      },
      get requests() {
        return http.stats.requests;
      },
      close: () => http.close(),
    };
  },
};
