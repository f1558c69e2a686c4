import { describe, expect, it } from 'vitest';
import type { CtxError, ErrorCode } from '../../src/core/errors/index.ts';
import { silentLogger } from '../../src/core/logger.ts';
import type { HttpClient } from '../../src/http/client.ts';
import { client, failureOf, server } from './client-fixture.ts';
import { fakeClock, type Handler, json, raw, reset, script, serve } from './server.ts';

async function expectFailure(http: HttpClient, url: string, code: ErrorCode): Promise<CtxError> {
  const error = await failureOf(http.json({ url, what: 'page 123' }));
  expect(error.code).toBe(code);
  expect(error.message).toContain('wiki: page 123: GET 127.0.0.1');
  expect(error.message + error.hint).not.toMatch(/c2VjcmV0|token=|BODYTEXT/);
  return error;
}

describe('requests', () => {
  it('sends JSON with the authorization and the program in the user agent, and answers parsed JSON', async () => {
    const { origin, received } = await server(json({ name: 'Grüße' }));
    const { http } = client(origin);
    expect(await http.json({ method: 'POST', url: `${origin}/a?b=c`, json: { x: 1 } })).toEqual({
      name: 'Grüße',
    });
    expect(received).toMatchObject([
      {
        method: 'POST',
        path: '/a?b=c',
        body: '{"x":1}',
        headers: {
          authorization: 'Basic c2VjcmV0',
          accept: 'application/json',
          'content-type': 'application/json',
          'user-agent': expect.stringMatching(/^context-sync\/\d+\.\d+\.\d+/),
        },
      },
    ]);
    expect(http.stats.requests).toBe(1);
  });

  it('decodes characters that are split over chunks', async () => {
    const bytes = Buffer.from(JSON.stringify('日本'));
    const { origin } = await server((response) => {
      response.write(bytes.subarray(0, 2));
      setTimeout(() => response.end(bytes.subarray(2)), 20);
    });
    expect(await client(origin).http.json({ url: origin })).toBe('日本');
  });

  it('answers undefined for 204', async () => {
    const { origin } = await server(raw('', 204));
    expect(await client(origin).http.json({ url: origin })).toBeUndefined();
  });

  it('leaves the authorization out of anonymous requests, also when a caller sets the header', async () => {
    const { origin, received } = await server(json(1));
    const { http } = client(origin);
    await http.json({ url: origin, anonymous: true, headers: { Authorization: 'mine' } });
    expect(received[0]?.headers.authorization).toBeUndefined();
  });

  it('never has more requests in flight than allowed', async () => {
    let inFlight = 0;
    let most = 0;
    const { origin } = await server((response) => {
      inFlight += 1;
      most = Math.max(most, inFlight);
      setTimeout(() => {
        inFlight -= 1;
        response.end('1');
      }, 10);
    });
    const { http } = client(origin, { concurrency: 3 });
    await Promise.all(Array.from({ length: 12 }, () => http.json({ url: origin })));
    expect(most).toBe(3);
  });
});

