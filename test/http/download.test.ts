import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { CtxError, ErrorCode } from '../../src/core/errors/index.ts';
import { client, failureOf, server } from './client-fixture.ts';
import { type Handler, json, raw, reset, script } from './server.ts';

/** Every byte value, so that any decoding on the way shows. */
const BYTES = Buffer.from(Array.from({ length: 70_000 }, (_, index) => (index * 7) % 256));

const file =
  (bytes: Buffer = BYTES, headers: Record<string, string> = {}): Handler =>
  (response) => {
    response.writeHead(200, { 'content-type': 'image/png', 'content-length': bytes.length, ...headers });
    response.end(bytes);
  };

const redirect =
  (location: string, status = 302): Handler =>
  (response) => {
    response.writeHead(status, { location });
    response.end();
  };

/** Half of what its length promises, then the end of the connection. */
const torn: Handler = (response) => {
  response.writeHead(200, { 'content-length': BYTES.length });
  response.write(BYTES.subarray(0, 30_000), () => response.destroy());
};

async function collect(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(bytes));
}

const LIMIT = 1_000_000;

async function expectFailure(download: Promise<unknown>, code: ErrorCode): Promise<CtxError> {
  const error = await failureOf(download);
  expect(error.code).toBe(code);
  expect(error.message + error.hint).not.toMatch(/c2VjcmV0|token=|BODYTEXT/);
  return error;
}

describe('a download', () => {
  it('gives the sink the bytes as they were sent, and answers what it made of them', async () => {
    const { origin, received } = await server(file());
    const { http } = client(origin);
    const seen: string[] = [];
    const bytes = await http.download({ url: `${origin}/a`, maxBytes: LIMIT }, async (body, headers) => {
      seen.push(headers['content-type'] ?? '');
      return collect(body);
    });
    expect(bytes.equals(BYTES)).toBe(true);
    expect(seen).toEqual(['image/png']);
    expect(received[0]?.headers).toMatchObject({ authorization: 'Basic c2VjcmV0', accept: '*/*' });
  });

  it('begins before the last byte is there', async () => {
    let finish = () => {};
    const { origin } = await server((response) => {
      response.write('first');
      finish = () => response.end('last');
    });
    const text = await client(origin).http.download({ url: origin, maxBytes: LIMIT }, async (body) => {
      let all = '';
      for await (const chunk of body) {
        all += Buffer.from(chunk).toString();
        finish();
      }
      return all;
    });
    expect(text).toBe('firstlast');
  });

  it('takes an empty file for a file', async () => {
    const { origin } = await server(file(Buffer.alloc(0)));
    const request = { url: origin, maxBytes: LIMIT, size: 0 };
    expect(await client(origin).http.download(request, collect)).toHaveLength(0);
  });

  it('lets the sink leave early', async () => {
    const { origin } = await server(script(file(), json('fine')));
    const { http } = client(origin);
    expect(await http.download({ url: origin, maxBytes: LIMIT }, async () => 'enough')).toBe('enough');
    expect(await http.json({ url: origin })).toBe('fine');
  });

  it("throws the sink's own error, and asks only once", async () => {
    const { origin, received } = await server(file());
    const full = new Error('disk full');
    const download = client(origin).http.download({ url: origin, maxBytes: LIMIT }, async (body) => {
      for await (const _ of body) throw full;
    });
    await expect(download).rejects.toBe(full);
    expect(received).toHaveLength(1);
  });

  it("ends with the signal's reason", async () => {
    const { origin } = await server((response) => void response.write('first'));
    const controller = new AbortController();
    const reason = new Error('enough');
    const request = { url: origin, maxBytes: LIMIT, signal: controller.signal };
    const download = client(origin).http.download(request, async (body) => {
      for await (const _ of body) controller.abort(reason);
    });
    await expect(download).rejects.toBe(reason);
  });
});

