import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { search } from '../../../src/search/query/search.ts';
import { openSqliteStore } from '../../../src/search/store/sqlite/open.ts';
import { documentOf, put } from '../../contract/store-documents.ts';
import { replayed } from '../../harness/replay.ts';

const NOW = Date.parse('2026-03-10T12:00:00Z');
const files: string[] = [];
afterAll(() => {
  for (const file of files) rmSync(file, { force: true });
});

const word = fc.constantFrom('alpha', 'beta', 'gamma', 'delta', 'DEC-1', 'DEC-2');
const text = fc.array(word, { minLength: 1, maxLength: 8 }).map((words) => words.join(' '));
const documents = fc.array(
  fc.record({
    title: text,
    texts: fc.array(text, { minLength: 1, maxLength: 3 }),
    type: fc.constantFrom('page', 'ticket', 'thread'),
    age: fc.nat(400),
  }),
  { minLength: 1, maxLength: 60 },
);

test('the first answers are the same, however many are asked for', async () => {
  await fc.assert(
    fc.asyncProperty(documents, text, fc.integer({ min: 1, max: 12 }), async (all, query, limit) => {
      const path = join(tmpdir(), `ctx-best-${process.pid}-${files.length}.sqlite`);
      files.push(path);
      await using store = await openSqliteStore({ path });
      const made = all.map(({ title, texts, type, age }, n) => {
        const updated = new Date(NOW - age * 86_400_000).toISOString();
        const chunks = texts.map((each) => ({ text: each, mentions: each.match(/DEC-\d/g) ?? [] }));
        return documentOf(`${n}.md`, chunks, { title, type, updated, keys: n % 7 === 0 ? ['DEC-1'] : [] });
      });
      await put(store, ...made);
      const found = async (most: number) =>
        (await search(store, query, { limit: most, now: NOW })).hits.map(({ chunk, score, match }) => [
          ...[chunk.document.path, chunk.position, match],
          score,
        ]);
      expect(await found(limit)).toEqual((await found(200)).slice(0, limit));
    }),
    replayed({ runs: 25 }),
  );
});
