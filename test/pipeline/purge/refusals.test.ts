import { expect, test } from 'vitest';
import { copy, stateOf } from './copies.ts';
import { person, purgeFrom, wordsInStore } from './harness.ts';
import { SECRET, WORDS } from './history.ts';

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
