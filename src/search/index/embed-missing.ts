import type { Embedder } from '../embed/embedder.ts';
import type { Embedded, FoundChunk, Store } from '../store/store.ts';
import { embeddedText } from './embedded-text.ts';

/** Each so many are kept as soon as they are there: an endpoint may take hours for all, and fail in the middle. */
const BATCH = 256;

/** Gives the chunks that have none their vectors, by an endpoint. Fails with `search.embeddings-failed`; what it had until then stays. */
export async function embedMissing(
  store: Store,
  embedder: Embedder,
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: (done: number) => void },
): Promise<number> {
  let done = 0;
  for (;;) {
    const chunks: FoundChunk[] = [];
    for await (const chunk of store.unembedded()) if (chunks.push(chunk) === BATCH) break;
    if (chunks.length === 0) return done;
    const vectors = await embedder.embedDocuments(chunks.map(embeddedText), signal);
    const pairs = chunks.map(({ id }, n) => ({ chunk: id, embedding: vectors[n] }) as Embedded);
    // Another process may have cut some of them anew meanwhile: their numbers are no others'.
    await store.write((writer) => writer.embed(pairs));
    done += chunks.length;
    onProgress(done);
  }
}
