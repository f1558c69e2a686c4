import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DocumentWithChunks, Store } from '../../src/search/store/store.ts';
import { replayed } from '../harness/replay.ts';
import { documentOf, listed, names, put, scores } from './store-documents.ts';

export function storeLexicalSuite(open: () => Promise<Store>): void {
  /** A store of one-chunk documents: `a` is found as `a`. */
  const of = async (texts: Readonly<Record<string, string>>): Promise<Store> => {
    const store = await open();
    await put(store, ...Object.entries(texts).map(([path, text]) => documentOf(path, [text])));
    return store;
  };
  const find = async (store: Store, query: string, limit = 10) =>
    (await names(store, await store.lexical(query, { limit }))).map((name) => name.replace('#0', ''));

  describe('are found', () => {
    it('by any of them, the rarer and the more the better, with scores above 0', async () => {
      const store = await of({
        both: 'alpha beta gamma delta',
        one: 'alpha gamma gamma delta',
        other: 'epsilon gamma zeta delta',
      });
      expect(await find(store, 'alpha beta')).toEqual(['both', 'one']);
      expect(await find(store, 'gamma epsilon')).toEqual(['other', 'one', 'both']);
      for (const { score } of await store.lexical('alpha beta gamma', { limit: 10 }))
        expect(score).toBeGreaterThan(0);
    });

    it('by their stems, whatever their case and accents', async () => {
      const store = await of({
        a: 'Invoices are being generated nightly',
        b: 'a naïve CAFÉ',
        c: 'nothing of it',
      });
      expect(await find(store, 'generating INVOICE')).toEqual(['a']);
      expect(await find(store, 'cafe')).toEqual(['b']);
      expect(await find(store, 'Naïve')).toEqual(['b']);
    });

    it('as whole words alone', async () => {
      const store = await of({ a: 'alphabet', b: 'alpha', c: 'beta-alpha_gamma' });
      expect((await find(store, 'alpha')).sort()).toEqual(['b', 'c']);
      expect(await find(store, 'alph')).toEqual([]);
    });

    it('in title, headings, ancestors, text and symbols', async () => {
      const store = await open();
      await put(
        store,
        documentOf('title', ['x'], { title: 'Needle' }),
        documentOf('headings', [{ text: 'x', headings: ['A', 'the needle'] }]),
        documentOf('ancestors', ['x'], { ancestors: ['ENG', 'Needles'] }),
        documentOf('text', ['x needle']),
        documentOf('symbols', [{ text: 'x', symbols: ['Needle.thread'] }], { type: 'code' }),
        documentOf('none', ['x']),
      );
      expect((await find(store, 'needle')).sort()).toEqual([
        'ancestors',
        'headings',
        'symbols',
        'text',
        'title',
      ]);
    });

    it('not by stop words, unless there are no others', async () => {
      const store = await of({
        a: 'how does the thing do what it does',
        b: 'billing works',
        c: 'or not to be',
      });
      expect(await find(store, 'How does the billing work?')).toEqual(['b']);
      expect(await find(store, 'to be or not to be')).toEqual(['c']);
      expect(await find(store, 'how does')).toEqual(['a']);
    });

    it('twice as well when they stand twice in the query', async () => {
      const store = await of({ a: 'alpha xx yy', b: 'beta xx yy', c: 'xx yy zz' });
      expect(await find(store, 'alpha beta beta')).toEqual(['b', 'a']);
      expect(await find(store, 'alpha alpha beta')).toEqual(['a', 'b']);
      const once = await store.lexical('alpha', { limit: 1 });
      const thrice = await store.lexical('alpha alpha, alpha', { limit: 1 });
      expect(thrice[0]?.score).toBeCloseTo(3 * (once[0]?.score ?? 0), 5);
    });

    it('twice as well in the title', async () => {
      const store = await open();
      const filler = (n: number) =>
        documentOf(`filler${n}`, ['some words of no interest'], { title: 'Filler' });
      await put(
        store,
        documentOf('text', ['alpha filler words'], { title: 'Beta' }),
        documentOf('title', ['beta filler words'], { title: 'Alpha' }),
        ...Array.from({ length: 10 }, (_, n) => filler(n)),
      );
      expect(await find(store, 'alpha')).toEqual(['title', 'text']);
      expect(await find(store, 'beta')).toEqual(['text', 'title']);
    });

    it('in a short text better than in a long one', async () => {
      const store = await of({
        long: `alpha ${'filler '.repeat(50)}`,
        short: 'alpha filler',
        none: 'filler',
      });
      expect(await find(store, 'alpha')).toEqual(['short', 'long']);
    });

    it('of equal worth by path and position, as many as asked for', async () => {
      const store = await open();
      const paths = Array.from({ length: 30 }, (_, n) => `${(n * 7) % 30}.md`);
      await put(store, ...paths.map((path) => documentOf(path, ['alpha', 'beta', 'alpha'])));
      const expected = paths.toSorted().flatMap((path) => [`${path}#0`, `${path}#2`]);
      expect(await names(store, await store.lexical('alpha', { limit: 7 }))).toEqual(expected.slice(0, 7));
      expect(await names(store, await store.lexical('alpha', { limit: 100 }))).toEqual(expected);
      expect(await store.lexical('alpha', { limit: 0 })).toEqual([]);
    });

    it('inside compound names', async () => {
      const store = await open();
      await put(
        store,
        documentOf('camel', [{ text: 'await fetchInvoiceLines(id)' }], { type: 'code' }),
        documentOf('snake', [{ text: 'def load_customer_record(): pass' }], { type: 'code' }),
        documentOf('acronym', [{ text: 'x', symbols: ['HTTPServer.closeAll'] }], { type: 'code' }),
        documentOf('page', ['We call parseLedger for that']),
        documentOf('title', ['x'], { title: 'Why retryBudget exists' }),
      );
      expect(await find(store, 'fetch invoice')).toEqual(['camel']);
      expect(await find(store, 'fetchInvoiceLines')).toEqual(['camel']);
      expect(await find(store, 'customer records')).toEqual(['snake']);
      expect(await find(store, 'http server')).toEqual(['acronym']);
      expect(await find(store, 'ledger')).toEqual(['page']);
      expect(await find(store, 'budget')).toEqual(['title']);
    });

    it('inside text without spaces, and in other scripts', async () => {
      const store = await open();
      await put(
        store,
        documentOf('chinese', ['我们的计费系统如何工作']),
        documentOf('japanese', ['請求書はどこで作成されますか']),
        documentOf('korean', ['결제 시스템은 어떻게 작동합니까']),
        documentOf('hindi', ['बिलिंग हिन्दी में']),
        documentOf('russian', ['Как работает выставление счетов']),
        documentOf('greek', ['πώς λειτουργεί η τιμολόγηση']),
        documentOf('titled', ['x'], { title: '部署指南' }),
        documentOf('wide', ['Ｆｕｌｌｗｉｄｔｈ ﬁnance']),
      );
      expect(await find(store, '计费系统')).toEqual(['chinese']);
      expect(await find(store, '系统')).toEqual(['chinese']);
      expect(await find(store, '請求書')).toEqual(['japanese']);
      expect(await find(store, '시스템은')).toEqual(['korean']);
      expect(await find(store, 'हिन्दी')).toEqual(['hindi']);
      expect(await find(store, 'СЧЕТОВ')).toEqual(['russian']);
      expect(await find(store, 'τιμολογηση')).toEqual(['greek']);
      expect(await find(store, '部署')).toEqual(['titled']);
      expect(await find(store, 'fullwidth')).toEqual(['wide']);
      expect(await find(store, 'finance')).toEqual(['wide']);
    });
  });

  describe('are nothing but words', () => {
    const texts = { a: 'alpha beta', b: 'beta alpha', c: 'alphabet gamma title', d: 'near and or not delta' };
    const queries: [string, string[]][] = [
      ['"beta alpha"', ['a', 'b']],
      ['"alpha', ['a', 'b']],
      ["alpha' OR 1=1 --", ['a', 'b']],
      ['alpha AND gamma', ['a', 'b', 'c']],
      ['alpha NOT beta', ['a', 'b']],
      ['NOT alpha', ['a', 'b']],
      ['NEAR(alpha gamma, 2)', ['a', 'b', 'c']],
      ['alpha*', ['a', 'b']],
      ['^beta', ['a', 'b']],
      ['title:alpha', ['a', 'b', 'c']],
      ['{title body} : alpha', ['a', 'b', 'c']],
      ['- body : alpha', ['a', 'b']],
      ['-alpha +gamma', ['a', 'b', 'c']],
      ['((alpha) OR (', ['a', 'b']],
      ['alpha & gamma | ! delta <-> :*', ['a', 'b', 'c', 'd']],
      ['alpha\0gamma', ['a', 'b', 'c']],
      ['\ud800alpha\udfff gamma', ['a', 'b', 'c']],
      ['alpha\\', ['a', 'b']],
      ['%alpha% _ $1 ?1 :a @a', ['a', 'b']],
      ['NEAR AND OR NOT', ['d']],
    ];
    it.each(queries)('%j', async (query, expected) => {
      expect((await find(await of(texts), query)).sort()).toEqual(expected);
    });

    it.each(['', ' \n\t', '"', '""', '*', '^', '()', '?!', '\0', '\ud800', '👍', 'ー'])(
      'none in %j',
      async (query) => {
        expect(await find(await of(texts), query)).toEqual([]);
      },
    );

    it('however many there are', async () => {
      const store = await of(texts);
      const different = Array.from({ length: 1_700 }, (_, n) => `word${n}`).join(' ');
      for (const query of [
        'x'.repeat(10_000),
        `${'alpha '.repeat(1_700)}`,
        `${different} alpha`,
        `${'('.repeat(10_000)}alpha`,
        `${'"'.repeat(9_999)}alpha`,
        `alpha ${'系'.repeat(10_000)}`,
      ])
        expect((await find(store, query)).sort()).toEqual(query.includes('alpha') ? ['a', 'b'] : []);
    });

    it('in texts as well', async () => {
      const store = await open();
      const hostile = [
        '\0alpha\0beta',
        '\ud800 alpha',
        'a'.repeat(100_000),
        `'); DROP TABLE chunk; -- alpha`,
        '"*^',
      ];
      await put(
        store,
        ...hostile.map((text, n) => documentOf(`${n}.md`, [text], { title: text.slice(0, 50) })),
      );
      expect((await find(store, 'alpha')).sort()).toEqual(['0.md', '1.md', '3.md']);
      expect(await find(store, 'beta')).toEqual(['0.md']);
      await store.write((writer) => writer.delete(hostile.map((_, n) => `${n}.md`)));
      expect(await find(store, 'alpha')).toEqual([]);
    });
  });

  it('have frequencies', async () => {
    const store = await open();
    await put(
      store,
      documentOf('a', ['generating invoices', 'invoice invoice'], { title: 'Ledger' }),
      documentOf('b', ['nothing']),
    );
    expect(await store.frequencies(['invoic', 'gener', 'ledger', 'unknown', "'"])).toEqual({
      chunks: 3,
      of: new Map([
        ['invoic', 2],
        ['gener', 1],
        ['ledger', 2],
        ['unknown', 0],
        ["'", 0],
      ]),
    });
    await store.write((writer) => writer.delete(['a']));
    expect(await store.frequencies(['invoic'])).toEqual({ chunks: 1, of: new Map([['invoic', 0]]) });
    expect(await store.frequencies([])).toEqual({ chunks: 1, of: new Map() });
  });

  it('score the same after any edits as in a store made at once', async () => {
    const word = fc.constantFrom('alpha', 'beta', 'gamma', 'delta', 'Räume', 'fetchInvoice', '计费系统', '’');
    const words = fc.array(word, { maxLength: 12 }).map((list) => list.join(' '));
    const document = fc
      .record({
        path: fc.constantFrom('a.md', 'b.md', 'c.md', 'd.md', 'e.md'),
        texts: fc.array(words, { maxLength: 3 }),
        title: words,
        collection: fc.constantFrom('context', 'code'),
      })
      .map(({ path, texts, title, collection }) => documentOf(path, texts, { title, collection }));
    const edit = fc.oneof(
      { weight: 4, arbitrary: fc.array(document, { maxLength: 4 }).map((upsert) => ({ upsert })) },
      { weight: 2, arbitrary: fc.record({ delete: fc.subarray(['a.md', 'b.md', 'c.md', 'z.md']) }) },
      { weight: 1, arbitrary: fc.record({ drop: fc.constantFrom('context', 'code') }) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 8 }), async (edits) => {
        const store = await open();
        const model = new Map<string, DocumentWithChunks>();
        for (const edit of edits)
          await store.write(async (writer) => {
            if ('upsert' in edit) {
              await writer.upsert(edit.upsert);
              for (const document of edit.upsert) model.set(document.document.path, document);
            } else if ('delete' in edit) {
              await writer.delete(edit.delete);
              for (const path of edit.delete) model.delete(path);
            } else {
              await writer.drop(edit.drop);
              for (const [path, { document }] of model)
                if (document.collection === edit.drop) model.delete(path);
            }
          });
        const atOnce = await open();
        await put(atOnce, ...model.values());
        expect(await listed(store.documents())).toEqual(await listed(atOnce.documents()));
        for (const query of ['alpha beta', 'gamma', 'raume invoice', '计费', 'delta delta beta fetchInvoice'])
          expect(await scores(store, await store.lexical(query, { limit: 100 }))).toEqual(
            await scores(atOnce, await atOnce.lexical(query, { limit: 100 })),
          );
        const terms = ['alpha', 'raum', 'invoic'];
        expect(await store.frequencies(terms)).toEqual(await atOnce.frequencies(terms));
      }),
      replayed({ runs: 15 }),
    );
  });
}
