import { batches } from '../../core/concurrently.ts';
import { isCtxError } from '../../core/errors/index.ts';
import { ISSUES_PER_REQUEST } from './client.ts';
import { childrenOf } from './jql.ts';
import type { Run } from './run.ts';

/**
 * Notes the children of issues that came into sight, which name a parent only where it is seen, and whose own `updated` does not tell.
 * Sub-tasks are told of by their parent; other children can only be asked for.
 */
export async function noteAppeared(run: Run, ids: Iterable<string>): Promise<void> {
  const { known, outdated, checkpoint } = run;
  const wasSeen = (id: string) =>
    known.get(id) !== undefined || id in checkpoint.restricted || id in checkpoint.excluded;
  const appeared = new Set([...ids].filter((id) => !wasSeen(id)));
  for (const batch of batches(appeared, ISSUES_PER_REQUEST))
    for (const child of await childrenAmong(run, batch))
      if (!appeared.has(known.get(child)?.parent ?? '')) outdated.add(child);
}

/** Jira refuses a query that names an issue which has been deleted since it was listed: then each is asked about singly. */
async function childrenAmong(run: Run, ids: readonly string[]): Promise<string[]> {
  try {
    return await run.client.listIds(childrenOf(ids), 'children of tickets that came into sight');
  } catch (error) {
    if (!isCtxError(error) || !error.is('http.bad-request')) throw error;
    if (ids.length === 1) return [];
    const each = await Promise.all(ids.map((id) => childrenAmong(run, [id])));
    return each.flat();
  }
}
