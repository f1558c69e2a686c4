import { expect, it } from 'vitest';
import type { Filter, Store } from '../../src/search/store/store.ts';
import {
  cosine,
  documentOf,
  listed,
  names,
  put,
  randomFrom,
  randomUnit,
  scores,
  unit,
} from './store-documents.ts';

const DIMENSIONS = 32;
/** How far 8 bits of each number may take a cosine from the exact one. */
const QUANTISED = 0.02;

export function storeVectorSuite(
  open: (dimensions?: number) => Promise<Store>,
  reopen: (store: Store, dimensions?: number) => Promise<Store>,
): void {
  it('are found in the order of their cosines, within what 8 bits can tell', async () => {
    const random = randomFrom(11);
    const store = await open();
    const embeddings = new Map(
      Array.from({ length: 1_300 }, (_, n) => [`${n}.md#0`, randomUnit(random, DIMENSIONS)]),
    );
    await put(
      store,
      ...[...embeddings].map(([name, embedding], n) =>
        documentOf(name.replace('#0', ''), [{ text: 'x', embedding }], { source: `s${n % 3}` }),
      ),
    );
    for (let query = 0; query < 5; query += 1) {
      const asked = randomUnit(random, DIMENSIONS);
      const exact = new Map([...embeddings].map(([name, embedding]) => [name, cosine(asked, embedding)]));
      const best = [...exact.values()].sort((a, b) => b - a);
      const found = await scores(store, await store.vector(asked, { limit: 20 }));
      expect(found).toHaveLength(20);
      for (const [n, [name, score]] of found.entries()) {
        expect(Math.abs(score - (exact.get(name) ?? 2))).toBeLessThan(QUANTISED);
        expect(exact.get(name)).toBeGreaterThan((best[n] ?? 2) - 2 * QUANTISED);
      }
      expect(found.map(([, score]) => score)).toEqual(
        found.map(([, score]) => score).toSorted((a, b) => b - a),
      );
      const all = await scores(store, await store.vector(asked, { limit: 5_000 }));
      expect(all).toHaveLength(1_300);
      expect(all.at(-1)?.[1]).toBeLessThan(0);
    }
  });

  it('score from -1 to 1', async () => {
    const store = await open();
    const embedding = randomUnit(randomFrom(12), DIMENSIONS);
    await put(
      store,
      documentOf('same.md', [{ text: 'x', embedding }]),
      documentOf('opposite.md', [{ text: 'x', embedding: embedding.map((value) => -value) }]),
    );
    const found = await scores(store, await store.vector(embedding, { limit: 10 }));
    expect(found.map(([name]) => name)).toEqual(['same.md#0', 'opposite.md#0']);
    expect(found[0]?.[1]).toBeCloseTo(1, 2);
    expect(found[1]?.[1]).toBeCloseTo(-1, 2);
    for (const [, score] of found) expect(Math.abs(score)).toBeLessThanOrEqual(1);
  });

  it('are not looked for where there are none, or ones that say nothing', async () => {
    const store = await open();
    const random = randomFrom(13);
    const embedding = randomUnit(random, DIMENSIONS);
    const nothing = new Float32Array(DIMENSIONS);
    await put(
      store,
      documentOf('a.md', ['none', { text: 'some', embedding }, 'none']),
      documentOf('zeros.md', [{ text: 'zeros', embedding: nothing }]),
    );
    expect(await names(store, await store.vector(randomUnit(random, DIMENSIONS), { limit: 10 }))).toEqual([
      'a.md#1',
    ]);
    expect(await store.vector(nothing, { limit: 10 })).toEqual([]);
    expect(await store.vector(embedding, { limit: 0 })).toEqual([]);
    expect(await store.stats()).toMatchObject({ chunks: 4, embedded: 2 });
  });

  it('are replaced, and nothing else with them', async () => {
    const store = await open();
    const random = randomFrom(14);
    const [before, after] = [randomUnit(random, DIMENSIONS), randomUnit(random, DIMENSIONS)];
    await put(store, documentOf('a.md', [{ text: 'alpha', embedding: before }, 'beta']));
    const chunks = await store.chunksOf('a.md');
    const [first, second] = chunks.map(({ id }) => id) as [number, number];
    await store.write((writer) =>
      writer.embed([
        { chunk: first, embedding: after },
        { chunk: second, embedding: before },
        { chunk: first + 1_000_000, embedding: before },
      ]),
    );
    expect(await names(store, await store.vector(after, { limit: 1 }))).toEqual(['a.md#0']);
    expect(await names(store, await store.vector(before, { limit: 1 }))).toEqual(['a.md#1']);
    expect(await store.vector(before, { limit: 10 })).toHaveLength(2);
    expect(await store.stats()).toMatchObject({ chunks: 2, embedded: 2 });
    expect(await store.get([first, second])).toEqual(chunks);
    expect(await names(store, await store.lexical('alpha beta', { limit: 10 }))).toHaveLength(2);
  });

  it('are missing of the chunks that were given none, until they are; zeros count as some', async () => {
    const store = await open();
    const embedding = randomUnit(randomFrom(15), DIMENSIONS);
    await put(
      store,
      documentOf('a.md', [{ text: 'x', embedding }, 'none']),
      documentOf('b.md', ['none either', { text: 'zeros', embedding: embedding.map(() => 0) }], {
        source: 'other',
      }),
    );
    const missing = async (filter?: Filter) =>
      (await listed(store.unembedded(filter))).map(
        ({ document, position }) => `${document.path}#${position}`,
      );
    expect((await missing()).sort()).toEqual(['a.md#1', 'b.md#0']);
    expect(await missing({ sources: ['other'] })).toEqual(['b.md#0']);
    const [lacking] = await listed(store.unembedded({ sources: ['other'] }));
    await store.write((writer) => writer.embed([{ chunk: lacking?.id ?? -1, embedding }]));
    expect(await missing()).toEqual(['a.md#1']);
  });

  it('may become ones of other dimensions, and are never compared with ones of fewer or more', async () => {
    const store = await open(DIMENSIONS);
    const random = randomFrom(15);
    const small = randomUnit(random, DIMENSIONS);
    await put(
      store,
      ...Array.from({ length: 3 }, (_, n) => documentOf(`${n}.md`, [{ text: 'x', embedding: small }])),
    );
    expect(await store.vector(randomUnit(random, 48), { limit: 10 })).toEqual([]);
    const larger = await reopen(store, 48);
    const chunks = await Promise.all([0, 1, 2].map((n) => larger.chunksOf(`${n}.md`)));
    const vectors = chunks.flat().map(({ id }) => ({ chunk: id, embedding: randomUnit(random, 48) }));
    await larger.write((writer) => writer.embed(vectors));
    const [first] = vectors;
    if (first === undefined) throw new Error('no chunk');
    expect(await larger.vector(first.embedding, { limit: 10 })).toHaveLength(3);
    expect(await names(larger, await larger.vector(first.embedding, { limit: 1 }))).toEqual(['0.md#0']);
    expect(await larger.vector(small, { limit: 10 })).toEqual([]);
    expect(await larger.stats()).toMatchObject({ embedded: 3 });
  });

  it('that are equal come by path and position, however many there are', async () => {
    const store = await open();
    const embedding = randomUnit(randomFrom(16), DIMENSIONS);
    const other = unit(embedding.map((value, n) => (n === 0 ? value + 0.5 : value)));
    const paths = Array.from({ length: 40 }, (_, n) => `${(n * 7) % 40}.md`);
    await put(
      store,
      ...paths.map((path) => documentOf(path, [{ text: 'x', embedding }, 'none', { text: 'x', embedding }])),
      documentOf('other.md', [{ text: 'x', embedding: other }]),
    );
    const expected = paths.toSorted().flatMap((path) => [`${path}#0`, `${path}#2`]);
    expect(await names(store, await store.vector(embedding, { limit: 7 }))).toEqual(expected.slice(0, 7));
    expect(await names(store, await store.vector(other, { limit: 8 }))).toEqual([
      'other.md#0',
      ...expected.slice(0, 7),
    ]);
  });
}
