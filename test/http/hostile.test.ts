import { createServer, type Server, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { client, failureOf } from './client-fixture.ts';

/** A server below HTTP: it says what it likes to each connection, once something was asked. Counts the connections. */
async function peer(talk: (socket: Socket) => void, secure = false) {
  const sockets = new Set<Socket>();
  let asked = 0;
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('data', () => {
      asked += 1;
      talk(socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as { port: number };
  return {
    origin: `${secure ? 'https' : 'http'}://127.0.0.1:${port}`,
    get asked() {
      return asked;
    },
    get open() {
      return [...sockets].filter((socket) => !socket.destroyed).length;
    },
  };
}

/** Begins like this, and goes on with that for ever. */
const dripping =
  (start: string, more: string) =>
  (socket: Socket): void => {
    socket.write(start);
    const timer = setInterval(() => socket.write(more), 10);
    socket.on('close', () => clearInterval(timer));
  };

const OK = 'HTTP/1.1 200 OK\r\n';
const CHUNKED = `${OK}content-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n`;
const retry = { attempts: 2 };
const collect = async (bytes: AsyncIterable<Uint8Array>) => Buffer.concat(await Array.fromAsync(bytes));

describe('what never ends has an end', () => {
  it.each<[string, (socket: Socket) => void]>([
    ['a header, byte by byte', dripping(`${OK}a: `, 'x')],
    ['one header after another', dripping(OK, 'a: b\r\n')],
    ['interim answers', dripping('', 'HTTP/1.1 103 Early Hints\r\n\r\n')],
    ['a body, byte by byte', dripping(`${OK}\r\n[`, ' ')],
    ['chunks of one byte', dripping(CHUNKED, '1\r\n \r\n')],
    ['the length of a chunk', dripping(CHUNKED, '0')],
    ['trailers', dripping(`${CHUNKED}0\r\n`, 'a: b\r\n')],
  ])('%s', async (_, talk) => {
    const server = await peer(talk);
    const { http } = client(server.origin, { timeouts: { total: 80 }, retry });
    expect((await failureOf(http.json({ url: server.origin }))).code).toMatch(
      /^http\.(timeout|unreachable)$/,
    );
    expect((await failureOf(http.download({ url: server.origin, maxBytes: 500 }, collect))).code).toMatch(
      /^http\.(timeout|unreachable)$/,
    );
    expect(server.asked).toBe(4);
    await expect.poll(() => server.open).toBe(0);
  });

  it('a connection that is never made', async () => {
    // Accepted by the system, and the handshake is never answered.
    const server = await peer(() => undefined, true);
    const { http } = client(server.origin, { timeouts: { connect: 60 }, retry });
    const error = await failureOf(http.json({ url: server.origin }));
    expect(error.code).toBe('http.timeout');
    expect(error.message).toContain('no connection in time');
    expect(server.asked).toBe(2);
  });

  it('redirects whose bodies trickle', async () => {
    const start = 'HTTP/1.1 302 Found\r\nlocation: /again\r\ntransfer-encoding: chunked\r\n\r\n';
    const server = await peer(dripping(start, '1\r\nx\r\n'));
    const { http } = client(server.origin, { timeouts: { total: 80 }, retry });
    expect((await failureOf(http.json({ url: server.origin }))).code).toBe('http.timeout');
  });
});

describe('what is too much is left', () => {
  it.each<[string, string]>([
    ['one long header', `${OK}a: ${'x'.repeat(200_000)}\r\n\r\n{}`],
    ['many headers', `${OK}${'a: b\r\n'.repeat(50_000)}\r\n{}`],
    ['a long status line', `HTTP/1.1 200 ${'x'.repeat(200_000)}\r\n\r\n{}`],
  ])('%s', async (_, answer) => {
    const server = await peer((socket) => void socket.write(answer));
    const { http } = client(server.origin, { timeouts: { headers: 200, total: 400 }, retry });
    const error = await failureOf(http.json({ url: server.origin }));
    expect(error.code).toMatch(/^http\.(unreachable|timeout)$/);
    expect(error.message.length).toBeLessThan(200);
  });

  it('a body in chunks, at the first byte above the cap', async () => {
    const server = await peer((socket) => {
      socket.write(CHUNKED);
      const more = () => void (socket.destroyed || socket.write(`ffff\r\n${'x'.repeat(0xffff)}\r\n`, more));
      more();
    });
    const { http } = client(server.origin);
    const error = await failureOf(http.json({ url: server.origin, maxBytes: 100_000 }));
    expect(error.code).toBe('http.too-large');
    expect(server.asked).toBe(1);
    await expect.poll(() => server.open).toBe(0);
  });
});

describe('what is cut short is no answer', () => {
  const cut: [string, string][] = [
    ['between two chunks', `${CHUNKED}2\r\n{}\r\n`],
    ['inside a chunk', `${CHUNKED}9\r\n{}`],
    ['before its length is reached', `${OK}content-length: 9\r\n\r\n{}`],
    ['inside its headers', `${OK}content-le`],
  ];

  it.each(cut)('JSON that ends %s, though it is JSON so far', async (_, answer) => {
    const server = await peer((socket) => void socket.end(answer));
    const { http } = client(server.origin, { retry });
    expect((await failureOf(http.json({ url: server.origin }))).code).toBe('http.unreachable');
    expect(server.asked).toBe(2);
  });

  it.each(cut)('a file that ends %s', async (_, answer) => {
    const server = await peer((socket) => void socket.end(answer));
    const { http } = client(server.origin, { retry });
    const download = http.download({ url: server.origin, maxBytes: 500 }, collect);
    expect((await failureOf(download)).code).toBe('http.unreachable');
    expect(server.asked).toBe(2);
  });

  it('two lengths that differ are none', async () => {
    const answer = `${OK}content-length: 2\r\ncontent-length: 9\r\n\r\n{}       `;
    const server = await peer((socket) => void socket.end(answer));
    const { http } = client(server.origin, { retry });
    expect((await failureOf(http.json({ url: server.origin }))).code).toBe('http.unreachable');
  });
});
