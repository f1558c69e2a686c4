import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { openRepo } from '../../../src/git/open.ts';
import { git } from '../../harness/git.ts';
import { copy, gone, stateOf } from './copies.ts';
import { complaints, person, purgeFrom, wordsInStore } from './harness.ts';
import { commitDocuments, SECRET, WORDS } from './history.ts';

const BYTES = 'Quokka\n';
const sha256 = createHash('sha256').update(BYTES).digest('hex');
const FILE = `attachments/confluence/${sha256.slice(0, 2)}/${sha256}.txt`;
const PLAN_PATH = 'confluence/ENG/zanzibar-plan.md';

const attachments = [{ id: 'att1', name: 'q.txt', version: 1, file: FILE }];
const PLAN = { id: SECRET, title: 'Zanzibar plan', body: 'Quetzal is back.\n', attachments };
const LINKING = { id: '101', title: 'Linking', body: 'See [it](zanzibar-plan.md#why).\n' };

function write(path: string, file: string, text: string | Uint8Array): void {
  mkdirSync(dirname(join(path, file)), { recursive: true });
  writeFileSync(join(path, file), text);
}

/** The history in which, at last, the document is there with a file, and others as given. */
async function withFile(others: Parameters<typeof commitDocuments>[1]): Promise<string> {
  const path = copy();
  write(path, FILE, BYTES);
  person(path, 'add', FILE);
  person(path, 'commit', '-qm', 'Its file');
  await commitDocuments(await openRepo({ path, branch: 'main' }), [PLAN, LINKING, ...others], 9);
  return path;
}

test('R10 after a person’s git rm nothing of it stays in the commits that follow: no file, no entry, no link', async () => {
  const path = await withFile([]);
  person(path, 'rm', '-q', PLAN_PATH);
  person(path, 'commit', '-qm', 'Take it away');
  mkdirSync(join(path, 'mine'));
  person(path, 'mv', FILE, 'mine/q.txt');
  person(path, 'commit', '-qm', 'Keep its file');
  const { attachments: files, problems } = await purgeFrom(path, [SECRET]);
  expect(problems).toEqual([]);
  expect(files).toEqual({ removed: [FILE, 'mine/q.txt'], shared: [] });
  gone(path);
  expect(wordsInStore(path, ['Quokka'])).toEqual([]);
  expect(readFileSync(join(path, 'confluence/ENG/INDEX.md'), 'utf8')).toContain('[Linking](linking.md)');
  expect(readFileSync(join(path, 'confluence/ENG/linking.md'), 'utf8')).toContain(
    'See [it](https://team.atlassian.net/wiki/pages/viewpage.action?pageId=66001#why).',
  );
  expect(git(path, ['log', '-2', '--format=%s']).toString()).toBe('Keep its file\nTake it away\n');
});

test('R10 a file that another document names stays, and is named', async () => {
  const path = await withFile([{ id: '102', title: 'Sharing', body: 'Text.\n', attachments }]);
  person(path, 'rm', '-q', PLAN_PATH);
  person(path, 'commit', '-qm', 'Take it away');
  const result = await purgeFrom(path, [SECRET]);
  expect(result.attachments).toEqual({ removed: [FILE], shared: [FILE] });
  expect(result.problems).toEqual([]);
  gone(path);
  expect(readFileSync(join(path, FILE), 'utf8')).toBe(BYTES);
});

test('R10 what a person made of it goes too, be it readable or not; another document at its path stays', async () => {
  const path = await withFile([]);
  const text = readFileSync(join(path, PLAN_PATH), 'utf8');
  const conflict = `<<<<<<< HEAD\n${text}=======\n${text.replace('back', 'gone')}>>>>>>> side\n`;
  for (const broken of [`Quetzal, merged by hand.\n`, 'Quetzal, twice.\n', conflict]) {
    write(path, PLAN_PATH, broken);
    person(path, 'commit', '-qam', 'Merge');
  }
  const repo = await openRepo({ path, branch: 'main' });
  await commitDocuments(repo, [LINKING, { id: '104', title: 'Zanzibar plan', body: 'Of the zoo.\n' }], 10);
  const { problems, paths } = await purgeFrom(path, [SECRET]);
  expect([problems, paths]).toEqual([[], [PLAN_PATH]]);
  expect(wordsInStore(path, ['Quetzal'])).toEqual([]);
  expect(complaints(path)).toBe('');
  expect(git(path, ['log', '-1', '--format=%s', '--', PLAN_PATH]).toString()).not.toContain('Merge');
  expect(readFileSync(join(path, PLAN_PATH), 'utf8')).toContain('Of the zoo.');
});

test('R10 another work tree’s index and grafts are refused before anything is changed', async () => {
  const path = copy();
  const other = join(path, '.git', 'other');
  person(path, 'worktree', 'add', '-q', '-b', 'other', other, 'HEAD~5');
  write(other, 'copy.md', git(path, ['show', `HEAD~2:${PLAN_PATH}`]));
  person(other, 'add', 'copy.md');
  const before = stateOf(path);
  await expect(purgeFrom(path, [SECRET])).rejects.toMatchObject({
    code: 'purge.held-elsewhere',
    params: { holders: [expect.stringMatching(/^copy\.md in the index of another work tree /)] },
  });
  person(path, 'worktree', 'remove', '--force', other);
  write(path, '.git/info/grafts', git(path, ['rev-parse', 'HEAD']));
  await expect(purgeFrom(path, [SECRET])).rejects.toMatchObject({ code: 'purge.not-whole' });
  rmSync(join(path, '.git/info/grafts'));
  person(path, 'branch', '-qD', 'other');
  expect(stateOf(path).split('\n').at(-1)).toBe(before.split('\n').at(-1));
  await purgeFrom(path, [SECRET]);
  gone(path);
});

test('R10 what git has cached of it beside its objects is cleared; work that a person has begun is named', async () => {
  const path = copy();
  const preimage = `${git(path, ['show', `HEAD~2:${PLAN_PATH}`])}<<<<<<<\nQuetzal\n=======\n>>>>>>>\n`;
  write(path, '.git/rr-cache/aa/preimage', preimage);
  write(path, '.git/rr-cache/bb/preimage', 'Of another file\n');
  write(path, '.git/COMMIT_EDITMSG', 'Update Zanzibar plan\n');
  write(path, '.git/ORIG_HEAD', git(path, ['rev-parse', 'HEAD~2']));
  write(path, '.git/SQUASH_MSG', 'About the Zanzibar plan\n');
  const { problems } = await purgeFrom(path, [SECRET]);
  expect(problems).toMatchObject([
    { code: 'purge.left-behind', kind: 'partial', params: { paths: [join(path, '.git/SQUASH_MSG')] } },
  ]);
  expect(git(join(path, '.git'), ['-c', 'alias.l=!ls rr-cache', 'l']).toString()).toBe('bb\n');
  expect(() => readFileSync(join(path, '.git/COMMIT_EDITMSG'))).toThrow('ENOENT');
  expect(() => readFileSync(join(path, '.git/ORIG_HEAD'))).toThrow('ENOENT');
  expect(wordsInStore(path, WORDS)).toEqual([]);
});
