import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ContextRepo } from '../git/repo.ts';
import { keepAdvance, loadStates } from './state.ts';

/**
 * Makes the next run read some sources from the beginning, by forgetting their checkpoints and what an interrupted run has left.
 * Nothing is committed, and documents stay. The caller holds the repository's lock; `sources` are all that are configured.
 */
export async function forgetCheckpoints(
  repo: ContextRepo,
  sources: readonly string[],
  forgotten: readonly string[],
): Promise<void> {
  const states = await loadStates(repo, sources);
  for (const source of forgotten)
    states.set(source, { checkpoint: undefined, fingerprint: states.get(source)?.fingerprint });
  await rm(join(repo.gitDir, 'ctx', 'run'), { recursive: true, force: true });
  await keepAdvance(repo, states);
}
