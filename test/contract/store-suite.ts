import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store, StoreState } from '../../src/search/store/store.ts';
import { documentOf, listed, names, put, randomFrom, randomUnit, unit } from './store-documents.ts';
import { storeLexicalSuite } from './store-lexical-suite.ts';
import { storeVectorSuite } from './store-vector-suite.ts';

export interface StoreFixture {
  /** A store of its own with nothing in it. */
  open(options: StoreOptions): Promise<Store>;
  /** Opens what `store` is of once more, as another process does; `store` may be closed or still open. */
  reopen(store: Store, options: StoreOptions): Promise<Store>;
  /** Whether all stores share one session, so that nobody reads while another one writes. */
  readonly oneSession?: boolean;
  /** Closes what is still open, and removes everything. */
  destroy(): Promise<void>;
}

export interface StoreOptions {
  /** Of the vectors that will be written, for a store that must know beforehand. */
  readonly dimensions: number;
}

export const DIMENSIONS = 32;

const STATE: StoreState = { format: '1', embeddings: 'none', commits: { context: 'c0ffee' } };

/** What may be relied on, whatever the index is kept in. */
export function storeSuite(name: string, start: () => Promise<StoreFixture>): void {
  describe(`the store ${name}`, () => {
    let fixture: StoreFixture;
    beforeAll(async () => {
      fixture = await start();
    });
    afterAll(() => fixture.destroy());
    const open = (dimensions = DIMENSIONS) => fixture.open({ dimensions });
    const reopen = (store: Store, dimensions = DIMENSIONS) => fixture.reopen(store, { dimensions });

    describe('what is written', () => writing(open, reopen, () => fixture.oneSession === true));
    describe('what is read', () => reading(open));
    describe('filters', () => filters(open));
    describe('keys', () => keys(open));
    describe('words', () => storeLexicalSuite(open));
    describe('vectors', () => storeVectorSuite(open, reopen));
  });
}

type Open = () => Promise<Store>;
type Reopen = (store: Store) => Promise<Store>;

