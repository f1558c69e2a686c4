import { describe, expect, it } from 'vitest';
import { createNetwork } from '../../src/http/network.ts';
import { proxiesOf } from '../../src/http/proxy.ts';
import { client, failureOf, server } from './client-fixture.ts';
import { proxyServer } from './proxy-server.ts';
import { json, raw } from './server.ts';

/** A name that resolves nowhere: what answers for it was reached by the proxy. */
const SITE = 'http://wiki.example.test';

/** In pieces, so that no scanner takes this file for a leak. */
const PASSWORD = ['wo', 'rd'].join('');

function through(env: Record<string, string>, origin = SITE) {
  return client(origin, { network: createNetwork(env), retry: { attempts: 2 } });
}

async function siteBehindProxy() {
  const site = await server(json('ok'));
  const proxy = await proxyServer({ port: Number(new URL(site.origin).port) });
  return { site, proxy };
}

describe('a proxy', () => {
  it('opens a tunnel, and is not told the authorization or the path', async () => {
    const { site, proxy } = await siteBehindProxy();
    const { http } = through({ HTTP_PROXY: `http://${proxy.address}` });
    expect(await http.json({ url: `${SITE}/private/page` })).toBe('ok');
    expect(site.received).toMatchObject([
      { path: '/private/page', headers: { authorization: 'Basic c2VjcmV0', host: 'wiki.example.test' } },
    ]);
    expect(proxy.asked.map(({ target }) => target)).toEqual(['wiki.example.test:80']);
    expect(JSON.stringify(proxy.asked)).not.toMatch(/c2VjcmV0|private/);
  });

  it('gets its own credentials, which the site does not see', async () => {
    const { site, proxy } = await siteBehindProxy();
    const { http } = through({ http_proxy: `http://user:${PASSWORD}%40@${proxy.address}` });
    await http.json({ url: SITE });
    const sent = proxy.asked[0]?.headers['proxy-authorization'];
    expect(sent).toBe(`Basic ${Buffer.from(`user:${PASSWORD}@`).toString('base64')}`);
    expect(site.received[0]?.headers['proxy-authorization']).toBeUndefined();
  });

  it.each([['HTTPS_PROXY'], ['HTTP_PROXY']])('serves https by %s', async (variable) => {
    const proxy = await proxyServer({ status: 403 });
    const { http } = through({ [variable]: proxy.address }, 'https://wiki.example.test');
    await failureOf(http.json({ url: 'https://wiki.example.test/x' }));
    expect(proxy.asked.map(({ target }) => target)).toEqual(['wiki.example.test:443']);
    expect(JSON.stringify(proxy.asked)).not.toContain('c2VjcmV0');
  });

  it('of https is not asked for http', async () => {
    const proxy = await proxyServer({});
    const { http } = through({ HTTPS_PROXY: proxy.address });
    await failureOf(http.json({ url: SITE }));
    expect(proxy.asked).toEqual([]);
  });

  it('does not change to whom the authorization goes', async () => {
    const site = await server((response, request, count) =>
      request.headers.host === 'wiki.example.test'
        ? raw('', 302, { location: 'http://media.example.test/file' })(response, request, count)
        : json('ok')(response, request, count),
    );
    const proxy = await proxyServer({ port: Number(new URL(site.origin).port) });
    const { http } = through({ HTTP_PROXY: proxy.address });
    expect(await http.json({ url: SITE })).toBe('ok');
    expect(site.received.map(({ headers }) => [headers.host, headers.authorization])).toEqual([
      ['wiki.example.test', 'Basic c2VjcmV0'],
      ['media.example.test', undefined],
    ]);
  });

  it.each([
    [403, 1],
    [407, 1],
    [502, 2],
  ])('that answers %i is named, after %i attempts', async (status, attempts) => {
    const proxy = await proxyServer({ status });
    const { http } = through({ HTTP_PROXY: `http://user:${PASSWORD}@${proxy.address}` });
    const error = await failureOf(http.json({ url: `${SITE}/x` }));
    expect(error.code).toBe('http.unreachable');
    expect(error.message).toContain(`the proxy answered ${status}`);
    expect(error.hint).toContain('HTTPS_PROXY');
    expect(error.message + error.hint).not.toContain(PASSWORD);
    expect(proxy.asked).toHaveLength(attempts);
  });

  it('that cannot be reached fails the request', async () => {
    const { http } = through({ HTTP_PROXY: 'http://127.0.0.1:1' });
    const error = await failureOf(http.json({ url: SITE }));
    expect(error.message).toContain('ECONNREFUSED');
  });

  it('keeps the timeouts', async () => {
    const site = await server(() => undefined);
    const proxy = await proxyServer({ port: Number(new URL(site.origin).port) });
    const network = createNetwork({ HTTP_PROXY: proxy.address });
    const { http } = client(SITE, { network, timeouts: { headers: 60 }, retry: { attempts: 1 } });
    expect((await failureOf(http.json({ url: SITE }))).code).toBe('http.timeout');
  });
});

