import { join } from 'node:path';
import { addChurn } from '../../src/search/index/churn.ts';
import { latentQuery, renewModels } from '../../src/search/index/latent-models.ts';
import { latentSemantics } from '../../src/search/query/semantics.ts';
import { openSqliteStore } from '../../src/search/store/sqlite/open.ts';
import type { Store } from '../../src/search/store/store.ts';
import { atMost, type Bench, compared, measured, type Row } from '../row.ts';
import { answering, asGiven, LIMIT, put } from './own.ts';
import { inFolder, NOT_INSTALLED } from './places.ts';
import { SqliteVec } from './sqlite-vec.ts';
import { type Question, SyntheticTexts } from './texts.ts';

const DIMENSIONS = 384;
const PEER = 'node:sqlite + sqlite-vec float32 with RRF';

/**
 * The median of whole searches, from the question to ten documents and their snippets, beside a peer that answers with the texts
 * alone; both have the same chunks and the same vectors, which nobody has to ask a model for.
 */
export const searchSpeed: Bench = async ({ quick }) => {
  const rows: Row[] = [];
  for (const { chunks, rounds } of quick
    ? [{ chunks: 2_000, rounds: 1 }]
    : [
        { chunks: 20_000, rounds: 5 },
        { chunks: 200_000, rounds: 2 },
      ]) {
    const measured = await inFolder((folder) => measure(folder, chunks, rounds));
    if (measured === undefined) return NOT_INSTALLED;
    rows.push(...measured);
  }
  return rows;
};

async function measure(folder: string, chunks: number, rounds: number): Promise<Row[] | undefined> {
  const texts = new SyntheticTexts(DIMENSIONS);
  using peer = SqliteVec.open(join(folder, 'peer.sqlite'), DIMENSIONS);
  if (peer === undefined) return undefined;
  peer.put(texts.passages(chunks));
  await using store = await openSqliteStore({ path: join(folder, 'own.sqlite') });
  await put(store, texts.passages(chunks));
  const questions = Array.from({ length: 50 }, (_, n) => texts.question(n));
  const works = [answering(store, asGiven(store)), (question: Question) => peer.search(question, LIMIT)];
  const [own = [], theirs = []] = await timesOver(questions, works, rounds);
  const name = (what: string) => `search of ${chunks.toLocaleString('en')} chunks, ${what}`;
  const row = measured(name('hybrid p50'), 'ms', own);
  const rows: Row[] = [compared(row, PEER, theirs, atMost(0.5))];
  // Learning from more than this takes no longer, since no more is learned from.
  if (chunks > 20_000) return rows;
  const seconds = await learn(store, chunks);
  const semantics = latentSemantics(store, ['wiki'], (source, query) => latentQuery(store, source, query));
  const [byDefault = []] = await timesOver(questions, [answering(store, () => semantics)], rounds);
  return [
    ...rows,
    compared(measured(name('p50 with the default model'), 'ms', byDefault), PEER, theirs),
    measured(name('training of the default model, and its vectors'), 's', seconds),
  ];
}

/** The time it takes to give all chunks vectors of a model of their own, in seconds. */
async function learn(store: Store, chunks: number): Promise<number> {
  await store.write((writer) => addChurn(store, writer, new Map([['wiki', chunks]])));
  const start = performance.now();
  await renewModels(store, { signal: new AbortController().signal, onTraining: () => {} });
  return (performance.now() - start) / 1000;
}

/** The times of each work over all questions, in milliseconds; the works take turns, and the first round does not count. */
export async function timesOver<T>(
  questions: readonly T[],
  works: readonly ((question: T) => unknown)[],
  rounds: number,
): Promise<readonly (readonly number[])[]> {
  const times = works.map((): number[] => []);
  for (let round = 0; round <= rounds; round += 1)
    for (const question of questions)
      for (const [n, work] of works.entries()) {
        const start = performance.now();
        await work(question);
        if (round > 0) times[n]?.push(performance.now() - start);
      }
  return times;
}
