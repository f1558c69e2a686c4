import { describe, expect, test } from 'vitest';
import { exitCodeOfRun } from '../../src/cli/exit-codes.ts';
import { isCtxError } from '../../src/core/errors/index.ts';
import { reportOf } from '../harness/context.ts';
import type { ConnectorFixture, ServiceFault, SourceContext } from './source-context.ts';

const FOREVER = Number.POSITIVE_INFINITY;

const faults: readonly ServiceFault[] = [
  ...[401, 403, 404, 410, 500, 503].map((status): ServiceFault => ({ kind: 'status', status })),
  ...(['reset', 'truncated', 'login-page', 'empty', 'empty-page', 'repeated-page'] as const).map(
    (kind): ServiceFault => ({ kind }),
  ),
  { kind: 'expired-cursor' },
  { kind: 'expired-cursor', status: 410 },
  { kind: 'rate-limit', retryAfter: 'absent' },
];

/** Answers that lie without a sign of it, once: what they hide is asked for in another way. */
const lies: readonly ServiceFault[] = [{ kind: 'lost-page' }, { kind: 'cut-listing' }];

const attachmentsOf = (context: SourceContext) =>
  [...context.files()].filter(([path]) => path.startsWith('attachments/'));

/**
 * Faults at the first, a middle and the last page of every listing of a connector: each listing meets all lies and every
 * third of the others, beginning at its own place, so that three listings have met them all; where there are fewer, all.
 */
export function listingFaultsSuite(fixture: ConnectorFixture): void {
  const { type, start } = fixture;

  const listings = Object.entries(fixture.listings).map(
    ([name, path], place) => [name, path, place] as const,
  );
  describe.each(listings)('R6 the listing of %s', (_, path, place) => {
    test.each([...faults.filter((_fault, index) => listings.length < 3 || index % 3 === place % 3), ...lies])(
      'that has %j on its way is not whole, and nothing goes',
      async (fault) => {
        const config = { attachments: 'all' };
        await using context = await start({ pageLimit: 1, config });
        await context.build();
        const first = await context.record();
        const count = context.requests.length;
        await context.record(first);
        const pages = context.requests.slice(count).filter(({ url }) => path.test(url)).length;
        expect(pages).toBeGreaterThan(0);
        const isLie = lies.includes(fault);
        const times = isLie ? 1 : FOREVER;
        let given = 0;
        for (const skip of new Set([0, Math.floor(pages / 2), pages - 1])) {
          context.faults.add({ fault, path, skip, times });
          const already = context.faults.given.length;
          const outcome = await context.record(first).catch((error: unknown) => {
            if (isCtxError(error)) return undefined;
            throw error;
          });
          given += context.faults.given.length - already;
          // A repository without a guard would have lost nothing either.
          if (outcome)
            expect([...outcome.documents.keys()], `page ${skip}`).toEqual([...first.documents.keys()]);
          context.faults.clear();
          if (skip !== Math.floor(pages / 2)) continue;
          const before = context.documents();
          const kept = attachmentsOf(context);
          context.edit();
          const fresh = await context.fresh();
          context.faults.add({ fault, path, skip, times });
          const hits = context.faults.given.length;
          const result = await context.build();
          const wasHit = context.faults.given.length > hits;
          context.faults.clear();
          const after = context.documents();
          expect([...after.keys()]).toEqual([...before.keys()]);
          // A lie may hide for one run that a document is in one more view: it stays, and says less of itself.
          for (const [path, text] of isLie ? [] : after)
            expect([before.get(path), fresh.get(path)], path).toContain(text);
          expect(attachmentsOf(context)).toEqual(kept);
          const code = exitCodeOfRun(result.errors, reportOf(result, type).status === 'partial');
          // A site may say that it has no such listing; then there is another way, or nothing to ask.
          const mayLack = fault.kind === 'status' && (fault.status === 404 || fault.status === 410);
          if (wasHit && !isLie && !mayLack && fault.kind !== 'expired-cursor')
            expect([1, 2, 3, 4, 5]).toContain(code);
        }
        expect(given > 0 || fault.kind === 'expired-cursor').toBe(true);
      },
    );
  });
}
