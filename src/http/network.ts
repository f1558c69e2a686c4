import { createHost, type Host } from './host.ts';
import { type Proxies, proxiesOf } from './proxy.ts';
import type { Timeouts } from './wire.ts';

/** What the clients of one run share, so that sources of one site wait together and share its slots. */
export interface Network {
  /** The same for every client that asks for the origin, or for that lane of it. */
  host(name: string): Host;
  /** How services last answered, by their origins. */
  readonly answers: Map<string, Answered>;
  readonly proxies: Proxies;
  /** Where they differ from the client's own. */
  readonly timeouts: Partial<Timeouts>;
}

/** What an answer shows beside what it says; in milliseconds. */
export interface Answered {
  /** From sending to the last byte. */
  readonly took: number;
  /** How far the service's clock is ahead of this machine's; behind, less than 0. Undefined where it does not tell the time. */
  readonly ahead: number | undefined;
}

/** `env` is where `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` are looked up; without it no proxy is used. */
export function createNetwork(
  env: Readonly<Record<string, string | undefined>> = {},
  timeouts: Partial<Timeouts> = {},
): Network {
  const hosts = new Map<string, Host>();
  return {
    proxies: proxiesOf(env),
    timeouts,
    answers: new Map(),
    host(name) {
      const known = hosts.get(name);
      if (known) return known;
      const host = createHost();
      hosts.set(name, host);
      return host;
    },
  };
}
