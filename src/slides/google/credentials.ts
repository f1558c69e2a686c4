import { type CtxError, ctxError } from '../../core/errors/index.ts';
import type { Authorize } from './apis.ts';

/** Whose access is used. */
export type GoogleCredentials =
  /** A person who allowed it with `ctx slides login`. */
  | { readonly type: 'login'; readonly login: StoredLogin }
  /**
   * What the environment, Google's tools or the machine provide, which Google's library looks for:
   * https://cloud.google.com/docs/authentication/application-default-credentials. `keyFile` is what the environment names, for errors. A
   * service account may act for a person of its domain, the `subject`.
   */
  | { readonly type: 'default'; readonly keyFile: string | undefined; readonly subject: string | undefined };

/** An OAuth client, as downloaded from Google's console for an app of type desktop. */
export interface OAuthClient {
  readonly id: string;
  readonly secret: string;
}

export interface StoredLogin {
  readonly client: OAuthClient;
  readonly refreshToken: string;
}

/**
 * Either reaches what its name says. With `drive.file` only files that ctx made are seen, so no template that others made:
 * https://developers.google.com/workspace/drive/api/guides/api-specific-auth
 */
export const SCOPES = {
  drive: 'https://www.googleapis.com/auth/drive',
  'drive.file': 'https://www.googleapis.com/auth/drive.file',
} as const;

export type Scope = keyof typeof SCOPES;

/** Milliseconds for a token. */
const TIMEOUT = 30_000;

/** Fetches access tokens when they are needed; fails with `google.no-credentials`, `google.expired` or `http.*`. */
export async function authorizeWith(
  credentials: GoogleCredentials,
  rootUrl: string | undefined,
): Promise<Authorize> {
  const open =
    credentials.type === 'login'
      ? () => loginClient(credentials.login, rootUrl)
      : await defaultClient(credentials, rootUrl);
  let client = await open();
  return async (isRefused) => {
    // It knows only when its token ends, not that it was withdrawn.
    if (isRefused) client = await open();
    try {
      const headers = await client.getRequestHeaders();
      return headers.get('authorization') ?? '';
    } catch (error) {
      throw failureOfToken(error);
    }
  };
}

/** What of the library's clients is used. */
interface Client {
  getRequestHeaders(): Promise<Headers>;
}

/** Google's library for OAuth; `rootUrl` takes the place of all of its addresses. */
export async function oauthClient(
  { id, secret }: OAuthClient,
  rootUrl: string | undefined,
  redirectUri?: string,
) {
  const { OAuth2Client } = await import('google-auth-library');
  return new OAuth2Client({
    ...{ clientId: id, clientSecret: secret, transporterOptions: transport(rootUrl) },
    ...(redirectUri !== undefined && { redirectUri }),
  });
}

async function loginClient(
  { client, refreshToken }: StoredLogin,
  rootUrl: string | undefined,
): Promise<Client> {
  const oauth = await oauthClient(client, rootUrl);
  oauth.setCredentials({ refresh_token: refreshToken });
  return oauth;
}

async function defaultClient(
  { keyFile, subject }: Extract<GoogleCredentials, { type: 'default' }>,
  rootUrl: string | undefined,
): Promise<() => Promise<Client>> {
  const { GoogleAuth } = await import('google-auth-library');
  return async () => {
    const auth = new GoogleAuth({
      scopes: [SCOPES.drive],
      clientOptions: { transporterOptions: transport(rootUrl), ...(subject !== undefined && { subject }) },
    });
    try {
      return await auth.getClient();
    } catch (error) {
      // A parser's error quotes the key, so it is not kept.
      throw ctxError('google.no-credentials', { reason: reasonOf(error, keyFile) });
    }
  };
}

function transport(rootUrl: string | undefined) {
  if (rootUrl === undefined) return { timeout: TIMEOUT };
  const there: typeof fetch = (input, init) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input);
    return fetch(new URL(pathname, rootUrl), init);
  };
  return { timeout: TIMEOUT, fetchImplementation: there };
}

function reasonOf(error: unknown, keyFile: string | undefined): string {
  if (keyFile === undefined) return 'none are found';
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || /does not exist/.test(String(error))) return `${keyFile} is not there`;
  return `${keyFile} is no key that can be used`;
}

/** The library's error holds the whole request, with what is secret in it: nothing but words of it is kept. */
export function failureOfToken(error: unknown): CtxError {
  const { response, code } = error as {
    readonly response?: { readonly status?: number; readonly data?: { readonly error?: unknown } };
    readonly code?: unknown;
  };
  const at = { source: 'google', request: 'POST oauth2.googleapis.com/token' };
  const status = response?.status;
  if (status === undefined)
    return ctxError('http.unreachable', { ...at, reason: wordOf(code) ?? 'connection lost' });
  if (status >= 500) return ctxError('http.server-error', { ...at, status });
  const word = wordOf(response?.data?.error) ?? `${status}`;
  return ctxError('google.expired', { what: 'an access token', reason: word });
}

function wordOf(value: unknown): string | undefined {
  return typeof value === 'string' && /^\w{1,64}$/.test(value) ? value : undefined;
}
