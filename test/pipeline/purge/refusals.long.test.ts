import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openRepo } from '../../../src/git/open.ts';
import { git } from '../../harness/git.ts';
import { copy, gone, stateOf } from './copies.ts';
import { commitsOf, person, purgeFrom } from './harness.ts';
import { commitDocuments, SECRET } from './history.ts';

test('R10 a stash that holds it is named, one that does not survives', async () => {
  const path = copy();
  writeFileSync(join(path, 'mine.txt'), 'v1');
  person(path, 'add', 'mine.txt');
  person(path, 'stash', '-q');
  await expect(purgeFrom(path, [SECRET])).rejects.toMatchObject({
    params: { holders: ['stash@{0}'] },
  });
  // A stash of before the document leads to no commit with it.
  const stash = person(path, 'rev-parse', 'stash').trim();
  const tree = person(path, 'rev-parse', 'HEAD~5^{tree}').trim();
  const early = person(path, 'commit-tree', tree, '-p', 'HEAD~5', '-m', 'early').trim();
  person(path, 'stash', 'drop', '-q');
  person(path, 'stash', 'store', '-m', 'early', early);
  await purgeFrom(path, [SECRET]);
  gone(path);
  expect(person(path, 'rev-parse', 'stash').trim()).toBe(early);
  expect(() => git(path, ['cat-file', '-e', stash])).toThrow();
});

test('R10 a copy in the index is named', async () => {
  const path = copy();
  writeFileSync(join(path, 'copy.txt'), git(path, ['show', 'HEAD~2:confluence/ENG/zanzibar-plan.md']));
  person(path, 'add', 'copy.txt');
  await expect(purgeFrom(path, [SECRET])).rejects.toMatchObject({
    params: { holders: ['copy.txt in the index'] },
  });
});

test('R10 local edits, a clone that is not whole and another engine are refused', async () => {
  const path = copy();
  writeFileSync(join(path, 'confluence/ENG/other.md'), 'edited');
  const before = stateOf(path);
  await expect(purgeFrom(path, [SECRET])).rejects.toMatchObject({ code: 'git.local-edits' });
  expect(stateOf(path)).toBe(before);
  person(path, 'checkout', '-q', '--', '.');
  const repo = await openRepo({ path, branch: 'main' });
  await commitDocuments(repo, [{ id: SECRET, title: 'Zanzibar plan', body: 'Quetzal.\n' }], 9);
  writeFileSync(join(path, 'INDEX.md'), 'edited');
  const refs = git(path, ['for-each-ref']).toString();
  await expect(purgeFrom(path, [SECRET])).rejects.toMatchObject({ code: 'git.local-edits' });
  expect(git(path, ['for-each-ref']).toString()).toBe(refs);

  const shallow = join(path, '.git', 'shallow-clone');
  git(path, ['clone', '-q', '--depth', '3', `file://${path}`, shallow]);
  await expect(purgeFrom(shallow, [SECRET])).rejects.toMatchObject({
    code: 'purge.not-whole',
    kind: 'usage',
  });
  const borrowing = join(path, '.git', 'borrowing-clone');
  git(path, ['clone', '-q', '--shared', path, borrowing]);
  await expect(purgeFrom(borrowing, [SECRET])).rejects.toMatchObject({ code: 'purge.not-whole' });
  const other = await openRepo({ path, branch: 'main', engine: 'isomorphic-git' });
  await expect(purgeFrom(path, [SECRET], { repo: other })).rejects.toMatchObject({ code: 'purge.needs-git' });
});

test('R10 what can’t be removed is told, and the same call ends it', async () => {
  const path = copy();
  person(path, 'repack', '-adq');
  const [pack = ''] = git(path, ['count-objects', '-v'])
    .toString()
    .split('\n')
    .filter((line) => line.startsWith('size-pack'));
  expect(pack).not.toBe('');
  const folder = join(path, '.git/objects/pack');
  const name = git(folder, ['-c', 'alias.l=!ls *.pack', 'l']).toString().trim().replace('.pack', '.keep');
  writeFileSync(join(path, '.git/objects/pack', name.split('/').at(-1) as string), '');
  const { problems } = await purgeFrom(path, [SECRET]);
  expect(problems).toMatchObject([{ code: 'purge.not-gone', kind: 'partial' }]);
  rmSync(join(path, '.git/objects/pack', name.split('/').at(-1) as string));
  const head = commitsOf(path).at(-1);
  expect((await purgeFrom(path, [SECRET])).problems).toEqual([]);
  gone(path);
  expect(commitsOf(path).at(-1)).toBe(head);
});
