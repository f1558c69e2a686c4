import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPostgresStore } from '../../../src/search/store/postgres/open.ts';
import type { DocumentWithChunks, Store } from '../../../src/search/store/store.ts';
import { termsOf, wordsOf } from '../../../src/search/terms.ts';
import { documentOf, listed, put, scores, unit } from '../../contract/store-documents.ts';
import { type Pglite, startPglite } from '../../harness/pglite.ts';
import { replayed } from '../../harness/replay.ts';
import { startTcpProxy } from '../../harness/tcp-proxy.ts';

let server: Pglite;
beforeAll(async () => {
  server = await startPglite();
}, 60_000);
afterAll(() => server[Symbol.asyncDispose]());

let schemas = 0;
const at = (parameters = '') => `${server.url}?schema=own_${++schemas}${parameters}`;
const lexical = async (store: Store, query: string, limit = 100) =>
  scores(store, await store.lexical(query, { limit }));

describe('words in PostgreSQL', () => {
  const word = fc.constantFrom('alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta', 'eta');
  const text = fc
    .array(
      fc.tuple(
        word,
        fc.oneof({ weight: 9, arbitrary: fc.constantFrom(1, 2, 3) }, fc.integer({ min: 0, max: 70 })),
      ),
    )
    .map((runs) => runs.map(([word, count]) => `${word} `.repeat(count)).join(''));
  const documents = fc
    .array(fc.array(text, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 12 })
    .map((texts) => texts.map((chunks, n) => documentOf(`${(n * 5) % 12}.md`, chunks, { title: '' })));
  const query = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));

  test('score what BM25 says, whether pg_textsearch chooses the candidates or not', async () => {
    await fc.assert(
      fc.asyncProperty(documents, query, fc.integer({ min: 1, max: 20 }), async (documents, query, limit) => {
        const expected = bm25(documents, query).slice(0, limit);
        for (const textsearch of ['on', 'off']) {
          await using store = await openPostgresStore({ url: at(`&textsearch=${textsearch}`) });
          await put(store, ...documents);
          const found = await lexical(store, query, limit);
          expect(found.map(([name]) => name)).toEqual(expected.map(([name]) => name));
          for (const [n, [, score]] of found.entries()) expect(score).toBeCloseTo(expected[n]?.[1] ?? 0, 4);
        }
      }),
      replayed({ runs: 8 }),
    );
  });

  test('are found with pg_textsearch in an index that was begun without it', async () => {
    const url = at();
    const texts = ['alpha beta beta', 'beta', 'alpha gamma', ''];
    await using before = await openPostgresStore({ url: `${url}&textsearch=off` });
    await put(before, ...texts.map((text, n) => documentOf(`${n}.md`, [text])));
    const found = await lexical(before, 'alpha beta');
    await using after = await openPostgresStore({ url });
    await after.write(async () => {});
    expect(await lexical(after, 'alpha beta')).toEqual(found);
    const [{ plan = '' } = {}] = await server.run(
      `select string_agg(indexdef, ' ') as plan from pg_indexes where schemaname = 'own_${schemas}' and tablename = 'chunks'`,
    );
    expect(plan).toContain('USING bm25 (bag)');
    expect(plan).not.toContain('USING gin (words)');
    await put(after, documentOf('4.md', ['alpha alpha beta']));
    expect((await lexical(after, 'alpha'))[0]?.[0]).toBe('4.md#0');
  });
});

