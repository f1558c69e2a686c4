import fc from 'fast-check';
import { assertInvariants } from './invariants.ts';
import { schedules } from './schedule.ts';

/** Every fourth seed is of a schedule in which at least one build is killed for real. */
export const hasKills = (seed: number): boolean => seed % 4 === 0;

/** Runs the schedule of a seed; the error of a failure says how to run it again. */
export async function runSeed(seed: number): Promise<void> {
  const [schedule = []] = fc.sample(schedules({ kills: hasKills(seed) }), { seed, numRuns: 1 });
  try {
    await assertInvariants(schedule);
  } catch (cause) {
    const again = `npm run test:faults -- --schedules 1 --seed ${seed}`;
    const shown = JSON.stringify(schedule);
    throw new Error(`schedule ${seed} breaks an invariant; run it again: ${again}\n${shown}`, { cause });
  }
}
