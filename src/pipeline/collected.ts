import type { Checkpoint, DeleteReason, Revision } from '../connectors/contract.ts';
import {
  type Facts,
  type Fidelity,
  NO_CONSTRUCTS,
  type SourceAttachment,
  type Warning,
} from '../core/document.ts';
import type { CtxError } from '../core/errors/index.ts';
import type { GuardCounts } from '../redact/tally.ts';
import type { SpoolRange } from './spool.ts';

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

export function nothingCollected(checkpoint: Checkpoint | undefined): Collected {
  return {
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
    checkpoint,
    failure: undefined,
  };
}