describe('rate limits', () => {
  const limited = (headers: Record<string, string>) => script(raw('', 429, headers), json('ok'));
  const inNinetySeconds = new Date(Date.UTC(2026, 0, 5, 9, 1, 30)).toUTCString();

  it.each([
    ['seconds', { 'retry-after': '7' }, 7_000],
    ['an HTTP date', { 'retry-after': inNinetySeconds }, 90_000],
    ['zero', { 'retry-after': '0' }, 500],
    ['a fraction below the least', { 'retry-after': '0.25' }, 500],
    ['a fraction', { 'retry-after': '2.5' }, 2_500],
    ['a day', { 'retry-after': '86400' }, 120_000],
    ['a date a day ahead', { 'retry-after': 'Tue, 06 Jan 2026 09:00:00 GMT' }, 120_000],
    ['an absurd number', { 'retry-after': '999999999' }, 120_000],
    ['a negative number', { 'retry-after': '-5' }, 500],
    ['a date long past', { 'retry-after': 'Thu, 01 Jan 1970 00:00:00 GMT' }, 500],
    ['a reset time', { 'x-ratelimit-reset': '2026-01-05T09:00:20Z' }, 20_000],
    ['a reset time near zero', { 'x-ratelimit-reset': '2026-01-05T09:00Z' }, 500],
    ['a reset in epoch seconds', { 'x-ratelimit-reset': '1767603620' }, 20_000],
    ['a reset of zero', { 'x-ratelimit-reset': '0' }, 500],
    [
      'Retry-After before a reset',
      { 'retry-after': '3', 'x-ratelimit-reset': '2026-01-05T09:00:20Z' },
      3_000,
    ],
    [
      'a reset after a Retry-After that says nothing',
      { 'retry-after': '', 'x-ratelimit-reset': '1767603620' },
      20_000,
    ],
    ['nothing that can be read', { 'retry-after': 'soon' }, 1_000],
    ['what only a date parser can read', { 'retry-after': 'in 7 s' }, 1_000],
    ['two values', { 'retry-after': '7, 9' }, 1_000],
    ['nothing', {}, 1_000],
  ])('waits as long as the answer asks for: %s', async (_, headers, wait) => {
    const { origin } = await server(limited(headers as Record<string, string>));
    const { http, clock } = client(origin, { random: () => 0 });
    expect(await http.json({ url: origin })).toBe('ok');
    expect(clock.sleeps).toEqual([wait]);
  });

  it.each([500, 502, 503, 504])('honours Retry-After with %i', async (status) => {
    const { origin } = await server(script(raw('', status, { 'retry-after': '9' }), json('ok')));
    const { http, clock } = client(origin, { random: () => 0 });
    expect(await http.json({ url: origin })).toBe('ok');
    expect(clock.sleeps).toEqual([9_000]);
  });

  it('makes every request to the host wait', async () => {
    const { origin, received } = await server(script(raw('', 429, { 'retry-after': '30' }), json('ok')));
    const times: number[] = [];
    const { http, clock } = client(origin, { concurrency: 1, random: () => 0 });
    const start = clock.now();
    await Promise.all(
      [1, 2, 3].map(async () => {
        await http.json({ url: origin });
        times.push(clock.now() - start);
      }),
    );
    expect(times).toEqual([30_000, 30_000, 30_000]);
    expect(received).toHaveLength(4);
  });

  it('tells how long it waits', async () => {
    const lines: string[] = [];
    const { origin } = await server(limited({ 'retry-after': '7' }));
    const log = { ...silentLogger, info: (line: string) => void lines.push(line) };
    await client(origin, { log, random: () => 0 }).http.json({ url: origin });
    expect(lines).toEqual(['wiki: rate limited, waiting 7 s']);
  });

  it('tells once of requests that were refused together', async () => {
    const lines: string[] = [];
    const together: (() => void)[] = [];
    const { origin } = await server((response, _, count) => {
      if (count >= 3) return void response.end('1');
      together.push(() => response.writeHead(429, { 'retry-after': '7' }).end());
      if (together.length === 3) for (const refuse of together) refuse();
    });
    // Time stands still until all three have been refused.
    const clock = fakeClock();
    const sleep = clock.sleep;
    clock.sleep = async (ms, signal) => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      await sleep(clock.sleeps.length === 0 ? ms : 0, signal);
    };
    const log = { ...silentLogger, info: (line: string) => void lines.push(line) };
    const { http } = client(origin, { log, clock, random: () => 0 });
    await Promise.all([1, 2, 3].map(() => http.json({ url: origin })));
    expect(lines).toEqual(['wiki: rate limited, waiting 7 s']);
  });

  it('waits longer from one refusal to the next, if it is told to come back at once', async () => {
    const { origin } = await server(
      script(...Array(5).fill(raw('', 429, { 'retry-after': '0' })), json('ok')),
    );
    const { http, clock } = client(origin, { random: () => 0 });
    expect(await http.json({ url: origin })).toBe('ok');
    expect(clock.sleeps).toEqual([500, 2_000, 4_000, 8_000, 16_000]);
  });

  it('waits as long as it is told at each refusal, if that is longer', async () => {
    const { origin } = await server(
      script(...Array(3).fill(raw('', 429, { 'retry-after': '20' })), json('ok')),
    );
    const { http, clock } = client(origin, { random: () => 0 });
    expect(await http.json({ url: origin })).toBe('ok');
    expect(clock.sleeps).toEqual([20_000, 20_000, 20_000]);
  });

  it('outlasts more rate limits than broken answers, and gives up at its own bound', async () => {
    const { origin, received } = await server(raw('', 429, { 'retry-after': '1' }));
    const { http } = client(origin, { retry: { attempts: 2, rateLimitWaits: 8 } });
    await expectFailure(http, origin, 'http.too-many-requests');
    expect(received).toHaveLength(9);
  });
});

