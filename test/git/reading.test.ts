import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openForReading } from '../../src/git/reading.ts';
import { git, temporaryFolder } from './fixture.ts';

function withCommits(count: number, ...init: string[]): string {
  const path = temporaryFolder();
  git(path, 'init', '-q', '-b', 'main', ...init);
  for (let at = 0; at < count; at += 1) git(path, 'commit', '-q', '--allow-empty', '-m', `Commit ${at}`);
  return path;
}

/** For the rest of the test there is no git that could be started. */
function withoutGit(): void {
  const { PATH } = process.env;
  process.env.PATH = temporaryFolder();
  onTestFinished(() => {
    process.env.PATH = PATH;
  });
}

const asGitSays = (path: string) => ({
  gitDir: git(path, 'rev-parse', '--absolute-git-dir').trim(),
  head: git(path, 'rev-parse', 'HEAD').trim(),
  isShallow: git(path, 'rev-parse', '--is-shallow-repository').trim() === 'true',
});

const opened = async (path: string) => {
  await using repo = await openForReading(path);
  const { gitDir, head, isShallow } = repo;
  return { gitDir, head, isShallow };
};

describe('a repository that is opened to be read', () => {
  const KNOWN: readonly (readonly [string, () => string])[] = [
    ['with its branch in a file', () => withCommits(2)],
    [
      'with packed branches',
      () => {
        const path = withCommits(2);
        git(path, 'branch', 'main2', 'HEAD~1');
        git(path, 'pack-refs', '--all');
        return path;
      },
    ],
    ['with SHA-256', () => withCommits(1, '--object-format=sha256')],
    [
      'that is a shallow clone',
      () => {
        const path = join(temporaryFolder(), 'clone');
        git('/', 'clone', '-q', '--depth=1', `file://${withCommits(3)}`, path);
        return path;
      },
    ],
  ];

  it.each(KNOWN)('tells its commit without a process (%s)', async (_, make) => {
    const path = make();
    const said = asGitSays(path);
    withoutGit();
    expect(await opened(path)).toEqual(said);
  });

  const ASKED: readonly (readonly [string, () => string])[] = [
    [
      'with a detached HEAD',
      () => {
        const path = withCommits(2);
        git(path, 'checkout', '-q', '--detach', 'HEAD~1');
        return path;
      },
    ],
    [
      'that is a linked work tree',
      () => {
        const linked = join(temporaryFolder(), 'linked');
        git(withCommits(2), 'worktree', 'add', '-q', '-b', 'other', linked, 'HEAD~1');
        return linked;
      },
    ],
    [
      'whose branch only names another',
      () => {
        const path = withCommits(2);
        git(path, 'branch', 'trunk', 'HEAD~1');
        git(path, 'symbolic-ref', 'refs/heads/main', 'refs/heads/trunk');
        return path;
      },
    ],
  ];

  it.each(ASKED)('asks git for the commit that its files do not tell (%s)', async (_, make) => {
    const path = make();
    expect(await opened(path)).toEqual(asGitSays(path));
    withoutGit();
    await expect(openForReading(path)).rejects.toThrow(/can only be read by git itself/);
  });

  it('asks git where refs are kept otherwise', async ({ skip }) => {
    let path = '';
    try {
      path = withCommits(2, '--ref-format=reftable');
    } catch {
      skip('this git keeps refs in files alone');
    }
    expect(await opened(path)).toEqual(asGitSays(path));
  });

  it('has no commit before the first one', async () => {
    await expect(openForReading(withCommits(0))).rejects.toThrow(/has no commit yet/);
  });

  it('says that git is missing, or cannot read it, as soon as something is read', async () => {
    const path = withCommits(1);
    writeFileSync(join(path, 'a.md'), 'A\n');
    git(path, 'add', '--all');
    git(path, 'commit', '-q', '-m', 'A file');
    const blob = git(path, 'rev-parse', 'HEAD:a.md').trim();
    {
      await using repo = await openForReading(path);
      expect(await repo.content(blob)).toBe('A\n');
      expect(await Array.fromAsync(repo.paths())).toEqual(['a.md']);
    }
    const { PATH } = process.env;
    process.env.PATH = temporaryFolder();
    try {
      await using repo = await openForReading(path);
      for (const read of [() => repo.content(blob), () => Array.fromAsync(repo.log({}))])
        await expect(read()).rejects.toThrow(/can only be read by git itself/);
    } finally {
      process.env.PATH = PATH;
    }
    rmSync(join(path, '.git/objects'), { recursive: true });
    mkdirSync(join(path, '.git/objects'));
    await using repo = await openForReading(path);
    await expect(Array.fromAsync(repo.paths())).rejects.toThrow(/git cannot read|has no commit/);
  });

  it('keeps to one commit while the branch moves', async () => {
    const path = withCommits(2);
    await using repo = await openForReading(path);
    const before = repo.head;
    execFileSync('git', ['update-ref', 'refs/heads/main', 'HEAD~1'], { cwd: path });
    expect((await Array.fromAsync(repo.log({}))).map(({ id }) => id)[0]).toBe(before);
  });
});
