import { createHash } from 'node:crypto';
import type { GithubSource } from '../../config/sources/github.ts';
import { ctxError } from '../../core/errors/index.ts';
import { createHttpClient } from '../../http/client.ts';
import { githubTransport, graphqlUrlOf } from '../../http/github-transport.ts';
import { githubQuotas, githubRefusals } from '../../http/rate-limits.ts';
import { RENDERER_VERSION } from '../../markdown/version.ts';
import type { ConnectorDefinition } from '../contract.ts';
import { githubModel } from './model.ts';
import { probeGithub } from './probe.ts';

/** Raised when the connector itself writes other text for the same answers. */
const CONNECTOR_VERSION = 1;

/** More at once are refused long before the quota is used up: https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api */
const CONCURRENCY = 8;

/** Repositories of GitHub, or of a server of one's own. */
export const github: ConnectorDefinition<GithubSource> = {
  type: 'github',
  model: githubModel,
  async open(config, { clock, log, signal, network }) {
    const { id: source, auth, days, comments, include } = config;
    const { origin } = new URL(config.url);
    const http = createHttpClient({
      ...{ source, log, clock, network, origin },
      concurrency: CONCURRENCY,
      authorization: `Bearer ${auth.token}`,
      quotas: githubQuotas,
      refusals: githubRefusals,
    });
    // Loaded when it is used.
    const [{ githubChanges }, { createGithubClient }] = await Promise.all([
      import('./changes.ts'),
      import('./client.ts'),
    ]);
    const clientFor = (until: AbortSignal) =>
      createGithubClient(
        githubTransport({
          ...{ http, source, clock, signal: until },
          restUrl: config.url,
          graphqlUrl: graphqlUrlOf(config.url),
        }),
        source,
      );
    try {
      await clientFor(signal).connect();
    } catch (error) {
      await http.close();
      throw error;
    }
    const output = {
      RENDERER_VERSION,
      CONNECTOR_VERSION,
      days,
      comments,
      include: [...include].sort(),
    };
    return {
      model: githubModel(source),
      fingerprint: createHash('sha256').update(JSON.stringify(output)).digest('hex').slice(0, 16),
      probe: () => probeGithub({ config, client: clientFor(signal), clock, log }),
      changes: (options) => githubChanges({ config, client: clientFor(options.signal), clock, log }, options),
      attachments: { keep: 'none', maxBytes: 0 },
      async download({ id }) {
        throw ctxError('source.unexpected-answer', { source, what: `file ${id}`, problem: 'it is not kept' });
      },
      get requests() {
        return http.stats.requests;
      },
      close: () => http.close(),
    };
  },
};
