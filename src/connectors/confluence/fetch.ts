import { batches } from '../../core/concurrently.ts';
import { type CtxError, ctxError, isCtxError } from '../../core/errors/index.ts';
import { attempt } from './attempt.ts';
import { BODIES, type ConfluenceClient, type ContentType } from './client.ts';
import type { CommentSummary, Listed } from './listing.ts';
import type { ConfluenceRecord, Thread } from './render.ts';
import type { Comment } from './schema.ts';

/** Groups that one request for bodies can answer. */
export function* batchesByType(documents: readonly Listed[]): Generator<Listed[]> {
  for (const type of ['page', 'blogpost'] as const) {
    yield* batches(
      documents.filter((document) => document.type === type),
      BODIES,
    );
  }
}

export interface ReadOutcome {
  readonly listed: Listed;
  readonly record: ConfluenceRecord | CtxError;
}

/** Reads bodies together; those that Confluence leaves out are asked for singly, so that one document fails alone. */
export async function readBatch(
  source: string,
  client: ConfluenceClient,
  documents: readonly Listed[],
  comments: ReadonlyMap<string, CommentSummary>,
): Promise<ReadOutcome[]> {
  const type = documents[0]?.type as ContentType;
  const together = await attempt(() =>
    client.bodies(
      type,
      documents.map(({ id }) => id),
    ),
  );
  const outcomes: ReadOutcome[] = [];
  for (const listed of documents) {
    const record = await attempt(async (): Promise<ConfluenceRecord> => {
      const content =
        (isCtxError(together) ? undefined : together.get(listed.id)) ?? (await client.body(type, listed.id));
      if (!content?.body?.storage) throw unreadable(source, listed.id, 'it is listed, but does not answer');
      const summary = comments.get(listed.id);
      return { listed, content, comments: summary, threads: await readThreads(client, listed, summary) };
    });
    outcomes.push({
      listed,
      record: isCtxError(record) ? asDocumentFailure(source, listed.id, record) : record,
    });
  }
  return outcomes;
}

async function readThreads(
  client: ConfluenceClient,
  { id, type }: Listed,
  summary: CommentSummary | undefined,
) {
  const threads = { footer: [] as Thread[], inline: [] as Thread[] };
  if (summary === undefined) return threads;
  for (const kind of ['footer', 'inline'] as const) {
    for await (const comment of client.comments(kind, type, id))
      threads[kind].push(await readThread(client, kind, comment));
    threads[kind].sort(oldestFirst);
  }
  return threads;
}

async function readThread(
  client: ConfluenceClient,
  kind: 'footer' | 'inline',
  comment: Comment,
): Promise<Thread> {
  const replies: Thread[] = [];
  for await (const reply of client.replies(kind, comment.id))
    replies.push(await readThread(client, kind, reply));
  return { comment, replies: replies.sort(oldestFirst) };
}

/** Ids rise with time, and unlike the date of the last version they do not change. */
function oldestFirst(a: Thread, b: Thread): number {
  return a.comment.id.length - b.comment.id.length || (a.comment.id < b.comment.id ? -1 : 1);
}

function unreadable(source: string, id: string, reason: string): CtxError {
  return ctxError('source.document-failed', { source, id, reason });
}

function asDocumentFailure(source: string, id: string, error: CtxError): CtxError {
  return error.kind === 'partial'
    ? error
    : ctxError('source.document-failed', { source, id, reason: error.message }, error);
}
