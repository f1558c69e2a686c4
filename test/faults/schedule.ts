import fc from 'fast-check';
import type { Fault } from '../../src/demo/faults.ts';
import { type Happening, happenings } from '../harness/random-edits.ts';

/** What goes wrong while one build runs. */
export interface Trouble {
  readonly seed: number;
  /** The share of requests that fail. */
  readonly rate: number;
  /** Whether a request that failed fails again, so that retries don't help. */
  readonly lasting: boolean;
  readonly faults: readonly FaultName[];
  /** How many edits the search index is behind. */
  readonly lag: number;
  /** Numbers that choose documents which are listed and can't be read. */
  readonly forbidden: readonly number[];
  /** Edits that happen while the build reads, each at the request of that number. */
  readonly meanwhile: readonly (readonly [request: number, happening: Happening])[];
}

/** Where the process is killed: at its nth request or its nth write. */
export interface Kill {
  readonly at: 'request' | 'write';
  readonly nth: number;
}

/** Edits, and then a build in trouble. */
export interface Round {
  readonly edits: readonly Happening[];
  readonly trouble: Trouble;
  /** Without it the build runs to its end. */
  readonly kill: Kill | undefined;
}

export type FaultSchedule = readonly Round[];

export type FaultName = keyof ReturnType<typeof faultsNamed>;

/** `elsewhere` is an address of another origin. */
export function faultsNamed(elsewhere: string) {
  return {
    'rate limit, seconds': { kind: 'rate-limit', retryAfter: 'seconds' },
    'rate limit, date': { kind: 'rate-limit', retryAfter: 'date' },
    'rate limit, a day': { kind: 'rate-limit', retryAfter: 'absurd' },
    'rate limit, in a year': { kind: 'rate-limit', retryAfter: 'absurd-date' },
    'rate limit, silent': { kind: 'rate-limit', retryAfter: 'absent' },
    '500': { kind: 'status', status: 500 },
    '502': { kind: 'status', status: 502 },
    '503': { kind: 'status', status: 503 },
    '504': { kind: 'status', status: 504 },
    '401': { kind: 'status', status: 401 },
    '403': { kind: 'status', status: 403 },
    '404': { kind: 'status', status: 404 },
    reset: { kind: 'reset' },
    'slow body': { kind: 'slow-body', ms: 5 },
    'stalled body': { kind: 'stalled-body' },
    truncated: { kind: 'truncated' },
    'login page': { kind: 'login-page' },
    empty: { kind: 'empty' },
    'empty page': { kind: 'empty-page' },
    'repeated page': { kind: 'repeated-page' },
    'lost page': { kind: 'lost-page' },
    'cut listing': { kind: 'cut-listing' },
    'expired cursor': { kind: 'expired-cursor' },
    redirect: { kind: 'redirect', to: elsewhere },
  } as const satisfies Record<string, Fault>;
}

const faultNames = Object.keys(faultsNamed('')) as FaultName[];

const happening: fc.Arbitrary<Happening> = fc.tuple(
  fc.constantFrom(...(Object.keys(happenings) as (keyof typeof happenings)[])),
  fc.nat({ max: 99 }),
  fc.nat({ max: 99 }),
);

/**
 * A server that loses items of a listing and says that documents do not exist tells twice the same lie; whoever believes
 * it is not at fault. So what is lost is never unreadable too.
 */
const liar: readonly FaultName[] = ['lost page', 'cut listing'];
const saysGone: readonly FaultName[] = ['404'];

const some = (names: readonly FaultName[], minLength: number) =>
  fc.subarray([...names], { minLength, maxLength: Math.min(3, names.length) });
const honest = fc.record({
  faults: fc.oneof(
    some(
      faultNames.filter((name) => !liar.includes(name)),
      1,
    ),
    fc.constant(faultNames.filter((name) => !liar.includes(name))),
  ),
  lag: fc.oneof(fc.constant(0), fc.nat({ max: 5 })),
  forbidden: fc.array(fc.nat({ max: 99 }), { maxLength: 2 }),
});
const lying = fc.record({
  faults: fc
    .tuple(
      some(liar, 1),
      some(
        faultNames.filter((name) => !saysGone.includes(name)),
        0,
      ),
    )
    .map((names) => [...new Set(names.flat())]),
  lag: fc.constant(0),
  forbidden: fc.constant([]),
});

const trouble: fc.Arbitrary<Trouble> = fc
  .tuple(
    fc.record({
      seed: fc.nat({ max: 99_999 }),
      rate: fc.constantFrom(0, 0.03, 0.1, 0.3, 0.6),
      lasting: fc.boolean(),
      meanwhile: fc.oneof(
        fc.constant([]),
        fc.array(fc.tuple(fc.integer({ min: 1, max: 30 }), happening), { maxLength: 3 }),
      ),
    }),
    fc.oneof({ weight: 3, arbitrary: honest }, { weight: 1, arbitrary: lying }),
  )
  .map(([common, kinds]) => ({ ...common, ...kinds }));

/** A later build of the small workspace sends 23 requests when nothing changed; it writes some 60 times when something did. */
const kill: fc.Arbitrary<Kill> = fc.oneof(
  fc.record({ at: fc.constant('request' as const), nth: fc.integer({ min: 1, max: 22 }) }),
  fc.record({ at: fc.constant('write' as const), nth: fc.integer({ min: 1, max: 80 }) }),
);

/** Schedules of one to three rounds; with `kills`, the first build of each is killed, and others may be. */
export function schedules({ kills }: { readonly kills: boolean }): fc.Arbitrary<FaultSchedule> {
  const edits = fc.array(happening, { minLength: 1, maxLength: 8 });
  const round = (killed: fc.Arbitrary<Kill | undefined>): fc.Arbitrary<Round> =>
    fc
      .record({ edits, trouble, kill: killed })
      // A kill wants a build that comes to something, and real waits for a service that always refuses would be long.
      .map((each) => (each.kill ? { ...each, trouble: { ...each.trouble, lasting: false } } : each));
  const unharmed = fc.constant(undefined);
  const [first, later] = kills ? [kill, fc.oneof(kill, unharmed)] : [unharmed, unharmed];
  return fc
    .tuple(round(first), fc.array(round(later), { maxLength: 2 }))
    .map(([opening, rounds]) => [opening, ...rounds]);
}
