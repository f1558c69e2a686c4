import type { Clock } from '../core/clock.ts';
import { isCtxError } from '../core/errors/index.ts';
import type { Logger } from '../core/logger.ts';
import { type MergeOptions, mergeRemote } from './merge-remote.ts';
import { pushBuild } from './purge/push.ts';

/** Each waits longer, by chance, so that runners that met part. */
const TRIES = 5;
const WAIT_MS = 1000;

export interface PublishOptions extends MergeOptions {
  readonly clock: Clock;
  readonly log: Logger;
}

/** Pushes what a build made; where another runner was quicker, its commits come first (R8). Never forces. */
export async function publishBuild(options: PublishOptions): Promise<void> {
  const { repo, remote, branch, clock, log, signal } = options;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await pushBuild(repo, { remote, branch });
    } catch (error) {
      if (!isCtxError(error) || !error.is('git.push-rejected') || attempt === TRIES) throw error;
      if (attempt > 1) await clock.sleep(Math.random() * WAIT_MS * attempt, signal);
      if (!(await mergeRemote(options))) throw error;
      log.debug(`${branch} had moved at the remote: merged, and pushed again`);
    }
  }
}
