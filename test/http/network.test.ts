import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../src/core/logger.ts';
import { connectAtlassian } from '../../src/http/atlassian-connect.ts';
import type { HttpClientOptions } from '../../src/http/client.ts';
import { createNetwork } from '../../src/http/network.ts';
import { client, countingServer, server } from './client-fixture.ts';
import { fakeClock, type Handler, json, raw, script } from './server.ts';

const limited: Handler = raw('', 429, { 'retry-after': '30' });

/** Clients that share a clock and a network, as the sources of a run do. */
function clients(origins: readonly string[], options: Partial<HttpClientOptions> = {}) {
  const shared = { network: createNetwork(), clock: fakeClock(), random: () => 0, ...options };
  return { ...shared, clients: origins.map((origin) => client(origin, shared).http) };
}

describe('clients of one host', () => {
  it('send nothing while the host is paused, whichever client was refused', async () => {
    const { origin, received } = await server(script(limited, json('ok')));
    const { clock, clients: both } = clients([origin, origin]);
    const [refused, other] = both;
    let wake = () => {};
    const slept = new Promise<void>((resolve) => {
      wake = resolve;
    });
    let now = 0;
    Object.assign(clock, { now: () => now, sleep: () => slept });
    const first = refused?.json({ url: origin });
    await expect.poll(() => received.length).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 10));
    const second = other?.json({ url: origin });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(received).toHaveLength(1);
    now = 30_000;
    wake();
    expect(await Promise.all([first, second])).toEqual(['ok', 'ok']);
  });

  it('wait no longer than the longest pause when the clock is set back', async () => {
    const { origin } = await server(script(limited, json('ok')));
    const { clock, clients: both } = clients([origin]);
    let now = 7_200_000;
    let slept = 0;
    const sleep = async (ms: number) => {
      slept += ms;
      // An hour back, once.
      now += slept === ms ? ms - 3_600_000 : ms;
    };
    Object.assign(clock, { now: () => now, sleep });
    expect(await both[0]?.json({ url: origin })).toBe('ok');
    expect(slept).toBeLessThanOrEqual(3 * 121_000);
  });

  it('share its slots, of which there are as few as the most modest of them asked for', async () => {
    const { origin, most } = await countingServer();
    const network = createNetwork();
    const greedy = client(origin, { network, concurrency: 50 }).http;
    const modest = client(origin, { network, concurrency: 2 }).http;
    await modest.json({ url: origin });
    await Promise.all(
      [greedy, modest].flatMap((http) => Array.from({ length: 10 }, () => http.json({ url: origin }))),
    );
    expect(most()).toBe(2);
  });

  it('go on when one of them is closed', async () => {
    const { origin } = await server(json('ok'));
    const { clients: both } = clients([origin, origin]);
    await both[0]?.json({ url: origin });
    await both[0]?.close();
    expect(await both[1]?.json({ url: origin })).toBe('ok');
  });

  it('each keep their own authorization', async () => {
    const { origin, received } = await server(json('ok'));
    const network = createNetwork();
    for (const authorization of ['Bearer a', 'Bearer b']) {
      await client(origin, { network, authorization }).http.json({ url: origin });
    }
    expect(received.map(({ headers }) => headers.authorization)).toEqual(['Bearer a', 'Bearer b']);
  });
});

describe('hosts', () => {
  it('are apart: a pause of one is none of the other', async () => {
    const busy = await server(script(limited, json('late')));
    const idle = await server(json('ok'));
    const { clock, clients: both } = clients([busy.origin, idle.origin]);
    const start = clock.now();
    let wake = () => {};
    clock.sleep = () =>
      new Promise((resolve) => {
        wake = () => {
          Object.assign(clock, { now: () => start + 30_000 });
          resolve();
        };
      });
    const late = both[0]?.json({ url: busy.origin });
    await expect.poll(() => busy.received.length).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await both[1]?.json({ url: idle.origin })).toBe('ok');
    wake();
    expect(await late).toBe('late');
  });

  it('are those of one run: another network waits for nobody', async () => {
    const { origin, received } = await server(script(limited, json('ok')));
    const never = { now: () => 0, sleep: () => new Promise<void>(() => {}) };
    void client(origin, { clock: never }).http.json({ url: origin });
    await expect.poll(() => received.length).toBe(1);
    expect(await client(origin).http.json({ url: origin })).toBe('ok');
  });
});

describe('the two products of a site', () => {
  it.each(['global-app-quota', 'tenant-app-quota'])(
    'spare the %s that their answers announce',
    async (policy) => {
      let left = 20;
      const { origin } = await server((response, ...others) => {
        left -= 2;
        return json({}, 200, { ratelimit: `"${policy}";r=${left};t=1800` })(response, ...others);
      });
      const clock = fakeClock();
      const { http } = await connectAtlassian({
        source: 'jira',
        product: 'jira',
        url: origin,
        auth: { token: 'b' },
        log: silentLogger,
        clock,
      });
      for (let sent = 0; sent < 4; sent += 1) await http.json({ url: origin });
      // The first announcement is the connecting's; a lower one follows with the first request.
      expect(clock.sleeps).toHaveLength(2);
      expect(Math.max(...clock.sleeps)).toBe(120_000);
      await http.close();
    },
  );

  it('wait together and tell of it once', async () => {
    const wiki: Handler = json({ results: [] });
    const { origin, received } = await server(async (response, request, count) => {
      if (count === 2) return limited(response, request, count);
      return wiki(response, request, count);
    });
    const lines: string[] = [];
    const log = { ...silentLogger, info: (line: string) => void lines.push(line) };
    const network = createNetwork();
    const clock = fakeClock();
    const open = (product: 'confluence' | 'jira') =>
      connectAtlassian({
        source: product,
        product,
        url: origin,
        auth: { token: 'b' },
        gateway: origin,
        log,
        clock,
        network,
        client: { random: () => 0 },
      });
    const confluence = await open('confluence');
    const jira = await open('jira');
    let wake = () => {};
    const slept = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const start = clock.now();
    clock.sleep = () => slept;
    const page = confluence.http.json({ url: origin });
    await expect.poll(() => lines).toEqual(['confluence: rate limited, waiting 30 s']);
    const ticket = jira.http.json({ url: origin });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(received).toHaveLength(3);
    clock.now = () => start + 30_000;
    wake();
    await Promise.all([page, ticket]);
    expect(lines).toHaveLength(1);
    expect(received).toHaveLength(5);
    await Promise.all([confluence.http.close(), jira.http.close()]);
  });
});
