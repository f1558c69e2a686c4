import { concurrently } from '../../core/concurrently.ts';
import type { Facts } from '../../core/document.ts';
import { type CtxError, isCtxError } from '../../core/errors/index.ts';
import type { SourceEvent } from '../contract.ts';
import { Access, accessUnknown, completeAccess, readAccess } from './access.ts';
import { type AttachmentIndex, readAttachments } from './attachments.ts';
import { attempt } from './attempt.ts';
import { stillOpen } from './bodies.ts';
import { type CommentSummary, listComments } from './comments.ts';
import { stalePredicate } from './compare.ts';
import { listSpaces, selectSpaces, whereTheyWent } from './discover.ts';
import { batchesByType, type ReadOptions, readBatch } from './fetch.ts';
import { includedPages } from './includes.ts';
import type { Listed } from './listing.ts';
import { type ConfluenceCheckpoint, type ContainerFacts, spaceScope } from './model.ts';
import { calledOtherwise } from './names.ts';
import { openDocuments } from './open-documents.ts';
import { People } from './people.ts';
import { peopleOf, type RenderOptions, renderDocument } from './render.ts';
import type { ConfluenceRunOptions } from './run.ts';
import type { Space } from './schema.ts';

/** Requests that are waited for side by side; the HTTP client bounds what is sent. */
const CONCURRENT = 3;

/**
 * One run: lists everything, compares with what the repository has, and reads the bodies of what differs. Labels,
 * restrictions, comments, attachments, included pages and display names are compared too, since a page's version covers
 * none of them.
 *
 * Who may read is listed last: what the listings before it told was for everyone when it was asked. Texts that are read
 * later are those that were listed, or their access is asked for again (`bodies.ts`).
 */
export async function* confluenceChanges(options: ConfluenceRunOptions): AsyncGenerator<SourceEvent> {
  const { client, config, known, siteUrl } = options;
  const source = config.id;
  const excluded = new Set(config.exclude);
  const spaces = yield* selectSpaces(options);
  const { listed, complete } = yield* listSpaces(client, spaces);
  const comments = config.comments
    ? await attempt(() => listComments(client))
    : new Map<string, CommentSummary>();
  if (isCtxError(comments)) {
    // Without this listing no document can be told from an unchanged one: what is known stays as it is.
    yield { type: 'failed', scope: 'comments', error: comments };
    return;
  }
  const { gone, unclear } = yield* whereTheyWent(options, spaces, listed, excluded);
  const { attachments, failure } = await readAttachments(options, (id) => listed.has(id));

  const access = new Access(client, listed);
  const judged = yield* judgeAccess(options, spaces, listed, complete, access);
  const { withheld, unknown } = judged;
  const { containers } = access;
  const expected = new Set(config.spaces === 'all' ? spaces.map(({ key }) => key) : config.spaces);
  const incomplete = complete.size < expected.size;
  const open = openDocuments({
    siteUrl,
    documents: judged.open,
    unknown: [...unknown, ...unclear],
    withheld: [...withheld, ...excluded],
    containers,
    incomplete,
  });

  const renamed = judged.open.filter((document) => {
    const facts = known.get(document.id);
    return facts !== undefined && calledOtherwise(facts, document);
  });
  const isLeft = ({ id, space = '' }: Facts) => !expected.has(space) || excluded.has(id);
  const left = [...known.values()].filter(isLeft);
  for (const { id } of left) if (excluded.has(id)) yield { type: 'delete', id, reason: 'excluded' };
  // Confluence rewrites links by title without a new version of the linking page, and live lists name what they show.
  const targets = [...gone.keys(), ...withheld, ...[...left, ...renamed].map(({ id }) => id)];
  const linking = new Set(targets.flatMap((id) => [...known.linkingTo(id)]));

  yield { type: 'expect', documents: judged.open.length + unknown.length };
  const people = await learnPeople(options);
  const facts = (id: string) => known.get(id);
  const stale = stalePredicate(options, comments, people, { open, attachments, known: facts });
  const wanted: Listed[] = [];
  for (const document of judged.open) {
    if (linking.has(document.id) || stale(document)) wanted.push(document);
    else yield { type: 'present', id: document.id };
  }
  const isOpen = stillOpen(options);
  // A listing that lost some is no proof that there are none: what had comments is asked for them.
  const hasComments = (id: string) =>
    config.comments && (comments.has(id) || facts(id)?.fields?.comments !== undefined);
  const read = {
    ...{ source, client, comments, hasComments, open, isOpen },
    includedPages: includedPages(client, open, isOpen),
  };
  const rendering = { source, siteUrl, people, open, attachments };
  const { failed, unrendered } = yield* readDocuments(wanted, read, rendering);
  const [firstUnrendered] = unrendered.values();
  if (people.failure) yield { type: 'failed', scope: 'display names', error: people.failure };
  if (failure) yield { type: 'failed', scope: 'attachments', error: failure };
  if (firstUnrendered) yield { type: 'failed', scope: 'rendered macros', error: firstUnrendered };
  for (const scope of complete) yield { type: 'complete', scope };
  const settled = new Set([...judged.open.map(({ id }) => id), ...withheld, ...excluded]);
  // What went without a word of where may be held back, and then keeps its place.
  for (const [id, reason] of gone) if (reason === 'moved-out') settled.add(id);
  for (const id of failed) settled.delete(id);
  const kept = [...known.values()].filter(({ id }) => !settled.has(id));
  const outdated = kept.filter(({ id }) => linking.has(id)).map(({ id }) => id);
  const pending = [...new Set([...outdated, ...failed, ...unrendered.keys()])];
  const unlisted = renderedUnlisted(options, attachments, wanted, (id) => incomplete && !open.get(id));
  const before = (options.checkpoint as ConfluenceCheckpoint | undefined)?.containers ?? {};
  const above = {
    ...containersAbove(kept, (id) => before[id]),
    ...containersAbove(judged.open, (id) => containers.get(id)),
  };
  yield { type: 'checkpoint', value: checkpoint(above, pending, unlisted) };
}

