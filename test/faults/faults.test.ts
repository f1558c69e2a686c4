import { expect, test } from 'vitest';
import { hasKills, runSeed } from './seeds.ts';

/**
 * The same in each run, so that a change is judged by itself; `npm run test:faults` looks for others. Among these are services that
 * lie, rounds with every fault there is, faults that last, an index that is behind, and edits while a build reads.
 */
const seeds = [1, 2, 9, 11];

test.each(seeds)(
  'R3 R6 schedule %i of faults and edits: nothing is lost',
  { timeout: 60_000 },
  async (seed) => {
    expect(hasKills(seed)).toBe(false);
    await runSeed(seed);
  },
);
