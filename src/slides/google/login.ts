import { randomBytes } from 'node:crypto';
import { ctxError } from '../../core/errors/index.ts';
import {
  failureOfToken,
  type OAuthClient,
  oauthClient,
  SCOPES,
  type Scope,
  type StoredLogin,
} from './credentials.ts';

/** A login that a person has to allow in a browser, which then comes to the address of this machine. */
export interface Login {
  /** What the person opens. */
  readonly url: string;
  /** What the browser brings along, and nobody else. */
  readonly state: string;
  /** Fails with `google.expired` or `http.*`. */
  finish(code: string): Promise<StoredLogin>;
}

/**
 * The flow of desktop apps, with PKCE: https://developers.google.com/identity/protocols/oauth2/native-app. `redirectUri` is of this
 * machine alone.
 */
export async function beginLogin(
  client: OAuthClient,
  scope: Scope,
  { redirectUri, rootUrl }: { readonly redirectUri: string; readonly rootUrl: string | undefined },
): Promise<Login> {
  const oauth = await oauthClient(client, rootUrl, redirectUri);
  const { CodeChallengeMethod } = await import('google-auth-library');
  const { codeVerifier, codeChallenge = '' } = await oauth.generateCodeVerifierAsync();
  const state = randomBytes(24).toString('base64url');
  const url = oauth.generateAuthUrl({
    // A refresh token comes only with consent that is asked for anew.
    ...{ access_type: 'offline', prompt: 'consent', scope: SCOPES[scope], state },
    ...{ code_challenge: codeChallenge, code_challenge_method: CodeChallengeMethod.S256 },
  });
  return {
    ...{ url, state },
    async finish(code) {
      const { tokens } = await oauth
        .getToken({ code, codeVerifier, redirect_uri: redirectUri })
        .catch((error: unknown) => {
          throw failureOfToken(error);
        });
      if (!tokens.refresh_token) throw ctxError('google.login-refused', { reason: 'no refresh token came' });
      return { client, refreshToken: tokens.refresh_token };
    },
  };
}
