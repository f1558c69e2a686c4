import { join } from 'node:path';
import { openSqliteStore } from '../../src/search/store/sqlite/open.ts';
import { atMost, type Bench, compared } from '../row.ts';
import { answering, asGiven, put } from './own.ts';
import { inFolder } from './places.ts';
import { mediansOver } from './speed.ts';
import { SyntheticTexts } from './texts.ts';

const UPDATES = 200;
const CHUNKS_OF_UPDATE = 50;

/** What many small updates do to a search: each puts documents in place of others of the same paths. */
export const searchChurn: Bench = async ({ quick }) => {
  const [chunks, updates] = quick ? [1_000, 10] : [20_000, UPDATES];
  const texts = new SyntheticTexts(384);
  const questions = Array.from({ length: 50 }, (_, n) => texts.question(n));
  return inFolder(async (folder) => {
    const path = join(folder, 'own.sqlite');
    const p50 = async () => {
      await using store = await openSqliteStore({ path });
      const [time = Number.NaN] = await mediansOver(
        questions,
        [answering(store, asGiven(store))],
        quick ? 1 : 5,
      );
      return time;
    };
    await using store = await openSqliteStore({ path });
    await put(store, texts.passages(chunks));
    const before = await p50();
    for (let update = 0; update < updates; update += 1) {
      const from = (update * CHUNKS_OF_UPDATE * 7) % chunks;
      const changed = texts.passages(CHUNKS_OF_UPDATE, chunks + update * CHUNKS_OF_UPDATE);
      const former = texts.passages(CHUNKS_OF_UPDATE, from);
      await put(
        store,
        changed.map((passage) => ({ ...passage, path: former.next().value?.path ?? passage.path })),
      );
    }
    const { chunks: left } = await store.stats();
    if (left !== chunks) throw new Error(`${left} chunks are left of ${chunks}`);
    const row = {
      name: `search after ${updates} updates of ${CHUNKS_OF_UPDATE} chunks, hybrid p50`,
      unit: 'ms',
    };
    return [compared({ ...row, value: await p50() }, 'before', before, atMost(1.3))];
  });
};
