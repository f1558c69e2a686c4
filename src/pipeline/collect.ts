import type { Checkpoint, Connector, DeleteReason, KnownDocuments } from '../connectors/contract.ts';
import {
  type AttachmentFacts,
  addFidelity,
  type Facts,
  type Fidelity,
  NO_CONSTRUCTS,
  type Plain,
  type SourceAttachment,
  type SourceDocument,
  type Warning,
} from '../core/document.ts';
import { type CtxError, isCtxError } from '../core/errors/index.ts';
import type { Logger } from '../core/logger.ts';
import { describe } from '../frontmatter/describe.ts';
import { settledTree } from '../markdown/live.ts';
import { writeMarkdown } from '../markdown/write.ts';
import type { ManifestEntry } from './manifest.ts';
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

/** All that a source told in one run. `failure` is set when the source as a whole could not be read. */
export interface Collected {
  readonly upserts: Map<string, CollectedDocument>;
  readonly present: Set<string>;
  readonly deletes: Map<string, DeleteReason>;
  readonly completed: Set<string>;
  readonly failedDocuments: Map<string, CtxError>;
  readonly errors: CtxError[];
  readonly warnings: Map<string, readonly Warning[]>;
  /** Over all documents that were rendered in this run. */
  fidelity: Fidelity;
  readonly redactions: Map<string, number>;
  /** Files that documents of this run want, and that the repository will not have in the version that they want. */
  skippedAttachments: number;
  checkpoint: Checkpoint | undefined;
  failure: CtxError | undefined;
}

export interface CollectOptions {
  readonly checkpoint: Checkpoint | undefined;
  readonly known: ReadonlyMap<string, ManifestEntry>;
  readonly linkingTo: KnownDocuments['linkingTo'];
  readonly full: boolean;
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
    present: new Set(),
    deletes: new Map(),
    completed: new Set(),
    failedDocuments: new Map(),
    errors: [],
    warnings: new Map(),
    fidelity: NO_CONSTRUCTS,
    redactions: new Map(),
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
      signal,
    });
    for await (const event of events) {
      signal.throwIfAborted();
      switch (event.type) {
        case 'expect':
          expected = event.documents;
          break;
        case 'upsert':
          await takeDocument(event.document, result, options);
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
          result.checkpoint = (await options.redactor.redactValue(event.value)) as Checkpoint;
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

async function takeDocument(
  document: SourceDocument,
  result: Collected,
  { redactor, spool }: CollectOptions,
) {
  const { id } = document.facts;
  try {
    const { text, counts } = await redactor.redact(writeMarkdown(document.body));
    const attachments = document.attachments.toSorted(byName);
    const facts = await redactFacts({ ...document.facts, attachments: attachments.map(factsOf) }, redactor);
    const summary = describe(settledTree(document.body));
    const description = summary === undefined ? undefined : (await redactor.redact(summary)).text;
    result.upserts.set(id, { facts, description, text: await spool.put(text), attachments });
    for (const [kind, count] of Object.entries(counts)) {
      result.redactions.set(kind, (result.redactions.get(kind) ?? 0) + count);
    }
    result.fidelity = addFidelity(result.fidelity, document.fidelity);
    if (document.warnings.length > 0) result.warnings.set(id, document.warnings);
  } catch (error) {
    if (!isCtxError(error)) throw error;
    result.failedDocuments.set(id, error);
  }
}

function byName(a: SourceAttachment, b: SourceAttachment): number {
  return a.name === b.name ? (a.id < b.id ? -1 : 1) : a.name < b.name ? -1 : 1;
}

function factsOf({ id, name, version, type, size }: SourceAttachment): AttachmentFacts {
  return { id, name, version, ...(type !== undefined && { type }), ...(size !== undefined && { size }) };
}

/** Identity, dates and addresses are the source's own and stay; all that people wrote is looked through. */
async function redactFacts(facts: Facts, redactor: Redactor): Promise<Facts> {
  const { id, source, type, url, created, updated, attachments = [], ...written } = facts;
  const safe = (await redactor.redactValue(written as unknown as Plain)) as unknown as Omit<
    Facts,
    'id' | 'source' | 'type' | 'url'
  >;
  const names = (await redactor.redactValue(attachments.map(({ name }) => name))) as readonly string[];
  return {
    ...safe,
    attachments: attachments.map((attachment, index) => ({ ...attachment, name: names[index] ?? '' })),
    id,
    source,
    type,
    url,
    ...(created === undefined ? {} : { created }),
    ...(updated === undefined ? {} : { updated }),
  };
}