function writing(open: Open, reopen: Reopen, oneSession: () => boolean): void {
  it('begins empty', async () => {
    const store = await open();
    expect(await store.state()).toBeNull();
    expect(await store.stats()).toMatchObject({ documents: 0, chunks: 0, embedded: 0, sources: [] });
    expect(await store.lexical('anything', { limit: 10 })).toEqual([]);
    expect(await store.vector(unit(Array(DIMENSIONS).fill(1)), { limit: 10 })).toEqual([]);
    expect(await store.keyed(['PROJ-1'], { limit: 10 })).toEqual([]);
    expect(await store.get([1, 2])).toEqual([]);
    expect(await store.chunksOf('a.md')).toEqual([]);
    expect(await listed(store.documents())).toEqual([]);
    expect(await listed(store.chunks())).toEqual([]);
    expect(await store.kept('model')).toBeNull();
    expect(await store.frequencies(['word'])).toEqual({ chunks: 0, of: new Map([['word', 0]]) });
  });

  it('is there for whoever opens it next', async () => {
    const store = await open();
    const written = documentOf('a.md', [{ text: 'alpha', headings: ['H'], mentions: ['PROJ-9'] }, 'beta'], {
      title: 'Title',
      ancestors: ['ENG', 'Architecture'],
      url: 'https://wiki.example.test/a',
      keys: ['PROJ-1'],
      updated: '2026-03-02T07:32:00.000Z',
      author: 'Ann',
    });
    await store.write(async (writer) => {
      await writer.upsert([written]);
      await writer.setState(STATE);
      await writer.keep('model', Uint8Array.of(0, 255, 7));
    });
    const next = await reopen(store);
    expect(await next.state()).toEqual(STATE);
    expect(await listed(next.documents())).toEqual([written.document]);
    expect(await next.chunksOf('a.md')).toMatchObject(written.chunks);
    expect(await next.kept('model')).toEqual(Uint8Array.of(0, 255, 7));
    expect(await names(next, await next.lexical('alpha', { limit: 10 }))).toEqual(['a.md#0']);
  });

  it('puts documents in place of those that had their paths', async () => {
    const store = await open();
    const random = randomFrom(1);
    const embedding = randomUnit(random, DIMENSIONS);
    await put(
      store,
      documentOf('a.md', [{ text: 'alpha', embedding, mentions: ['OLD-2'] }, 'beta'], { keys: ['OLD-1'] }),
      documentOf('b.md', ['alpha']),
    );
    await put(store, documentOf('a.md', ['gamma'], { source: 'tickets', title: 'New' }));
    expect(await names(store, await store.lexical('alpha beta gamma', { limit: 10 }))).toEqual(
      expect.arrayContaining(['a.md#0', 'b.md#0']),
    );
    expect(await names(store, await store.lexical('alpha', { limit: 10 }))).toEqual(['b.md#0']);
    expect(await store.lexical('beta', { limit: 10 })).toEqual([]);
    expect(await store.vector(embedding, { limit: 10 })).toEqual([]);
    expect(await store.keyed(['OLD-1', 'OLD-2'], { limit: 10 })).toEqual([]);
    expect(await store.stats()).toMatchObject({
      documents: 2,
      chunks: 2,
      embedded: 0,
      sources: [
        { source: 'tickets', documents: 1, chunks: 1 },
        { source: 'wiki', documents: 1, chunks: 1 },
      ],
    });
  });

  it('keeps the last of several documents with one path', async () => {
    const store = await open();
    await put(store, documentOf('a.md', ['alpha']), documentOf('b.md', []), documentOf('a.md', ['beta']));
    expect((await store.chunksOf('a.md')).map(({ text }) => text)).toEqual(['beta']);
    expect(await store.stats()).toMatchObject({ documents: 2, chunks: 1 });
  });

  it('takes documents as they come', async () => {
    const store = await open();
    async function* slowly() {
      for (const path of ['a.md', 'b.md']) {
        await new Promise((done) => setTimeout(done, 1));
        yield documentOf(path, ['alpha']);
      }
    }
    await store.write((writer) => writer.upsert(slowly()));
    expect(await store.stats()).toMatchObject({ documents: 2, chunks: 2 });
  });

  it('deletes by path, and overlooks what is not there', async () => {
    const store = await open();
    await put(store, documentOf('a.md', ['alpha'], { keys: ['PROJ-1'] }), documentOf('a.md/b.md', ['alpha']));
    await store.write((writer) => writer.delete(['a.md', 'gone.md']));
    expect(await names(store, await store.lexical('alpha', { limit: 10 }))).toEqual(['a.md/b.md#0']);
    expect(await store.keyed(['PROJ-1'], { limit: 10 })).toEqual([]);
    expect(await store.chunksOf('a.md')).toEqual([]);
  });

  it('drops a collection, and nothing else', async () => {
    const store = await open();
    await put(
      store,
      documentOf('a.md', ['alpha']),
      documentOf('billing:src/a.ts', ['alpha'], { collection: 'billing', source: 'billing', type: 'code' }),
    );
    await store.write(async (writer) => {
      await writer.drop('billing');
      await writer.drop('unknown');
    });
    expect((await listed(store.documents())).map(({ path }) => path)).toEqual(['a.md']);
    expect(await names(store, await store.lexical('alpha', { limit: 10 }))).toEqual(['a.md#0']);
  });

  it('keeps small things under names, until they are taken away', async () => {
    const store = await open();
    const keep = (name: string, value: Uint8Array | null) =>
      store.write((writer) => writer.keep(name, value));
    await keep('model', Uint8Array.of(1));
    await keep('model', Uint8Array.of(2, 3));
    await keep('other', new Uint8Array());
    expect(await store.kept('model')).toEqual(Uint8Array.of(2, 3));
    expect(await store.kept('other')).toEqual(new Uint8Array());
    await keep('model', null);
    await keep('model', null);
    expect(await store.kept('model')).toBeNull();
  });

  it('leaves all as it was when the work fails, and fails as the work did', async () => {
    const store = await open();
    const embedding = randomUnit(randomFrom(2), DIMENSIONS);
    await store.write(async (writer) => {
      await writer.upsert([
        documentOf('a.md', [{ text: 'alpha', embedding, mentions: ['PROJ-2'] }], { keys: ['PROJ-1'] }),
        documentOf('b.md', ['beta'], { collection: 'other' }),
      ]);
      await writer.setState(STATE);
      await writer.keep('model', Uint8Array.of(1));
    });
    const seen = async () => ({
      state: await store.state(),
      documents: await listed(store.documents()),
      chunks: await listed(store.chunks()),
      lexical: await store.lexical('alpha beta gamma', { limit: 10 }),
      vector: await store.vector(embedding, { limit: 10 }),
      keyed: await store.keyed(['PROJ-1', 'PROJ-2', 'PROJ-3'], { limit: 10 }),
      kept: await store.kept('model'),
    });
    const before = await seen();
    const failure = new Error('the source broke off');
    async function* breakingOff() {
      yield documentOf('c.md', [{ text: 'gamma', embedding }], { keys: ['PROJ-3'] });
      throw failure;
    }
    const attempt = store.write(async (writer) => {
      await writer.setState({ ...STATE, format: '2' });
      await writer.keep('model', null);
      await writer.drop('other');
      await writer.delete(['a.md']);
      await writer.upsert(breakingOff());
    });
    await expect(attempt).rejects.toBe(failure);
    expect(await seen()).toEqual(before);
    await put(store, documentOf('d.md', ['delta']));
    expect(await names(store, await store.lexical('delta', { limit: 10 }))).toEqual(['d.md#0']);
  });

  it('hands on what the work returns', async () => {
    const store = await open();
    expect(await store.write(async () => 42)).toBe(42);
  });

  it('lets writers in one after the other, each finding what the last has written', async () => {
    const store = await open();
    const count = async (by: Store) =>
      by.write(async (writer) => {
        const format = String(Number((await by.state())?.format ?? 0) + 1);
        await new Promise((done) => setTimeout(done, 5));
        await writer.setState({ ...STATE, format });
      });
    const other = await reopen(store);
    await Promise.all([count(store), count(other), count(store), count(other)]);
    expect(await store.state()).toEqual({ ...STATE, format: '4' });
    expect(await other.state()).toEqual({ ...STATE, format: '4' });
  });

  it('shows others what was, until all is written', async ({ skip }) => {
    skip(oneSession(), 'reading waits for writing in this server');
    const store = await open();
    const embedding = randomUnit(randomFrom(3), DIMENSIONS);
    await put(store, documentOf('a.md', [{ text: 'alpha', embedding }]));
    const other = await reopen(store);
    const seen = async () => [
      (await listed(other.documents())).map(({ path }) => path),
      await names(other, await other.lexical('alpha', { limit: 10 })),
      await names(other, await other.vector(embedding, { limit: 10 })),
    ];
    const before = [['a.md'], ['a.md#0'], ['a.md#0']];
    expect(await seen()).toEqual(before);
    await store.write(async (writer) => {
      await writer.delete(['a.md']);
      await writer.upsert([documentOf('b.md', [{ text: 'alpha', embedding }])]);
      expect(await seen()).toEqual(before);
    });
    expect(await seen()).toEqual([['b.md'], ['b.md#0'], ['b.md#0']]);
  });
}

