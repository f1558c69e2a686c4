import type { ConfluenceSource } from '../../config/schema.ts';
import { batches, concurrently } from '../../core/concurrently.ts';
import type { Facts } from '../../core/document.ts';
import { type CtxError, ctxError, isCtxError } from '../../core/errors/index.ts';
import type { ChangesOptions, SourceEvent } from '../contract.ts';
import { BODIES, type ConfluenceClient, type ContentType } from './client.ts';
import {
  Access,
  type CommentSummary,
  completeListed,
  type Listed,
  listComments,
  listedContent,
  listSpace,
} from './listing.ts';
import { type ConfluenceCheckpoint, type ContainerFacts, spaceScope } from './model.ts';
import { People } from './people.ts';
import { type ConfluenceRecord, commentFields, peopleOf, renderDocument, type Thread } from './render.ts';
import type { Comment, Space } from './schema.ts';

/** Batches of bodies in flight; the HTTP client bounds the requests behind them. */
const BATCHES = 3;

export interface ConfluenceRunOptions extends ChangesOptions {
  readonly config: ConfluenceSource;
  readonly client: ConfluenceClient;
  readonly siteUrl: string;
}

/**
 * One run: lists everything, compares with what the repository has, and reads the bodies of what differs. Labels,
 * restrictions, comments and display names are compared too, since a page's version covers none of them.
 */
export async function* confluenceChanges(options: ConfluenceRunOptions): AsyncGenerator<SourceEvent> {
  const { client, config, known } = options;
  const source = config.id;
  const listed = new Map<string, Listed>();
  const complete: string[] = [];
  const spaces = yield* selectSpaces(options);
  for (const space of spaces) {
    const contents = await attempt(() => listSpace(client, space));
    if (isCtxError(contents)) {
      yield { type: 'failed', scope: spaceScope(space.key), error: contents };
      continue;
    }
    for (const [id, document] of contents) listed.set(id, document);
    complete.push(spaceScope(space.key));
  }
  const gone = yield* whereTheyWent(options, spaces, listed);
  const comments = config.comments
    ? await attempt(() => listComments(client))
    : new Map<string, CommentSummary>();
  if (isCtxError(comments)) {
    // Without this listing no document can be told from an unchanged one: what is known stays as it is.
    yield { type: 'failed', scope: 'comments', error: comments };
    return;
  }

  const people = await learnPeople(options);
  const access = new Access(client, listed);
  const pending = new Set<string>();
  const wanted: Listed[] = [];
  const renamed = new Set<string>(gone);
  const untold = listed
    .values()
    .filter(({ labels, restricted }) => labels === undefined || restricted === undefined);
  const failedDetails = new Map<string, CtxError>();
  for await (const [id, error] of concurrently(untold, BATCHES, (document) =>
    completed(source, client, document),
  )) {
    if (error) failedDetails.set(id, error);
  }
  const stale = stalePredicate(options, comments, people);
  const open: Listed[] = [];
  for (const document of listed.values()) {
    const error = failedDetails.get(document.id) ?? (await access.place(document));
    const answer = error ?? (config.include_restricted ? 'open' : await access.of(source, document));
    if (isCtxError(answer)) {
      pending.add(document.id);
      yield { type: 'failed', id: document.id, error: answer };
    } else if (answer === 'restricted') {
      yield { type: 'delete', id: document.id, reason: 'restricted' };
      if (known.get(document.id)) renamed.add(document.id);
    } else {
      open.push(document);
      const facts = known.get(document.id);
      if (facts && calledOtherwise(facts, document)) renamed.add(document.id);
    }
  }
  yield { type: 'expect', documents: open.length + pending.size };
  const linking = new Set([...renamed].flatMap((id) => [...known.linkingTo(id)]));
  for (const document of open) {
    if (linking.has(document.id) || stale(document)) wanted.push(document);
    else yield { type: 'present', id: document.id };
  }

  for await (const outcome of concurrently(byType(wanted), BATCHES, (batch) =>
    readBatch(options, batch, comments),
  )) {
    for (const { listed: document, record } of outcome) {
      if (isCtxError(record)) {
        pending.add(document.id);
        yield { type: 'failed', id: document.id, error: record };
        continue;
      }
      await people.learn(peopleOf(record));
      yield { type: 'upsert', document: renderDocument(source, options.siteUrl, record, people) };
    }
  }
  if (people.failure) yield { type: 'failed', scope: 'display names', error: people.failure };
  for (const scope of complete) yield { type: 'complete', scope };
  yield { type: 'checkpoint', value: checkpoint(access.containers, pending, options) };
}