describe('failures that pass', () => {
  const truncated: Handler = (response) => {
    response.writeHead(200, { 'content-length': '1000' });
    response.write('{"a":');
    setTimeout(() => response.socket?.destroy(), 10);
  };

  it.each<[string, Handler]>([
    ['a reset connection', reset],
    ['500', raw('BODYTEXT', 500)],
    ['502', raw('<html>', 502)],
    ['503', raw('', 503)],
    ['504', raw('', 504)],
    ['an empty answer', raw('')],
    ['JSON that is cut off', raw('{"a": [1, 2')],
    ['a body that is cut off', truncated],
    [
      'HTML instead of JSON',
      raw('<!DOCTYPE html><title>Log in</title>', 200, { 'content-type': 'text/html' }),
    ],
  ])('tries again after %s, POST as well', async (_, fault) => {
    const { origin, received } = await server(script(fault, fault, json('ok')));
    const { http, clock } = client(origin);
    expect(await http.json({ method: 'POST', url: origin, json: {} })).toBe('ok');
    expect(received).toHaveLength(3);
    expect(http.stats.requests).toBe(3);
    expect(clock.sleeps).toEqual([250, 500]);
  });

  it.each<[string, Handler, ErrorCode]>([
    ['a reset connection', reset, 'http.unreachable'],
    ['a server error', raw('BODYTEXT', 502), 'http.server-error'],
    ['an empty answer', raw(' \n'), 'http.empty'],
    ['text', raw('BODYTEXT'), 'http.invalid-json'],
    ['a login page', raw('\n<html>BODYTEXT'), 'http.login-page'],
  ])('gives up after five attempts at %s', async (_, fault, code) => {
    const { origin, received } = await server(fault);
    const { http } = client(origin);
    await expectFailure(http, `${origin}/x?token=abc`, code);
    expect(received).toHaveLength(5);
  });

  it('is unreachable when nothing listens, and keeps the cause', async () => {
    const loopback = await serve(json(1));
    const { origin } = loopback;
    await loopback[Symbol.asyncDispose]();
    const error = await expectFailure(client(origin).http, origin, 'http.unreachable');
    expect(error.message).toContain('ECONNREFUSED');
    expect(error.cause).toBeInstanceOf(Error);
  });

  it('does not try again once it is closed', async () => {
    const { origin } = await server(json(1));
    const { http, clock } = client(origin);
    await http.close();
    expect((await failureOf(http.json({ url: origin }))).code).toBe('http.unreachable');
    expect(clock.sleeps).toEqual([]);
  });

  it('tries an unknown host once', async () => {
    const { http, clock } = client('http://no-such-host.invalid');
    const error = await failureOf(http.json({ url: 'http://no-such-host.invalid/x' }));
    expect(error.code).toBe('http.unreachable');
    if (error.message.includes('ENOTFOUND')) expect(clock.sleeps).toEqual([]);
  });
});

