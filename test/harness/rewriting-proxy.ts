import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Changes an answer of the simulator, or puts a status in its place; undefined leaves it as it is. */
export type Rewrite = (path: string, body: Answer) => object | number | undefined;

// biome-ignore lint/suspicious/noExplicitAny: answers are as free as the service's
type Answer = any;

export interface RewritingProxy extends AsyncDisposable {
  readonly url: string;
  rewrite: Rewrite;
}

/** Stands before the simulator, for answers that it would not give by itself. Only reads pass through. */
export async function startRewritingProxy(site: string): Promise<RewritingProxy> {
  const server = createServer((request, response) => {
    const forward = async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const { authorization = '', 'content-type': type = 'application/json' } = request.headers;
      const answer = await fetch(`${site}${request.url}`, {
        method: request.method ?? 'GET',
        headers: { authorization, 'content-type': type },
        ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
        redirect: 'manual',
      });
      const text = await answer.text();
      const isJson = answer.headers.get('content-type')?.includes('json');
      const changed = isJson ? proxy.rewrite(request.url ?? '', JSON.parse(text)) : undefined;
      const headers = { 'content-type': 'application/json' };
      if (typeof changed === 'number') response.writeHead(changed, headers).end('{}');
      else response.writeHead(answer.status, headers).end(changed ? JSON.stringify(changed) : text);
    };
    forward().catch((error: unknown) => response.destroy(error as Error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy: RewritingProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    rewrite: () => undefined,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return proxy;
}
