import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openRepo } from '../../../src/git/open.ts';
import { git } from '../../harness/git.ts';
import { copy, gone, stateOf } from './copies.ts';
import { commitsOf, historyOf, person, purgeFrom, wordsInStore } from './harness.ts';
import { commitDocuments, KEY, SECRET, ticket } from './history.ts';

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

test('R10 merges, persons’ commits, dates and authors stay; commits before the first with it keep their ids', async () => {
  const path = copy();
  const before = historyOf(path);
  const { commits, paths, first, last } = await purgeFrom(path, [SECRET]);
  gone(path);
  const after = historyOf(path);
  expect(commits).toEqual({ rewritten: 6, dropped: 0 });
  expect(after.slice(0, 2)).toEqual(before.slice(0, 2));
  expect(after.map(({ who }) => who)).toEqual(before.map(({ who }) => who));
  expect(
    after.map(({ message }) => message).filter((message) => /^(Think|Bring notes)/.test(message)),
  ).toHaveLength(2);
  expect(git(path, ['rev-list', '--merges', '--count', 'HEAD']).toString()).toBe('1\n');
  expect(after.at(-1)?.tree).toEqual(before.at(-1)?.tree);
  expect(git(path, ['log', '--format=%s', '-5']).toString()).toContain('Update [purged]');
  expect(paths).toEqual(['confluence/ENG/zanzibar-plan.md']);
  expect([first, last].map((date) => date?.toISOString().slice(0, 7))).toEqual([
    '2026-01',
    expect.any(String),
  ]);
  const linking = git(path, ['show', 'HEAD^{/Bring notes}^1:confluence/ENG/linking.md']).toString();
  expect(linking).toContain(
    'See [it](https://team.atlassian.net/wiki/pages/viewpage.action?pageId=66001#why) and [other](other.md).',
  );
});

test.each([
  ['path', 'confluence/ENG/zanzibar-plan.md'],
  ['address', 'https://team.atlassian.net/wiki/spaces/ENG/pages/66001'],
])('R10 a document that is long gone is known by its %s', async (_, name) => {
  const path = copy();
  expect((await purgeFrom(path, [name])).documents).toEqual([`confluence/${SECRET}`]);
  gone(path);
});

test('R10 a ticket is known by its key; an id of two sources is not enough', async () => {
  const path = copy();
  const repo = await openRepo({ path, branch: 'main' });
  await commitDocuments(repo, [ticket({ id: SECRET, title: 'Zanzibar ticket', body: 'Quetzal.\n' })], 9);
  await expect(purgeFrom(path, [SECRET])).rejects.toMatchObject({
    code: 'purge.ambiguous',
    params: { documents: [`confluence/${SECRET}`, `jira/${SECRET}`] },
  });
  expect((await purgeFrom(path, [KEY])).documents).toEqual([`jira/${SECRET}`]);
  expect(wordsInStore(path, ['Zanzibar ticket'])).toEqual([]);
  expect(wordsInStore(path, ['Zanzibar plan'])).toEqual(['Zanzibar plan']);
  await purgeFrom(path, [SECRET], { source: 'confluence' });
  gone(path);
});

test('R10 a person’s copy goes, wherever it lies; what others wrote stays and is named', async () => {
  const path = copy();
  person(path, 'checkout', '-q', 'HEAD~2', '--', 'confluence/ENG/zanzibar-plan.md');
  person(path, 'mv', 'confluence/ENG/zanzibar-plan.md', 'a "copy"\nof it.txt');
  writeFileSync(join(path, 'mine.md'), 'About the Zanzibar plan\n');
  person(path, 'add', 'mine.md');
  person(path, 'commit', '-qm', 'Keep a copy');
  const result = await purgeFrom(path, [SECRET]);
  expect(result.paths).toEqual(['a "copy"\nof it.txt', 'confluence/ENG/zanzibar-plan.md']);
  expect(result.namedIn).toEqual(['mine.md']);
  expect(git(path, ['ls-tree', '--name-only', 'HEAD']).toString()).not.toContain('copy');
  expect(wordsInStore(path, ['Quetzal'])).toEqual([]);
  expect(readFileSync(join(path, 'mine.md'), 'utf8')).toBe('About the Zanzibar plan\n');
});

test('R10 a document that includes it is named as holding its text', async () => {
  const path = copy();
  const repo = await openRepo({ path, branch: 'main' });
  const fields = { includes: [{ id: SECRET, version: 1 }] };
  await commitDocuments(repo, [{ id: '102', title: 'Digest', body: 'Quetzal lives here.\n', fields }], 9);
  const { problems } = await purgeFrom(path, [SECRET]);
  expect(problems).toMatchObject([
    {
      code: 'purge.included',
      kind: 'partial',
      params: { documents: ['confluence/102 (confluence/ENG/digest.md)'] },
    },
  ]);
  await purgeFrom(path, ['102']);
  gone(path);
});