/** What BM25 says of chunks whose titles say nothing, the best first. */
function bm25(documents: readonly DocumentWithChunks[], query: string): [string, number][] {
  const last = new Map(documents.map((document) => [document.document.path, document]));
  const chunks = [...last].flatMap(([path, { chunks }]) =>
    chunks.map(({ text }, position) => ({
      name: `${path}#${position}`,
      path,
      position,
      words: wordsOf(text),
    })),
  );
  const length = chunks.reduce((sum, { words }) => sum + words.length, 0) / chunks.length;
  const stems = chunks.map(({ words }) => termsOf(words.join(' ')));
  return chunks
    .map(({ name, path, position, words }, n) => {
      let score = 0;
      for (const term of termsOf(query)) {
        const among = stems.filter((stems) => stems.includes(term)).length;
        const count = Math.min(64, stems[n]?.filter((stem) => stem === term).length ?? 0);
        const rarity = Math.log(1 + (chunks.length - among + 0.5) / (among + 0.5));
        score += (rarity * 2.2 * count) / (count + 1.2 * (0.25 + (0.75 * words.length) / length) || 1);
      }
      return { name, path, position, score };
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => {
      const nearly = Math.abs(a.score - b.score) < 1e-9;
      if (!nearly) return b.score - a.score;
      return a.path === b.path ? a.position - b.position : a.path < b.path ? -1 : 1;
    })
    .map(({ name, score }) => [name, score]);
}

describe('an index in PostgreSQL', () => {
  test('is called without credentials', async () => {
    await using store = await openPostgresStore({ url: at().replace('postgres:secret', 'me:s3cret') });
    expect(store.name).toMatch(/^PostgreSQL 127\.0\.0\.1:\d+\/postgres, schema own_\d+$/);
  });

  test.each([
    ['mysql://u:s3cret@host/db', 'does not begin with'],
    ['not an address s3cret', 'does not begin with'],
    ['postgres://u:s3cret@host/db?schema=a%22b', 'schema'],
    ['postgres://u:s3cret@host/db?textsearch=s3cret', 'textsearch'],
  ])('is not at %s', async (url, reason) => {
    const error = await openPostgresStore({ url }).catch((error) => error);
    expect(error).toMatchObject({ code: 'search.store-address', kind: 'usage' });
    expect(error.message).toContain(reason);
    expect(`${error.message}${error.hint}`).not.toContain('s3cret');
  });

  test('is not there where nobody answers', async () => {
    await using proxy = await startTcpProxy(1);
    const url = `postgres://me:s3cret@127.0.0.1:${proxy.port}/db`;
    const error = await openPostgresStore({ url }).catch((error) => error);
    expect(error).toMatchObject({ code: 'search.store-unreachable' });
    expect(error.message).not.toContain('s3cret');
    expect(error.message).toContain(`PostgreSQL 127.0.0.1:${proxy.port}/db`);
  });

  test('is as it was when the connection breaks while it is written', async () => {
    const url = at();
    await using proxy = await startTcpProxy(Number(new URL(url).port));
    const through = new URL(url);
    through.port = String(proxy.port);
    await using store = await openPostgresStore({ url: through.href });
    await put(store, documentOf('a.md', ['alpha']));
    const attempt = store.write(async (writer) => {
      await writer.upsert([documentOf('b.md', ['alpha'])]);
      proxy.breakAfter(1, 1);
      await writer.delete(['a.md']);
    });
    await expect(attempt).rejects.toMatchObject({ code: 'search.store-unreachable' });
    proxy.breakAfter(undefined);
    expect((await listed(store.documents())).map(({ path }) => path)).toEqual(['a.md']);
    await put(store, documentOf('c.md', ['alpha']));
    expect(await store.stats()).toMatchObject({ documents: 2, chunks: 2 });
  });

  test('of a later version is let be, and one of an earlier version is made anew', async () => {
    const url = at();
    await using store = await openPostgresStore({ url });
    await put(store, documentOf('a.md', ['alpha']));
    await server.run(`update own_${schemas}.state set version = 99`);
    const newer = { code: 'search.store-newer', params: { store: store.name, version: 99 } };
    await expect(openPostgresStore({ url })).rejects.toMatchObject(newer);
    await expect(put(store, documentOf('b.md', ['alpha']))).rejects.toMatchObject(newer);
    await server.run(`update own_${schemas}.state set version = 0`);
    await using after = await openPostgresStore({ url });
    expect(await listed(after.documents())).toEqual([]);
    await put(after, documentOf('b.md', ['beta']));
    expect((await listed(after.documents())).map(({ path }) => path)).toEqual(['b.md']);
  });

  test('of which tables are gone says so, and not what stands in it', async () => {
    await using store = await openPostgresStore({ url: at() });
    await put(store, documentOf('a.md', ['alpha s3cret']));
    await server.run(`drop table own_${schemas}.terms`);
    const error = await store.lexical('alpha s3cret', { limit: 1 }).catch((error) => error);
    expect(error).toMatchObject({ code: 'search.store-failed' });
    expect(error.message).toContain('42P01');
    expect(error.message).not.toContain('s3cret');
  });

  // The last: it changes what is installed for all.
  test('is searched by words alone without pgvector, and by vectors when it is there', async () => {
    const embedding = unit([1, 2]);
    const document = documentOf('a.md', [{ text: 'alpha', embedding }]);
    await server.run('drop extension vector cascade; drop extension pg_textsearch cascade');
    const url = at();
    await using store = await openPostgresStore({ url });
    expect(store.lexicalOnly).toBe(true);
    await put(store, document);
    const [{ id = 0 } = {}] = await store.chunksOf('a.md');
    await store.write((writer) => writer.embed([{ chunk: id, embedding }]));
    expect((await lexical(store, 'alpha')).map(([name]) => name)).toEqual(['a.md#0']);
    expect(await store.vector(embedding, { limit: 1 })).toEqual([]);
    expect(await store.stats()).toMatchObject({ chunks: 1, embedded: 0 });

    await server.run('create schema extensions; create extension vector schema extensions');
    await using after = await openPostgresStore({ url });
    expect(after.lexicalOnly).toBe(false);
    expect(await after.vector(embedding, { limit: 1 })).toEqual([]);
    await after.write((writer) => writer.embed([{ chunk: id, embedding }]));
    expect(await after.vector(embedding, { limit: 1 })).toHaveLength(1);
    expect(await after.stats()).toMatchObject({ embedded: 1 });
  });
});
