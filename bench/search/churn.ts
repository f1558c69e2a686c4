import { join } from 'node:path';
import { openSqliteStore } from '../../src/search/store/sqlite/open.ts';
import { atMost, type Bench, compared, measured } from '../row.ts';
import { answering, asGiven, put } from './own.ts';
import { inFolder } from './places.ts';
import { timesOver } from './speed.ts';
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
    const times = async () => {
      await using store = await openSqliteStore({ path });
      const [each = []] = await timesOver(questions, [answering(store, asGiven(store))], quick ? 1 : 5);
      return each;
    };
    await using store = await openSqliteStore({ path });
    await put(store, texts.passages(chunks));
    const before = await times();
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
    const name = `search after ${updates} updates of ${CHUNKS_OF_UPDATE} chunks, hybrid p50`;
    return [compared(measured(name, 'ms', await times()), 'before', before, atMost(1.3))];
  });
};
