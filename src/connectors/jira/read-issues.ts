import { batches } from '../../core/concurrently.ts';
import type { SourceDocument } from '../../core/document.ts';
import { ctxError, isCtxError } from '../../core/errors/index.ts';
import type { Revision, RevisionsWanted, SourceEvent } from '../contract.ts';
import { accessOf } from './access.ts';
import { sourceAttachments } from './attachments.ts';
import { bodyOf } from './body.ts';
import { type CompleteIssue, completeIssues } from './complete.ts';
import { factsOf } from './facts.ts';
import { documentFailed, fetchIssues } from './fetch.ts';
import { type FieldDirectory, fieldDirectory } from './fields.ts';
import { castOf, peopleIn } from './people.ts';
import { checkpointSoFar } from './progress.ts';
import { noteChildren, noteRelations } from './relations.ts';
import { type ToldIssue, tellIssue } from './revisions.ts';
import type { JiraSite, Run } from './run.ts';
import type { Issue } from './schema.ts';

/** Issues whose threads are completed and rendered together: few, because their answers are held at once. */
const ISSUES_AT_ONCE = 6;

/**
 * Reads the issues completely and tells what became of each: new text, withheld, failed.
 */
export async function* readIssues(run: Run, ids: ReadonlySet<string>): AsyncGenerator<SourceEvent> {
  const { client, source, log } = run;
  const fields = ['*all', '-worklog', ...(run.comments ? [] : ['-comment'])];
  const expand = run.directory ? ['changelog'] : ['changelog', 'names'];
  let done = 0;
  for await (const batch of fetchIssues(ids, { client, source, fields, expand })) {
    run.signal.throwIfAborted();
    const issues: Issue[] = [];
    const read = batch.flatMap((result) => (result.type === 'issue' ? [result.issue] : []));
    const access = run.includeRestricted ? undefined : await accessOf(client, source, read);
    for (const result of batch) {
      const { id } = result;
      run.handled.add(id);
      if (result.type === 'failed') yield fail(run, id, result.error);
      else if (result.type === 'missing') yield missing(run, id);
      else if (run.excluded.has(result.issue)) yield { type: 'delete', id, reason: 'excluded' };
      else {
        const answer = access?.get(id) ?? 'open';
        if (isCtxError(answer)) yield fail(run, id, answer);
        else if (answer === 'restricted') yield withhold(run, result.issue);
        else issues.push(result.issue);
      }
    }
    await run.people.learn(peopleIn(issues.map((issue) => issue.fields)).keys());
    for (const few of batches(issues, ISSUES_AT_ONCE)) yield* writeIssues(run, few);
    yield { type: 'resumable', checkpoint: () => checkpointSoFar(run) };
    done += batch.length;
    log.progress(source, done, ids.size);
  }
}

async function* writeIssues(run: Run, issues: readonly Issue[]): AsyncGenerator<SourceEvent> {
  for (const completion of await completeIssues(issues, run)) {
    const { id } = completion;
    if ('error' in completion) {
      yield fail(run, id, completion.error);
      continue;
    }
    await run.people.learn(peopleIn(completion.complete.comments, completion.complete.histories).keys());
    let last: Revision | undefined;
    for (const { revision, complete } of run.revisions ? tell(run, completion.complete, run.revisions) : []) {
      last = revision;
      if (complete === undefined) continue;
      await run.people.learn(peopleIn(complete.issue.fields).keys());
      yield { type: 'revision', document: render(run, complete), revision };
    }
    const document = render(run, completion.complete);
    noteRelations(run, completion.complete.issue);
    yield { type: 'upsert', document, ...(last && { revision: last }) };
  }
}

function tell(
  { known, siteUrl, people }: Run,
  complete: CompleteIssue,
  wanted: RevisionsWanted,
): Iterable<ToldIssue> {
  const cast = castOf(people, peopleIn(complete.issue.fields, complete.comments, complete.histories));
  return tellIssue(complete, { siteUrl, facts: known.get(complete.issue.id), wanted, nameOf: cast.nameOf });
}

function render(run: Run, { issue, comments, histories, media }: CompleteIssue): SourceDocument {
  const { source, siteUrl, people, directory } = run;
  const reading = {
    ...{ source, siteUrl, issue, comments, histories, media },
    views: run.listing.members.get(issue.id) ?? [],
    customFields: (directory ?? directoryOf(issue, run)).fields,
    cast: castOf(people, peopleIn(issue.fields, comments, histories)),
  };
  const { root, warnings, fidelity, referenced } = bodyOf(reading);
  const attachments = sourceAttachments(reading, referenced);
  return { facts: factsOf(reading), body: root, warnings, fidelity, attachments };
}

function directoryOf(issue: Issue, { fields }: JiraSite): FieldDirectory {
  const list = Object.entries(issue.names ?? {}).map(([id, name]) => ({ id, name }));
  return fieldDirectory(list, fields);
}

function withhold(run: Run, issue: Issue): SourceEvent {
  const { id, fields } = issue;
  run.withheld.restricted.set(id, fields.updated ?? '');
  // Others name it, as far as the account sees it.
  noteRelations(run, issue);
  noteChildren(run, id);
  return { type: 'delete', id, reason: 'restricted' };
}

function fail(run: Run, id: string, error: unknown): SourceEvent {
  run.failed.add(id);
  return { type: 'failed', id, error: documentFailed(error, id, run.source) };
}

/** A listed issue that answers 404: deleted since, or kept from us. What the repository has of it stays until no view lists it. */
function missing(run: Run, id: string): SourceEvent {
  const reason = 'it is listed, and answers 404';
  return fail(run, id, ctxError('source.document-failed', { source: run.source, id, reason }));
}
