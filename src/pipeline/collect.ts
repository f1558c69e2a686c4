import type {
  Checkpoint,
  Connector,
  DeleteReason,
  Revision,
  RevisionsWanted,
  SourceEvent,
  SourceModel,
} from '../connectors/contract.ts';
import type { Clock } from '../core/clock.ts';
import {
  addFidelity,
  type Facts,
  type Fidelity,
  NO_CONSTRUCTS,
  type SourceAttachment,
  type Warning,
} from '../core/document.ts';
import { type CtxError, isCtxError } from '../core/errors/index.ts';
import type { Logger } from '../core/logger.ts';
import type { Redactor } from '../redact/redactor.ts';
import { foundAnything, type GuardCounts, mostCounts, NOTHING_GUARDED } from '../redact/tally.ts';
import { type GuardedDocument, guardDocument, guardPath } from './guard-document.ts';
import type { Interrupted, Journal } from './journal.ts';
import { knownDocuments, targetsIn } from './known-documents.ts';
import type { ManifestEntry } from './manifest.ts';
import type { Spool, SpoolRange } from './spool.ts';

/** A document of this run: rendered, guarded and spooled. Its links are still absolute and marked. */
export interface CollectedDocument {
  readonly facts: Facts;
  readonly text: SpoolRange;
  readonly description: SpoolRange | undefined;
  /** As `facts.attachments` lists them, with their addresses in the text. */
  readonly attachments: readonly SourceAttachment[];
}

/** What a document was after one change of it: guarded and spooled like the document itself. */
export interface CollectedRevision extends CollectedDocument {
  readonly revision: Revision;
}

/** All that a source told in one run. `failure` is set when the source as a whole could not be read. */
export interface Collected {
  readonly upserts: Map<string, CollectedDocument>;
  /** What led to the documents of this run, by id, the oldest first; the last one is the document as it is. */
  readonly revisions: Map<string, CollectedRevision[]>;
  readonly present: Set<string>;
  readonly deletes: Map<string, DeleteReason>;
  readonly completed: Set<string>;
  readonly failedDocuments: Map<string, CtxError>;
  /** Those that were delivered and are not taken: by the guard, or because what an interrupted run had of them no longer counts. */
  readonly untaken: Set<string>;
  readonly errors: CtxError[];
  readonly warnings: Map<string, readonly Warning[]>;
  /** Over all documents that were rendered in this run. */
  fidelity: Fidelity;
  /** What the guard found, by the document's id, its text files and former versions included. */
  readonly guarded: Map<string, GuardCounts>;
  /** Files that documents of this run want, and that the repository will not have in the version that they want. */
  skippedAttachments: number;
  checkpoint: Checkpoint | undefined;
  failure: CtxError | undefined;
}

