import type { Clock } from '../core/clock.ts';
import { type CtxError, ctxError, isCtxError } from '../core/errors/index.ts';
import type { Logger } from '../core/logger.ts';
import { atlassianAuthorization } from './atlassian-transport.ts';
import { createHttpClient, type HttpClient, type HttpClientOptions } from './client.ts';
import type { Network } from './network.ts';
import { atlassianQuotas } from './rate-limits.ts';

export type AtlassianProduct = 'confluence' | 'jira';

export interface AtlassianConnectOptions {
  readonly source: string;
  readonly product: AtlassianProduct;
  /** The site, with or without `/wiki`, or the gateway with product and cloud id. */
  readonly url: string;
  readonly auth: { readonly username?: string | undefined; readonly token: string };
  /** The origin of Atlassian's API gateway. */
  readonly gateway?: string | undefined;
  readonly log: Logger;
  readonly clock?: Clock;
  readonly signal?: AbortSignal;
  readonly network?: Network | undefined;
  /** Overrides of the client's policies, for tests. */
  readonly client?: Pick<HttpClientOptions, 'concurrency' | 'timeouts' | 'retry' | 'random'>;
}

export interface AtlassianConnection {
  readonly http: HttpClient;
  /** What API paths such as `/wiki/api/v2/…` and `/rest/api/3/…` are appended to. */
  readonly apiBase: string;
  /** For links that people follow, such as `https://your-team.atlassian.net`. */
  readonly siteUrl: string;
}

const defaultGateway = 'https://api.atlassian.com';

const products = {
  confluence: { name: 'Confluence', probe: '/wiki/api/v2/spaces?limit=1' },
  jira: { name: 'Jira', probe: '/rest/api/3/myself' },
} as const;

/**
 * Opens a client for the site and makes one authenticated request, so that a wrong address, a refused token or
 * a login page fails here. Tokens with scopes are refused by the site itself and work at the gateway alone
 * (https://developer.atlassian.com/cloud/confluence/basic-auth-for-rest-apis/), so after a 401 that is tried
 * with the site's cloud id. The authorization goes to the site and the gateway only.
 */
export async function connectAtlassian(options: AtlassianConnectOptions): Promise<AtlassianConnection> {
  const site = resolveAtlassianBase(options.url);
  const gateway = new URL(options.gateway ?? defaultGateway).origin;
  const http = createHttpClient({
    ...options.client,
    source: options.source,
    log: options.log,
    origin: [new URL(site).origin, gateway],
    authorization: atlassianAuthorization(options.auth),
    network: options.network,
    quotas: atlassianQuotas,
    ...(options.clock && { clock: options.clock }),
  });
  try {
    return await connect(options, http, site, gateway);
  } catch (error) {
    await http.close();
    throw error;
  }
}

async function connect(
  options: AtlassianConnectOptions,
  http: HttpClient,
  site: string,
  gateway: string,
): Promise<AtlassianConnection> {
  try {
    const answer = await probe(options, http, site);
    const siteUrl = isGatewayUrl(site) ? await siteBehindGateway(options, http, site, answer) : site;
    return { http, apiBase: site, siteUrl };
  } catch (refused) {
    if (!isCtxError(refused) || !refused.is('http.unauthorized') || isGatewayUrl(site)) throw refused;
    const cloudId = await cloudIdOf(options, http, site);
    if (cloudId === undefined) throw refused;
    const apiBase = `${gateway}/ex/${options.product}/${cloudId}`;
    await probeGateway(options, http, apiBase, refused);
    options.log.debug(`${options.source}: the site refused the token and the gateway accepted it`);
    return { http, apiBase, siteUrl: site };
  }
}

async function probe(options: AtlassianConnectOptions, http: HttpClient, base: string): Promise<unknown> {
  const { name, probe: path } = products[options.product];
  try {
    return await get(options, http, base + path);
  } catch (error) {
    if (!isCtxError(error) || !error.is('http.not-found')) throw error;
    throw ctxError('http.wrong-site', { ...error.params, product: name, url: base }, error);
  }
}

/** What the site said is the better error, unless the gateway knows the token and misses a scope. */
async function probeGateway(
  options: AtlassianConnectOptions,
  http: HttpClient,
  apiBase: string,
  refused: CtxError,
): Promise<void> {
  try {
    await probe(options, http, apiBase);
  } catch (error) {
    if (!isCtxError(error) || (error.is('http.unauthorized') && error.params.missingScope)) throw error;
    options.log.debug(error.message);
    throw refused;
  }
}

async function cloudIdOf(
  options: AtlassianConnectOptions,
  http: HttpClient,
  site: string,
): Promise<string | undefined> {
  try {
    const info = await get(options, http, `${new URL(site).origin}/_edge/tenant_info`, true);
    const cloudId = (info as { cloudId?: unknown } | null)?.cloudId;
    return typeof cloudId === 'string' && /^[\w-]+$/.test(cloudId) ? cloudId : undefined;
  } catch (error) {
    if (!isCtxError(error)) throw error;
    options.log.debug(`${options.source}: no cloud id: ${error.message}`);
    return undefined;
  }
}

/** The gateway's address is nothing that people can open; both products name the site in an answer. */
async function siteBehindGateway(
  options: AtlassianConnectOptions,
  http: HttpClient,
  base: string,
  probed: unknown,
): Promise<string> {
  const named =
    options.product === 'confluence'
      ? (probed as { _links?: { base?: unknown } } | null)?._links?.base
      : ((await get(options, http, `${base}/rest/api/3/serverInfo`)) as { baseUrl?: unknown } | null)
          ?.baseUrl;
  return typeof named === 'string' && /^https?:\/\//i.test(named) && URL.canParse(named)
    ? resolveAtlassianBase(named)
    : base;
}

function get(options: AtlassianConnectOptions, http: HttpClient, url: string, anonymous = false) {
  return http.json({ url, what: 'connecting', anonymous, ...(options.signal && { signal: options.signal }) });
}

/**
 * The address that API paths are appended to, from what people paste: `/wiki` and what follows it, the query
 * and slashes at the end are dropped. A gateway address keeps its product and cloud id.
 */
export function resolveAtlassianBase(url: string): string {
  const { origin, pathname } = new URL(url);
  const path = gatewayPath.exec(pathname)?.[0] ?? pathname.replace(/\/wiki(\/.*)?$/, '').replace(/\/+$/, '');
  return origin + path;
}

const gatewayPath = /^\/ex\/(confluence|jira)\/[^/]+/;

function isGatewayUrl(url: string): boolean {
  return gatewayPath.test(new URL(url).pathname);
}