describe('redirects', () => {
  it.each([301, 302, 303, 307, 308])(
    'are followed (%i), and only the own origin gets the authorization',
    async (status) => {
      const media = await server(file());
      const site = await server(redirect(`${media.origin}/file?token=x`, status));
      const bytes = await client(site.origin).http.download({ url: site.origin, maxBytes: LIMIT }, collect);
      expect(bytes.equals(BYTES)).toBe(true);
      expect(site.received[0]?.headers.authorization).toBe('Basic c2VjcmV0');
      expect(media.received.map(({ headers }) => headers.authorization)).toEqual([undefined]);
    },
  );

  it('to another origin and back do not give it to the own one again, which the other has chosen', async () => {
    let back = '';
    const media = await server((response, ...rest) => redirect(back)(response, ...rest));
    const site = await server(script(redirect(`${media.origin}/file`), file()));
    back = `${site.origin}/again`;
    await client(site.origin).http.download({ url: site.origin, maxBytes: LIMIT }, collect);
    expect(media.received[0]?.headers.authorization).toBeUndefined();
    expect(site.received.map(({ headers }) => headers.authorization)).toEqual(['Basic c2VjcmV0', undefined]);
  });

  it.each([
    ['another port of the host', (media: string) => media],
    ['a protocol-relative address', (media: string) => media.replace(/^http:/, '')],
    ['another name of the host', (media: string) => media.replace('127.0.0.1', 'localhost')],
    ['an address with credentials', (media: string) => media.replace('//', '//a:b@')],
  ])('to %s, back and forth, never carry it there', async (_, named) => {
    const hops: string[] = [];
    const next: Handler = (response, ...rest) => redirect(hops.shift() ?? '')(response, ...rest);
    const media = await server((response, ...rest) =>
      hops.length > 0 ? next(response, ...rest) : file()(response, ...rest),
    );
    const site = await server(next);
    const away = named(media.origin);
    hops.push(`${away}/1`, `${site.origin}/2`, `${away}/3`);
    const bytes = await client(site.origin).http.download({ url: site.origin, maxBytes: LIMIT }, collect);
    expect(bytes.equals(BYTES)).toBe(true);
    expect(media.received.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined]);
    expect(site.received).toHaveLength(2);
  });

  it('to another scheme are not followed', async () => {
    const site = await server(redirect('file:///etc/passwd'));
    const { http } = client(site.origin);
    await expectFailure(
      http.download({ url: site.origin, maxBytes: LIMIT }, collect),
      'http.unexpected-status',
    );
  });

  it('without an end have one', async () => {
    const site = await server((response) => {
      response.writeHead(302, { location: '/again' });
      response.end('x'.repeat(500_000));
    });
    const { http } = client(site.origin);
    await expectFailure(
      http.download({ url: site.origin, maxBytes: LIMIT }, collect),
      'http.unexpected-status',
    );
    expect(site.received).toHaveLength(6);
  });

  it('to an origin that refuses say nothing of the credentials', async () => {
    const media = await server(raw('', 401));
    const site = await server(redirect(`${media.origin}/file`));
    const { http } = client(site.origin);
    await expectFailure(http.download({ url: site.origin, maxBytes: LIMIT }, collect), 'http.forbidden');
  });
});

