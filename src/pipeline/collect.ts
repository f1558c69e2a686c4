import type { Checkpoint, Connector, RevisionsWanted, SourceEvent } from '../connectors/contract.ts';
import type { Clock } from '../core/clock.ts';
import { isCtxError } from '../core/errors/index.ts';
import type { Logger } from '../core/logger.ts';
import type { Redactor } from '../redact/redactor.ts';
import { type Collected, nothingCollected } from './collected.ts';
import type { Journal } from './journal.ts';
import { knownDocuments } from './known-documents.ts';
import type { ManifestEntry } from './manifest.ts';
import { type Delivery, Taker } from './take.ts';

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

/** Reads a source to its end. A failure of the source is a result; a failure of ours (or an abort) is thrown. */
export async function collect(connector: Connector, options: CollectOptions): Promise<Collected> {
  const { known, journal, redactor, clock, log, signal } = options;
  const result = nothingCollected(options.checkpoint);
  const { model } = connector;
  const { source } = model;
  const interrupted = journal.begin(source, options.key);
  if (interrupted)
    log.info(
      `${source}: goes on where a run was interrupted, with ${interrupted.documents.size} documents read`,
    );
  const taker = new Taker({
    ...{ model, redactor, journal, interrupted, result, log },
    anew: options.revisions?.anew ?? false,
  });
  const guarded = (checkpoint: Checkpoint) => redactor.guard(checkpoint, `.ctx/state/${source}`).value;
  let expected: number | undefined;
  const note = (event: Exclude<SourceEvent, Delivery>) => {
    switch (event.type) {
      case 'expect':
        expected = event.documents;
        break;
      case 'present':
        if (!taker.takeAgain(event.id)) result.present.add(event.id);
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
      case 'checkpoint': {
        const checkpoint = guarded(event.value);
        result.checkpoint = checkpoint;
        journal.mark(source, () => checkpoint, clock.now());
        break;
      }
      case 'resumable':
        journal.mark(source, () => guarded(event.checkpoint()), clock.now());
        break;
    }
  };
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
      if (event.type === 'revision' || event.type === 'upsert') taker.deliver(event);
      else if (event.type !== 'resumable' || journal.isDue(source, clock.now())) {
        taker.settle();
        note(event);
      }
      log.progress(source, result.upserts.size + result.present.size + result.failedDocuments.size, expected);
    }
  } catch (error) {
    if (signal.aborted || !isCtxError(error)) throw error;
    result.failure = error;
  }
  taker.settle();
  for (const id of interrupted?.documents.keys() ?? []) if (!result.upserts.has(id)) result.untaken.add(id);
  return result;
}
