import { createHash } from 'node:crypto';
import { decodeText, MAX_TEXT_BYTES } from '../../core/decode-text.ts';
import type { Facts } from '../../core/document.ts';
import type { Logger } from '../../core/logger.ts';
import type { FoundRepository, SourceRepository, TrackedFile } from '../../core/source-repositories.ts';
import type { ChangesOptions, KnownDocuments, SourceEvent } from '../contract.ts';
import type { Choice } from './documents.ts';
import { type History, historyOf } from './history.ts';
import { TREE } from './model.ts';
import { type RenderOptions, renderFile } from './render.ts';

export interface GitReader {
  readonly found: FoundRepository;
  readonly choice: Choice;
  readonly rendering: RenderOptions;
  readonly log: Logger;
}

/**
 * One run. A commit that was read to its end tells nothing new; of another one, each file is compared by its content and by who
 * last changed it. The listing is the commit's own tree: what is not in it is gone.
 */
export async function* gitChanges(
  { found, choice, rendering, log }: GitReader,
  { checkpoint, known, full, again = [], signal }: ChangesOptions,
): AsyncGenerator<SourceEvent> {
  const isRead = checkpoint?.head === found.head && checkpoint.documents === digestOf(known.values());
  if (!full && again.length === 0 && isRead) {
    for (const { id } of known.values()) yield { type: 'present', id };
    yield { type: 'complete', scope: TREE };
    return;
  }
  await using repository = await found.open();
  const { files, left, paths } = await listDocuments(repository, choice, known);
  const { source } = rendering;
  if (repository.unnamed > 0)
    log.warn(`${source}: ${repository.unnamed} files whose names are not UTF-8 are left out`);
  const histories = await historyOf(repository, new Set(files.map(({ path }) => path)));
  signal.throwIfAborted();
  yield { type: 'expect', documents: files.length };

  for (const id of left) yield { type: 'delete', id, reason: 'excluded' };
  const moved = new Set(files.map(({ blob }) => blob));
  for (const { id, fields } of known.values())
    if (!paths.has(id) && moved.has(String(fields?.blob))) yield { type: 'delete', id, reason: 'moved-out' };

  const isSame = ({ path, blob }: TrackedFile) =>
    !full && !again.includes(path) && isUnchanged(known.get(path), blob, histories.get(path));
  const changed: TrackedFile[] = [];
  const told: { id: string }[] = [];
  for (const file of files) {
    if (!isSame(file)) {
      changed.push(file);
      continue;
    }
    told.push({ id: file.path });
    yield { type: 'present', id: file.path };
  }
  for await (const { file, content } of repository.read(changed, MAX_TEXT_BYTES)) {
    signal.throwIfAborted();
    const { path } = file;
    const text = content && decodeText(content);
    if (text === undefined) log.warn(`${source}: ${path} is left out: ${whyNot(content)}`);
    else {
      told.push({ id: path });
      yield { type: 'upsert', document: renderFile(file, text, histories.get(path), rendering) };
    }
  }
  yield { type: 'complete', scope: TREE };
  yield { type: 'checkpoint', value: { head: repository.head, documents: digestOf(told) } };
}

/**
 * Tells which documents the commit has: where the repository holds others, because their deletion was held back or they could
 * not be taken, there is still something to do.
 */
function digestOf(documents: Iterable<{ readonly id: string }>): string {
  const ids = Array.from(documents, ({ id }) => id).sort();
  return createHash('sha256').update(ids.join('\0')).digest('hex').slice(0, 16);
}

interface Listing {
  readonly files: readonly TrackedFile[];
  /** Former documents that the configuration leaves out. */
  readonly left: readonly string[];
  /** Of the documents. */
  readonly paths: ReadonlySet<string>;
}

async function listDocuments(
  repository: SourceRepository,
  choice: Choice,
  known: KnownDocuments,
): Promise<Listing> {
  const files: TrackedFile[] = [];
  const left: string[] = [];
  for await (const file of repository.files()) {
    if (choice.isDocument(file.path)) files.push(file);
    else if (known.get(file.path)) left.push(file.path);
  }
  return { files, left, paths: new Set(files.map(({ path }) => path)) };
}

/** The same content may have come to be by another change: it was changed and changed back, or history was written anew. */
function isUnchanged(facts: Facts | undefined, blob: string, history: History | undefined): boolean {
  return (
    facts !== undefined &&
    facts.fields?.blob === blob &&
    facts.fields.commit === history?.last.commit &&
    facts.created === history?.first.date
  );
}

function whyNot(content: Uint8Array | undefined): string {
  return content === undefined ? 'it is larger than 1 MB' : 'it is no text';
}
