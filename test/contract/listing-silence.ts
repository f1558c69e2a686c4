import { describe, expect, test } from 'vitest';
import { type CtxError, isCtxError } from '../../src/core/errors/index.ts';
import { expectContract } from './events.ts';
import type { ConnectorFixture, ServiceFault } from './source-context.ts';

/** When a listing fails: how many documents a page of it has, and how many pages come before. */
const moments = {
  'at once': { pageLimit: 3, skip: 0 },
  'at its second page': { pageLimit: 1, skip: 1 },
} as const;

/**
 * Every listing of a connector fails in each of the ways, which it need not say in words. Judged by the events alone: the guard of mass
 * deletions would hide a connector that takes silence for absence.
 */
export function listingSilenceTests(
  { type, definition, listings, start }: ConnectorFixture,
  when: readonly (keyof typeof moments)[],
  failures: readonly ServiceFault[],
): void {
  describe.each(Object.entries(listings))('R6 when the listing of %s fails', (_, path) => {
    test.each(when)('%s, however that happens, nothing is gone', async (moment) => {
      const { pageLimit, skip } = moments[moment];
      await using context = await start({ pageLimit });
      const { faults } = context;
      const first = await context.record();
      for (const fault of failures) {
        const given = faults.given.length;
        faults.add({ fault, path, skip, times: Number.POSITIVE_INFINITY });
        const outcome = await context.record(first).catch((error: unknown) => asFailure(error));
        faults.clear();
        if (faults.given.length === given) continue;
        const label = JSON.stringify(fault);
        if (isCtxError(outcome)) continue;
        expectContract(definition.model(type), outcome, first);
        expect(
          outcome.events.map((event) => event.type),
          label,
        ).toContain('failed');
        expect([...outcome.documents.keys()], label).toEqual([...first.documents.keys()]);
      }
      expect(faults.given).not.toEqual([]);
    });
  });
}

/** Failures of a source as a whole are the catalogue's. */
function asFailure(error: unknown): CtxError {
  if (isCtxError(error)) return error;
  throw error;
}
