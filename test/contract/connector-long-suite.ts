import { describe, expect, test } from 'vitest';
import type { AtlassianSource } from '../../src/config/schema.ts';
import { readDocument } from '../../src/frontmatter/read.ts';
import { type BuildChoices, startContext, type TestContext } from '../harness/context.ts';
import type { ConnectorFixture } from './connector-suite.ts';
import { listingSilenceTests } from './listing-silence.ts';

/** What takes long of {@link connectorSuite}: every way in which a service can be in trouble. */
export function connectorLongSuite<C extends AtlassianSource>(fixture: ConnectorFixture<C>): void {
  const { type } = fixture;
  const start = () => startContext({ sources: [type], pageLimit: 3, embeddedComments: 2 });

  listingSilenceTests(
    fixture,
    ['at once', 'at its second page'],
    [
      { kind: 'status', status: 500 },
      { kind: 'status', status: 403 },
      { kind: 'truncated' },
      { kind: 'login-page' },
      { kind: 'empty' },
      { kind: 'empty-page' },
      { kind: 'repeated-page' },
      { kind: 'reset' },
    ],
  );

  test('R3 what the configuration leaves out goes, is not asked for in any run, and comes back afterwards, as in a build from nothing', async () => {
    const without = (id: string): BuildChoices => ({ [type]: { exclude: [id] } });
    await using context = await start();
    await context.build();
    const before = context.documents();
    const id = fixture.edit(context.workspace);
    const { changes, errors } = await context.build(without(id));
    expect(errors).toEqual([]);
    expect(changes.filter(({ kind }) => kind === 'deleted').map(({ reason }) => reason)).toEqual([
      'excluded',
    ]);
    const count = context.requestCount();
    expect((await context.build(without(id))).report.commit).toBeNull();
    expect(context.bodyRequestsSince(count)).toEqual([]);
    expect(context.documents()).toEqual(await context.fresh(without(id)));
    const asked = context.simulator.requests.slice(count).map(({ path, query }) => `${path}?${query}`);
    expect(asked.filter((url) => new RegExp(`\\b${id}\\b`).test(url))).toEqual([]);
    await context.build();
    expect(context.documents()).toEqual(await context.fresh());
    expect([...context.documents().keys()]).toEqual([...before.keys()]);
  });

  test('what the configuration leaves out goes even if no listing of documents can be read', async () => {
    await using context = await start();
    await context.build();
    const before = idsIn(context);
    const id = fixture.edit(context.workspace);
    const path = (fixture.listings.pages ?? fixture.listings.views) as RegExp;
    context.simulator.faults.add({
      fault: { kind: 'status', status: 403 },
      path,
      times: Number.POSITIVE_INFINITY,
    });
    const { errors } = await context.build({ [type]: { exclude: [id] } });
    expect(errors).not.toEqual([]);
    expect(idsIn(context)).toEqual(before.filter((key) => key !== id));
  });

  test('moments of failure are outlived', async () => {
    await using context = await start();
    for (const path of Object.values(fixture.listings)) {
      for (const fault of [
        { kind: 'status', status: 503 },
        { kind: 'truncated' },
        { kind: 'empty' },
        { kind: 'reset' },
      ] as const) {
        context.simulator.faults.add({ fault, path });
      }
    }
    expect((await context.build()).errors).toEqual([]);
    expect(context.simulator.faults.given.length).toBeGreaterThanOrEqual(4);
    expect(context.documents()).toEqual(await context.fresh());
  });

  describe('a rate limit', () => {
    test.each([
      ['seconds', 7, 7_000, 8_000],
      ['date', 30, 28_000, 31_000],
      ['absurd', 0, 1_000, 121_000],
      ['absent', 0, 1_000, 2_000],
    ] as const)('with %s in Retry-After is waited for', async (retryAfter, seconds, atLeast, atMost) => {
      await using context = await start();
      context.simulator.faults.add({ fault: { kind: 'rate-limit', retryAfter, seconds }, skip: 2 });
      const result = await context.build({ dryRun: true });
      expect(result.errors).toEqual([]);
      expect(context.clock.waits.length).toBeGreaterThan(0);
      const longest = Math.max(...context.clock.waits);
      expect(longest).toBeGreaterThanOrEqual(atLeast);
      expect(longest).toBeLessThanOrEqual(atMost);
      expect(context.lines.join('\n')).toContain('rate limited');
    });
  });
}

function idsIn(context: TestContext): string[] {
  return [...context.documents().values()].flatMap((text) => readDocument(text)?.facts.id ?? []).sort();
}