interface Judged {
  readonly open: Listed[];
  /** Those of the repository that are not for everyone. */
  readonly withheld: string[];
  readonly unknown: string[];
}

/**
 * Sorts the listed documents by who may read them; those that the configuration leaves out are in none of the lists. A
 * space whose listing of restrictions fails is not complete any more.
 */
async function* judgeAccess(
  { client, config, known }: ConfluenceRunOptions,
  spaces: readonly Space[],
  listed: ReadonlyMap<string, Listed>,
  complete: Set<string>,
  access: Access,
): AsyncGenerator<SourceEvent, Judged> {
  const source = config.id;
  const excluded = new Set(config.exclude);
  const unlisted = new Map<string, CtxError>();
  for (const space of spaces) {
    const error = await readAccess(client, space, listed);
    if (error === undefined) continue;
    unlisted.set(space.key, error);
    if (complete.delete(spaceScope(space.key))) yield { type: 'failed', scope: spaceScope(space.key), error };
  }
  const documents = [...listed.values()].filter(({ id }) => !excluded.has(id));
  const partly = documents.filter(
    ({ labels, restricted }) => labels === undefined || restricted === undefined,
  );
  const errors = await completeAccess(
    client,
    partly.filter(({ space }) => !unlisted.has(space.key)),
  );
  for (const { id, space } of partly) {
    const error = unlisted.get(space.key);
    if (error) errors.set(id, error);
  }

  const judged: Judged = { open: [], withheld: [], unknown: [] };
  for (const document of documents) {
    const { id } = document;
    const error = errors.get(id) ?? (await access.place(document));
    const answer = error
      ? accessUnknown(source, id, error)
      : config.include_restricted
        ? 'open'
        : await access.of(source, document);
    if (isCtxError(answer)) {
      judged.unknown.push(id);
      yield { type: 'failed', id, error: answer };
    } else if (answer === 'restricted') {
      if (known.get(id)) judged.withheld.push(id);
      yield { type: 'delete', id, reason: 'restricted' };
    } else judged.open.push(document);
  }
  return judged;
}

/** Reads and renders documents; returns those that failed, and those whose live macros could not be rendered. */
async function* readDocuments(
  wanted: readonly Listed[],
  reading: ReadOptions,
  rendering: RenderOptions,
): AsyncGenerator<SourceEvent, { failed: string[]; unrendered: Map<string, CtxError> }> {
  const failed: string[] = [];
  const unrendered = new Map<string, CtxError>();
  const read = (batch: readonly Listed[]) => readBatch(reading, batch);
  for await (const outcome of concurrently(batchesByType(wanted), CONCURRENT, read)) {
    for (const { listed, record } of outcome) {
      if (isCtxError(record)) {
        failed.push(listed.id);
        yield { type: 'failed', id: listed.id, error: record };
        continue;
      }
      if (record.unrendered) unrendered.set(listed.id, record.unrendered);
      await rendering.people.learn(peopleOf(record));
      yield { type: 'upsert', document: renderDocument(rendering, record) };
    }
  }
  return { failed, unrendered };
}

async function learnPeople({ client, known }: ConfluenceRunOptions): Promise<People> {
  const former = new Map([...known.values()].flatMap(({ people }) => Object.entries(people ?? {})));
  const people = new People((ids) => client.people(ids), former);
  await people.learn(former.keys());
  return people;
}

/** What was rendered, by this run or before, without the site's list of attachments. */
function renderedUnlisted(
  { config, checkpoint }: ConfluenceRunOptions,
  attachments: AttachmentIndex,
  rendered: readonly Listed[],
  isHidden: (id: string) => boolean,
): string[] {
  const before = (checkpoint as ConfluenceCheckpoint | undefined)?.unlisted ?? [];
  const isSettled = attachments.complete || config.attachments === 'none';
  return isSettled ? before.filter(isHidden) : [...before, ...rendered.map(({ id }) => id)];
}

/** Only these are remembered: the name of another container may be for some people only. */
function containersAbove(
  documents: readonly { readonly id: string; readonly parent?: string | undefined }[],
  container: (id: string) => ContainerFacts | undefined,
): Record<string, ContainerFacts> {
  const parents = new Map(documents.map(({ id, parent }) => [id, parent]));
  const seen = new Set<string>();
  const found: Record<string, ContainerFacts> = {};
  for (const { parent } of documents) {
    let node: string | undefined = parent;
    while (node !== undefined && !seen.has(node)) {
      seen.add(node);
      const facts: ContainerFacts | undefined = container(node);
      if (facts) found[node] = facts;
      node = parents.get(node) ?? facts?.parent ?? undefined;
    }
  }
  return found;
}

function checkpoint(
  containers: Record<string, ContainerFacts>,
  pending: readonly string[],
  unlisted: readonly string[],
): ConfluenceCheckpoint {
  return {
    containers: Object.fromEntries(Object.entries(containers).sort(([a], [b]) => (a < b ? -1 : 1))),
    pending: pending.toSorted(),
    ...(unlisted.length > 0 && { unlisted: [...new Set(unlisted)].sort() }),
  };
}
