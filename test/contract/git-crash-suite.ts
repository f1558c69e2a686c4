import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openRepo } from '../../src/git/open.ts';
import type { ContextRepo } from '../../src/git/repo.ts';
import type { CrashOrder } from '../git/crash-child.ts';
import { commit, contentOf, type EngineName, git, put, temporaryFolder } from '../git/fixture.ts';

const CHILD = join(import.meta.dirname, '../git/crash-child.ts');

const BEFORE = { 'a.md': 'a', 'gone/b.md': 'b', 'same.md': 'same', swap: 'file', 'folder/in.md': 'in' };
const CHANGES = [
  { path: 'a.md', content: 'a2' },
  { path: 'gone/b.md', content: null },
  { path: 'swap', content: null },
  { path: 'swap/in.md', content: 'in' },
  { path: 'folder/in.md', content: null },
  { path: 'folder', content: 'file' },
  { path: 'new/deep/c.md', content: 'c' },
];
const AFTER = ['a.md', 'folder', 'new/deep/c.md', 'same.md', 'swap/in.md', 'theirs.md'];

/** R2: after a kill at any point and the next command, work tree = index = HEAD, and a person's edits are intact. */
export function gitCrashSuite(engine: EngineName): void {
  const prepare = async (): Promise<ContextRepo> => {
    const repo = await openRepo({ path: join(temporaryFolder(), 'repo'), branch: 'main', engine });
    await commit(repo, BEFORE);
    put(repo.path, 'theirs.md', 'v1');
    git(repo.path, 'add', 'theirs.md');
    git(repo.path, 'commit', '-qm', 'Theirs');
    put(repo.path, 'theirs.md', 'v2');
    git(repo.path, 'add', 'theirs.md');
    put(repo.path, 'theirs.md', 'v3');
    put(repo.path, 'gone/untracked.txt', 'mine');
    return repo;
  };

  const crash = (repo: ContextRepo, step: CrashOrder['step'], count = 1): void => {
    const order: CrashOrder = { path: repo.path, engine, changes: CHANGES, step, count };
    const { signal, stderr } = spawnSync(process.execPath, [CHILD], {
      input: JSON.stringify(order),
      encoding: 'utf8',
    });
    expect({ signal, stderr }).toEqual({ signal: 'SIGKILL', stderr: '' });
  };

  const reopen = (repo: ContextRepo) => openRepo({ path: repo.path, branch: 'main', engine });
  const status = (repo: ContextRepo) => git(repo.path, 'status', '--porcelain', '--untracked-files=all');
  const theirs = (repo: ContextRepo) => [
    contentOf(repo.path, 'theirs.md'),
    git(repo.path, 'show', ':theirs.md'),
    contentOf(repo.path, 'gone/untracked.txt'),
  ];

  const expectConsistent = (repo: ContextRepo): void => {
    expect(status(repo)).toBe('MM theirs.md\n?? gone/untracked.txt\n');
    expect(theirs(repo)).toEqual(['v3', 'v2', 'mine']);
    git(repo.path, 'fsck', '--strict', '--no-dangling');
    expect(git(repo.path, 'for-each-ref', 'refs/ctx')).toBe('');
    for (const left of ['ctx/intent.json', 'ctx/tmp', 'index.lock'])
      expect(existsSync(join(repo.gitDir, left))).toBe(false);
  };

  describe('R2 a kill is completed by the next command', () => {
    it.each([
      ['objects', 1, 'clean'],
      ['intent', 1, 'completed'],
      ['file', 1, 'completed'],
      ['file', 3, 'completed'],
      ['file', 5, 'completed'],
      ['work-tree', 1, 'completed'],
      ['index-lock', 1, 'completed'],
      ['index', 1, 'completed'],
      ['branch', 1, 'completed'],
      ['dropped', 1, 'clean'],
    ] as const)('after step %s (%i): %s', async (step, count, outcome) => {
      const before = await prepare();
      const head = await before.head();
      crash(before, step, count);
      const repo = await reopen(before);
      expect(await repo.recover()).toBe(outcome);
      expectConsistent(repo);
      const paths = git(repo.path, 'ls-tree', '-r', '--name-only', 'HEAD').trim().split('\n');
      if (step === 'objects') expect(await repo.head()).toBe(head);
      else expect(paths).toEqual(AFTER);
      expect(await repo.recover()).toBe('clean');
      const again = await repo.commit({
        changes: CHANGES,
        message: 'm',
        author: { name: 'x', email: 'x' },
        date: new Date(),
      });
      expect(again === null).toBe(step !== 'objects');
      expectConsistent(repo);
    });

    it('between the branch and the pending ref too, which move in one step', async () => {
      const repo = await reopen(await prepare());
      crash(repo, 'index');
      git(repo.path, 'update-ref', 'refs/heads/main', 'refs/ctx/pending');
      expect(await repo.recover()).toBe('completed');
      expectConsistent(repo);
    });

    it('in a first build too', async () => {
      const repo = await openRepo({ path: join(temporaryFolder(), 'repo'), branch: 'main', engine });
      crash(repo, 'file', 2);
      expect(await (await reopen(repo)).recover()).toBe('completed');
      expect(status(repo)).toBe('');
      expect(git(repo.path, 'ls-files').trim().split('\n')).toEqual([
        'a.md',
        'folder',
        'new/deep/c.md',
        'swap/in.md',
      ]);
    });
  });

  describe('R2 a person’s edit after the kill', () => {
    it.each([
      ['a file that was to change', 'a.md', 'edited'],
      ['a file that was to go', 'gone/b.md', 'edited'],
      ['a file that was to come', 'new/deep/c.md', 'mine'],
    ])('of %s stops the recovery, which changes nothing', async (_, path, content) => {
      const repo = await reopen(await prepare());
      crash(repo, 'file', 2);
      put(repo.path, path, content);
      const before = [
        status(repo),
        readFileSync(join(repo.gitDir, 'ctx/intent.json'), 'utf8'),
        await repo.head(),
      ];
      await expect(repo.recover()).rejects.toMatchObject({
        code: 'git.recovery-conflict',
        kind: 'guard',
        params: { paths: [path] },
      });
      expect([
        status(repo),
        readFileSync(join(repo.gitDir, 'ctx/intent.json'), 'utf8'),
        await repo.head(),
      ]).toEqual(before);
      expect([contentOf(repo.path, path), ...theirs(repo)]).toEqual([content, 'v3', 'v2', 'mine']);
      await expect(commit(repo, { 'z.md': 'z' })).rejects.toMatchObject({ code: 'git.recovery-needed' });
      rmSync(join(repo.path, path));
      expect(await repo.recover()).toBe('completed');
      expectConsistent(repo);
    });

    it('that is staged stops it as well', async () => {
      const repo = await prepare();
      crash(repo, 'intent');
      put(repo.path, 'a.md', 'staged');
      git(repo.path, 'add', 'a.md');
      put(repo.path, 'a.md', 'a');
      await expect(repo.recover()).rejects.toMatchObject({
        code: 'git.recovery-conflict',
        params: { paths: ['a.md'] },
      });
      expect(git(repo.path, 'show', ':a.md')).toBe('staged');
    });

    it('of other files does not stop it', async () => {
      const repo = await prepare();
      crash(repo, 'file', 2);
      put(repo.path, 'same.md', 'edited');
      expect(await repo.recover()).toBe('completed');
      expect(status(repo)).toBe(' M same.md\nMM theirs.md\n?? gone/untracked.txt\n');
    });
  });

  describe('R2 a branch that was moved after the kill', () => {
    it('stops the recovery when the run had not moved it', async () => {
      const repo = await prepare();
      crash(repo, 'intent');
      git(repo.path, 'commit', '-q', '--allow-empty', '--only', '-m', 'Mine');
      await expect(repo.recover()).rejects.toMatchObject({
        code: 'git.recovery-branch-moved',
        kind: 'guard',
      });
      expect(git(repo.path, 'log', '-1', '--format=%s').trim()).toBe('Mine');
    });

    it('is fine when someone committed on top of the run’s commit', async () => {
      const repo = await prepare();
      crash(repo, 'branch');
      git(repo.path, 'commit', '-q', '--allow-empty', '--only', '-m', 'Mine');
      expect(await repo.recover()).toBe('completed');
      expectConsistent(repo);
    });
  });
}
