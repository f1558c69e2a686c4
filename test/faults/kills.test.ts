import { test } from 'vitest';
import { hasKills, runSeed } from './seeds.ts';

const seeds = Array.from({ length: 12 }, (_, index) => 1 + index).filter(hasKills);

test.each(seeds)(
  'R2 schedule %i of faults, edits and kills: nothing is lost',
  { timeout: 60_000 },
  async (seed) => {
    await runSeed(seed);
  },
);
