import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ctxError } from '../../core/errors/index.ts';

/** Waits on this machine for a browser that comes from Google. */
export interface Redirect extends AsyncDisposable {
  readonly address: string;
  /** The code that comes with this state; fails with `google.login-refused`, or with the signal's reason. */
  code(state: string): Promise<string>;
}

export async function listenForRedirect(signal: AbortSignal): Promise<Redirect> {
  let visited: (url: URL) => boolean = () => false;
  const server = createServer((request, response) => {
    const isExpected = visited(new URL(request.url ?? '/', 'http://127.0.0.1'));
    response.writeHead(isExpected ? 200 : 404, {
      'content-type': 'text/plain; charset=utf-8',
      connection: 'close',
    });
    response.end(
      isExpected ? 'ctx has the answer. This page can be closed.\n' : 'Nothing is expected here.\n',
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    code: (state) =>
      new Promise((resolve, reject) => {
        const stop = () => reject(signal.reason);
        signal.addEventListener('abort', stop, { once: true });
        visited = ({ searchParams }) => {
          // Another page of the browser may come here too, but does not know the state.
          if (searchParams.get('state') !== state) return false;
          signal.removeEventListener('abort', stop);
          const code = searchParams.get('code');
          const refusal = searchParams.get('error') ?? '';
          if (code !== null) resolve(code);
          else
            reject(
              ctxError('google.login-refused', {
                reason: /^\w{1,64}$/.test(refusal) ? refusal : 'no code came',
              }),
            );
          return true;
        };
      }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
