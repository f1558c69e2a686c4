import { describe, expect, test } from 'vitest';
import { readDocument } from '../../src/frontmatter/read.ts';
import { listingSilenceTests } from './listing-silence.ts';
import type { ConnectorFixture, SourceContext } from './source-context.ts';

/** What takes long of {@link connectorSuite}: every way in which a service can be in trouble. */
export function connectorLongSuite(fixture: ConnectorFixture): void {
  const { start, listings, mainListing } = fixture;
  const without = (id: string) => ({ config: { exclude: [id] } });

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
    await using context = await start();
    await context.build();
    const before = context.documents();
    const id = context.edit();
    const { changes, errors } = await context.build(without(id));
    expect(errors).toEqual([]);
    expect(changes.filter(({ kind }) => kind === 'deleted').map(({ reason }) => reason)).toEqual([
      'excluded',
    ]);
    const count = context.requests.length;
    expect((await context.build(without(id))).report.commit).toBeNull();
    expect(context.requests.slice(count).filter(({ isBody }) => isBody)).toEqual([]);
    expect(context.documents()).toEqual(await context.fresh(without(id)));
    const asked = context.requests.slice(count).map(({ url }) => url);
    expect(asked.filter((url) => new RegExp(`\\b${id}\\b`).test(url))).toEqual([]);
    await context.build();
    expect(context.documents()).toEqual(await context.fresh());
    expect([...context.documents().keys()]).toEqual([...before.keys()]);
  });

  test('what the configuration leaves out goes even if no listing of documents can be read', async () => {
    await using context = await start();
    await context.build();
    const before = idsIn(context);
    const id = context.edit();
    const path = listings[mainListing] as RegExp;
    context.faults.add({
      fault: { kind: 'status', status: 403 },
      path,
      times: Number.POSITIVE_INFINITY,
    });
    const { errors } = await context.build(without(id));
    expect(errors).not.toEqual([]);
    expect(idsIn(context)).toEqual(before.filter((key) => key !== id));
  });

  test('moments of failure are outlived', async () => {
    await using context = await start();
    for (const path of Object.values(listings)) {
      for (const fault of [
        { kind: 'status', status: 503 },
        { kind: 'truncated' },
        { kind: 'empty' },
        { kind: 'reset' },
      ] as const) {
        context.faults.add({ fault, path });
      }
    }
    expect((await context.build()).errors).toEqual([]);
    expect(context.faults.given.length).toBeGreaterThanOrEqual(4);
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
      context.faults.add({ fault: { kind: 'rate-limit', retryAfter, seconds }, skip: 2 });
      const result = await context.build({ dryRun: true });
      expect(result.errors).toEqual([]);
      expect(context.waits.length).toBeGreaterThan(0);
      const longest = Math.max(...context.waits);
      expect(longest).toBeGreaterThanOrEqual(atLeast);
      expect(longest).toBeLessThanOrEqual(atMost);
      expect(context.lines.join('\n')).toContain('rate limited');
    });
  });
}

function idsIn(context: SourceContext): string[] {
  return [...context.documents().values()].flatMap((text) => readDocument(text)?.facts.id ?? []).sort();
}
