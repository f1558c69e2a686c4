import { afterEach } from 'vitest';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../src/demo/server.ts';

/** A test reads answers the way a stranger would, and asserts the shape it needs. */
// biome-ignore lint/suspicious/noExplicitAny: JSON of a shape that is the thing under test
export type Loose = any;

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Loose;
}

export interface Client {
  readonly simulator: Simulator;
  readonly get: (path: string, headers?: Record<string, string>) => Promise<Reply>;
  readonly post: (path: string, body: unknown) => Promise<Reply>;
}

const running: Simulator[] = [];

/** A simulator for one test, and a client with its credentials. It ends with the test. */
export async function startClient(options: SimulatorOptions = {}): Promise<Client> {
  const simulator = await startSimulator(options);
  running.push(simulator);
  const { username, token } = simulator.credentials;
  const authorization = `Basic ${Buffer.from(`${username}:${token}`).toString('base64')}`;
  const send = async (path: string, init: RequestInit): Promise<Reply> => {
    const response = await fetch(new URL(path, simulator.url), { redirect: 'manual', ...init });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: parse(text) };
  };
  return {
    simulator,
    get: (path, headers) => send(path, { headers: { authorization, ...headers } }),
    post: (path, body) =>
      send(path, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.close()));
});

/** Follows `_links.next` as it is, relative to the host. */
export async function allPages({ get }: Client, path: string): Promise<{ results: Loose[]; pages: number }> {
  const results = [];
  let pages = 0;
  for (let next: string | undefined = path; next !== undefined; pages += 1) {
    const { json } = await get(next);
    results.push(...json.results);
    next = json._links.next;
  }
  return { results, pages };
}