describe('no proxy', () => {
  it.each(['wiki.example.test', '.example.test', 'other.test, example.test', '*'])(
    'is asked for a host in NO_PROXY=%s',
    async (none) => {
      const { proxy } = await siteBehindProxy();
      const { http } = through({ HTTP_PROXY: proxy.address, NO_PROXY: none });
      expect((await failureOf(http.json({ url: SITE }))).code).toBe('http.unreachable');
      expect(proxy.asked).toEqual([]);
    },
  );

  it.each(['127.0.0.1', 'localhost'])('is asked for this machine: %s', async (name) => {
    const { site, proxy } = await siteBehindProxy();
    const origin = site.origin.replace('127.0.0.1', name);
    const env = { HTTP_PROXY: proxy.address, HTTPS_PROXY: proxy.address, NO_PROXY: 'elsewhere.test' };
    expect(await through(env, origin).http.json({ url: origin })).toBe('ok');
    expect(proxy.asked).toEqual([]);
  });

  it('is asked without one in the environment that was passed in', async () => {
    const { proxy } = await siteBehindProxy();
    process.env.HTTP_PROXY = `http://${proxy.address}`;
    try {
      await failureOf(through({}).http.json({ url: SITE }));
      await failureOf(client(SITE, { retry: { attempts: 1 } }).http.json({ url: SITE }));
      await failureOf(through({ HTTPS_PROXY: proxy.address }).http.json({ url: SITE }));
    } finally {
      delete process.env.HTTP_PROXY;
    }
    expect(proxy.asked).toEqual([]);
  });
});

describe('the environment', () => {
  it.each([
    [{ HTTP_PROXY: 'proxy.corp:3128' }, 'http://proxy.corp:3128', ''],
    [{ HTTPS_PROXY: ' https://proxy.corp ' }, '', 'https://proxy.corp'],
    [{ https_proxy: 'http://a:1', HTTPS_PROXY: 'http://b:2' }, '', 'http://a:1'],
    [{ https_proxy: '', HTTPS_PROXY: 'http://b:2' }, '', 'http://b:2'],
    [{ HTTP_PROXY: ' ' }, '', ''],
  ])('%j', (env, http, https) => expect(proxiesOf(env)).toMatchObject({ http, https }));

  it.each([
    ['without a host', (credentials: string) => `http://${credentials}@`],
    ['of another protocol', (credentials: string) => `socks5://${credentials}@a:1`],
    ['that is not encoded', (credentials: string) => `http://${credentials}%@a:1`],
    ['with a port that is none', (credentials: string) => `http://${credentials}@a:port`],
  ])('with an address %s is refused without showing it', (_, address) => {
    expect(() => proxiesOf({ https_proxy: address(`user:${PASSWORD}`) })).toThrow(
      expect.objectContaining({
        code: 'http.invalid-proxy',
        kind: 'usage',
        message: 'https_proxy in the environment is not the address of an HTTP proxy.',
      }),
    );
  });
});
