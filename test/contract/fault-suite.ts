import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readDocument } from '../../src/frontmatter/read.ts';
import { faultsNamed } from '../faults/schedule.ts';
import { fingerprintsOf } from '../harness/context.ts';
import { replayed, sorted } from '../harness/replay.ts';
import { expectNone } from './connector-secret-suite.ts';
import type { ConnectorFixture, ServiceFault, Settings, SourceContext } from './source-context.ts';

/** An address of another origin. */
const ELSEWHERE = 'http://127.0.0.1:9';

/** They only take time, which the quick tests have not. */
const SLOW = ['slow body', 'stalled body'];
/** What is told twice is the truth as far as anyone can tell: who loses items of a listing must not say that they are not there. */
const LIES = ['lost page', 'cut listing'];
const SAYS_GONE = ['404'];

const all = Object.entries(faultsNamed(ELSEWHERE)).filter(([name]) => !SLOW.includes(name));
const without = (names: readonly string[]) =>
  all.filter(([name]) => !names.includes(name)).map(([, fault]): ServiceFault => fault);

const round = fc.record({
  edits: fc.array(fc.nat({ max: 999 }), { minLength: 1, maxLength: 6 }),
  seed: fc.nat({ max: 99_999 }),
  rate: fc.constantFrom(0.03, 0.1, 0.3, 0.6),
  lasting: fc.boolean(),
  faults: fc.oneof(
    fc.subarray(without(LIES), { minLength: 1, maxLength: 4 }),
    fc.subarray(without(SAYS_GONE), { minLength: 1, maxLength: 3 }),
  ),
  full: fc.boolean(),
});

/**
 * Rounds of edits and of builds in trouble: what is still there stays, and a build without trouble ends at what one from nothing
 * makes, byte by byte. `config` is what lets each run see all that happens.
 */
export function faultSuite(
  { type, start }: ConnectorFixture,
  { runs, config }: { readonly runs: number; readonly config?: Settings },
): void {
  test(`R3 R6 ${type}: edits and builds in trouble lose nothing`, { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(round, { minLength: 1, maxLength: 3 }), async (rounds) => {
        await using context = await start(config && { config });
        await context.build();
        for (const { edits, seed, rate, lasting, faults, full } of rounds) {
          for (const edit of edits) context.happen(edit);
          const there = idsIn(await context.fresh());
          const before = idsIn(context.documents());
          context.trouble({ seed, rate, lasting, faults });
          const { errors } = await context.build({ full });
          context.faults.clear();
          const after = new Set(idsIn(context.documents()));
          const lost = before.filter((id) => there.includes(id) && !after.has(id));
          expect(lost, `lost, while it said ${errors.map(({ code }) => code).join(', ')}`).toEqual([]);
        }
        await buildToTheEnd(context);
        expect(sorted(context.documents())).toEqual(sorted(await context.fresh()));
        expect((await context.build()).report.commit).toBeNull();
        expectNone(context, context.lines.join('\n'), 'the log');
      }),
      replayed({ runs }),
    );
  });
}

/** One build without trouble, and again with the confirmation if deletions were held back. */
async function buildToTheEnd(context: SourceContext): Promise<void> {
  const first = await context.build();
  const confirmDeletes = fingerprintsOf(first);
  const { errors } = confirmDeletes.length === 0 ? first : await context.build({ confirmDeletes });
  expect(errors).toEqual([]);
}

function idsIn(documents: ReadonlyMap<string, string>): string[] {
  return [...documents.values()].flatMap((text) => readDocument(text)?.facts.id ?? []);
}
