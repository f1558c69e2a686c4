import { concurrently } from '../../core/concurrently.ts';
import type { Facts } from '../../core/document.ts';
import { type CtxError, isCtxError } from '../../core/errors/index.ts';
import { attempt } from '../attempt.ts';
import type { Revision, SourceEvent } from '../contract.ts';
import { unknownExclusions } from '../exclusions.ts';
import { Access } from './access.ts';
import { type AttachmentIndex, readAttachments } from './attachments.ts';
import { stillOpen } from './bodies.ts';
import { nextCheckpoint } from './checkpoint.ts';
import { type CommentSummary, listComments } from './comments.ts';
import { stalePredicate } from './compare.ts';
import { listSpaces, selectSpaces, whereTheyWent } from './discover.ts';
import { asDocumentFailure, batchesByType, type ReadOptions, type ReadOutcome, readBatch } from './fetch.ts';
import { includedPages } from './includes.ts';
import { confirmAccess, judge, listAccess } from './judge.ts';
import type { Listed } from './listing.ts';
import type { ConfluenceCheckpoint } from './model.ts';
import { calledOtherwise } from './names.ts';
import { openDocuments, titleNameOf } from './open-documents.ts';
import { People } from './people.ts';
import { peopleOf, type RenderOptions, renderDocument } from './render.ts';
import { type HistoryOptions, readHistory, renderHistory } from './revisions.ts';
import type { ConfluenceRunOptions } from './run.ts';

/** Requests that are waited for side by side; the HTTP client bounds what is sent. */
const CONCURRENT = 3;
/** Documents whose former versions are held at once. */
const HISTORIES = 3;
/** What a source without comments lists of them. */
const NO_COMMENTS = Promise.resolve(new Map<string, CommentSummary>());

/**
 * One run: lists everything, compares with what the repository has, and reads the bodies of what differs. Labels,
 * restrictions, comments, attachments, included pages and display names are compared too, since a page's version covers
 * none of them.
 *
 * Who may read is listed last: what the listings before it told was for everyone when it was asked. Texts that are read
 * later are those that were listed, or their access is asked for again (`bodies.ts`).
 */
export async function* confluenceChanges(options: ConfluenceRunOptions): AsyncGenerator<SourceEvent> {
  const { client, config, known, siteUrl, log } = options;
  const source = config.id;
  const excluded = new Set(config.exclude);
  const spaces = yield* selectSpaces(options);
  // Beside the documents, since neither listing needs the other.
  const commenting = config.comments ? attempt(() => listComments(client)) : NO_COMMENTS;
  // It is awaited later; until then a failure must not count as unhandled.
  commenting.catch(() => {});
  const { listed, complete } = yield* listSpaces(client, spaces);
  const nameless = config.exclude.filter((id) => !listed.has(id) && known.get(id) === undefined);
  if (nameless.length > 0 && complete.size === spaces.length) log.warn(unknownExclusions(source, nameless));
  const comments = await commenting;
  if (isCtxError(comments)) {
    // Without this listing no document can be told from an unchanged one: what is known stays as it is.
    yield { type: 'failed', scope: 'comments', error: comments };
    return;
  }
  const { gone, unclear } = yield* whereTheyWent(options, spaces, listed, excluded);
  const { attachments, failure } = await readAttachments(options, (id) => listed.has(id));

  const people = await learnPeople(options);
  const access = new Access(client, listed);
  const errors = yield* listAccess(options, spaces, listed, complete, access);
  const expected = new Set(config.spaces === 'all' ? spaces.map(({ key }) => key) : config.spaces);
  const incomplete = complete.size < expected.size;
  const isLeft = ({ id, space = '' }: Facts) => !expected.has(space) || excluded.has(id);
  const left = [...known.values()].filter(isLeft);
  const facts = (id: string) => known.get(id);

  const plan = async () => {
    const judged = await judge(options, listed, errors, access);
    const withheld = judged.restricted.filter((id) => known.get(id) !== undefined);
    const open = openDocuments({
      siteUrl,
      documents: judged.open,
      unknown: [...judged.unknown.keys(), ...unclear],
      withheld: [...withheld, ...excluded],
      containers: access.containers,
      incomplete,
    });
    const renamed = judged.open.filter((document) => {
      const before = known.get(document.id);
      return before !== undefined && calledOtherwise(before, document);
    });
    // Who called one of these names meant a page that is no document, and that may be called otherwise by now.
    const taken = [...judged.open.filter(({ id }) => known.get(id) === undefined), ...renamed].map(
      (document) => titleNameOf(siteUrl, document),
    );
    // Confluence rewrites links by title without a new version of the linking page, and live lists name what they show.
    const targets = [...gone.keys(), ...withheld, ...[...left, ...renamed].map(({ id }) => id), ...taken];
    const linking = new Set(targets.flatMap((id) => [...known.linkingTo(id)]));
    const differs = stalePredicate(options, comments, people, { open, attachments, known: facts });
    const changed = new Set(judged.open.filter((document) => linking.has(document.id) || differs(document)));
    return { judged, withheld, open, linking, changed };
  };
  let planned = await plan();
  while (await confirmAccess(options, planned.changed, access, errors)) planned = await plan();
  const { judged, withheld, open, linking, changed } = planned;
  const unknown = [...judged.unknown.keys()];
  for (const id of judged.restricted) yield { type: 'delete', id, reason: 'restricted' };
  for (const [id, error] of judged.unknown) yield { type: 'failed', id, error };
  for (const { id } of left) if (excluded.has(id)) yield { type: 'delete', id, reason: 'excluded' };

  yield { type: 'expect', documents: judged.open.length + unknown.length };
  const wanted: Listed[] = [];
  for (const document of judged.open) {
    if (options.full || changed.has(document)) wanted.push(document);
    else yield { type: 'present', id: document.id };
  }
  const isOpen = stillOpen(options);
  // A listing that lost some is no proof that there are none: what had comments is asked for them.
  const hasComments = (id: string) =>
    config.comments && (comments.has(id) || facts(id)?.fields?.comments !== undefined);
  const read = {
    ...{ source, client, comments, hasComments, open, isOpen, attachments },
    includedPages: includedPages(client, open, isOpen),
  };
  const rendering = { source, siteUrl, people, open, attachments };
  const { revisions } = options;
  const history = revisions && { ...read, known: facts, wanted: revisions };
  const progress: Progress = {
    waiting: new Set(wanted.map(({ id }) => id)),
    ...{ failed: [], renamed: [], unrendered: new Map() },
  };
  const { waiting, failed, unrendered, renamed } = progress;
  const checkpoint = (settled: ReadonlySet<string>) =>
    nextCheckpoint({
      former: options.checkpoint as ConfluenceCheckpoint | undefined,
      open: judged.open,
      kept: [...known.values()].filter(({ id }) => !settled.has(id)),
      due: linking,
      again: [
        ...[...waiting, ...failed, ...unrendered.keys()],
        ...renamed.flatMap((id) => [...known.linkingTo(id)]),
      ],
      unlisted: renderedUnlisted(options, attachments, wanted, (id) => incomplete && !open.get(id)),
      containers: access.containers,
    });
  const soFar = () => {
    const missing = new Set([...waiting, ...failed]);
    return checkpoint(new Set(judged.open.map(({ id }) => id).filter((id) => !missing.has(id))));
  };
  yield* readDocuments(wanted, progress, read, rendering, history, soFar);
  const [firstUnrendered] = unrendered.values();
  if (people.failure) yield { type: 'failed', scope: 'display names', error: people.failure };
  if (failure) yield { type: 'failed', scope: 'attachments', error: failure };
  if (firstUnrendered) yield { type: 'failed', scope: 'rendered macros', error: firstUnrendered };
  for (const scope of complete) yield { type: 'complete', scope };
  const settled = new Set([...judged.open.map(({ id }) => id), ...withheld, ...excluded]);
  // What went without a word of where may be held back, and then keeps its place.
  for (const [id, reason] of gone) if (reason === 'moved-out') settled.add(id);
  for (const id of failed) settled.delete(id);
  yield { type: 'checkpoint', value: checkpoint(settled) };
}