function reading(open: Open): void {
  it('gives chunks in the order asked for, without those that are gone', async () => {
    const store = await open();
    await put(store, documentOf('a.md', ['zero', 'one', 'two']), documentOf('b.md', ['other']));
    const [zero, one, two] = (await store.chunksOf('a.md')).map(({ id }) => id) as [number, number, number];
    const [other] = (await store.chunksOf('b.md')).map(({ id }) => id) as [number];
    const ids = [two, other, zero, two, one];
    const asked = async () => (await store.get(ids)).map(({ id, text }) => [id, text]);
    const places = async () =>
      (await store.places(ids)).map(({ id, document: { path }, position }) => [id, path, position]);
    expect(await asked()).toEqual([
      [two, 'two'],
      [other, 'other'],
      [zero, 'zero'],
      [two, 'two'],
      [one, 'one'],
    ]);
    expect(await places()).toEqual([
      [two, 'a.md', 2],
      [other, 'b.md', 0],
      [zero, 'a.md', 0],
      [two, 'a.md', 2],
      [one, 'a.md', 1],
    ]);
    await store.write((writer) => writer.delete(['b.md']));
    expect((await asked()).map(([, text]) => text)).toEqual(['two', 'zero', 'two', 'one']);
    expect((await places()).map(([, , position]) => position)).toEqual([2, 0, 2, 1]);
  });

  it('gives back what was written, to the letter', async () => {
    const store = await open();
    const written = documentOf(
      'it\'s "a" %_\\ päth/日本.md',
      [
        {
          text: 'tabs\tand\r\nlines\n\n  “quotes” 日本語 👩‍👩‍👧 \u0301 ',
          headings: ['One', 'Two > three', ''],
          lines: [12, 1_000_000],
          symbols: ['InvoiceService.total', "o'clock"],
          mentions: ['PROJ-1', 'ÜBER-2'],
        },
        { text: '', symbols: [] },
      ],
      { title: '', ancestors: ['a', ''], keys: ['K-1', 'K-2'], author: 'Zoë' },
    );
    await put(store, written);
    const found = await store.chunksOf(written.document.path);
    expect(found.map(({ document }) => document)).toEqual([written.document, written.document]);
    expect(found[0]).toMatchObject({ ...written.chunks[0], position: 0 });
    expect(found[1]).toMatchObject({ text: '', headings: [], mentions: [], position: 1 });
    // Absent, not undefined or null, where nothing was given.
    expect(Object.keys(found[0]?.document ?? {})).not.toContain('url');
  });

  it('lists documents by the bytes of their paths, and chunks in their order within them', async () => {
    const store = await open();
    const paths = ['b.md', 'a/b.md', 'a-b.md', 'B.md', 'a.md', '\u{fffd}.md', '\u{1f600}.md', 'ä.md'];
    await put(store, ...paths.map((path) => documentOf(path, [`0 ${path}`, `1 ${path}`, `2 ${path}`])));
    const inOrder = paths.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect((await listed(store.documents())).map(({ path }) => path)).toEqual(inOrder);
    expect((await listed(store.chunks())).map(({ text }) => text)).toEqual(
      inOrder.flatMap((path) => [`0 ${path}`, `1 ${path}`, `2 ${path}`]),
    );
  });

  it('lists more than fits one page, each once, while it is written to', async () => {
    const store = await open();
    const path = (n: number) => `${String(n).padStart(5, '0')}.md`;
    await put(
      store,
      ...Array.from({ length: 2_500 }, (_, n) => documentOf(path(n), n % 7 ? ['x'] : ['x', 'y'])),
    );
    const seen: string[] = [];
    for await (const document of store.documents()) {
      if (seen.length === 100) await store.write((writer) => writer.delete([path(5)]));
      seen.push(document.path);
    }
    expect(seen).toEqual(Array.from({ length: 2_500 }, (_, n) => path(n)));
    expect(await listed(store.chunks())).toHaveLength((await store.stats()).chunks);
  });

  it('counts', async () => {
    const store = await open();
    const embedding = randomUnit(randomFrom(4), DIMENSIONS);
    await put(
      store,
      documentOf('a.md', [{ text: 'a', embedding }, 'b']),
      documentOf('b.md', []),
      documentOf('t.md', [{ text: 'a', embedding }], { source: 'tickets' }),
    );
    const stats = await store.stats();
    expect(stats).toEqual({
      documents: 3,
      chunks: 3,
      embedded: 2,
      bytes: stats.bytes,
      sources: [
        { source: 'tickets', documents: 1, chunks: 1 },
        { source: 'wiki', documents: 2, chunks: 2 },
      ],
    });
    expect(stats.bytes).toBeGreaterThan(1_000);
  });
}