describe('what goes wrong', () => {
  it.each([
    ['a broken connection', reset],
    ['a torn body', torn],
    ['a cut file that ends properly', file(BYTES.subarray(0, 30_000))],
    ['a login page', raw('<html>BODYTEXT', 200, { 'content-type': 'text/html; charset=UTF-8' })],
    ['a server error', raw('BODYTEXT', 503)],
    ['a rate limit', raw('', 429, { 'retry-after': '2' })],
  ])('%s is outlived, and the sink begins anew', async (_, fault) => {
    const { origin, received } = await server(script(fault, file()));
    const { http, clock } = client(origin);
    const request = { url: origin, maxBytes: LIMIT, size: BYTES.length };
    expect((await http.download(request, collect)).equals(BYTES)).toBe(true);
    expect(received).toHaveLength(2);
    expect(clock.sleeps.length).toBeGreaterThan(0);
  });

  it.each([
    ['a broken connection', reset, 'http.unreachable'],
    ['a torn body', torn, 'http.unreachable'],
    ['a file that is always cut', file(BYTES.subarray(0, 9)), 'http.unreachable'],
    ['a login page', raw('<html>BODYTEXT', 200, { 'content-type': 'text/html' }), 'http.login-page'],
    ['a missing file', raw('BODYTEXT', 404), 'http.not-found'],
    ['refused credentials', raw('BODYTEXT', 401), 'http.unauthorized'],
  ] as const)('%s ends as an error of the catalogue', async (_, fault, code) => {
    const { origin } = await server(fault);
    const request = { url: `${origin}/f?token=1`, maxBytes: LIMIT, size: BYTES.length, what: 'attachment 7' };
    const error = await expectFailure(client(origin).http.download(request, collect), code);
    expect(error.message).toContain('wiki: attachment 7: GET 127.0.0.1');
  });

  it('a page where a page is promised is a file', async () => {
    const { origin } = await server(raw('<html>', 200, { 'content-type': 'text/html' }));
    const request = { url: origin, maxBytes: LIMIT, mayBeHtml: true };
    expect((await client(origin).http.download(request, collect)).toString()).toBe('<html>');
  });

  it('a file whose announced length is too large never reaches the sink', async () => {
    const { origin, received } = await server(file());
    let calls = 0;
    const download = client(origin).http.download({ url: origin, maxBytes: 69_999 }, async () => {
      calls += 1;
    });
    await expectFailure(download, 'http.too-large');
    expect([calls, received.length]).toEqual([0, 1]);
  });

  it('a file that turns out too large ends where it does', async () => {
    const { origin } = await server((response) => {
      const more = () => void (response.destroyed || response.write(BYTES, () => setImmediate(more)));
      more();
    });
    let size = 0;
    const download = client(origin).http.download({ url: origin, maxBytes: 200_000 }, async (body) => {
      for await (const chunk of body) size += chunk.length;
    });
    await expectFailure(download, 'http.too-large');
    expect(size).toBeLessThanOrEqual(200_000);
  });

  it('a compressed body is refused, since nothing was to be compressed', async () => {
    const bomb = gzipSync(Buffer.alloc(5_000_000));
    const { origin, received } = await server(file(bomb, { 'content-encoding': 'gzip' }));
    const { http } = client(origin);
    const error = await expectFailure(
      http.download({ url: origin, maxBytes: LIMIT }, collect),
      'http.unreachable',
    );
    expect(error.message).toContain('compressed');
    await expectFailure(http.json({ url: origin }), 'http.unreachable');
    expect(received.map(({ headers }) => headers['accept-encoding'])).toEqual(['identity', 'identity']);
  });

  it('a body that comes drop by drop ends with the time that it has', async () => {
    const { origin } = await server((response) => {
      const drop = setInterval(() => response.write('x'), 10);
      response.on('close', () => clearInterval(drop));
    });
    const { http } = client(origin, { timeouts: { total: 100 }, retry: { attempts: 2 } });
    await expectFailure(http.download({ url: origin, maxBytes: 1000 }, collect), 'http.timeout');
  });

  it('more bytes than were announced are not read', async () => {
    const { origin } = await server((response) => {
      response.socket?.write('HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nfirst and more');
    });
    const bytes = await client(origin).http.download({ url: origin, maxBytes: 100, size: 5 }, collect);
    expect(bytes.toString()).toBe('first');
  });

  it('silence inside the file ends an attempt', async () => {
    const stalls: Handler = (response) => {
      response.writeHead(200, { 'content-length': BYTES.length });
      response.write('some');
    };
    const { origin } = await server(script(stalls, file()));
    const { http } = client(origin, { timeouts: { body: 50 } });
    expect(await http.download({ url: origin, maxBytes: LIMIT }, collect)).toHaveLength(BYTES.length);
  });
});
