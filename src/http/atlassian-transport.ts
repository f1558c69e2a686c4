import type { HttpClient, HttpRequest } from './client.ts';

/** The part of the Atlassian clients' request options that matters on the wire. */
export interface AtlassianRequest {
  /** A path from the site's root: the Confluence clients put `/wiki/…` there, the Jira client `/rest/…`. */
  readonly url: string;
  readonly method?: HttpRequest['method'] | undefined;
  readonly headers?: Record<string, string> | undefined;
  readonly searchParams?: Record<string, unknown> | undefined;
  readonly body?: unknown;
}

export interface AtlassianTransport {
  sendRequest<T>(request: AtlassianRequest): Promise<T>;
}

export interface AtlassianTransportOptions {
  readonly http: HttpClient;
  /** The site, or the gateway with product and cloud id, without a slash at the end. */
  readonly baseUrl: string;
  readonly signal?: AbortSignal;
}

/**
 * What the functions of jira.js and confluence.js take for a client.
 * The answer is the raw JSON: the `schema` that those libraries pass is ignored on purpose, because it fails on
 * any drift of the service and its error prints the answer. Connectors check what they use themselves.
 */
export function atlassianTransport({ http, baseUrl, signal }: AtlassianTransportOptions): AtlassianTransport {
  return {
    async sendRequest<T>(request: AtlassianRequest): Promise<T> {
      const url = new URL(baseUrl + (request.url.startsWith('/') ? request.url : `/${request.url}`));
      appendSearchParams(url.searchParams, request.searchParams ?? {});
      return (await http.json({
        url,
        method: request.method ?? 'GET',
        ...(request.headers && { headers: request.headers }),
        ...(request.body != null && { json: request.body }),
        ...(signal && { signal }),
      })) as T;
    },
  };
}

/**
 * Arrays become repeated parameters and absent values are left out, as both libraries' own transport does.
 * Only `expand` is joined by commas: so the specification of Confluence's v1 has it (`explode: false`).
 */
function appendSearchParams(target: URLSearchParams, params: Record<string, unknown>): void {
  for (const [name, given] of Object.entries(params)) {
    const value = name === 'expand' && Array.isArray(given) ? given.join(',') || undefined : given;
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item == null) continue;
      target.append(name, typeof item === 'object' ? JSON.stringify(item) : String(item));
    }
  }
}

/** The `Authorization` of an API token: Basic with a username, otherwise Bearer. */
export function atlassianAuthorization(auth: {
  readonly username?: string | undefined;
  readonly token: string;
}): string {
  return auth.username === undefined ? `Bearer ${auth.token}` : basicAuthorization(auth.username, auth.token);
}

export function basicAuthorization(username: string, token: string): string {
  return `Basic ${Buffer.from(`${username}:${token}`, 'utf8').toString('base64')}`;
}
