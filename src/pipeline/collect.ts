import type {
  Checkpoint,
  Connector,
  DeleteReason,
  KnownDocuments,
  Revision,
  RevisionsWanted,
  SourceEvent,
  SourceModel,
} from '../connectors/contract.ts';
import {
  addFidelity,
  type Facts,
  type Fidelity,
  NO_CONSTRUCTS,
  type SourceAttachment,
  type SourceDocument,
  type Warning,
} from '../core/document.ts';
import { type CtxError, isCtxError } from '../core/errors/index.ts';
import type { Logger } from '../core/logger.ts';
import { guardDocument, guardPath } from './guard-document.ts';
import type { ManifestEntry } from './manifest.ts';
import { type GuardCounts, mostCounts, NOTHING_GUARDED } from './redact/tally.ts';
import type { Redactor } from './redact.ts';
import type { Spool, SpoolRange } from './spool.ts';

/** A document of this run: rendered, guarded and spooled. Its links are still absolute and marked. */
export interface CollectedDocument {
  readonly facts: Facts;
  readonly description: string | undefined;
  readonly text: SpoolRange;
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
  /** Those of them that were delivered, and that the guard could not let through. */
  readonly unguarded: Set<string>;
  readonly errors: CtxError[];
  readonly warnings: Map<string, readonly Warning[]>;
  /** Over all documents that were rendered in this run. */
  fidelity: Fidelity;
  /** What the guard did, by the document's id, its text files and former versions included. */
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
  readonly linkingTo: KnownDocuments['linkingTo'];
  readonly full: boolean;
  readonly revisions: RevisionsWanted | undefined;
  readonly spool: Spool;
  readonly redactor: Redactor;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/** Reads a source to its end. A failure of the source is a result; a failure of ours (or an abort) is thrown. */
export async function collect(connector: Connector, options: CollectOptions): Promise<Collected> {
  const { known, linkingTo, signal } = options;
  const result: Collected = {
    upserts: new Map(),
    revisions: new Map(),
    present: new Set(),
    deletes: new Map(),
    completed: new Set(),
    failedDocuments: new Map(),
    unguarded: new Set(),
    errors: [],
    warnings: new Map(),
    fidelity: NO_CONSTRUCTS,
    guarded: new Map(),
    skippedAttachments: 0,
    checkpoint: options.checkpoint,
    failure: undefined,
  };
  const documents: KnownDocuments = {
    get: (id) => known.get(id)?.facts,
    values: () => known.values().map(({ facts }) => facts),
    size: known.size,
    linkingTo,
  };
  const { source } = connector.model;
  let expected: number | undefined;
  try {
    const events = connector.changes({
      checkpoint: options.checkpoint,
      known: documents,
      full: options.full,
      again: options.again,
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
          await takeRevision(event.document, event.revision, connector.model, result, options);
          break;
        case 'upsert':
          await takeDocument(event, connector.model, result, options);
          break;
        case 'present':
          result.present.add(event.id);
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
          result.checkpoint = options.redactor.guard(event.value, `.ctx/state/${source}`).value;
          break;
      }
      options.log.progress(
        source,
        result.upserts.size + result.present.size + result.failedDocuments.size,
        expected,
      );
    }
  } catch (error) {
    if (signal.aborted || !isCtxError(error)) throw error;
    result.failure = error;
  }
  return result;
}

/** One that could not be guarded is left out: what it changed comes with the next one. */
async function takeRevision(
  document: SourceDocument,
  revision: Revision,
  model: SourceModel,
  { revisions, guarded }: Collected,
  { redactor, spool, log }: CollectOptions,
) {
  const { id } = document.facts;
  try {
    const { text, counts, warnings: _, ...safe } = guardDocument(document, model, redactor);
    const told = guardRevision(revision, document.facts, model, redactor);
    const before = revisions.get(id) ?? [];
    before.push({ ...safe, text: spool.put(text), revision: told });
    revisions.set(id, before);
    guarded.set(id, mostCounts(guarded.get(id) ?? NOTHING_GUARDED, counts));
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

async function takeDocument(
  { document, revision }: Extract<SourceEvent, { type: 'upsert' }>,
  model: SourceModel,
  result: Collected,
  { redactor, spool }: CollectOptions,
) {
  const { id } = document.facts;
  try {
    const { text, counts, warnings, ...safe } = guardDocument(document, model, redactor);
    const collected = { ...safe, text: spool.put(text) };
    result.upserts.set(id, collected);
    if (revision) {
      const last = { ...collected, revision: guardRevision(revision, document.facts, model, redactor) };
      result.revisions.set(id, [...(result.revisions.get(id) ?? []), last]);
    } else result.revisions.delete(id);
    result.guarded.set(id, mostCounts(result.guarded.get(id) ?? NOTHING_GUARDED, counts));
    result.fidelity = addFidelity(result.fidelity, document.fidelity);
    if (warnings.length > 0) result.warnings.set(id, warnings);
  } catch (error) {
    if (!isCtxError(error)) throw error;
    result.failedDocuments.set(id, error);
    result.unguarded.add(id);
    result.revisions.delete(id);
    result.guarded.delete(id);
  }
}
