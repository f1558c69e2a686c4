import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { reportOf } from '../harness/context.ts';
import { secretTest } from './connector-secret-suite.ts';
import { listingSilenceTests } from './listing-silence.ts';
import type { ConnectorFixture, SourceContext } from './source-context.ts';
import { sourceSuite } from './source-suite.ts';

const FOREVER = Number.POSITIVE_INFINITY;

/** What every connector of a service must do, over real HTTP and real git. */
export function connectorSuite(fixture: ConnectorFixture): void {
  const { type, start } = fixture;

  sourceSuite(fixture);

  listingSilenceTests(
    fixture,
    ['at its second page'],
    [{ kind: 'status', status: 500 }, { kind: 'empty-page' }],
  );

  describe('once it is built', () => {
    let context: SourceContext;
    let before: Map<string, string>;
    beforeAll(async () => {
      context = await start();
      await context.build();
      before = context.documents();
    });
    afterEach(() => context.faults.clear());
    afterAll(() => context[Symbol.asyncDispose]());

    test('R6 a listing that fails is reported, deletes nothing, and is made good by the next run', async () => {
      for (const [name, path] of Object.entries(fixture.listings)) {
        context.faults.add({ fault: { kind: 'status', status: 500 }, path, times: FOREVER });
        const result = await context.build();
        expect(reportOf(result, type).status, name).not.toBe('ok');
        expect(result.errors, name).not.toEqual([]);
        expect(context.documents(), name).toEqual(before);
        context.faults.clear();
      }
      expect(reportOf(await context.build(), type).status).toBe('ok');
      expect(context.documents()).toEqual(before);
    });

    test('a rate limit that never ends is a failure that deletes nothing', async () => {
      context.faults.add({ fault: { kind: 'rate-limit', seconds: 1 }, times: FOREVER });
      const result = await context.build();
      expect(reportOf(result, type).status).toBe('failed');
      expect(context.documents()).toEqual(before);
    });

    test('refused credentials fail the source as such and change nothing', async () => {
      context.faults.add({ fault: { kind: 'status', status: 401 }, skip: 4, times: FOREVER });
      const result = await context.build({ full: true });
      expect(reportOf(result, type).status).toBe('failed');
      expect(result.errors.map(({ kind }) => kind)).toEqual(['credentials']);
      expect(context.documents()).toEqual(before);
    });

    test('a second run asks for no text, and one after an edit for that alone', async () => {
      await context.build();
      const count = context.requests.length;
      await context.build();
      expect(bodiesSince(context, count)).toEqual([]);
      context.edit();
      await context.build();
      expect(bodiesSince(context, count)).toHaveLength(1);
    });
  });

  test('a text that cannot be read keeps its last version, and the next run has it', async () => {
    await using context = await start();
    await context.build();
    const before = context.documents();
    const id = context.edit();
    context.faults.add({
      fault: { kind: 'status', status: 500 },
      path: fixture.bodies,
      times: FOREVER,
    });
    const failed = await context.build();
    expect(reportOf(failed, type)).toMatchObject({ status: 'partial', failed: 1, deleted: 0, modified: 0 });
    expect(failed.errors[0]?.message).toContain(id);
    expect(context.documents()).toEqual(before);
    context.faults.clear();
    const { changes } = await context.build();
    expect(changes.map(({ kind }) => kind)).toEqual(['modified']);
    expect(context.documents()).toEqual(await context.fresh());
  });

  secretTest(fixture);
}

function bodiesSince({ requests }: SourceContext, count: number): string[] {
  return requests.slice(count).flatMap(({ url, isBody }) => (isBody ? url : []));
}
