import { expect, test, vi } from 'vitest';
import type { Clock } from '../../src/core/clock.ts';
import { silentLogger } from '../../src/core/logger.ts';
import { createHttpClient } from '../../src/http/client.ts';
import { json, serve } from './server.ts';

/** A clock that stands still until it is told to go on. */
function stoppedClock() {
  let now = 1_000_000;
  const sleepers: { readonly until: number; readonly wake: () => void }[] = [];
  const clock: Clock = {
    now: () => now,
    sleep: (ms) => new Promise((wake) => sleepers.push({ until: now + ms, wake })),
  };
  const pass = (ms: number) => {
    now += ms;
    for (const { until, wake } of sleepers.splice(0)) {
      if (until <= now) wake();
      else sleepers.push({ until, wake });
    }
  };
  return { clock, pass, waits: () => sleepers.map(({ until }) => until - now) };
}

const soon = () => new Promise((resolve) => setTimeout(resolve, 30));

test('a lane that is refused waits alone', async () => {
  let isRefused = true;
  await using server = await serve((response, request, count) => {
    if (!request.path.startsWith('/slow') || !isRefused) return json('ok')(response, request, count);
    isRefused = false;
    response.writeHead(429, { 'retry-after': '30' }).end();
  });
  const { clock, pass, waits } = stoppedClock();
  const http = createHttpClient({
    source: 's',
    origin: server.origin,
    log: silentLogger,
    clock,
    random: () => 0,
  });
  const ask = (name: string) =>
    http.json({ url: `${server.origin}/${name}`, lane: { name, perMinute: 1000 } });
  const slow = ask('slow');
  await vi.waitFor(() => expect(waits()).toEqual([30_000]));
  expect(await ask('other')).toBe('ok');
  expect(waits()).toEqual([30_000]);
  pass(30_000);
  expect(await slow).toBe('ok');
  await http.close();
});

test('a lane sends no more than its share of a minute, whatever the others send', async () => {
  await using server = await serve(json('ok'));
  const { clock, pass } = stoppedClock();
  const http = createHttpClient({ source: 's', origin: server.origin, log: silentLogger, clock });
  const ask = (name: string, perMinute: number) =>
    http.json({ url: `${server.origin}/${name}`, lane: { name, perMinute } });
  const slow = [1, 2, 3].map(() => ask('slow', 1));
  for (let n = 0; n < 5; n += 1) await ask('quick', 1000);
  const sent = () => server.received.filter(({ path }) => path === '/slow').length;
  for (const expected of [1, 2, 3]) {
    await vi.waitFor(() => expect(sent()).toBe(expected));
    pass(59_999);
    await soon();
    expect(sent()).toBe(expected);
    pass(1);
  }
  await Promise.all(slow);
  await http.close();
});
