import { batches } from '../../core/concurrently.ts';
import { ctxError, isCtxError } from '../../core/errors/index.ts';
import type { SourceEvent } from '../contract.ts';
import { ACCESS_FIELDS, isRestricted } from './access.ts';
import type { JiraCheckpoint } from './checkpoint.ts';
import { ISSUES_PER_REQUEST, type JiraClient } from './client.ts';
import { documentFailed } from './fetch.ts';
import { noteChildren, noteGone } from './relations.ts';
import type { Run } from './run.ts';
import { issueAccess } from './schema.ts';
import { isListed } from './views.ts';

/**
 * What the repository has and no view lists any more is asked for by id: an answer proves that it only left the views, or
 * tells that it is not for everyone any more. One that a view has all the same was missed by a listing that lost some.
 */
export async function* askAboutDeparted(run: Run): AsyncGenerator<SourceEvent> {
  const { client, known, listing, excluded, includeRestricted, source, missed } = run;
  const departed = [...known.values()]
    .map(({ id }) => id)
    .filter((id) => !listing.members.has(id) && !excluded.has({ id }));
  for (const batch of batches(departed, ISSUES_PER_REQUEST)) {
    try {
      const { issues, errors } = await answersFor(client, batch);
      const members = await membersAmong(run, [...issues.keys()]);
      for (const id of batch) {
        const issue = issueAccess.safeParse(issues.get(id)).data;
        const withheld = !includeRestricted && issue?.fields && isRestricted(issue.fields);
        const reason = errors.get(id);
        const isThere = members.has(id) || (!issues.has(id) && reason !== undefined);
        if (!withheld && isThere) missed.add(id);
        if (withheld) {
          noteChildren(run, id);
          yield { type: 'delete', id, reason: 'restricted' };
        } else if (members.has(id)) yield { type: 'present', id };
        else if (issues.has(id)) yield { type: 'delete', id, reason: 'left-views' };
        else if (reason === undefined) noteGone(run, id);
        else yield { type: 'failed', id, error: ctxError('source.document-failed', { source, id, reason }) };
      }
    } catch (error) {
      for (const id of batch) {
        missed.add(id);
        yield { type: 'failed', id, error: documentFailed(error, id, source) };
      }
    }
  }
}

/**
 * Issues that are withheld and that no view lists are no documents, and others may name them still. Of one that is gone
 * and was none before only the id is known, so that all are read again that name an issue which is no document.
 */
export async function askAboutWithheld(run: Run, former: JiraCheckpoint): Promise<void> {
  const { client, known, listing, outdated, namers } = run;
  let isUnknownGone = false;
  for (const batch of batches(unlisted(run, former), ISSUES_PER_REQUEST)) {
    try {
      const ids = batch.map(({ id }) => id);
      const { issues, errors } = await answersFor(client, ids);
      const members = await membersAmong(run, [...issues.keys()]);
      const isWhole = listing.views.every(isListed);
      for (const each of batch) {
        const { id } = each;
        if (members.has(id) || errors.has(id) || (issues.has(id) && !isWhole)) keep(run, each);
        else if (!issues.has(id)) {
          noteChildren(run, id);
          if (known.get(id)) noteGone(run, id);
          else isUnknownGone = true;
        }
      }
    } catch (error) {
      if (!isCtxError(error) || error.kind === 'credentials') throw error;
      for (const each of batch) keep(run, each);
    }
  }
  if (isUnknownGone) for (const other of namers.ofOthers()) outdated.add(other);
}

interface WithheldIssue {
  readonly id: string;
  readonly updated: string;
  readonly reason: 'restricted' | 'excluded';
}

/** What was withheld before, and documents that the configuration leaves out now. */
function* unlisted({ known, listing, excluded }: Run, former: JiraCheckpoint): Generator<WithheldIssue> {
  const isListed = (id: string) => listing.members.has(id) || listing.excluded.has(id);
  for (const reason of ['restricted', 'excluded'] as const) {
    for (const [id, updated] of Object.entries(former[reason]))
      if (!isListed(id) && known.get(id) === undefined) yield { id, updated, reason };
  }
  for (const id of excluded.ids) {
    const facts = known.get(id);
    if (facts && !isListed(id)) yield { id, updated: facts.updated ?? '', reason: 'excluded' };
  }
}

/** Unless what withheld it does so no more: it is read when a view lists it again. */
function keep({ excluded, withheld }: Run, { id, updated, reason }: WithheldIssue): void {
  if (excluded.has({ id }) === (reason === 'excluded')) withheld[reason].set(id, updated);
}

/** That an issue is gone is for the service to say, not to be read from a silence. */
async function answersFor(
  client: JiraClient,
  ids: readonly string[],
): Promise<Awaited<ReturnType<JiraClient['bulkFetch']>>> {
  const { issues: together, errors } = await client.bulkFetch(ids, ACCESS_FIELDS);
  const issues = new Map(together);
  for (const id of ids) {
    if (issues.has(id) || errors.has(id)) continue;
    const issue = await client.fetchOne(id, ACCESS_FIELDS, []);
    if (issue !== undefined) issues.set(id, issue);
  }
  return { issues, errors };
}

/** Those of the issues that one of the views they were in still finds; any view, of those that are no documents. */
async function membersAmong(
  { client, known, listing, views }: Run,
  ids: readonly string[],
): Promise<Set<string>> {
  const members = new Set<string>();
  for (const { name } of listing.views.filter(isListed)) {
    const former = ids.filter((id) => known.get(id)?.views?.includes(name) ?? true);
    if (former.length === 0) continue;
    for (const id of await client.listAmong(views[name] ?? '', former, `view ${name}`)) members.add(id);
  }
  return members;
}
