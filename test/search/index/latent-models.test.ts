import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSqliteStore } from '../../../src/search/store/sqlite/open.ts';
import { documentFile, type WrittenRepository, writtenRepository } from '../../harness/written-repository.ts';

const TOPICS = [
  'invoice maker fee payout',
  'basket checkout order payment',
  'parcel barn shipping label',
  'plant seed pot water',
];

const page = (n: number, edit = '') => {
  const words = (TOPICS[n % TOPICS.length] as string).split(' ');
  const text = Array.from({ length: 12 }, (_, at) => words[(at * (n + 1)) % words.length]).join(' ');
  return {
    [`confluence/ENG/p${n}.md`]: documentFile({ title: `Page ${n}`, id: String(n) }, `${text} ${edit}\n`),
  };
};
const pages = (from: number, to: number, edit = '') =>
  Object.assign({}, ...Array.from({ length: to - from }, (_, n) => page(from + n, edit))) as Record<
    string,
    string
  >;

/** The bytes that tell the model, and how many chunks have vectors. */
async function modelOf({ path }: WrittenRepository): Promise<{ model: string; missing: number }> {
  await using store = await openSqliteStore({ path: join(path, '.git', 'ctx', 'search.sqlite') });
  const head = await store.kept('lsa/confluence/head');
  const { chunks, embedded } = await store.stats();
  return { model: Buffer.from(head ?? []).toString('hex'), missing: chunks - embedded };
}

test('a source’s model takes in what is new, and is trained again when a tenth has changed', async () => {
  await using repository = writtenRepository();
  repository.commit(pages(0, 60));
  await repository.run(['index']);
  const first = await modelOf(repository);
  expect(first.model).not.toBe('');
  expect(first.missing).toBe(0);
  repository.commit(pages(0, 6, 'edited'));
  await repository.run(['index']);
  expect(await modelOf(repository)).toEqual(first);
  repository.commit(pages(6, 7, 'edited too'));
  await repository.run(['index']);
  const second = await modelOf(repository);
  expect(second.missing).toBe(0);
  expect(second.model).not.toBe(first.model);
  await repository.run(['index', '--rebuild']);
  expect(await modelOf(repository)).toEqual(second);
});

test('a source of few texts has no model, and is found by its words', async () => {
  await using repository = writtenRepository();
  repository.commit(pages(0, 8));
  const answer = await repository.json(['search', 'parcel', '--limit', '2']);
  const { mode, results } = answer as { mode: string; results: { title: string }[] };
  expect(mode).toBe('hybrid');
  expect(results.map(({ title }) => title).sort()).toEqual(['Page 2', 'Page 6']);
  expect((await modelOf(repository)).model).toBe('');
});