/** The configured spaces that exist. Those that do not are failures; those no longer configured are complete and empty. */
async function* selectSpaces({
  client,
  config,
  known,
}: ConfluenceRunOptions): AsyncGenerator<SourceEvent, Space[]> {
  const source = config.id;
  const found: Space[] = [];
  for await (const space of client.spaces(config.spaces)) found.push(space);
  if (config.spaces === 'all') return found;
  const spaces: Space[] = [];
  for (const key of new Set(config.spaces)) {
    const space = found.find((candidate) => candidate.key === key);
    if (space) spaces.push(space);
    else
      yield {
        type: 'failed',
        scope: spaceScope(key),
        error: ctxError('source.not-found', { source, what: `space ${key}` }),
      };
  }
  const configured = new Set(config.spaces);
  const former = new Set(
    [...known.values()].flatMap(({ space }) => (space === undefined || configured.has(space) ? [] : [space])),
  );
  for (const key of former) yield { type: 'complete', scope: spaceScope(key) };
  return spaces;
}

/**
 * Asks for known documents that no listing named: the answer tells those in the trash, in the archive or in a space
 * that is not read. One that is still current in a space of ours was missed by a listing that changed under the reader
 * and is listed after all. Returns the ids that are gone.
 */
async function* whereTheyWent(
  { client, known, config }: ConfluenceRunOptions,
  spaces: readonly Space[],
  listed: Map<string, Listed>,
): AsyncGenerator<SourceEvent, string[]> {
  const configured = new Set(spaces.map(({ key }) => key));
  const missing = [...known.values()].filter(
    ({ id, space }) => !listed.has(id) && configured.has(space ?? ''),
  );
  const gone: string[] = [];
  for (const type of ['page', 'blogpost'] as const) {
    const ids = missing.filter((facts) => facts.type === type).map(({ id }) => id);
    if (ids.length === 0) continue;
    const found = await attempt(async () => await Array.fromAsync(client.states(type, ids)));
    if (isCtxError(found)) {
      for (const id of ids) {
        yield {
          type: 'failed',
          id,
          error: ctxError('source.document-failed', { source: config.id, id, reason: found.message }, found),
        };
      }
      continue;
    }
    const answered = new Map(found.map((content) => [content.id, content]));
    for (const id of ids) {
      const content = answered.get(id);
      const space = spaces.find((candidate) => candidate.id === content?.spaceId);
      if (content?.status === 'current' && space) {
        listed.set(id, listedContent(type, space, content));
        continue;
      }
      gone.push(id);
      if (content?.status === 'current') yield { type: 'delete', id, reason: 'moved-out' };
      else if (content?.status === 'archived') yield { type: 'delete', id, reason: 'archived' };
      else if (content) yield { type: 'delete', id, reason: 'trashed' };
    }
  }
  return gone;
}

async function learnPeople({ client, known }: ConfluenceRunOptions): Promise<People> {
  const former = new Map([...known.values()].flatMap(({ people }) => Object.entries(people ?? {})));
  const people = new People((ids) => client.people(ids), former);
  await people.learn(former.keys());
  return people;
}

async function completed(
  source: string,
  client: ConfluenceClient,
  document: Listed,
): Promise<[string, CtxError | undefined]> {
  const { id } = document;
  const error = await attempt(() => completeListed(client, document));
  return [id, isCtxError(error) ? ctxError('source.access-unknown', { source, id }, error) : undefined];
}

