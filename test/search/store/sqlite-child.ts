import { isCtxError } from '../../../src/core/errors/index.ts';
import { openSqliteStore } from '../../../src/search/store/sqlite/open.ts';
import { documentOf } from '../../contract/store-documents.ts';

export interface ChildOrder {
  readonly path: string;
  /**
   * `count` adds one to the state's format. `hang` writes documents without end, until it is killed, and `fill` until it cannot,
   * and prints what that is called.
   */
  readonly what: 'count' | 'hang' | 'fill';
  readonly times?: number;
}

const [argument = ''] = process.argv.slice(2);
const { path, what, times = 1 }: ChildOrder = JSON.parse(argument);
await using store = await openSqliteStore({ path });

if (what === 'count')
  for (let time = 0; time < times; time += 1)
    await store.write(async (writer) => {
      const state = await store.state();
      const format = String(Number(state?.format ?? 0) + 1);
      await writer.setState({ format, embeddings: 'none', commits: {} });
    });
else
  try {
    await endlessly();
  } catch (error) {
    process.stdout.write(`${what === 'fill' && isCtxError(error) ? error.code : error}\n`);
  }

function endlessly(): Promise<never> {
  return store.write(async (writer) => {
    await writer.delete(['kept.md']);
    const text = 'words that are many '.repeat(500);
    for (let n = 0; ; n += 1) {
      await writer.upsert([documentOf(`new/${n}.md`, [`${text} number${n}`])]);
      // Beyond what is held in memory: the file itself holds half of it by then.
      if (n === 8_000 && what === 'hang') process.stdout.write('written\n');
    }
  });
}
