import { type Answer, jiraError } from './answer.ts';

export interface Credentials {
  readonly username: string;
  readonly token: string;
}

/** A request's path on the site, and whether it came by the gateway that scoped tokens need. */
export interface Address {
  readonly path: string;
  readonly product: 'confluence' | 'jira' | 'edge';
  readonly gateway: boolean;
}

const GATEWAY = /^\/ex\/(confluence|jira)\/([^/]+)(\/.*)$/;

/** `undefined` for a gateway path of another site. */
export function resolveAddress(path: string, cloudId: string): Address | undefined {
  const gateway = GATEWAY.exec(path);
  const sitePath = gateway?.[3] ?? path;
  const product = sitePath.startsWith('/wiki/')
    ? 'confluence'
    : sitePath.startsWith('/rest/')
      ? 'jira'
      : 'edge';
  if (gateway === null) return { path, product, gateway: false };
  if (gateway[2] !== cloudId || gateway[1] !== product) return undefined;
  return { path: sitePath, product, gateway: true };
}

export function isAuthorized(header: string | undefined, credentials: Credentials): boolean {
  const [scheme, value] = (header ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'basic' || value === undefined) return false;
  return Buffer.from(value, 'base64').toString() === `${credentials.username}:${credentials.token}`;
}

/** What Atlassian answers to missing or wrong credentials: each product has its own form. */
export function unauthorized(address: Address): Answer {
  const headers = {
    'www-authenticate': 'Basic realm="protected-area"',
    'x-failure-category': 'FAILURE_CLIENT_AUTH_MISMATCH',
    'x-seraph-loginreason': 'AUTHENTICATED_FAILED',
  };
  if (address.gateway) return { status: 401, headers, body: { code: 401, message: 'Unauthorized' } };
  if (address.product === 'jira') {
    return { ...jiraError(401, 'Client must be authenticated to access this resource.'), headers };
  }
  return { status: 401, headers, body: { code: 401, message: 'Unauthorized; scope does not match' } };
}
