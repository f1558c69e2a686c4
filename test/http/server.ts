import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../src/core/clock.ts';

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export type Handler = (response: ServerResponse, request: Received, count: number) => void | Promise<void>;

export interface LoopbackServer extends AsyncDisposable {
  readonly origin: string;
  readonly received: Received[];
}

/** A real server on 127.0.0.1; `handler` also gets how many requests came before this one. */
export async function serve(handler: Handler): Promise<LoopbackServer> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const entry: Received = {
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      };
      received.push(entry);
      void handler(response, entry, received.length - 1);
    });
  });
  await listen(server);
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    received,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
}

/** Answers each request with the next of the list, and the last one from then on. */
export function script(...handlers: Handler[]): Handler {
  return (response, request, count) =>
    handlers[Math.min(count, handlers.length - 1)]?.(response, request, count);
}

export function json(value: unknown, status = 200, headers: Record<string, string> = {}): Handler {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(value));
  };
}

export function raw(text: string, status = 200, headers: Record<string, string> = {}): Handler {
  return (response) => {
    response.writeHead(status, headers);
    response.end(text);
  };
}

export const reset: Handler = (response) => void response.socket?.resetAndDestroy();

/** Time that passes only by sleeping, at once; `sleeps` has each wait in milliseconds. */
export function fakeClock(start = Date.UTC(2026, 0, 5, 9)): Clock & { readonly sleeps: number[] } {
  let now = start;
  const sleeps: number[] = [];
  return {
    sleeps,
    now: () => now,
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      sleeps.push(ms);
      now += ms;
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}
