import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** Stands between a client and a server of text lines. */
export interface TcpProxy extends AsyncDisposable {
  readonly port: number;
  /** The lines that clients sent since this was asked the last time. */
  sent(): string[];
  /** Breaks each connection when so many bytes of the server have gone through it; never, without a number. */
  breakAfter(bytes: number | undefined, times?: number): void;
  /** Changes what the server says, as it comes; without a function, nothing any more. */
  rewrite(change?: (text: string) => string): void;
}

export async function startTcpProxy(target: number): Promise<TcpProxy> {
  const open = new Set<Socket>();
  let lines = '';
  let limit = Number.POSITIVE_INFINITY;
  let times = 0;
  let changed = (text: string) => text;
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1');
    let passed = 0;
    const end = () => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('error', end).on('close', () => {
        open.delete(socket);
        end();
      });
    }
    client.on('data', (data) => {
      lines += data.toString('latin1');
      upstream.write(data);
    });
    upstream.on('data', (original) => {
      const data = Buffer.from(changed(original.toString('latin1')), 'latin1');
      passed += data.length;
      if (passed <= limit || times === 0) client.write(data);
      else {
        times--;
        client.write(data.subarray(0, Math.max(0, data.length - (passed - limit))), end);
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return {
    port: address.port,
    sent() {
      const told = lines.split('\r\n').filter((line) => line !== '');
      lines = '';
      return told;
    },
    breakAfter(bytes, count = Number.POSITIVE_INFINITY) {
      limit = bytes ?? Number.POSITIVE_INFINITY;
      times = bytes === undefined ? 0 : count;
    },
    rewrite(change = (text) => text) {
      changed = change;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