export interface CollectOptions {
  readonly checkpoint: Checkpoint | undefined;
  /** Ids of documents that the last run could not take. */
  readonly again: readonly string[];
  readonly known: ReadonlyMap<string, ManifestEntry>;
  readonly full: boolean;
  readonly revisions: RevisionsWanted | undefined;
  readonly journal: Journal;
  /** Of this run, for the journal. */
  readonly key: string;
  readonly redactor: Redactor;
  readonly clock: Clock;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

interface CollectRun extends CollectOptions {
  readonly model: SourceModel;
  readonly interrupted: Interrupted | undefined;
  readonly result: Collected;
}

/** Reads a source to its end. A failure of the source is a result; a failure of ours (or an abort) is thrown. */
export async function collect(connector: Connector, options: CollectOptions): Promise<Collected> {
  const { known, journal, redactor, clock, log, signal } = options;
  const result: Collected = {
    upserts: new Map(),
    revisions: new Map(),
    present: new Set(),
    deletes: new Map(),
    completed: new Set(),
    failedDocuments: new Map(),
    untaken: new Set(),
    errors: [],
    warnings: new Map(),
    fidelity: NO_CONSTRUCTS,
    guarded: new Map(),
    skippedAttachments: 0,
    checkpoint: options.checkpoint,
    failure: undefined,
  };
  const { model } = connector;
  const { source } = model;
  const interrupted = journal.begin(source, options.key);
  if (interrupted)
    log.info(
      `${source}: goes on where a run was interrupted, with ${interrupted.documents.size} documents read`,
    );
  const run: CollectRun = { ...options, model, interrupted, result };
  const guarded = (checkpoint: Checkpoint) => redactor.guard(checkpoint, `.ctx/state/${source}`).value;
  let expected: number | undefined;
  try {
    const events = connector.changes({
      checkpoint: interrupted?.checkpoint ?? options.checkpoint,
      known: knownDocuments(model, known, interrupted),
      // What it has not read yet, its checkpoint names.
      full: options.full && interrupted === undefined,
      again: options.again.filter((id) => !interrupted?.documents.has(id)),
      ...(options.revisions && { revisions: options.revisions }),
      signal,
    });
    for await (const event of events) {
      signal.throwIfAborted();
      switch (event.type) {
        case 'expect':
          expected = event.documents;
          break;
        case 'revision':
          takeRevision(event, run);
          break;
        case 'upsert':
          takeDocument(event, run);
          break;
        case 'present':
          if (!takeAgain(event.id, run)) result.present.add(event.id);
          break;
        case 'delete':
          result.deletes.set(event.id, event.reason);
          break;
        case 'complete':
          result.completed.add(event.scope);
          break;
        case 'failed':
          if (event.id !== undefined) result.failedDocuments.set(event.id, event.error);
          else result.errors.push(event.error);
          break;
        case 'checkpoint':
          result.checkpoint = guarded(event.value);
          journal.mark(source, result.checkpoint, clock.now());
          break;
        case 'resumable':
          if (journal.isDue(source, clock.now()))
            journal.mark(source, guarded(event.checkpoint()), clock.now());
          break;
      }
      log.progress(source, result.upserts.size + result.present.size + result.failedDocuments.size, expected);
    }
  } catch (error) {
    if (signal.aborted || !isCtxError(error)) throw error;
    result.failure = error;
  }
  for (const id of interrupted?.documents.keys() ?? []) if (!result.upserts.has(id)) result.untaken.add(id);
  return result;
}

/** What memory keeps of a document: its words wait in the spool. */
function spooled(
  { facts, attachments, text, description }: GuardedDocument,
  spool: Spool,
): CollectedDocument {
  return {
    ...{ facts, attachments, text: spool.put(text) },
    description: description === undefined ? undefined : spool.put(description),
  };
}

function noteCounts({ guarded }: Collected, id: string, counts: GuardCounts): void {
  if (foundAnything(counts)) guarded.set(id, counts);
}

/** What an interrupted run had read, and the source says that it is still so. */
function takeAgain(id: string, { interrupted, result }: CollectRun): boolean {
  const taken = interrupted?.documents.get(id);
  if (taken === undefined) return false;
  const { document, revisions, counts, warnings, fidelity } = taken;
  result.upserts.set(id, document);
  if (revisions.length > 0) result.revisions.set(id, [...revisions]);
  noteCounts(result, id, counts);
  result.fidelity = addFidelity(result.fidelity, fidelity);
  if (warnings.length > 0) result.warnings.set(id, warnings);
  return true;
}

/** What has been told of a document before what comes now: by this run, or else by the one that was interrupted. */
function toldBefore(id: string, { interrupted, result, revisions }: CollectRun): CollectedRevision[] {
  const known = result.revisions.get(id);
  if (known) return known;
  return revisions?.anew ? [] : [...(interrupted?.documents.get(id)?.revisions ?? [])];
}

/** One that could not be guarded is left out: what it changed comes with the next one. */
function takeRevision(
  { document, revision }: Extract<SourceEvent, { type: 'revision' }>,
  run: CollectRun,
): void {
  const { model, result, redactor, journal, log } = run;
  const { id } = document.facts;
  try {
    const guarded = guardDocument(document, model, redactor);
    const told = guardRevision(revision, document.facts, model, redactor);
    const all = toldBefore(id, run);
    all.push({ ...spooled(guarded, journal.spool), revision: told });
    result.revisions.set(id, all);
    noteCounts(result, id, mostCounts(result.guarded.get(id) ?? NOTHING_GUARDED, guarded.counts));
  } catch (error) {
    if (!isCtxError(error)) throw error;
    log.warn(`${guardPath(document.facts, model)}: a former version is left out: ${error.message}`);
  }
}

function guardRevision(
  { author, message, ...revision }: Revision,
  facts: Facts,
  model: SourceModel,
  redactor: Redactor,
): Revision {
  const written = { name: author?.name ?? '', message: message ?? '' };
  const { value } = redactor.guard(written, guardPath(facts, model));
  return {
    ...revision,
    ...(author && { author: { id: author.id, name: value.name } }),
    ...(message !== undefined && { message: value.message }),
  };
}

function takeDocument(
  { document, revision }: Extract<SourceEvent, { type: 'upsert' }>,
  run: CollectRun,
): void {
  const { model, result, redactor, journal } = run;
  const { facts, fidelity } = document;
  const { id } = facts;
  try {
    const guarded = guardDocument(document, model, redactor);
    const { warnings } = guarded;
    const taken = spooled(guarded, journal.spool);
    const told = toldBefore(id, run);
    if (revision) told.push({ ...taken, revision: guardRevision(revision, facts, model, redactor) });
    else if (result.revisions.has(id)) told.length = 0;
    // What an interrupted run told to its end has changed since, and by nobody's revision.
    else if (told.length > 0) told.push({ ...(told.pop() as CollectedRevision), ...taken });
    if (told.length > 0) result.revisions.set(id, told);
    else result.revisions.delete(id);
    const counts = mostCounts(result.guarded.get(id) ?? NOTHING_GUARDED, guarded.counts);
    journal.take(model.source, {
      ...{ document: taken, revisions: told, targets: targetsIn(guarded.text, model) },
      ...{ counts, warnings, fidelity },
    });
    result.upserts.set(id, taken);
    noteCounts(result, id, counts);
    result.fidelity = addFidelity(result.fidelity, fidelity);
    if (warnings.length > 0) result.warnings.set(id, warnings);
  } catch (error) {
    if (!isCtxError(error)) throw error;
    result.failedDocuments.set(id, error);
    result.untaken.add(id);
    result.revisions.delete(id);
    result.guarded.delete(id);
  }
}