/** Tells the documents whose text may differ from the repository's. */
function stalePredicate(
  { known, full, checkpoint }: ConfluenceRunOptions,
  comments: ReadonlyMap<string, CommentSummary>,
  people: People,
): (document: Listed) => boolean {
  const retried = new Set((checkpoint as ConfluenceCheckpoint | undefined)?.pending);
  return (document) => {
    const facts = known.get(document.id);
    if (full || facts === undefined || retried.has(document.id)) return true;
    return (
      facts.version !== document.version ||
      facts.parent !== document.parent ||
      calledOtherwise(facts, document) ||
      people.differ(facts.people) ||
      !sameList(facts.labels, document.labels) ||
      !sameComments(facts, comments.get(document.id)) ||
      (facts.fields?.homepage === true) !== (document.space.homepageId === document.id) ||
      facts.fields?.space_name !== document.space.name
    );
  };
}

/** Whether links by title call the document by another name now. Redacted titles can't be compared. */
function calledOtherwise(facts: Facts, { title, space }: Listed): boolean {
  return facts.space !== space.key || (facts.title !== title && !facts.title.includes('[redacted:'));
}

function sameList(before: readonly string[] | undefined, now: readonly string[] | undefined): boolean {
  const [a, b] = [before ?? [], [...(now ?? [])].sort()];
  return (
    a.length === b.length && a.every((label, index) => label === b[index] || label.includes('[redacted:'))
  );
}

function sameComments({ fields }: Facts, comments: CommentSummary | undefined): boolean {
  const now = commentFields(comments);
  return ['comments', 'comments_open', 'comments_updated'].every((name) => fields?.[name] === now[name]);
}

function* byType(documents: readonly Listed[]): Generator<Listed[]> {
  for (const type of ['page', 'blogpost'] as const) {
    yield* batches(
      documents.filter((document) => document.type === type),
      BODIES,
    );
  }
}

interface ReadOutcome {
  readonly listed: Listed;
  readonly record: ConfluenceRecord | CtxError;
}

/** Reads bodies together; those that Confluence leaves out are asked for singly, so that one document fails alone. */
async function readBatch(
  options: ConfluenceRunOptions,
  documents: readonly Listed[],
  comments: ReadonlyMap<string, CommentSummary>,
): Promise<ReadOutcome[]> {
  const { client, config } = options;
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
      if (!content?.body?.storage)
        throw unreadable(config.id, listed.id, 'it is listed, but does not answer');
      const summary = comments.get(listed.id);
      return { listed, content, comments: summary, threads: await readThreads(client, listed, summary) };
    });
    outcomes.push({
      listed,
      record: isCtxError(record) ? asDocumentFailure(config.id, listed.id, record) : record,
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

function checkpoint(
  containers: ReadonlyMap<string, ContainerFacts>,
  pending: ReadonlySet<string>,
  options: ConfluenceRunOptions,
): ConfluenceCheckpoint {
  const before = (options.checkpoint as ConfluenceCheckpoint | undefined)?.containers ?? {};
  // A container above a document that failed is still needed for that document's place.
  const kept = pending.size > 0 ? Object.entries(before) : [];
  const all = new Map([...kept, ...containers]);
  return {
    containers: Object.fromEntries([...all].sort(([a], [b]) => (a < b ? -1 : 1))),
    pending: [...pending].sort(),
  };
}

/** The result, or the error if it is one of a single answer; refused credentials and aborts end the run. */
async function attempt<T>(work: () => Promise<T>): Promise<T | CtxError> {
  try {
    return await work();
  } catch (error) {
    if (isCtxError(error) && error.kind !== 'credentials') return error;
    throw error;
  }
}

function unreadable(source: string, id: string, reason: string): CtxError {
  return ctxError('source.document-failed', { source, id, reason });
}

function asDocumentFailure(source: string, id: string, error: CtxError): CtxError {
  return error.kind === 'partial'
    ? error
    : ctxError('source.document-failed', { source, id, reason: error.message }, error);
}
