import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HttpClientOptions } from '../../src/http/client.ts';
import { createConcurrencyLimit } from '../../src/http/concurrency.ts';
import { client, countingServer, server } from './client-fixture.ts';
import { type Handler, json, raw, reset, script } from './server.ts';

describe('the limit', () => {
  it('goes up by one for each window of successes, as far as the ceiling', () => {
    const limit = createConcurrencyLimit(2);
    limit.capAt(4);
    const values = Array.from({ length: 12 }, () => {
      limit.succeeded(limit.round);
      return limit.value;
    });
    expect(values).toEqual([2, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4]);
  });

  it('is halved once by all that were in flight together, and never below one', () => {
    const limit = createConcurrencyLimit(9);
    const together = limit.round;
    for (let refused = 0; refused < 9; refused += 1) limit.overloaded(together);
    expect(limit.value).toBe(4);
    const values = Array.from({ length: 4 }, () => {
      limit.overloaded(limit.round);
      return limit.value;
    });
    expect(values).toEqual([2, 1, 1, 1]);
  });

  it('learns nothing from successes that began before it was halved', () => {
    const limit = createConcurrencyLimit(4);
    const before = limit.round;
    limit.overloaded(before);
    for (let ended = 0; ended < 10; ended += 1) limit.succeeded(before);
    expect(limit.value).toBe(2);
  });

  it('stays between one and the ceiling, moves by one or by half, and is the same for the same events', () => {
    const event = fc.record({ ends: fc.constantFrom('well', 'badly'), age: fc.nat(3) });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 300 }), fc.integer({ min: 1, max: 20 }), (events, ceiling) => {
        const play = () => {
          const limit = createConcurrencyLimit(4);
          limit.capAt(ceiling);
          return events.map(({ ends, age }) => {
            const before = limit.value;
            const began = Math.max(0, limit.round - age);
            if (ends === 'well') limit.succeeded(began);
            else limit.overloaded(began);
            expect(limit.value).toBeGreaterThanOrEqual(1);
            expect(limit.value).toBeLessThanOrEqual(ceiling);
            const down = Math.max(1, Math.floor(before / 2));
            expect(ends === 'well' ? [before, before + 1] : [before, down]).toContain(limit.value);
            return limit.value;
          });
        };
        expect(play()).toEqual(play());
      }),
    );
  });
});

/** A server that holds every request until it is told how to answer, and a client with more requests than slots. */
async function holding(requests: number, options: Partial<HttpClientOptions> = {}) {
  const held: ((answer: Handler) => void)[] = [];
  const { origin } = await server(
    (response, ...rest) => void held.push((answer) => void answer(response, ...rest)),
  );
  const { http } = client(origin, { random: () => 0, ...options });
  const all = Promise.allSettled(Array.from({ length: requests }, () => http.json({ url: origin })));
  return {
    all,
    /** Waits until exactly this many are on the wire, and no more come; then answers them. */
    async answer(count: number, answer: Handler) {
      await expect.poll(() => held.length, { interval: 2 }).toBe(count);
      await new Promise((resolve) => setTimeout(resolve, 15));
      expect(held).toHaveLength(count);
      for (const release of held.splice(0)) release(answer);
    },
  };
}

describe('attempts on the wire', () => {
  it('begin with four and become more while all goes well', async () => {
    const { answer, all } = await holding(4 + 5 + 6 + 7);
    for (const slots of [4, 5, 6, 7]) await answer(slots, json('ok'));
    expect((await all).every(({ status }) => status === 'fulfilled')).toBe(true);
  });

  it('never become more than the ceiling', async () => {
    const { answer, all } = await holding(17, { concurrency: 5 });
    for (const slots of [4, 5, 5, 3]) await answer(slots, json('ok'));
    await all;
  });

  it('stay as they are while the slots are not all used', async () => {
    const { origin, most } = await countingServer();
    const { http } = client(origin);
    for (let sent = 0; sent < 30; sent += 1) await http.json({ url: origin });
    await Promise.all(Array.from({ length: 6 }, () => http.json({ url: origin })));
    expect(most()).toBe(4);
  });

  it.each<[string, Handler]>([
    ['429', raw('', 429, { 'retry-after': '1' })],
    ['500', raw('', 500)],
    ['503 with a wait', raw('', 503, { 'retry-after': '1' })],
  ])('are halved once by a burst of %s, and grow again', async (_, refusal) => {
    const { answer, all } = await holding(14);
    await answer(4, json('ok'));
    await answer(5, refusal);
    for (const slots of [2, 3, 4, 1]) await answer(slots, json('ok'));
    expect((await all).every(({ status }) => status === 'fulfilled')).toBe(true);
  });

  it('are not fewer after broken connections, which say nothing about load', async () => {
    const { answer, all } = await holding(8);
    await answer(4, reset);
    await answer(4, json('ok'));
    await answer(4, json('ok'));
    await all;
  });

  it('are fewer after timeouts', async () => {
    const silent: Handler = () => undefined;
    const { answer, all } = await holding(6, { timeouts: { headers: 60 } });
    await answer(4, silent);
    await answer(2, json('ok'));
    await answer(3, json('ok'));
    await answer(1, json('ok'));
    expect((await all).every(({ status }) => status === 'fulfilled')).toBe(true);
  });
});

describe('a request that waits', () => {
  it('holds no slot: others go on during its backoff, with a single one too', async () => {
    const { origin, received } = await server((response, request, count) =>
      request.path === '/bad' ? reset(response, request, count) : json('ok')(response, request, count),
    );
    let wake = () => {};
    const slept = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const clock = { now: () => 0, sleep: () => slept };
    const { http } = client(origin, { concurrency: 1, clock, retry: { attempts: 2 } });
    const bad = http.json({ url: `${origin}/bad` });
    const good = await Promise.all([1, 2, 3].map(() => http.json({ url: `${origin}/good` })));
    expect(good).toEqual(['ok', 'ok', 'ok']);
    wake();
    await expect(bad).rejects.toMatchObject({ code: 'http.unreachable' });
    expect(received.map(({ path }) => path)).toEqual(['/bad', '/good', '/good', '/good', '/bad']);
  });

  it('goes before those that were never sent', async () => {
    const slow: Handler = (response) => void setTimeout(() => response.end('1'), 10);
    const { origin, received } = await server(script(raw('', 500), slow));
    const { http } = client(origin, { concurrency: 1 });
    await Promise.all(['/1', '/2', '/3', '/4'].map((path) => http.json({ url: origin + path })));
    expect(received.map(({ path }) => path)).toEqual(['/1', '/2', '/1', '/3', '/4']);
  });

  it('ends with the signal, and takes no slot with it', async () => {
    const { origin } = await server(script(raw('', 429, { 'retry-after': '60' }), json('ok')));
    const reason = new Error('interrupted');
    const controller = new AbortController();
    let time = 0;
    const clock = {
      now: () => time,
      async sleep(_: number, signal?: AbortSignal) {
        controller.abort(reason);
        time = 60_000_000;
        signal?.throwIfAborted();
      },
    };
    const { http } = client(origin, { concurrency: 1, clock });
    await expect(http.json({ url: origin, signal: controller.signal })).rejects.toBe(reason);
    expect(await http.json({ url: origin })).toBe('ok');
  });
});
