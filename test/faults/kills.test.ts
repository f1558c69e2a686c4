import { expect, test } from 'vitest';
import { hasKills, runSeed } from './seeds.ts';

/** Of those with kills, one that takes little time, and in which two builds are killed. */
const seeds = [28];

test.each(seeds)(
  'R2 schedule %i of faults, edits and kills: nothing is lost',
  { timeout: 60_000 },
  async (seed) => {
    expect(hasKills(seed)).toBe(true);
    await runSeed(seed);
  },
);
