import { join } from 'node:path';
import { expect, test } from 'vitest';
import { git } from '../../harness/git.ts';
import { startPglite } from '../../harness/pglite.ts';
import { documentFile, type WrittenRepository, writtenRepository } from '../../harness/written-repository.ts';

async function found(
  { json }: WrittenRepository,
  store: string,
  words: string,
  cwd?: string,
): Promise<string[]> {
  const answer = await json(['search', words, '--store', store], cwd === undefined ? {} : { cwd });
  return (answer as { results: { path: string }[] }).results.map(({ path }) => path);
}

test('an index in PostgreSQL is shared by the hosts of a repository, and follows it', async () => {
  await using server = await startPglite();
  await using repository = writtenRepository();
  const store = `${server.url}?schema=team`;
  repository.commit({
    'confluence/ENG/billing.md': documentFile({ title: 'Billing', id: '1' }, 'An invoice each month.\n'),
    'confluence/ENG/barn.md': documentFile({ title: 'Barn', id: '2' }, 'Parcels leave at noon.\n'),
  });
  const { code, stdout } = await repository.run(['index', '--store', store]);
  expect(code).toBe(0);
  expect(stdout).toContain('2 documents in 2 chunks');
  expect(stdout).not.toContain('postgres:postgres');
  expect(await found(repository, store, 'invoice')).toEqual(['confluence/ENG/billing.md']);

  const other = join(repository.root, 'other');
  git(repository.root, ['clone', '--quiet', repository.path, other]);
  expect(await found(repository, store, 'invoice', other)).toEqual(['confluence/ENG/billing.md']);
  repository.commit({ 'confluence/ENG/billing.md': null });
  expect(await found(repository, store, 'invoice')).toEqual([]);
  expect(await found(repository, store, 'parcels')).toEqual(['confluence/ENG/barn.md']);
}, 120_000);

test('a database that is not there is told with what to do', async () => {
  await using repository = writtenRepository();
  repository.commit({ 'notes/a.md': '# A\n' });
  const { code, stderr } = await repository.run(['search', 'a', '--store', 'postgres://me:pw@127.0.0.1:1/x']);
  expect(code).toBe(1);
  expect(stderr).toContain('no connection (ECONNREFUSED)');
  expect(stderr).not.toContain('pw@');
});
