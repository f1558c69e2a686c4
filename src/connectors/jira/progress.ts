import type { Checkpoint } from '../contract.ts';
import { type JiraCheckpoint, writeCheckpoint } from './checkpoint.ts';
import type { Run } from './run.ts';
import { isListed, type Listing } from './views.ts';

/** The issues whose text is outdated by what became of others in this run. */
export function outdatedIn({ displaced, outdated, known }: Run): string[] {
  return [...outdated, ...[...displaced].flatMap((target) => [...known.linkingTo(target)])];
}

/** Per view, how far it has been listed: what changed since is found by the next run. */
export function boundsOf({ views }: Listing, { updated }: JiraCheckpoint): Record<string, string> {
  const bounds: Record<string, string> = {};
  for (const view of views) {
    const bound = isListed(view) ? view.newest : updated[view.name];
    if (bound !== undefined) bounds[view.name] = bound;
  }
  return bounds;
}

/** What a run would need to go on from here: all that is not read yet counts as pending. */
export function checkpointSoFar(run: Run): Checkpoint {
  const { checkpoint, listing, handled, withheld, failed, wanted, directory } = run;
  const unread = [...wanted, ...outdatedIn(run), ...checkpoint.pending].filter((id) => !handled.has(id));
  const former = Object.entries(checkpoint.restricted).filter(([id]) => !handled.has(id));
  return writeCheckpoint({
    updated: boundsOf(listing, checkpoint),
    pending: [...new Set([...failed, ...unread])],
    restricted: Object.fromEntries([...former, ...withheld.restricted]),
    excluded: checkpoint.excluded,
    fields: directory?.digest,
  });
}
