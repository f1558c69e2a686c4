import { join } from 'node:path';
import { openSqliteStore } from '../../src/search/store/sqlite/open.ts';
import { atLeast, type Bench, compared, measured, timesOf } from '../row.ts';
import { LanceTexts } from './lancedb.ts';
import { put } from './own.ts';
import { inFolder, NOT_INSTALLED } from './places.ts';
import { SyntheticTexts } from './texts.ts';

const DIMENSIONS = 384;

/** Rows a second into an empty index, of words and of vectors that are given. LanceDB makes its table and its index of words. */
export const searchBuild: Bench = async ({ quick }) => {
  const chunks = quick ? 1_000 : 20_000;
  if (!LanceTexts.isInstalled()) return NOT_INSTALLED;
  const passages = [...new SyntheticTexts(DIMENSIONS).passages(chunks)];
  const times = await inFolder((folder) => {
    let builds = 0;
    const own = async () => {
      await using store = await openSqliteStore({ path: join(folder, `${++builds}.sqlite`) });
      await put(store, passages);
    };
    const theirs = () => LanceTexts.create(join(folder, `lance-${++builds}`), passages);
    return timesOf(quick ? 1 : 5, [own, theirs], 1);
  });
  const [own = [], theirs = []] = times.map((each) =>
    each.map((milliseconds) => (chunks * 1000) / milliseconds),
  );
  const row = measured('search index, build', 'rows/s', own);
  return [compared(row, 'LanceDB flat', theirs, atLeast(1))];
};