/** What became of the documents that a run wanted. */
interface Progress {
  /** Not read yet. */
  readonly waiting: Set<string>;
  readonly failed: string[];
  /** Got another name since they were listed. */
  readonly renamed: string[];
  /** Those whose live macros could not be rendered. */
  readonly unrendered: Map<string, CtxError>;
}

/** Reads and renders documents, and notes what became of each. */
async function* readDocuments(
  wanted: readonly Listed[],
  { waiting, failed, renamed, unrendered }: Progress,
  reading: ReadOptions,
  rendering: RenderOptions,
  history: HistoryOptions | undefined,
  checkpoint: () => ConfluenceCheckpoint,
): AsyncGenerator<SourceEvent> {
  const { people } = rendering;
  const read = async (batch: readonly Listed[]) => {
    const outcomes = await readBatch(reading, batch);
    await people.learn(outcomes.flatMap(({ record }) => (isCtxError(record) ? [] : [...peopleOf(record)])));
    return outcomes;
  };
  const withHistory = async ({ listed, record }: ReadOutcome) => {
    if (isCtxError(record)) return { listed, record };
    const whole = history ? await attempt(() => readHistory(history, record)) : { ...record, former: [] };
    return {
      listed,
      record: isCtxError(whole) ? asDocumentFailure(reading.source, listed.id, whole) : whole,
    };
  };
  for await (const outcome of concurrently(batchesByType(wanted), CONCURRENT, read)) {
    for await (const { listed, record } of concurrently(outcome, HISTORIES, withHistory)) {
      waiting.delete(listed.id);
      if (isCtxError(record)) {
        failed.push(listed.id);
        yield { type: 'failed', id: listed.id, error: record };
        continue;
      }
      if (record.unrendered) unrendered.set(listed.id, record.unrendered);
      const document = renderDocument(rendering, record);
      if (calledOtherwise(document.facts, listed)) renamed.push(listed.id);
      let last: Revision | undefined;
      if (history) {
        for (const content of record.former) await people.learn(peopleOf({ ...record, content }));
        const told = renderHistory(rendering, record, history.known(listed.id), history.wanted);
        for (const state of told) {
          last = state.revision;
          if (state.document) yield { type: 'revision', document: state.document, revision: last };
        }
      }
      yield { type: 'upsert', document, ...(last && { revision: last }) };
      yield { type: 'resumable', checkpoint };
    }
  }
}

async function learnPeople({ client, known }: ConfluenceRunOptions): Promise<People> {
  const former = new Map([...known.values()].flatMap(({ people }) => Object.entries(people ?? {})));
  const people = new People(client, former);
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