function filters(open: Open): void {
  const embedding = unit([1, ...Array(DIMENSIONS - 1).fill(0.01)]);
  const facts = [
    { path: 'wiki/a.md', source: 'wiki', type: 'page', updated: '2026-01-01T00:00:00.000Z' },
    { path: 'wiki/sub/b.md', source: 'wiki', type: 'page', updated: '2026-02-01T00:00:00.000Z' },
    { path: 'wiki-old/c.md', source: 'wiki', type: 'note', updated: '2026-03-01T00:00:00.000Z' },
    { path: 'jira/d.md', source: 'tickets', type: 'ticket', updated: '2026-02-01T00:00:00Z' },
    { path: 'code:src/e.ts', source: 'code', type: 'code', collection: 'code' },
  ];
  const filled = async () => {
    const store = await open();
    await put(
      store,
      ...facts.map(({ path, ...rest }) =>
        documentOf(path, [{ text: 'alpha', embedding, mentions: ['PROJ-1'] }], rest),
      ),
    );
    return store;
  };
  const cases: [string, Parameters<Store['lexical']>[1]['filter'], string[]][] = [
    ['none', undefined, facts.map(({ path }) => path)],
    ['an empty one', {}, facts.map(({ path }) => path)],
    ['sources', { sources: ['tickets', 'code'] }, ['jira/d.md', 'code:src/e.ts']],
    ['no source', { sources: [] }, []],
    ['types', { types: ['page', 'ticket'] }, ['wiki/a.md', 'wiki/sub/b.md', 'jira/d.md']],
    ['collections', { collections: ['code', 'unknown'] }, ['code:src/e.ts']],
    ['since', { since: '2026-02-01T00:00:00.000Z' }, ['wiki/sub/b.md', 'wiki-old/c.md', 'jira/d.md']],
    ['until', { until: '2026-02-01T00:00:00Z' }, ['wiki/a.md']],
    ['both', { since: '2026-01-02', until: '2026-02-02' }, ['wiki/sub/b.md', 'jira/d.md']],
    ['a folder', { under: 'wiki' }, ['wiki/a.md', 'wiki/sub/b.md']],
    ['a folder with its slash', { under: 'wiki/' }, ['wiki/a.md', 'wiki/sub/b.md']],
    ['a path', { under: 'wiki/a.md' }, ['wiki/a.md']],
    ['everything', { under: '' }, facts.map(({ path }) => path)],
    ['no folder', { under: 'wik' }, []],
    ['several', { sources: ['wiki'], types: ['page'], under: 'wiki/sub' }, ['wiki/sub/b.md']],
  ];
  it.each(cases)('%s', async (_, filter, expected) => {
    const store = await filled();
    const top = { limit: 10, ...(filter && { filter }) };
    const chunks = [...expected].sort().map((path) => `${path}#0`);
    expect((await names(store, await store.lexical('alpha', top))).sort()).toEqual(chunks);
    expect((await names(store, await store.vector(embedding, top))).sort()).toEqual(chunks);
    expect((await names(store, await store.keyed(['PROJ-1'], top))).sort()).toEqual(chunks);
    expect((await listed(store.documents(filter))).map(({ path }) => path)).toEqual([...expected].sort());
    expect((await listed(store.chunks(filter))).map(({ document }) => document.path)).toEqual(
      [...expected].sort(),
    );
  });

  it('never make an answer short', async () => {
    const store = await open();
    const best = unit([1, 0, ...Array(DIMENSIONS - 2).fill(0)]);
    const worse = unit([1, 1, ...Array(DIMENSIONS - 2).fill(0)]);
    const many = Array.from({ length: 60 }, (_, n) =>
      documentOf(`best/${n}.md`, [{ text: 'alpha alpha alpha', embedding: best, mentions: ['PROJ-1'] }]),
    );
    const few = Array.from({ length: 5 }, (_, n) =>
      documentOf(`worse/${n}.md`, [
        { text: `alpha and much else, ${'word '.repeat(40)}`, embedding: worse, mentions: ['PROJ-1'] },
      ]),
    );
    await put(store, ...many, ...few);
    const top = { limit: 5, filter: { under: 'worse' } };
    const expected = Array.from({ length: 5 }, (_, n) => `worse/${n}.md#0`);
    expect((await names(store, await store.lexical('alpha', top))).sort()).toEqual(expected);
    expect((await names(store, await store.vector(best, top))).sort()).toEqual(expected);
    expect((await names(store, await store.keyed(['PROJ-1'], top))).sort()).toEqual(expected);
  });

  it('leave scores as they are', async () => {
    const store = await filled();
    const top = { limit: 10, filter: { sources: ['tickets'] } };
    const of = async (all: readonly { chunk: number; score: number }[], some: readonly { chunk: number }[]) =>
      all.filter(({ chunk }) => some.some((other) => other.chunk === chunk));
    const lexical = await store.lexical('alpha', top);
    expect(lexical).toEqual(await of(await store.lexical('alpha', { limit: 10 }), lexical));
    const vector = await store.vector(embedding, top);
    expect(vector).toEqual(await of(await store.vector(embedding, { limit: 10 }), vector));
    expect([lexical.length, vector.length]).toEqual([1, 1]);
  });
}

