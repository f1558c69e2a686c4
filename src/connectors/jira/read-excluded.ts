import { fetchIssues } from './fetch.ts';
import { noteChildren, noteRelations } from './relations.ts';
import type { Run } from './run.ts';

/** What `noteRelations` needs: no text of what is left out is asked for. */
const FIELDS = ['updated', 'parent', 'subtasks', 'issuelinks'];

/**
 * Issues that the configuration leaves out are no documents, and others name them. One that can't be read is no failure,
 * for a person may leave it out because of that: the next run asks again.
 */
export async function readExcluded(run: Run, ids: Iterable<string>): Promise<void> {
  const { client, source, handled, failed, withheld } = run;
  for await (const batch of fetchIssues(ids, { client, source, fields: FIELDS, expand: [] })) {
    run.signal.throwIfAborted();
    for (const result of batch) {
      if (result.type !== 'issue') {
        failed.add(result.id);
        continue;
      }
      handled.add(result.id);
      withheld.excluded.set(result.id, result.issue.fields.updated ?? '');
      noteRelations(run, result.issue);
      noteChildren(run, result.id);
    }
  }
}
