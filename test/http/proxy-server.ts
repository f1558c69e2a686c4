import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export interface ProxyServer {
  /** Such as `127.0.0.1:8080`. */
  readonly address: string;
  /** Each tunnel that was asked for: to where, and with what headers; and requests that asked for none. */
  readonly asked: { readonly target: string; readonly headers: NodeJS.Dict<string | string[]> }[];
}

/** A proxy that ends with the test. Whatever host a tunnel is asked for, it leads to `port` here; with a `status` there is none. */
export async function proxyServer({
  port = 0,
  status = 200,
}: {
  readonly port?: number;
  readonly status?: number;
}): Promise<ProxyServer> {
  const asked: ProxyServer['asked'] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    asked.push({ target: request.url ?? '', headers: request.headers });
    response.writeHead(400).end();
  });
  server.on('connection', (socket) => sockets.add(socket));
  server.on('connect', (request, client: Socket) => {
    asked.push({ target: request.url ?? '', headers: request.headers });
    if (status !== 200) return void client.end(`HTTP/1.1 ${status} No\r\n\r\n`);
    const upstream = connect(port, '127.0.0.1', () =>
      client.write('HTTP/1.1 200 Connection established\r\n\r\n'),
    );
    sockets.add(upstream);
    for (const [from, to] of [[client, upstream] as const, [upstream, client] as const]) {
      from.on('error', () => to.destroy()).on('close', () => to.destroy());
      from.pipe(to);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return { address: `127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}
