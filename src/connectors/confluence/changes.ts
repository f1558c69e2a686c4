import type { ConfluenceSource } from '../../config/schema.ts';
import { concurrently } from '../../core/concurrently.ts';
import { type CtxError, ctxError, isCtxError } from '../../core/errors/index.ts';
import type { ChangesOptions, SourceEvent } from '../contract.ts';
import { attempt } from './attempt.ts';
import type { ConfluenceClient } from './client.ts';
import { calledOtherwise, stalePredicate } from './compare.ts';
import { batchesByType, readBatch } from './fetch.ts';
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
import { peopleOf, renderDocument } from './render.ts';
import type { Space } from './schema.ts';

/** Requests that are waited for side by side; the HTTP client bounds what is sent. */
const CONCURRENT = 3;

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
  const spaces = yield* selectSpaces(options);
  const { listed, complete } = yield* listSpaces(client, spaces);
  const gone = yield* whereTheyWent(options, spaces, listed);
  const comments = config.comments
    ? await attempt(() => listComments(client))
    : new Map<string, CommentSummary>();
  if (isCtxError(comments)) {
    // Without this listing no document can be told from an unchanged one: what is known stays as it is.
    yield { type: 'failed', scope: 'comments', error: comments };
    return;
  }

  const access = new Access(client, listed);
  const { open, withheld, unknown } = yield* judgeAccess(options, listed, access);
  const renamed = open.filter((document) => {
    const facts = known.get(document.id);
    return facts !== undefined && calledOtherwise(facts, document);
  });
  // Confluence rewrites links by title without a new version of the linking page.
  const targets = [...gone, ...withheld, ...renamed.map(({ id }) => id)];
  const linking = new Set(targets.flatMap((id) => [...known.linkingTo(id)]));

  yield { type: 'expect', documents: open.length + unknown.length };
  const people = await learnPeople(options);
  const stale = stalePredicate(options, comments, people);
  const wanted: Listed[] = [];
  for (const document of open) {
    if (linking.has(document.id) || stale(document)) wanted.push(document);
    else yield { type: 'present', id: document.id };
  }
  const failed = yield* readDocuments(options, wanted, comments, people);
  if (people.failure) yield { type: 'failed', scope: 'display names', error: people.failure };
  for (const scope of complete) yield { type: 'complete', scope };
  yield {
    type: 'checkpoint',
    value: checkpoint(access.containers, [...unknown, ...failed], complete, options),
  };
}

/** Lists the spaces one after the other. A space whose listing fails is told and left out. */
async function* listSpaces(
  client: ConfluenceClient,
  spaces: readonly Space[],
): AsyncGenerator<SourceEvent, { listed: Map<string, Listed>; complete: string[] }> {
  const listed = new Map<string, Listed>();
  const complete: string[] = [];
  for (const space of spaces) {
    const scope = spaceScope(space.key);
    const contents = await attempt(() => listSpace(client, space));
    if (isCtxError(contents)) {
      yield { type: 'failed', scope, error: contents };
      continue;
    }
    for (const [id, document] of contents) listed.set(id, document);
    complete.push(scope);
  }
  return { listed, complete };
}

/** Sorts the listed documents by who may read them; ids of those that are withheld or of unknown access. */
async function* judgeAccess(
  { client, config, known }: ConfluenceRunOptions,
  listed: ReadonlyMap<string, Listed>,
  access: Access,
): AsyncGenerator<SourceEvent, { open: Listed[]; withheld: string[]; unknown: string[] }> {
  const source = config.id;
  const incomplete = listed
    .values()
    .filter(({ labels, restricted }) => labels === undefined || restricted === undefined);
  const failures = new Map<string, CtxError>();
  const complete = async (document: Listed) => {
    const error = await attempt(() => completeListed(client, document));
    if (isCtxError(error))
      failures.set(document.id, ctxError('source.access-unknown', { source, id: document.id }, error));
  };
  for await (const _ of concurrently(incomplete, CONCURRENT, complete));

  const open: Listed[] = [];
  const withheld: string[] = [];
  const unknown: string[] = [];
  for (const document of listed.values()) {
    const { id } = document;
    const error = failures.get(id) ?? (await access.place(document));
    const answer = error ?? (config.include_restricted ? 'open' : await access.of(source, document));
    if (isCtxError(answer)) {
      unknown.push(id);
      yield { type: 'failed', id, error: answer };
    } else if (answer === 'restricted') {
      if (known.get(id)) withheld.push(id);
      yield { type: 'delete', id, reason: 'restricted' };
    } else open.push(document);
  }
  return { open, withheld, unknown };
}

/** Reads and renders documents; returns the ids of those that failed. */
async function* readDocuments(
  { client, config, siteUrl }: ConfluenceRunOptions,
  wanted: readonly Listed[],
  comments: ReadonlyMap<string, CommentSummary>,
  people: People,
): AsyncGenerator<SourceEvent, string[]> {
  const source = config.id;
  const failed: string[] = [];
  const read = (batch: readonly Listed[]) => readBatch(source, client, batch, comments);
  for await (const outcome of concurrently(batchesByType(wanted), CONCURRENT, read)) {
    for (const { listed, record } of outcome) {
      if (isCtxError(record)) {
        failed.push(listed.id);
        yield { type: 'failed', id: listed.id, error: record };
        continue;
      }
      await people.learn(peopleOf(record));
      yield { type: 'upsert', document: renderDocument(source, siteUrl, record, people) };
    }
  }
  return failed;
}

/**
 * The spaces to read. A configured one that does not exist is a failure; one that holds documents of ours but is not
 * to be read any more is complete and empty.
 */
async function* selectSpaces({
  client,
  config,
  known,
}: ConfluenceRunOptions): AsyncGenerator<SourceEvent, Space[]> {
  const found = await Array.fromAsync(client.spaces(config.spaces));
  const keys = new Set(config.spaces === 'all' ? found.map(({ key }) => key) : config.spaces);
  const spaces: Space[] = [];
  for (const key of keys) {
    const isIt = (space: Space) => space.key === key;
    // A list of keys may be cut off: a space is missing only if it does not answer by itself.
    const space = found.find(isIt) ?? (await Array.fromAsync(client.spaces([key]))).find(isIt);
    if (space) {
      spaces.push(space);
      continue;
    }
    const error = ctxError('source.not-found', { source: config.id, what: `space ${key}` });
    yield { type: 'failed', scope: spaceScope(key), error };
  }
  const former = new Set(
    [...known.values()].flatMap(({ space }) => space ?? []).filter((key) => !keys.has(key)),
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

/** Containers above documents that were not read in this run are still needed for their places. */
function checkpoint(
  containers: ReadonlyMap<string, ContainerFacts>,
  pending: readonly string[],
  complete: readonly string[],
  options: ConfluenceRunOptions,
): ConfluenceCheckpoint {
  const before = (options.checkpoint as ConfluenceCheckpoint | undefined)?.containers ?? {};
  const kept = Object.entries(before).filter(
    ([, { space }]) => pending.length > 0 || !complete.includes(spaceScope(space)),
  );
  const all = new Map([...kept, ...containers]);
  return {
    containers: Object.fromEntries([...all].sort(([a], [b]) => (a < b ? -1 : 1))),
    pending: pending.toSorted(),
  };
}