function keys(open: Open): void {
  const filled = async () => {
    const store = await open();
    await put(
      store,
      documentOf('a.md', [{ text: 'see there', mentions: ['PROJ-123'] }, 'nothing']),
      documentOf('jira/p-1234.md', ['text'], { keys: ['PROJ-1234'], source: 'tickets' }),
      documentOf('jira/p-123.md', [{ text: 'itself', mentions: ['PROJ-123'] }, 'more'], {
        keys: ['PROJ-123', 'OLD-7'],
        source: 'tickets',
      }),
      documentOf('b.md', ['first', { text: 'see there', mentions: ['DEC-0054', 'PROJ-123'] }]),
    );
    return store;
  };
  const found = async (store: Store, keys: readonly string[], limit = 10) => {
    const chunks = await store.keyed(keys, { limit });
    const shown = await names(store, chunks);
    return chunks.map(({ how }, n) => `${how} ${shown[n]}`);
  };

  it('find what is called so before what mentions it, each once and each document’s first chunk first', async () => {
    const store = await filled();
    expect(await found(store, ['PROJ-123'])).toEqual([
      'named jira/p-123.md#0',
      'named jira/p-123.md#1',
      'mentions a.md#0',
      'mentions b.md#1',
    ]);
    expect(await found(store, ['PROJ-1234', 'OLD-7', 'PROJ-123'], 3)).toEqual([
      'named jira/p-123.md#0',
      'named jira/p-1234.md#0',
      'named jira/p-123.md#1',
    ]);
    expect(await found(store, ['DEC-0054'])).toEqual(['mentions b.md#1']);
  });

  it('are exact', async () => {
    const store = await filled();
    for (const key of ['PROJ-12', 'PROJ-12345', 'PROJ', 'DEC-54', 'PROJ-%', "'", ''])
      expect(await found(store, [key])).toEqual([]);
    expect(await found(store, [])).toEqual([]);
  });
}
