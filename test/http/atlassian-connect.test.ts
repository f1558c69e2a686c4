import { afterEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../src/core/logger.ts';
import {
  type AtlassianConnection,
  type AtlassianConnectOptions,
  connectAtlassian,
  resolveAtlassianBase,
} from '../../src/http/atlassian-connect.ts';
import { fakeClock, type Handler, json, type LoopbackServer, type Received, raw, serve } from './server.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function server(handler: Handler): Promise<LoopbackServer> {
  const loopback = await serve(handler);
  cleanups.push(() => loopback[Symbol.asyncDispose]());
  return loopback;
}

/** Answers by path; 404 for others. */
function routes(table: Record<string, Handler>): Handler {
  return (response, request, count) =>
    (table[request.path] ?? raw('<html>Not here', 404))(response, request, count);
}

async function connect(
  options: Partial<AtlassianConnectOptions> & { url: string },
): Promise<AtlassianConnection> {
  const connection = await connectAtlassian({
    source: 'wiki',
    product: 'confluence',
    auth: { username: 'a', token: 'b' },
    log: silentLogger,
    clock: fakeClock(),
    // Nothing listens there: a test that reaches it by mistake fails.
    gateway: 'http://127.0.0.1:1',
    ...options,
  });
  cleanups.push(() => connection.http.close());
  return connection;
}

const paths = (received: Received[]) => received.map(({ path }) => path);
const spaces = '/wiki/api/v2/spaces?limit=1';

describe('address', () => {
  it.each([
    ['https://a.atlassian.net', 'https://a.atlassian.net'],
    ['https://a.atlassian.net///', 'https://a.atlassian.net'],
    ['https://a.atlassian.net/wiki', 'https://a.atlassian.net'],
    ['https://a.atlassian.net/wiki/', 'https://a.atlassian.net'],
    ['https://a.atlassian.net/wiki/spaces/ENG/overview?x=1#y', 'https://a.atlassian.net'],
    ['https://api.atlassian.com/ex/confluence/c-1', 'https://api.atlassian.com/ex/confluence/c-1'],
    ['https://api.atlassian.com/ex/confluence/c-1/wiki/', 'https://api.atlassian.com/ex/confluence/c-1'],
    ['http://127.0.0.1:8080/ex/jira/c-1/rest', 'http://127.0.0.1:8080/ex/jira/c-1'],
    ['http://127.0.0.1:8080/team/wiki', 'http://127.0.0.1:8080/team'],
  ])('%s is %s', (url, base) => expect(resolveAtlassianBase(url)).toBe(base));
});

describe('connecting', () => {
  it.each([
    ['confluence', '/wiki', spaces],
    ['jira', '', '/rest/api/3/myself'],
  ] as const)('asks the site once with the credentials: %s', async (product, suffix, path) => {
    const { origin, received } = await server(routes({ [path]: json({ results: [] }) }));
    const { apiBase, siteUrl, http } = await connect({ product, url: origin + suffix });
    expect({ apiBase, siteUrl }).toEqual({ apiBase: origin, siteUrl: origin });
    expect(paths(received)).toEqual([path]);
    expect(received[0]?.headers.authorization).toBe('Basic YTpi');
    expect(http.stats.requests).toBe(1);
  });

  it('goes on at the gateway when the site refuses the token, telling nobody else the token', async () => {
    const gateway = await server(routes({ '/ex/confluence/c-1/wiki/api/v2/spaces?limit=1': json({}) }));
    const site = await server(
      routes({ [spaces]: raw('', 401), '/_edge/tenant_info': json({ cloudId: 'c-1' }) }),
    );
    const { apiBase, siteUrl } = await connect({ url: site.origin, gateway: gateway.origin });
    expect({ apiBase, siteUrl }).toEqual({
      apiBase: `${gateway.origin}/ex/confluence/c-1`,
      siteUrl: site.origin,
    });
    expect(site.received.map(({ path, headers }) => [path, headers.authorization !== undefined])).toEqual([
      [spaces, true],
      ['/_edge/tenant_info', false],
    ]);
    expect(gateway.received[0]?.headers.authorization).toBe('Basic YTpi');
  });

  it('works with a bearer token and a gateway on the site’s own origin', async () => {
    const { origin, received } = await server(
      routes({
        '/rest/api/3/myself': raw('', 401),
        '/_edge/tenant_info': json({ cloudId: 'c-1' }),
        '/ex/jira/c-1/rest/api/3/myself': json({}),
      }),
    );
    const { apiBase } = await connect({
      product: 'jira',
      url: origin,
      gateway: `${origin}/`,
      auth: { token: 'b' },
    });
    expect(apiBase).toBe(`${origin}/ex/jira/c-1`);
    expect(received.at(-1)?.headers.authorization).toBe('Bearer b');
  });

  it('uses a gateway address as it is, and learns the site from the answers', async () => {
    const { origin, received } = await server(
      routes({
        '/ex/confluence/c-1/wiki/api/v2/spaces?limit=1': json({
          _links: { base: 'https://a.atlassian.net/wiki' },
        }),
        '/ex/jira/c-1/rest/api/3/myself': json({}),
        '/ex/jira/c-1/rest/api/3/serverInfo': json({ baseUrl: 'https://a.atlassian.net' }),
      }),
    );
    const wiki = await connect({ url: `${origin}/ex/confluence/c-1` });
    expect(wiki).toMatchObject({
      apiBase: `${origin}/ex/confluence/c-1`,
      siteUrl: 'https://a.atlassian.net',
    });
    const jira = await connect({ product: 'jira', url: `${origin}/ex/jira/c-1/` });
    expect(jira).toMatchObject({ apiBase: `${origin}/ex/jira/c-1`, siteUrl: 'https://a.atlassian.net' });
    expect(received.every(({ headers }) => headers.authorization === 'Basic YTpi')).toBe(true);
  });
});

