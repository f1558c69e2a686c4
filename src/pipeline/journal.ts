import { closeSync, createReadStream, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Checkpoint } from '../connectors/contract.ts';
import type { Fidelity, Warning } from '../core/document.ts';
import type { GuardCounts } from '../redact/tally.ts';
import type { CollectedDocument, CollectedRevision } from './collected.ts';
import { PRIVATE_FILE, runFolder } from './run-folder.ts';
import { Spool } from './spool.ts';

/** A document as a run took it, with what the run's report says of it. */
export interface TakenDocument {
  readonly document: CollectedDocument;
  /** What led to it, the oldest first. */
  readonly revisions: readonly CollectedRevision[];
  /** The names that its links call, and the ids of documents whose files it shows. */
  readonly targets: readonly string[];
  readonly counts: GuardCounts;
  readonly warnings: readonly Warning[];
  readonly fidelity: Fidelity;
}

/** What a source had told when its run was interrupted, and the checkpoint to go on from. */
export interface Interrupted {
  readonly documents: ReadonlyMap<string, TakenDocument>;
  readonly checkpoint: Checkpoint;
}

type Line = { readonly source: string } & (
  | { readonly key: string }
  | { readonly taken: TakenDocument }
  | { readonly checkpoint: Checkpoint }
  | { readonly end: true }
);

/** What the journal has of a source; `key` says of which run. */
interface Entry {
  readonly key: string;
  readonly documents: Map<string, TakenDocument>;
  checkpoint?: Checkpoint;
}

export interface JournalOptions {
  /** The configured sources: what the journal has of others is forgotten. */
  readonly sources: readonly string[];
  /** Give up what an interrupted run has left. */
  readonly anew: boolean;
  /** For this run alone: nothing that an interrupted run has left is touched. */
  readonly isDry: boolean;
}

/** How often what was read is made durable, in milliseconds. What was read after that is read again. */
const INTERVAL = 1000;

/**
 * What a run has read and guarded, on disk until the run has come to its end: texts in the spool, the rest beside it. When
 * it was interrupted, the next run that would do the same goes on from there. What was taken counts once a checkpoint stands
 * behind it, and its texts are durable before that.
 */
export class Journal implements Disposable {
  readonly spool: Spool;
  readonly #path: string;
  readonly #file: number;
  readonly #entries: Map<string, Entry>;
  readonly #isDry: boolean;
  /** Lines by source, behind which no checkpoint stands yet. */
  readonly #waiting = new Map<string, string[]>();
  readonly #marked = new Map<string, number>();

  private constructor(path: string, spool: Spool, entries: Map<string, Entry>, isDry: boolean) {
    this.#isDry = isDry;
    this.#path = path;
    this.spool = spool;
    this.#entries = entries;
    this.#file = openSync(path, entries.size > 0 ? 'a' : 'w', PRIVATE_FILE);
  }

  static async open(gitDir: string, { sources, anew, isDry }: JournalOptions): Promise<Journal> {
    const folder = await runFolder(gitDir);
    const name = isDry ? 'dry-run' : 'documents';
    const path = join(folder, `${name}.jsonl`);
    const entries = anew || isDry ? new Map<string, Entry>() : await readEntries(path, sources);
    const spool = entries.size > 0 ? Spool.reopen(join(folder, name), endOf(entries)) : undefined;
    if (spool === undefined) entries.clear();
    else rewrite(path, entries);
    return new Journal(path, spool ?? Spool.create(join(folder, name)), entries, isDry);
  }

  /** Begins a source's run. Answers what an interrupted one of the same key has left. */
  begin(source: string, key: string): Interrupted | undefined {
    const entry = this.#entries.get(source);
    this.#waiting.set(source, [lineOf({ source, key })]);
    if (entry?.key === key && entry.checkpoint)
      return { documents: entry.documents, checkpoint: entry.checkpoint };
    this.#entries.set(source, { key, documents: new Map() });
    return undefined;
  }

  take(source: string, taken: TakenDocument): void {
    this.#waiting.get(source)?.push(lineOf({ source, taken }));
  }

  /** Whether it is time to make durable what was taken, and what could have been by now. */
  isDue(source: string, now: number): boolean {
    const marked = this.#marked.get(source);
    if (marked === undefined) this.#marked.set(source, now);
    return marked !== undefined && now - marked >= INTERVAL;
  }

  /** Makes what was taken durable, with a checkpoint to go on from, which is asked for if anything was. */
  mark(source: string, checkpoint: () => Checkpoint, now: number): void {
    const waiting = this.#waiting.get(source);
    // The first line says whose they are.
    if (waiting === undefined || waiting.length === 1) return;
    this.spool.sync();
    writeFileSync(this.#file, [...waiting, lineOf({ source, checkpoint: checkpoint() })].join(''));
    fsyncSync(this.#file);
    waiting.length = 1;
    this.#marked.set(source, now);
  }

  /** All that the source has told is committed, or need not be. */
  end(source: string): void {
    this.#entries.delete(source);
    if (this.#entries.size > 0) writeFileSync(this.#file, lineOf({ source, end: true }));
  }

  [Symbol.dispose](): void {
    const isKept = this.#entries.size > 0 && !this.#isDry;
    closeSync(this.#file);
    if (!isKept) rmSync(this.#path, { force: true });
    this.spool.isKept = isKept;
    this.spool[Symbol.dispose]();
  }
}

const lineOf = (line: Line): string => `${JSON.stringify(line)}\n`;

/** What can be gone on from. Whatever follows the last checkpoint of a source, or a torn line, counts for nothing. */
async function readEntries(path: string, sources: readonly string[]): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  const taken = new Map<string, TakenDocument[]>();
  try {
    for await (const text of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
      const line = JSON.parse(text) as Line;
      const { source } = line;
      if (!sources.includes(source)) continue;
      const entry = entries.get(source);
      if ('key' in line) {
        taken.set(source, []);
        if (entry?.key !== line.key) entries.set(source, { key: line.key, documents: new Map() });
      } else if ('taken' in line) taken.get(source)?.push(line.taken);
      else if ('end' in line) entries.delete(source);
      else if (entry) {
        for (const each of taken.get(source) ?? []) entry.documents.set(each.document.facts.id, each);
        taken.set(source, []);
        entry.checkpoint = line.checkpoint;
      }
    }
  } catch (error) {
    if (!(error instanceof SyntaxError) && (error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  for (const [source, { checkpoint }] of entries) if (checkpoint === undefined) entries.delete(source);
  return entries;
}

/** Leaves out what counts for nothing: a run may be interrupted again and again. */
function rewrite(path: string, entries: ReadonlyMap<string, Entry>): void {
  const next = `${path}.tmp`;
  const file = openSync(next, 'w', PRIVATE_FILE);
  try {
    for (const [source, { key, documents, checkpoint }] of entries) {
      writeFileSync(file, lineOf({ source, key }));
      for (const taken of documents.values()) writeFileSync(file, lineOf({ source, taken }));
      if (checkpoint) writeFileSync(file, lineOf({ source, checkpoint }));
    }
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(next, path);
}

/** Where the last of their texts ends in the spool. */
function endOf(entries: ReadonlyMap<string, Entry>): number {
  let end = 0;
  for (const { documents } of entries.values()) {
    for (const { document, revisions } of documents.values())
      for (const { text, description } of [document, ...revisions])
        for (const { offset, length } of description ? [text, description] : [text])
          end = Math.max(end, offset + length);
  }
  return end;
}
