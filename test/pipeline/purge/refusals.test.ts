import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openRepo } from '../../../src/git/open.ts';
import { git } from '../../harness/git.ts';
import { copy, gone, stateOf } from './copies.ts';
import { historyOf, person, purgeFrom, wordsInStore } from './harness.ts';
import { commitDocuments, KEY, SECRET, ticket, WORDS } from './history.ts';

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
  ['branch', ['branch', 'kept', 'HEAD~2'], 'branch kept'],
  ['tag', ['tag', '-am', 'x', 'v1', 'HEAD~2'], 'tag v1'],
  ['tag of a file', ['tag', 'f', 'HEAD~2:confluence/ENG/zanzibar-plan.md'], 'refs/tags/f'],
  ['note', ['update-ref', 'refs/notes/mine', 'HEAD~2'], 'refs/notes/mine'],
])('R10 a %s that holds the document is named, and nothing is changed', async (_, args, holder) => {
  const path = copy();
  person(path, ...args);
  const before = stateOf(path);
  await expect(purgeFrom(path, [SECRET])).rejects.toMatchObject({
    code: 'purge.held-elsewhere',
    kind: 'guard',
    params: { holders: [holder] },
  });
  expect(stateOf(path)).toBe(before);
});

test('R10 a dry run says what would go and writes nothing', async () => {
  const path = copy();
  const before = stateOf(path);
  const result = await purgeFrom(path, [SECRET], {
    dryRun: true,
    exclude: () => Promise.reject(new Error('written')),
  });
  expect(result).toMatchObject({
    commits: { rewritten: 6 },
    relinked: 1,
    paths: ['confluence/ENG/zanzibar-plan.md'],
  });
  expect(stateOf(path)).toBe(before);
  expect(wordsInStore(path, WORDS)).toEqual(WORDS);
});

test('R10 a name that is no document’s changes nothing', async () => {
  const path = copy();
  const before = stateOf(path);
  for (const names of [['7'], [SECRET, '7'], ['confluence/ENG/none.md']])
    await expect(purgeFrom(path, names)).rejects.toMatchObject({
      code: 'purge.unknown-document',
      params: { names: [names.at(-1)] },
    });
  await expect(purgeFrom(path, [SECRET], { source: 'jira' })).rejects.toMatchObject({
    code: 'purge.unknown-document',
  });
  expect(stateOf(path)).toBe(before);
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
