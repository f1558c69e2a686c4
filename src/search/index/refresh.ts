import { CHUNKER_VERSION } from '../chunk/chunk.ts';
import type { DocumentWithChunks, Store, StoreState, StoreWriter } from '../store/store.ts';
import { addChurn } from './churn.ts';
import type { CollectedFile, Collection } from './collection.ts';

/** Raised when equal files make other rows than before. */
const INDEX_VERSION = 1;
const FORMAT = `${INDEX_VERSION}.${CHUNKER_VERSION}`;

/** So many files are read and cut before the store takes them. */
const BATCH = 200;

export interface RefreshOptions {
  /** The fingerprint of the embedder, `none` without one. */
  readonly embeddings: string;
  readonly signal?: AbortSignal;
  /** Called with the number of documents that were cut so far. */
  readonly onProgress?: (done: number) => void;
}

export interface Refreshed {
  /** Documents that were cut anew or came, and those that went. */
  readonly upserted: number;
  readonly deleted: number;
  /** Why the whole index was made anew, if it was: another format or another model. */
  readonly anew: boolean;
}

/** Whether the index is of these commits, made by this program with this embedder. */
export function isCurrent(
  state: StoreState | null,
  collections: readonly Pick<Collection, 'name' | 'head'>[],
  embeddings: string,
): boolean {
  return isUsable(state, embeddings) && collections.every(({ name, head }) => state.commits[name] === head);
}

export function isUsable(state: StoreState | null, embeddings: string): state is StoreState {
  return state !== null && state.format === FORMAT && state.embeddings === embeddings;
}

/**
 * Brings the texts of the index to the commits of the collections; those of collections that are not named stay. All of it in
 * one transaction: who reads meanwhile sees the former commits, and a kill leaves them.
 */
export async function refreshTexts(
  store: Store,
  collections: readonly Collection[],
  { embeddings, signal, onProgress }: RefreshOptions,
): Promise<Refreshed> {
  return store.write(async (writer) => {
    const before = await store.state();
    const usable = isUsable(before, embeddings) ? before.commits : undefined;
    const anew = before !== null && usable === undefined;
    if (anew) for (const name of Object.keys(before.commits)) await writer.drop(name);
    const commits: Record<string, string> = { ...usable };
    const churn = new Map<string, number>();
    let upserted = 0;
    let deleted = 0;
    for (const collection of collections) {
      const { name, head } = collection;
      if (commits[name] === head) continue;
      const { gone, files } = await differences(store, collection, commits[name]);
      await writer.delete(gone);
      deleted += gone.length;
      for (let start = 0; start < files.length; start += BATCH) {
        const batch = files.slice(start, start + BATCH);
        const documents = await takeIn(writer, collection, batch, signal);
        for (const { document, chunks } of documents)
          churn.set(document.source, (churn.get(document.source) ?? 0) + chunks.length);
        upserted += documents.length;
        onProgress?.(upserted);
      }
      commits[name] = head;
    }
    await addChurn(store, writer, churn);
    await writer.setState({ format: FORMAT, embeddings, commits });
    return { upserted, deleted, anew };
  });
}

/** What has to be cut, and the paths in the index that have to go. */
async function differences(
  store: Store,
  collection: Collection,
  since: string | undefined,
): Promise<{ gone: string[]; files: CollectedFile[] }> {
  const gone: string[] = [];
  const files: CollectedFile[] = [];
  const changes = since === undefined ? undefined : await collection.changesSince(since);
  if (changes !== undefined) {
    for await (const { path, blob } of changes)
      if (blob === null) gone.push(collection.indexed(path));
      else files.push({ path, blob });
    return { gone, files };
  }
  const known = new Map<string, string>();
  for await (const { path, blob } of store.documents({ collections: [collection.name] }))
    known.set(path, blob);
  for await (const file of collection.files()) {
    const path = collection.indexed(file.path);
    if (known.get(path) !== file.blob) files.push(file);
    known.delete(path);
  }
  gone.push(...known.keys());
  return { gone, files };
}

async function takeIn(
  writer: StoreWriter,
  collection: Collection,
  files: readonly CollectedFile[],
  signal: AbortSignal | undefined,
): Promise<DocumentWithChunks[]> {
  const documents: DocumentWithChunks[] = [];
  const none: string[] = [];
  for await (const { file, document } of collection.read(files)) {
    signal?.throwIfAborted();
    if (document === null) none.push(collection.indexed(file.path));
    else documents.push(document);
  }
  // A file that was a document may be none any more.
  await writer.delete(none);
  await writer.upsert(documents);
  return documents;
}
