import { entry } from './entry.ts';

/** Which call failed: `request` is the method, host and path, without the query. */
export interface HttpFailure {
  readonly source: string;
  readonly request: string;
  /** What it was for, such as `page 123`. */
  readonly what?: string;
}

const call = ({ source, request, what }: HttpFailure) =>
  what === undefined ? `${source}: ${request}` : `${source}: ${what}: ${request}`;

/** Failures of single requests, after the retries that they deserved. None holds a header or a body. */
export const httpErrors = {
  'http.unauthorized': entry<HttpFailure & { missingScope: boolean }>({
    kind: 'credentials',
    message: (p) =>
      `${call(p)}: the credentials were refused (401${p.missingScope ? ': scope does not match' : ''}).`,
    hint: ({ missingScope }) =>
      missingScope
        ? 'Check the username and the token, which may have expired. A token with scopes needs those that docs/connectors names.'
        : 'Check the username and the token; tokens expire. Atlassian makes new ones at https://id.atlassian.com/manage-profile/security/api-tokens',
  }),
  /** `word` is what the service calls its reason, such as `accessNotConfigured`, if it names one. */
  'http.forbidden': entry<HttpFailure & { status: number; word?: string }>({
    kind: 'failed',
    message: (p) => `${call(p)}: access was denied (${p.status}).`,
    hint: () => 'The account needs permission to read this; ask an administrator of the service.',
  }),
  'http.not-found': entry<HttpFailure>({
    kind: 'failed',
    message: (p) => `${call(p)}: not found (404).`,
    hint: () => 'It does not exist, or the account may not see it; check the `url` in context.config.yaml.',
  }),
  'http.gone': entry<HttpFailure>({
    kind: 'failed',
    message: (p) => `${call(p)}: the service has removed this (410).`,
    hint: () => 'Update context-sync: the service no longer offers this call.',
  }),
  'http.bad-request': entry<HttpFailure & { status: number; reason?: string }>({
    kind: 'failed',
    message: (p) => `${call(p)}: the request was refused (${p.status})${p.reason ? `: ${p.reason}` : '.'}`,
    hint: () => 'Correct the setting that the message names in context.config.yaml.',
  }),
  'http.login-page': entry<HttpFailure & { expected: string }>({
    kind: 'credentials',
    message: (p) => `${call(p)}: an HTML page came instead of ${p.expected}.`,
    hint: () =>
      'Most often a login page: check that `url` is the address of the site itself, that no single sign-on or proxy stands before it, and that the token has not expired.',
  }),
  'http.empty': entry<HttpFailure>({
    kind: 'failed',
    message: (p) => `${call(p)}: the answer was successful but empty.`,
    hint: () => 'Nothing was removed. Run again; if it stays, check proxies between here and the service.',
  }),
  'http.invalid-json': entry<HttpFailure>({
    kind: 'failed',
    message: (p) => `${call(p)}: the answer was cut off or is not JSON.`,
    hint: () => 'Nothing was removed. Run again; if it stays, check proxies between here and the service.',
  }),
  'http.timeout': entry<HttpFailure & { phase: string }>({
    kind: 'failed',
    message: (p) => `${call(p)}: no ${p.phase} in time.`,
    hint: () => 'The service or the network is slow: run again later.',
  }),
  'http.unreachable': entry<HttpFailure & { reason: string }>({
    kind: 'failed',
    message: (p) => `${call(p)}: the connection failed (${p.reason}).`,
    hint: ({ reason }) => {
      if (reason.includes('proxy') || reason === 'UND_ERR_PRX_CONN')
        return 'Check HTTPS_PROXY and NO_PROXY in the environment, and whether the proxy lets this host through.';
      if (reason === 'ENOTFOUND') return 'The host is unknown: check the `url` in context.config.yaml.';
      return /CERT|SELF_SIGNED/.test(reason)
        ? 'The certificate is not trusted: name your own authority in NODE_EXTRA_CA_CERTS.'
        : 'Check the `url` in context.config.yaml and the network.';
    },
    examples: ['UND_ERR_PRX_CONN', 'ENOTFOUND', 'SELF_SIGNED_CERT_IN_CHAIN'].map((reason) => ({
      ...{ source: '‹source›', request: '‹request›', reason },
    })),
  }),
  'http.invalid-proxy': entry<{ variable: string }>({
    kind: 'usage',
    message: ({ variable }) => `${variable} in the environment is not the address of an HTTP proxy.`,
    hint: ({ variable }) =>
      `Set ${variable} to an address such as http://proxy.example.com:8080, or unset it.`,
  }),
  'http.too-many-requests': entry<HttpFailure & { retries: number }>({
    kind: 'failed',
    message: (p) => `${call(p)}: still rate limited (429) after ${p.retries} waits.`,
    hint: () => 'Others use up the same limit: run again later, or less often.',
  }),
  'http.server-error': entry<HttpFailure & { status: number }>({
    kind: 'failed',
    message: (p) => `${call(p)}: the service failed (${p.status}).`,
    hint: () => 'Nothing was removed. Look at the status page of the service and run again later.',
  }),
  'http.too-large': entry<HttpFailure & { limit: number }>({
    kind: 'failed',
    message: (p) => `${call(p)}: the answer is larger than ${p.limit} bytes.`,
    hint: () => 'Exclude this document, or report it: no answer should be this large.',
  }),
  'http.unexpected-status': entry<HttpFailure & { status: number }>({
    kind: 'failed',
    message: (p) => `${call(p)}: unexpected answer (${p.status}).`,
    hint: ({ status }) =>
      status >= 300 && status < 400
        ? 'The service redirects: set `url` in context.config.yaml to the final address.'
        : 'Check the `url` in context.config.yaml; if it is right, report this line.',
  }),
  'http.wrong-site': entry<HttpFailure & { product: string; url: string }>({
    kind: 'usage',
    message: (p) => `${p.source}: ${p.url} does not answer like ${p.product} Cloud (${p.request}).`,
    hint: ({ product }) =>
      `Set \`url\` in context.config.yaml to the site, such as https://your-team.atlassian.net; the site needs ${product}. Data Center is not supported.`,
  }),
};
