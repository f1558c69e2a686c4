import { batches, concurrently } from '../../core/concurrently.ts';
import { type CtxError, ctxError, isCtxError } from '../../core/errors/index.ts';
import { attempt } from '../attempt.ts';
import { readBodies } from './bodies.ts';
import { BODIES, type ConfluenceClient, type ContentType } from './client.ts';
import { type CommentSummary, commentsIn, readThreads, type Threads } from './comments.ts';
import type { Included, IncludedPages, WrittenText } from './includes.ts';
import type { Listed } from './listing.ts';
import { type LiveOptions, renderLive } from './live.ts';
import { liveMacrosIn } from './macros.ts';
import type { Content } from './schema.ts';

const NO_COMMENTS: Threads = { footer: [], inline: [] };

/** All that a document is made from. */
export interface ConfluenceRecord {
  readonly listed: Listed;
  readonly content: Content;
  readonly threads: Threads;
  /** The pages that its texts include, by id. */
  readonly included: ReadonlyMap<string, Content>;
  /** What the service shows for the macros that only it can render, by macro id. */
  readonly rendered: ReadonlyMap<string, string>;
  /** Why `rendered` is not known. */
  readonly unrendered: CtxError | undefined;
}

/** Documents of a batch that are asked for their rendered form side by side. */
const CONCURRENT = 4;

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

export interface ReadOptions extends LiveOptions {
  readonly source: string;
  /** As the site's listings show them. */
  readonly comments: ReadonlyMap<string, CommentSummary>;
  /** Whether a document is to be asked for its own comments. */
  readonly hasComments: (id: string) => boolean;
  readonly includedPages: IncludedPages;
}

/** Reads all that documents of one type are made from. One that can't be read whole fails alone. */
export async function readBatch(options: ReadOptions, documents: readonly Listed[]): Promise<ReadOutcome[]> {
  const { source, client, comments, hasComments, isOpen, includedPages } = options;
  const type = documents[0]?.type as ContentType;
  const bodies = await readBodies(client, type, documents, isOpen);
  const drafts: { readonly listed: Listed; readonly draft: Draft | CtxError }[] = [];
  for (const listed of documents) {
    const draft = await attempt(async () => {
      const content = bodies.get(listed.id);
      if (isCtxError(content)) throw content;
      if (content === undefined) throw unreadable(source, listed.id, 'it is listed, but does not answer');
      const summary = comments.get(listed.id);
      const threads = hasComments(listed.id) ? await readAllThreads(client, listed, summary) : NO_COMMENTS;
      const error = isNews(threads, summary) ? await isOpen(listed, content) : undefined;
      if (error) throw error;
      return { listed, content, threads };
    });
    drafts.push({ listed, draft });
  }
  const readable = drafts.flatMap(({ draft }) => (isCtxError(draft) ? [] : [draft]));
  const closures = await includedPages.of(readable.map(textsOf), bodies);
  const included = new Map(readable.map((draft, n) => [draft, closures[n] as Included]));
  const complete = async ({ listed, draft }: (typeof drafts)[number]): Promise<ReadOutcome> => {
    const record = isCtxError(draft)
      ? draft
      : await completeRecord(options, draft, included.get(draft) ?? new Map());
    return { listed, record: isCtxError(record) ? asDocumentFailure(source, listed.id, record) : record };
  };
  return await Array.fromAsync(concurrently(drafts, CONCURRENT, complete));
}

type Draft = Omit<ConfluenceRecord, 'included' | 'rendered' | 'unrendered'>;

async function completeRecord(
  options: ReadOptions,
  draft: Draft,
  included: Included,
): Promise<ConfluenceRecord | CtxError> {
  if (isCtxError(included)) return included;
  const { listed, content } = draft;
  const live = [content, ...included.values()].flatMap(({ body }) =>
    liveMacrosIn(body?.storage?.value ?? ''),
  );
  const none = { ...draft, included, rendered: new Map<string, string>(), unrendered: undefined };
  if (live.length === 0) return none;
  const rendered = await attempt(() => renderLive(options, listed, live));
  return isCtxError(rendered) ? { ...none, unrendered: rendered } : { ...none, rendered };
}

/** The texts of a document and of its comments. */
function textsOf({ listed, content, threads }: Draft): WrittenText[] {
  const space = listed.space.key;
  const storages = [content, ...commentsIn(threads)].map(({ body }) => body?.storage?.value);
  return storages.flatMap((storage) => (storage ? [{ storage, space }] : []));
}

/** Fewer comments than the site lists are read once more: a listing may have lost some, or some were deleted meanwhile. */
async function readAllThreads(
  client: ConfluenceClient,
  listed: Listed,
  summary: CommentSummary | undefined,
): Promise<Threads> {
  const threads = await readThreads(client, listed);
  const shown = commentsIn(threads).length;
  if (shown >= (summary?.count ?? 0)) return threads;
  const again = await readThreads(client, listed);
  return commentsIn(again).length > shown ? again : threads;
}

/** Whether a comment was written after the site's listing, and so perhaps after the document was restricted. */
function isNews(threads: Threads, summary: CommentSummary | undefined): boolean {
  const all = commentsIn(threads);
  const listed = summary?.updated ?? '';
  return (
    all.length !== (summary?.count ?? 0) || all.some(({ version }) => (version?.createdAt ?? '') > listed)
  );
}

function unreadable(source: string, id: string, reason: string): CtxError {
  return ctxError('source.document-failed', { source, id, reason });
}

export function asDocumentFailure(source: string, id: string, error: CtxError): CtxError {
  return error.kind === 'partial'
    ? error
    : ctxError('source.document-failed', { source, id, reason: error.message }, error);
}
