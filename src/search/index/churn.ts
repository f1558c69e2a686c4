import type { Store, StoreWriter } from '../store/store.ts';

/** A source's model against what it was trained on, in chunks. */
export interface Churn {
  readonly trained: number;
  /** Cut anew since then. */
  readonly changed: number;
  /** Of these, those that have not been given to the model. */
  readonly pending: number;
  /** The names of the model's parts; none if there was too little to learn from. */
  readonly parts: readonly string[];
}

export const UNTRAINED: Churn = { trained: 0, changed: 0, pending: 0, parts: [] };

const NAME = 'churn';

export async function readChurn(store: Store): Promise<ReadonlyMap<string, Churn>> {
  const kept = await store.kept(NAME);
  return new Map(kept === null ? [] : (JSON.parse(new TextDecoder().decode(kept)) as [string, Churn][]));
}

export async function writeChurn(writer: StoreWriter, churn: ReadonlyMap<string, Churn>): Promise<void> {
  await writer.keep(NAME, new TextEncoder().encode(JSON.stringify([...churn])));
}

/** Notes how many chunks of each source were cut anew. */
export async function addChurn(
  store: Store,
  writer: StoreWriter,
  changed: ReadonlyMap<string, number>,
): Promise<void> {
  if (changed.size === 0) return;
  const churn = new Map(await readChurn(store));
  for (const [source, chunks] of changed) {
    const known = churn.get(source) ?? UNTRAINED;
    churn.set(source, { ...known, changed: known.changed + chunks, pending: known.pending + chunks });
  }
  await writeChurn(writer, churn);
}

/** Whether chunks wait for a model. */
export async function hasPending(store: Store): Promise<boolean> {
  return [...(await readChurn(store)).values()].some(({ pending }) => pending > 0);
}

/** Whether so much of a source is new, or gone, that its model no longer tells of it: a tenth. */
export function isOutgrown({ trained, changed }: Churn, chunks: number): boolean {
  return changed * 10 > trained || chunks * 10 < trained * 9;
}
