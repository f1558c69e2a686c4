import type { ReadingRepo } from '../git/reading.ts';
import { type Period, parsePeriod } from '../history/dates.ts';
import { type ChangedDocument, type TreeDiff, treeDiff } from '../history/diff.ts';
import { sourceOf } from '../history/document-id.ts';
import { cursorAt, positionOf } from './cursor.ts';
import { countThatFits } from './room.ts';

export interface RecentRequest {
  /** A date as people write it. */
  readonly since: string;
  readonly until?: string | undefined;
  readonly source?: string | undefined;
  /** Whether to tell the differences line by line. */
  readonly patch?: boolean | undefined;
  readonly limit: number;
  /** Of the answer before, to go on from there. */
  readonly cursor?: string | undefined;
  readonly maxTokens?: number | undefined;
}

export interface RecentPage {
  readonly since: Date;
  readonly diff: TreeDiff;
  readonly json: ReturnType<typeof report> & { readonly cursor: string | null };
}

/** Some of the documents that changed since a date, by source and folder, and the cursor that the next ones are asked for with. */
export async function answerRecent(
  repo: ReadingRepo,
  request: RecentRequest,
  { now }: { readonly now: number },
): Promise<RecentPage> {
  const { source, patch = false, limit, cursor, maxTokens } = request;
  const period = parsePeriod(request, new Date(now)) as Period & { readonly since: Date };
  // What an answer counts is in the order of one commit's paths.
  const question = [request.since, request.until, source, patch, repo.head];
  const skip = positionOf(cursor, question);
  const all = await treeDiff(repo, {
    ...period,
    patch,
    limit,
    skip,
    ...(source !== undefined && { source }),
  });
  const count = countThatFits(all.documents.map(documentJson), maxTokens);
  const more = all.more + all.documents.length - count;
  const diff = { ...all, documents: all.documents.slice(0, count), more };
  const next = more > 0 ? cursorAt(question, skip + count) : null;
  return { since: period.since, diff, json: { ...report(period, diff), cursor: next } };
}

function report({ since, until }: Required<Pick<Period, 'since'>> & Period, diff: TreeDiff) {
  const { from, to, began, counts, documents, more } = diff;
  return {
    since: since.toISOString(),
    until: until?.toISOString() ?? null,
    from: { commit: from.id, date: from.committed.toISOString() },
    to: { commit: to.id, date: to.committed.toISOString() },
    began,
    ...counts,
    documents: documents.map(documentJson),
    more,
  };
}

function documentJson(changed: ChangedDocument) {
  const { document, kind, type, title, key, url, path, formerPath = null, people } = changed;
  const { facts, text, sections, patch } = changed;
  const source = sourceOf(document);
  const id = document.slice(source.length + 1);
  return { source, id, kind, type, title, key, url, path, formerPath, people, facts, text, sections, patch };
}
