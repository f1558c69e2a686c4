import { Agent, type Dispatcher, EnvHttpProxyAgent, Pool } from 'undici';
import { ctxError } from '../core/errors/index.ts';

/** Addresses of proxies by the scheme of the request, and the hosts that are reached without one; empty for none. */
export interface Proxies {
  readonly http: string;
  readonly https: string;
  readonly none: string;
}

/** This machine is always reached directly, as by Go and browsers: a proxy could not reach it. */
const THIS_MACHINE = 'localhost,127.0.0.1,::1';

/**
 * Lower case goes first, as with curl (https://curl.se/docs/manpage.html#ENVIRONMENT); an address without a scheme is HTTP's. Fails with
 * `http.invalid-proxy`, which names the variable only: the address may hold a password.
 */
export function proxiesOf(env: Readonly<Record<string, string | undefined>>): Proxies {
  const read = (name: string) => {
    const variable = [name.toLowerCase(), name].find((spelling) => env[spelling]?.trim());
    if (variable === undefined) return '';
    const value = env[variable]?.trim() ?? '';
    const address = value.includes('://') ? value : `http://${value}`;
    if (isHttpAddress(address)) return address;
    throw ctxError('http.invalid-proxy', { variable });
  };
  const none = env.no_proxy || env.NO_PROXY || '';
  return { http: read('HTTP_PROXY'), https: read('HTTPS_PROXY'), none: `${THIS_MACHINE},${none}` };
}

function isHttpAddress(address: string): boolean {
  try {
    const { protocol, username, password } = new URL(address);
    decodeURIComponent(username + password);
    return protocol === 'http:' || protocol === 'https:';
  } catch {
    return false;
  }
}

/**
 * Connects directly or by a proxy, always through a tunnel: a proxy is told the host, and sees neither the authorization of an HTTPS
 * request nor its path. Without `HTTPS_PROXY`, `HTTP_PROXY` serves both.
 */
export function createDispatcher({ http, https, none }: Proxies, options: DispatcherOptions): Dispatcher {
  const { connectTimeout, ...rest } = options;
  const agent = { ...rest, connect: { timeout: connectTimeout } };
  if (http === '' && https === '') return new Agent(agent);
  return new EnvHttpProxyAgent({
    ...agent,
    connectTimeout,
    httpProxy: http,
    httpsProxy: https,
    noProxy: none,
    proxyTunnel: true,
    clientFactory: (proxy, toProxy) => new Pool(proxy, { ...toProxy, headersTimeout: connectTimeout }),
  });
}

interface DispatcherOptions extends Pick<Agent.Options, 'headersTimeout' | 'bodyTimeout' | 'allowH2'> {
  readonly connectTimeout: number;
}
