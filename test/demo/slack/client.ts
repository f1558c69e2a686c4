import { afterEach } from 'vitest';
import {
  type SlackSimulator,
  type SlackSimulatorOptions,
  startSlackSimulator,
} from '../../../src/demo/slack/server.ts';
import type { Loose } from '../client.ts';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Loose;
}

export type Arguments = Readonly<Record<string, string | number | boolean>>;

export interface SlackClient {
  readonly simulator: SlackSimulator;
  /** With the bot's token and a form, as most clients do. The answer's JSON. */
  readonly call: (method: string, args?: Arguments) => Promise<Loose>;
  /** With the user's token. */
  readonly callAsUser: (method: string, args?: Arguments) => Promise<Loose>;
  /** Anything else, below `url`. */
  readonly send: (path: string, init?: RequestInit) => Promise<Reply>;
  /** The id of a channel. */
  readonly channel: (name: string) => string;
}

const running: SlackSimulator[] = [];

/** A simulator for one test, and a client. It ends with the test. */
export async function startSlack(options: SlackSimulatorOptions = {}): Promise<SlackClient> {
  const simulator = await startSlackSimulator(options);
  running.push(simulator);
  const send = async (path: string, init: RequestInit = {}): Promise<Reply> => {
    const response = await fetch(new URL(path, simulator.url), { redirect: 'manual', ...init });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: parse(text) };
  };
  const callWith = async (token: string, method: string, args: Arguments = {}) => {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries(args)) body.set(name, String(value));
    return (await send(method, { method: 'POST', headers: { authorization: `Bearer ${token}` }, body })).json;
  };
  return {
    simulator,
    call: (method, args) => callWith(simulator.token, method, args),
    callAsUser: (method, args) => callWith(simulator.userToken, method, args),
    send,
    channel: (name) => {
      for (const channel of simulator.workspace.channels.values())
        if (channel.name === name) return channel.id;
      throw new Error(`no channel ${name}`);
    },
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

type CallFunction = SlackClient['call'];

/** The items of all pages, page by page. */
export async function pagesOf(
  call: CallFunction,
  method: string,
  { list, ...args }: Arguments & { readonly list: string },
): Promise<Loose[][]> {
  const pages: Loose[][] = [];
  for (let cursor = ''; pages.length < 1_000; ) {
    const json = await call(method, cursor === '' ? args : { ...args, cursor });
    if (!json.ok) throw new Error(`${method}: ${json.error}`);
    pages.push(json[list]);
    cursor = json.response_metadata?.next_cursor ?? '';
    if (cursor === '') return pages;
  }
  throw new Error(`${method} has no end`);
}

export const tsOf = (messages: readonly Loose[]): string[] => messages.map(({ ts }) => ts);
