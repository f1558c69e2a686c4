import { onTestFinished } from 'vitest';
import { CtxError } from '../../src/core/errors/index.ts';
import { silentLogger } from '../../src/core/logger.ts';
import { createHttpClient, type HttpClientOptions } from '../../src/http/client.ts';
import { fakeClock, type Handler, type LoopbackServer, serve } from './server.ts';

/** A server that ends with the test. */
export async function server(handler: Handler): Promise<LoopbackServer> {
  const loopback = await serve(handler);
  onTestFinished(() => loopback[Symbol.asyncDispose]());
  return loopback;
}

/** A server that takes a moment for each answer, and how many requests it had at once at the most. */
export async function countingServer(): Promise<{ readonly origin: string; readonly most: () => number }> {
  let now = 0;
  let most = 0;
  const { origin } = await server((response) => {
    most = Math.max(most, ++now);
    setTimeout(() => {
      now -= 1;
      response.end('1');
    }, 5);
  });
  return { origin, most: () => most };
}

/** A client of `origin` that ends with the test, and the clock by which it waits. */
export function client(origin: string, options: Partial<HttpClientOptions> = {}) {
  const clock = fakeClock();
  const http = createHttpClient({
    source: 'wiki',
    origin,
    log: silentLogger,
    clock,
    random: () => 0.5,
    authorization: 'Basic c2VjcmV0',
    ...options,
  });
  onTestFinished(() => http.close());
  return { http, clock };
}

export async function failureOf(request: Promise<unknown>): Promise<CtxError> {
  const error = await request.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof CtxError))
    throw new Error(`expected an error of the catalogue, got ${String(error)}`);
  return error;
}
