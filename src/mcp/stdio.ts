import type { Readable, Writable } from 'node:stream';
import type { McpServer } from '@modelcontextprotocol/server';
import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio';

export interface StdioOptions {
  readonly input: Readable;
  /** The protocol's alone. */
  readonly output: Writable;
  readonly signal: AbortSignal;
  /** A message that is none, or a stream that fails. */
  readonly onError: (error: Error) => void;
}

/** Serves the client at the other end until it closes its end, or the signal comes. */
export async function serveOverStdio(create: () => McpServer, options: StdioOptions): Promise<void> {
  const { input, output, signal, onError } = options;
  const ended = new Promise<void>((resolve) => {
    for (const event of ['end', 'close', 'error']) input.once(event, () => resolve());
    output.once('close', () => resolve());
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  const handle = serveStdio(create, { transport: new StdioServerTransport(input, output), onerror: onError });
  await ended;
  await handle.close();
}