describe('time', () => {
  const timeouts = { headers: 60, body: 60, total: 2_000 };
  const retry = { attempts: 2 };

  it('ends an answer that does not begin', async () => {
    const { origin, received } = await server(() => undefined);
    const error = await expectFailure(client(origin, { timeouts, retry }).http, origin, 'http.timeout');
    expect(error.message).toContain('no answer in time');
    expect(received).toHaveLength(2);
  });

  it('ends a body that stalls', async () => {
    const { origin } = await server((response) => void response.write('{"a":'));
    const error = await expectFailure(client(origin, { timeouts, retry }).http, origin, 'http.timeout');
    expect(error.message).toContain('no rest of the answer in time');
  });

  it('ends a body that trickles for ever', async () => {
    const { origin } = await server((response) => {
      const timer = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(timer));
    });
    const { http } = client(origin, { timeouts: { ...timeouts, total: 300 }, retry });
    const error = await expectFailure(http, origin, 'http.timeout');
    expect(error.message).toContain('no complete answer in time');
  });
});

describe('abort', () => {
  const reason = new Error('interrupted');

  it.each<[string, Handler]>([
    ['while it waits for the answer', () => undefined],
    ['while it reads the body', (response) => void response.write('{"a":')],
  ])('ends a request %s with the signal’s reason, without another attempt', async (_, handler) => {
    const controller = new AbortController();
    const { origin, received } = await server((...args) => {
      void handler(...args);
      setTimeout(() => controller.abort(reason), 20);
    });
    const { http } = client(origin);
    await expect(http.json({ url: origin, signal: controller.signal })).rejects.toBe(reason);
    expect(received).toHaveLength(1);
  });

  it('ends a wait for a rate limit', async () => {
    const controller = new AbortController();
    const { origin } = await server(raw('', 429, { 'retry-after': '60' }));
    const clock = fakeClock();
    clock.sleep = async (_, signal) => {
      controller.abort(reason);
      signal?.throwIfAborted();
    };
    const { http } = client(origin, { clock });
    await expect(http.json({ url: origin, signal: controller.signal })).rejects.toBe(reason);
  });

  it('ends a request that waits in the queue', async () => {
    const controller = new AbortController();
    const { origin, received } = await server((response) => void setTimeout(() => response.end('1'), 50));
    const { http } = client(origin, { concurrency: 1 });
    const first = http.json({ url: origin });
    const second = http.json({ url: origin, signal: controller.signal });
    controller.abort(reason);
    await expect(second).rejects.toBe(reason);
    expect(await first).toBe(1);
    expect(received).toHaveLength(1);
  });
});

describe('size', () => {
  it('refuses a body above the cap, however it is announced, at once', async () => {
    const { origin, received } = await server((response) => void response.end(`"${'x'.repeat(200_000)}"`));
    const { http } = client(origin);
    const error = await failureOf(http.json({ url: origin, maxBytes: 100_000 }));
    expect(error.code).toBe('http.too-large');
    expect(received).toHaveLength(1);
    expect(await http.json({ url: origin, maxBytes: 200_002 })).toHaveLength(200_000);
  });
});