describe('refusals', () => {
  it.each<[string, Record<string, Handler>]>([
    ['has no cloud id', { [spaces]: raw('', 401) }],
    [
      'has a cloud id that the gateway does not answer for',
      { [spaces]: raw('', 401), '/_edge/tenant_info': json({ cloudId: 'c-1' }) },
    ],
    [
      'has a cloud id that is none',
      { [spaces]: raw('', 401), '/_edge/tenant_info': json({ cloudId: '../x' }) },
    ],
    ['has a login page for the cloud id', { [spaces]: raw('', 401), '/_edge/tenant_info': raw('<html>') }],
  ])('of the token are told as the site’s when it %s', async (_, table) => {
    const { origin } = await server(routes(table));
    await expect(connect({ url: origin })).rejects.toMatchObject({
      code: 'http.unauthorized',
      kind: 'credentials',
      message: expect.stringContaining(`GET ${new URL(origin).host}/wiki/api/v2/spaces`),
    });
  });

  it.each([undefined, null, 7, '', '../x', 'a/b', 'a?b'])(
    'send no token to the gateway for the cloud id %j',
    async (cloudId) => {
      const gateway = await server(json({}));
      const site = await server(routes({ [spaces]: raw('', 401), '/_edge/tenant_info': json({ cloudId }) }));
      await expect(connect({ url: site.origin, gateway: gateway.origin })).rejects.toMatchObject({
        code: 'http.unauthorized',
      });
      expect(gateway.received).toEqual([]);
    },
  );

  it('of a scope are told as the gateway’s', async () => {
    const { origin } = await server(
      routes({
        [spaces]: raw('', 401),
        '/_edge/tenant_info': json({ cloudId: 'c-1' }),
        '/ex/confluence/c-1/wiki/api/v2/spaces?limit=1': json(
          { message: 'Unauthorized; scope does not match' },
          401,
        ),
      }),
    );
    await expect(connect({ url: origin, gateway: origin })).rejects.toMatchObject({
      code: 'http.unauthorized',
      hint: expect.stringContaining('scope'),
    });
  });

  it('say that the site is the wrong one when it does not know the product', async () => {
    const { origin } = await server(routes({}));
    await expect(connect({ product: 'jira', url: origin })).rejects.toMatchObject({
      code: 'http.wrong-site',
      kind: 'usage',
      message: expect.stringContaining('does not answer like Jira Cloud'),
    });
  });

  it('name a login page', async () => {
    const { origin } = await server(raw('<!doctype html>', 200));
    await expect(connect({ url: origin })).rejects.toMatchObject({
      code: 'http.login-page',
      kind: 'credentials',
    });
  });

  it('end with the signal', async () => {
    const reason = new Error('interrupted');
    const { origin } = await server(json({}));
    await expect(connect({ url: origin, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});
