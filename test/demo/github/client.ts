import { afterEach } from 'vitest';
import {
  type GithubSimulator,
  type GithubSimulatorOptions,
  startGithubSimulator,
} from '../../../src/demo/github/server.ts';
import type { Loose, Reply } from '../client.ts';

export interface GithubClient {
  readonly simulator: GithubSimulator;
  /** REST, below `url`, or at an address as it is. */
  readonly get: (path: string, headers?: Readonly<Record<string, string>>) => Promise<Reply>;
  /** The items of all pages, by `Link` headers, page by page. */
  readonly pages: (path: string) => Promise<Loose[][]>;
  /** GraphQL: the whole answer. */
  readonly query: (text: string, variables?: object) => Promise<Loose>;
  /** Anything else; with a token, unless `authorization` says otherwise. */
  readonly send: (address: string, init?: RequestInit) => Promise<Reply>;
}

const running: GithubSimulator[] = [];

/** A simulator for one test, and a client. It ends with the test. */
export async function startGithub(options: GithubSimulatorOptions = {}): Promise<GithubClient> {
  const simulator = await startGithubSimulator(options);
  running.push(simulator);
  const send = async (address: string, { headers, ...init }: RequestInit = {}): Promise<Reply> => {
    const all = { authorization: `Bearer ${simulator.token}`, 'user-agent': 'test', ...headers };
    const response = await fetch(address, { redirect: 'manual', ...init, headers: all });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: parse(text) };
  };
  const get: GithubClient['get'] = (path, headers = {}) =>
    send(path.startsWith('/') ? `${simulator.url}${path}` : path, { headers });
  return {
    simulator,
    get,
    pages: async (path) => {
      const pages: Loose[][] = [];
      for (let next: string | undefined = path; next !== undefined && pages.length < 1_000; ) {
        const { json, headers } = await get(next);
        pages.push(Array.isArray(json) ? json : json.items);
        next = /<([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1];
      }
      return pages;
    },
    query: async (query, variables) =>
      (await send(simulator.graphqlUrl, { method: 'POST', body: JSON.stringify({ query, variables }) })).json,
    send,
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

export const STORE = 'fernhollow/storefront';
export const HOUSE = 'fernhollow/greenhouse';

/** The number of the pull request or the issue that is called so. */
export function numberOf({ simulator }: GithubClient, repository: string, title: string): number {
  for (const each of simulator.workspace.repositories.values()) {
    if (`${each.owner}/${each.name}` !== repository) continue;
    for (const { number } of each.items.facts()) if (each.items.get(number)?.title === title) return number;
    for (const discussion of each.discussions.values())
      if (discussion.title === title) return discussion.number;
  }
  throw new Error(`nothing in ${repository} is called "${title}"`);
}
