import type { Embedding } from '../embed/embedder.ts';
import { LSA_DIMENSIONS, type LsaModel, openLsa } from '../embed/lsa/model.ts';
import type { Embedded, FoundChunk, Store, StoreWriter } from '../store/store.ts';
import { isOutgrown, readChurn, UNTRAINED, writeChurn } from './churn.ts';
import { embeddedText } from './embedded-text.ts';

/** Models of the texts' own, one for each source. Raised when equal texts give other vectors than before. */
export const LATENT = `lsa:1:${LSA_DIMENSIONS}`;

const nameOf = (source: string, part: string): string => `lsa/${source}/${part}`;

export interface RenewOptions {
  readonly signal: AbortSignal;
  /** Called when a source's model is going to be trained. */
  readonly onTraining: (source: string) => void;
}

/**
 * Trains the models of sources of which a tenth has changed, and folds what is new in the others into theirs. Each source has
 * a transaction of its own.
 */
export async function renewModels(store: Store, options: RenewOptions): Promise<void> {
  const churn = await readChurn(store);
  const { sources } = await store.stats();
  for (const { source, chunks } of sources)
    if (isDue(churn.get(source), chunks))
      await store.write((writer) => renew(store, writer, source, options));
}

/** Whether a source has changed since it was last looked at. */
function isDue(churn = UNTRAINED, chunks: number): boolean {
  return churn.pending > 0 || isOutgrown(churn, chunks);
}

/** As the only writer, who looks again: another one may have done it meanwhile. */
async function renew(
  store: Store,
  writer: StoreWriter,
  source: string,
  { signal, onTraining }: RenewOptions,
): Promise<void> {
  signal.throwIfAborted();
  const churn = new Map(await readChurn(store));
  const own = churn.get(source) ?? UNTRAINED;
  const { chunks = 0 } = (await store.stats()).sources.find((each) => each.source === source) ?? {};
  if (!isOutgrown(own, chunks)) {
    const model = await latentModel(store, source);
    if (model !== undefined) await writer.embed(embedded(store.unembedded({ sources: [source] }), model));
    await writeChurn(writer, churn.set(source, { ...own, pending: 0 }));
    return;
  }
  onTraining(source);
  const { trainLsa } = await import('../embed/lsa/train.ts');
  const model = await trainLsa(textsOf(store, source), { signal });
  const parts = new Map(model?.parts());
  for (const part of own.parts) if (!parts.has(part)) await writer.keep(nameOf(source, part), null);
  for (const [part, content] of parts) await writer.keep(nameOf(source, part), content);
  if (model !== undefined) await writer.embed(embedded(store.chunks({ sources: [source] }), model));
  await writeChurn(writer, churn.set(source, { ...UNTRAINED, trained: chunks, parts: [...parts.keys()] }));
}

async function* textsOf(store: Store, source: string): AsyncGenerator<string> {
  for await (const chunk of store.chunks({ sources: [source] })) yield embeddedText(chunk);
}

async function* embedded(chunks: AsyncIterable<FoundChunk>, model: LsaModel): AsyncGenerator<Embedded> {
  for await (const chunk of chunks)
    yield { chunk: chunk.id, embedding: await model.embed(embeddedText(chunk)) };
}

/** The sources that have models. */
export async function latentSources(store: Store): Promise<string[]> {
  return [...(await readChurn(store))].flatMap(([source, { parts }]) => (parts.length > 0 ? [source] : []));
}

/** What a query means to a source's texts, by the parts of its model that the query's words need. */
export async function latentQuery(store: Store, source: string, query: string): Promise<Embedding> {
  return (await openLsa((part) => store.kept(nameOf(source, part)))).embed(query);
}

async function latentModel(store: Store, source: string): Promise<LsaModel | undefined> {
  const { parts } = (await readChurn(store)).get(source) ?? UNTRAINED;
  return parts.length === 0 ? undefined : openLsa((part) => store.kept(nameOf(source, part)));
}