describe('statuses', () => {
  it.each<[number, ErrorCode, string]>([
    [400, 'http.bad-request', 'failed'],
    [401, 'http.unauthorized', 'credentials'],
    [403, 'http.forbidden', 'failed'],
    [404, 'http.not-found', 'failed'],
    [410, 'http.gone', 'failed'],
    [418, 'http.unexpected-status', 'failed'],
    [501, 'http.server-error', 'failed'],
  ])('%i is %s, at once', async (status, code, kind) => {
    const { origin, received } = await server(raw('<html>BODYTEXT token=1', status));
    const error = await expectFailure(client(origin).http, `${origin}/a/b?token=1`, code);
    expect(error.kind).toBe(kind);
    expect(error.message).toContain('/a/b');
    expect(error.hint).not.toBe('');
    expect(received).toHaveLength(1);
  });

  it.each<[string, unknown, string]>([
    [
      'Jira',
      { errorMessages: ["Field 'x' does not exist."], errors: { jql: 'bad' } },
      "Field 'x' does not exist.; jql: bad",
    ],
    ['Confluence v1', { statusCode: 400, message: 'No space\nwith key X' }, 'No space with key X'],
    [
      'Confluence v2',
      { errors: [{ title: 'Invalid cursor', detail: 'expired' }] },
      'Invalid cursor: expired',
    ],
    ['Google', { error: { code: 400, message: 'Invalid requests[1].' } }, 'Invalid requests[1].'],
    ['a long text', { message: 'x'.repeat(500) }, `${'x'.repeat(299)}…`],
  ])('400 shows the short reason of %s', async (_, body, reason) => {
    const { origin } = await server(json(body, 400));
    const error = await expectFailure(client(origin).http, origin, 'http.bad-request');
    expect(error.params).toMatchObject({ status: 400, reason });
    expect(error.message).toContain(reason);
  });

  it('401 in the middle of a run ends the requests that follow too, each at once', async () => {
    const { origin, received } = await server(script(json(1), json(2), raw('', 401)));
    const { http, clock } = client(origin);
    expect([await http.json({ url: origin }), await http.json({ url: origin })]).toEqual([1, 2]);
    const refused = await Promise.all([1, 2, 3].map(() => failureOf(http.json({ url: origin }))));
    expect(refused.map(({ code }) => code)).toEqual(Array(3).fill('http.unauthorized'));
    expect(received).toHaveLength(5);
    expect(clock.sleeps).toEqual([]);
  });

  it('401 tells a missing scope from a wrong token', async () => {
    const { origin } = await server(json({ message: 'Unauthorized; scope does not match' }, 401));
    const error = await expectFailure(client(origin).http, origin, 'http.unauthorized');
    expect(error.hint).toContain('scope');
  });
});

describe('redirects', () => {
  const redirect = (location: string, status = 302): Handler => raw('', status, { location });

  it('follows within the origin with the authorization, and counts each request', async () => {
    const { origin, received } = await server(script(redirect('/b'), json('ok')));
    const { http } = client(origin);
    expect(await http.json({ url: `${origin}/a` })).toBe('ok');
    expect(received.map(({ path, headers }) => [path, headers.authorization])).toEqual([
      ['/a', 'Basic c2VjcmV0'],
      ['/b', 'Basic c2VjcmV0'],
    ]);
    expect(http.stats.requests).toBe(2);
  });

  it('R17 drops the authorization at another origin', async () => {
    const other = await server(json('ok'));
    const { origin } = await server(redirect(`${other.origin}/signed`));
    expect(await client(origin).http.json({ url: origin, headers: { authorization: 'mine' } })).toBe('ok');
    expect(other.received[0]?.headers.authorization).toBeUndefined();
  });

  it('takes HTML at another origin for a login page at once', async () => {
    const login = await server(raw('<html>'));
    const { origin, received } = await server(redirect(login.origin));
    const error = await expectFailure(client(origin).http, origin, 'http.login-page');
    expect(error.kind).toBe('credentials');
    expect(received).toHaveLength(1);
  });

  it('stops after five redirects', async () => {
    const { origin, received } = await server(redirect('/again'));
    await expectFailure(client(origin).http, origin, 'http.unexpected-status');
    expect(received).toHaveLength(6);
  });

  it('does not follow with POST', async () => {
    const { origin, received } = await server(redirect('/b', 307));
    const error = await failureOf(client(origin).http.json({ url: origin, method: 'POST', json: {} }));
    expect(error.code).toBe('http.unexpected-status');
    expect(error.hint).toContain('final address');
    expect(received).toHaveLength(1);
  });
});
