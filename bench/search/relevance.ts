import { join } from 'node:path';
import { evaluate } from '../../src/search/evaluate.ts';
import { addChurn } from '../../src/search/index/churn.ts';
import { renewModels } from '../../src/search/index/latent-models.ts';
import { openPostgresStore } from '../../src/search/store/postgres/open.ts';
import { openSqliteStore } from '../../src/search/store/sqlite/open.ts';
import type { Store } from '../../src/search/store/store.ts';
import { startPglite } from '../../test/harness/pglite.ts';
import { atLeast, type Bench, compared, type Row } from '../row.ts';
import { demoRows } from './demo.ts';
import { type JudgedCollection, judgedCollections } from './judged.ts';
import { LanceWords, loadLance } from './lancedb.ts';
import { inFolder, NOT_INSTALLED } from './places.ts';
import { DEPTH, figure, measure } from './relevance-figures.ts';

/**
 * How well judged questions are answered, by nDCG@10. Each document is one chunk of its title and all of its text, since people
 * judged whole documents. By words alone each collection is an index of its own, as it is for the peer; then all are sources
 * of one index with a model each, and the questions of each are asked of the whole.
 */
export const relevance: Bench = async ({ quick }) => {
  const all = judgedCollections();
  if (typeof all === 'string') return all;
  if (loadLance() === undefined) return NOT_INSTALLED;
  const collections = quick ? all.slice(0, 1).map(few) : all;
  return inFolder(async (folder) => [
    ...(await byWords(collections, folder)),
    ...(await inUnion(collections, folder)),
    ...(await demoRows(folder)),
  ]);
};

/** Shows that it runs: some of the questions, all documents. */
function few(collection: JudgedCollection): JudgedCollection {
  return { ...collection, judgements: collection.judgements.slice(0, 10) };
}

async function byWords(collections: readonly JudgedCollection[], folder: string): Promise<Row[]> {
  await using server = await startPglite();
  const rows: Row[] = [];
  const sums = { own: 0, theirs: 0 };
  for (const collection of collections) {
    const { name, documents, judgements } = collection;
    const measured = async (store: Store) => {
      await put(store, collection);
      return (await measure(store, judgements, 'lexical')).ndcg10;
    };
    await using embedded = await openSqliteStore({ path: join(folder, `${name}.sqlite`) });
    const own = await measured(embedded);
    const lance = await LanceWords.create(join(folder, 'lance', name), documents);
    const { ndcg10: theirs } = await evaluate(judgements, async (query) => {
      return (await lance.search(query, DEPTH)).map((path) => [path]);
    });
    rows.push(compared(figure(`by words, ${name}`, own), "LanceDB's FTS", theirs));
    sums.own += own / collections.length;
    sums.theirs += theirs / collections.length;
    for (const [how, parameters] of [
      ['PostgreSQL with pg_textsearch', ''],
      ['PostgreSQL without it', '&textsearch=off'],
    ] as const) {
      const schema = `${name}_${parameters === '' ? 'with' : 'without'}`;
      await using store = await openPostgresStore({ url: `${server.url}?schema=${schema}${parameters}` });
      const row = figure(`by words in ${how}, ${name}`, await measured(store));
      rows.push(compared(row, 'embedded', own, atLeast(0.97)));
    }
  }
  const mean = figure('by words, mean of the collections', sums.own);
  return [...rows, compared(mean, "LanceDB's FTS", sums.theirs, atLeast(0.97))];
}

async function inUnion(collections: readonly JudgedCollection[], folder: string): Promise<Row[]> {
  await using store = await openSqliteStore({ path: join(folder, 'union.sqlite') });
  for (const collection of collections) await put(store, collection);
  await renewModels(store, { signal: new AbortController().signal, onTraining: () => {} });
  const rows: Row[] = [];
  const sums = { lexical: 0, hybrid: 0 };
  for (const { name, judgements } of collections) {
    const { ndcg10: lexical } = await measure(store, judgements, 'lexical');
    const { ndcg10: hybrid } = await measure(store, judgements, 'hybrid');
    sums.lexical += lexical / collections.length;
    sums.hybrid += hybrid / collections.length;
    rows.push(compared(figure(`hybrid among all, ${name}`, hybrid), 'by words', lexical, atLeast(0.98)));
  }
  const mean = figure('hybrid among all, mean of the collections', sums.hybrid);
  return [...rows, compared(mean, 'by words', sums.lexical, atLeast(1.03))];
}

async function put(store: Store, { name, documents }: JudgedCollection): Promise<void> {
  await store.write(async (writer) => {
    const about = { source: name, collection: 'context', type: 'page', ancestors: [], keys: [] };
    await writer.upsert(
      documents.map(({ path, title, text }) => ({
        document: { ...about, path, blob: path, title },
        chunks: [{ headings: [], text, lines: [1, 1], mentions: [] }],
      })),
    );
    await addChurn(store, writer, new Map([[name, documents.length]]));
  });
}
