import type { Revision, SourceEvent, SourceModel } from '../connectors/contract.ts';
import { addFidelity, type Fidelity } from '../core/document.ts';
import { type CtxError, isCtxError } from '../core/errors/index.ts';
import type { Logger } from '../core/logger.ts';
import type { Redactor } from '../redact/redactor.ts';
import { foundAnything, type GuardCounts, mostCounts, NOTHING_GUARDED } from '../redact/tally.ts';
import type { Collected, CollectedDocument, CollectedRevision } from './collected.ts';
import { type Draft, draftDocument, type GuardedDocument } from './guard-document.ts';
import type { Interrupted, Journal } from './journal.ts';
import { targetsIn } from './known-documents.ts';
import type { Spool } from './spool.ts';

export interface TakerOptions {
  readonly model: SourceModel;
  readonly redactor: Redactor;
  readonly journal: Journal;
  readonly interrupted: Interrupted | undefined;
  /** Whether former versions are told as of a new document. */
  readonly anew: boolean;
  readonly result: Collected;
  readonly log: Logger;
}

export type Delivery = Extract<SourceEvent, { readonly type: 'upsert' | 'revision' }>;

/** What is left of a delivery once it is rendered. */
interface Waiting {
  readonly type: Delivery['type'];
  readonly id: string;
  readonly fidelity: Fidelity;
  readonly draft: Draft;
}

/** No more wait to be guarded, be it documents or characters of them. */
const MOST_WAITING = 64;
const MOST_CHARACTERS = 512 * 1024;

/**
 * Takes what a source delivers: guarded, spooled and journalled, in the order of its coming. Many are guarded at once, so that
 * what was delivered is taken only when it is settled.
 */
export class Taker {
  readonly #options: TakerOptions;
  #waiting: Waiting[] = [];
  #characters = 0;

  constructor(options: TakerOptions) {
    this.#options = options;
  }

  deliver({ type, document, revision }: Delivery): void {
    const { facts, fidelity } = document;
    const draft = draftDocument(document, this.#options.model, revision);
    this.#waiting.push({ type, id: facts.id, fidelity, draft });
    this.#characters += draft.characters;
    if (this.#waiting.length >= MOST_WAITING || this.#characters >= MOST_CHARACTERS) this.settle();
  }

  settle(): void {
    const waiting = this.#waiting;
    if (waiting.length === 0) return;
    this.#waiting = [];
    this.#characters = 0;
    const all = this.#options.redactor.guardAll(waiting.map(({ draft }) => draft));
    for (const [index, { type, id, fidelity, draft }] of waiting.entries()) {
      const guarded = all[index] as (typeof all)[number];
      if (isCtxError(guarded)) this.#leave(type, id, draft.path, guarded);
      else if (type === 'revision') this.#takeRevision(id, draft.made(guarded));
      else this.#takeDocument(id, draft.made(guarded), fidelity);
    }
  }

  /** What an interrupted run had read, and the source says that it is still so. Whether it had. */
  takeAgain(id: string): boolean {
    const { interrupted, result } = this.#options;
    const taken = interrupted?.documents.get(id);
    if (taken === undefined) return false;
    const { document, revisions, counts, warnings, fidelity } = taken;
    result.upserts.set(id, document);
    if (revisions.length > 0) result.revisions.set(id, [...revisions]);
    this.#note(id, counts, warnings, fidelity);
    return true;
  }

  #takeRevision(id: string, guarded: GuardedDocument): void {
    const { journal, result } = this.#options;
    const told = this.#toldBefore(id);
    told.push({ ...spooled(guarded, journal.spool), revision: guarded.revision as Revision });
    result.revisions.set(id, told);
    noteCounts(result, id, mostCounts(result.guarded.get(id) ?? NOTHING_GUARDED, guarded.counts));
  }

  #takeDocument(id: string, guarded: GuardedDocument, fidelity: Fidelity): void {
    const { model, journal, result } = this.#options;
    const { warnings } = guarded;
    const taken = spooled(guarded, journal.spool);
    const told = this.#toldBefore(id);
    if (guarded.revision) told.push({ ...taken, revision: guarded.revision });
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
    this.#note(id, counts, warnings, fidelity);
  }

  /** A former version that could not be guarded is left out: what it changed comes with the next one. */
  #leave(type: Delivery['type'], id: string, path: string, error: CtxError): void {
    const { result, log } = this.#options;
    if (type === 'revision') {
      log.warn(`${path}: a former version is left out: ${error.message}`);
      return;
    }
    result.failedDocuments.set(id, error);
    result.untaken.add(id);
    result.revisions.delete(id);
    result.guarded.delete(id);
  }

  /** What has been told of a document before what comes now: by this run, or else by the one that was interrupted. */
  #toldBefore(id: string): CollectedRevision[] {
    const { interrupted, result, anew } = this.#options;
    const known = result.revisions.get(id);
    if (known) return known;
    return anew ? [] : [...(interrupted?.documents.get(id)?.revisions ?? [])];
  }

  #note(id: string, counts: GuardCounts, warnings: GuardedDocument['warnings'], fidelity: Fidelity): void {
    const { result } = this.#options;
    noteCounts(result, id, counts);
    result.fidelity = addFidelity(result.fidelity, fidelity);
    if (warnings.length > 0) result.warnings.set(id, warnings);
  }
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
