import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPostgresStore } from '../../../src/search/store/postgres/open.ts';
import { openSqliteStore } from '../../../src/search/store/sqlite/open.ts';
import type { Store } from '../../../src/search/store/store.ts';
import { documentOf, names } from '../../contract/store-documents.ts';
import { storeSuite } from '../../contract/store-suite.ts';
import { type Pglite, postgresStores, startPglite } from '../../harness/pglite.ts';

let server: Pglite;
beforeAll(async () => {
  server = await startPglite();
}, 60_000);
afterAll(() => server[Symbol.asyncDispose]());

storeSuite('in PostgreSQL without pg_textsearch', async () => ({
  ...(await postgresStores(server.url, 'textsearch=off')),
  oneSession: true,
}));

storeSuite('in PostgreSQL with pg_textsearch', async () => ({
  ...(await postgresStores(server.url, 'textsearch=on')),
  oneSession: true,
}));

const OTHER = process.env.CTX_TEST_POSTGRES;
describe.skipIf(OTHER === undefined)(
  `on the server of CTX_TEST_POSTGRES, with pgvector${OTHER === undefined ? ' (not set)' : ''}`,
  () => {
    for (const textsearch of ['on', 'off'])
      storeSuite(`with textsearch=${textsearch}`, () =>
        postgresStores(OTHER ?? '', `textsearch=${textsearch}`),
      );
  },
);

const CORPUS = join(import.meta.dirname, '../../../../shared/corpus/ir');
const COLLECTIONS = ['cacm', 'cisi', 'cranfield', 'medline'];
const absent = COLLECTIONS.every((name) => existsSync(join(CORPUS, `${name}.json`))) ? '' : ' (not here)';

interface Collection {
  readonly docs: readonly { readonly id: string; readonly title: string; readonly text: string }[];
  readonly queries: readonly { readonly id: string; readonly text: string }[];
  readonly qrels: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

describe.skipIf(absent !== '')(`judged collections${absent}`, () => {
  test.each(COLLECTIONS)('%s is ranked as well as by the embedded store', async (name) => {
    const collection: Collection = JSON.parse(readFileSync(join(CORPUS, `${name}.json`), 'utf8'));
    const folder = mkdtempSync(join(tmpdir(), 'ctx-ndcg-'));
    const gained: Record<string, number> = {};
    const stores = {
      embedded: () => openSqliteStore({ path: join(folder, 'index.db') }),
      'with pg_textsearch': () => openPostgresStore({ url: `${server.url}?schema=${name}_on` }),
      'without it': () => openPostgresStore({ url: `${server.url}?schema=${name}_off&textsearch=off` }),
    };
    for (const [kind, open] of Object.entries(stores)) {
      await using store = await open();
      const documents = collection.docs.map(({ id, title, text }) => documentOf(id, [text], { title }));
      await store.write((writer) => writer.upsert(documents));
      gained[kind] = await ndcg(store, collection);
    }
    rmSync(folder, { recursive: true });
    process.stdout.write(`${name}: nDCG@10 ${JSON.stringify(gained)}\n`);
    const { embedded = 1, ...others } = gained;
    for (const value of Object.values(others)) expect(value / embedded).toBeGreaterThanOrEqual(0.97);
  });
});

/** The mean of nDCG@10 over all judged queries. */
async function ndcg(store: Store, { queries, qrels }: Collection): Promise<number> {
  const gain = (grades: readonly number[]) =>
    grades.slice(0, 10).reduce((sum, grade, rank) => sum + grade / Math.log2(rank + 2), 0);
  const values: number[] = [];
  for (const { id, text } of queries) {
    const grades = qrels[id] ?? {};
    const ideal = gain(Object.values(grades).sort((a, b) => b - a));
    if (ideal === 0) continue;
    const found = await names(store, await store.lexical(text, { limit: 10 }));
    values.push(gain(found.map((name) => grades[name.replace(/#\d+$/, '')] ?? 0)) / ideal);
  }
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
