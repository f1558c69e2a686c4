import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openRepo } from '../../src/git/open.ts';
import { notedGit } from '../harness/noted-git.ts';
import { collect, commit, temporaryFolder } from './fixture.ts';

/** Each process costs more than most of what it is asked; a small run is made of little else. */
it('starts no more processes of git than it needs', async () => {
  const commands = notedGit(temporaryFolder());
  const path = join(temporaryFolder(), 'repo');
  await openRepo({ path, branch: 'main' });
  expect(commands()).toEqual(['version', 'init', 'rev-parse']);

  const repo = await openRepo({ path, branch: 'main' });
  expect(commands()).toEqual(['rev-parse']);

  expect([await repo.recover(), await repo.head(), await repo.readAt('a.md')]).toEqual(['clean', null, null]);
  expect([...(await collect(repo.tree())), ...(await collect(repo.read([])))]).toEqual([]);
  expect(commands()).toEqual([]);

  expect(await repo.localEdits([])).toEqual([]);
  expect(commands()).toEqual([]);

  await commit(repo, { 'a.md': 'a' });
  expect(commands()).toEqual(['fast-import', 'update-index', 'update-index', 'update-ref']);

  const made = await commit(repo, { 'b.md': 'b' });
  expect(commands()).toEqual([
    ...['cat-file', 'fast-import', 'diff-index'],
    ...['update-index', 'update-index', 'update-ref'],
  ]);

  await repo.maintain();
  expect(commands()).toEqual(['rev-list']);

  expect([await repo.recover(), await repo.head()]).toEqual(['clean', made?.id]);
  expect(await collect(repo.read(repo.tree()))).toHaveLength(2);
  expect(commands()).toEqual(['ls-tree', 'cat-file']);

  expect(await repo.localEdits(['a.md', 'b.md'])).toEqual([]);
  expect(commands()).toEqual(['status']);

  expect(await commit(repo, { 'a.md': 'a' })).toBeNull();
  expect(commands()).toEqual(['cat-file']);
});
