import { randomInt } from 'node:crypto';
import { test } from 'vitest';
import { hasKills, runSeed } from './seeds.ts';

/** As the command line takes it; a failure prints the seed and how to run it again. */
const first = randomInt(2 ** 31);
const seeds = Array.from({ length: 24 }, (_, index) => first + index).filter((seed) => !hasKills(seed));

test.each(seeds.slice(0, 17))(
  'R3 R6 schedule %i of faults and edits: nothing is lost',
  { timeout: 60_000 },
  async (seed) => {
    await runSeed(seed);
  },
);
