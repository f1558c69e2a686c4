import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openRepo } from '../../src/git/open.ts';
import type { ContextRepo } from '../../src/git/repo.ts';
import { readRef } from '../../src/git/spawned/refs.ts';
import { git, temporaryFolder } from './fixture.ts';

/** A repository with some commits of a person, and their ids. */
function withCommits(count: number, ...init: string[]): { path: string; ids: string[] } {
  const path = temporaryFolder();
  git(path, 'init', '-q', '-b', 'main', ...init);
  const ids = Array.from({ length: count }, (_, at) => {
    git(path, 'commit', '-q', '--allow-empty', '-m', `Commit ${at}`);
    return git(path, 'rev-parse', 'HEAD').trim();
  });
  return { path, ids };
}

const open = (path: string, engine: ContextRepo['engine'] = 'git') =>
  openRepo({ path, branch: 'main', engine });

describe('the branch’s commit', () => {
  it.each(['git', 'isomorphic-git'] as const)(
    'is never a former one, however others move and pack it (%s)',
    async (engine) => {
      const { path, ids } = withCommits(3);
      const repo = await open(path, engine);
      for (let round = 0; round < 24; round += 1) {
        const next = ids[round % ids.length] as string;
        git(path, 'update-ref', 'refs/heads/main', next);
        // Several times within a second, so that `packed-refs` comes back in size, time and inode.
        if (round % 8 < 6) git(path, 'pack-refs', '--all');
        if (round % 2 === 0) expect(await repo.head(), `round ${round}`).toBe(next);
      }
      git(path, 'gc', '-q');
      expect(await repo.head()).toBe(ids[23 % ids.length]);
      git(path, 'update-ref', '-d', 'refs/heads/main');
      expect(await repo.head()).toBeNull();
      git(path, 'update-ref', 'refs/heads/main', ids[0] as string);
      expect(await repo.head()).toBe(ids[0]);
    },
  );

  it('is found where one’s name begins or ends with the other’s', async () => {
    const { path, ids } = withCommits(2);
    git(path, 'branch', 'main2', ids[0] as string);
    git(path, 'branch', 'a/main', ids[0] as string);
    git(path, 'update-ref', 'refs/refs/heads/main', ids[0] as string);
    git(path, 'tag', '-am', 'Tagged', 'main', ids[0] as string);
    git(path, 'pack-refs', '--all');
    const repo = await open(path);
    expect(await repo.head()).toBe(ids[1]);
    git(path, 'update-ref', '-d', 'refs/heads/main');
    expect(await repo.head()).toBeNull();
  });

  it('is found in a repository with SHA-256', async () => {
    const { path, ids } = withCommits(1, '--object-format=sha256');
    const repo = await open(path);
    expect([await repo.head(), repo.objectFormat]).toEqual([ids[0], 'sha256']);
    git(path, 'pack-refs', '--all');
    expect(await repo.head()).toBe(ids[0]);
  });

  it('is found in a linked work tree, whose branches lie with the first one', async () => {
    const { path, ids } = withCommits(2);
    git(path, 'checkout', '-q', '--detach');
    const linked = join(temporaryFolder(), 'linked');
    git(path, 'worktree', 'add', '-q', linked, 'main');
    const repo = await open(linked);
    expect(await repo.head()).toBe(ids[1]);
    git(path, 'update-ref', 'refs/heads/main', ids[0] as string);
    expect(await repo.head()).toBe(ids[0]);
    git(path, 'pack-refs', '--all');
    expect(await repo.head()).toBe(ids[0]);
  });

  it('is another branch’s, once it only names that one', async () => {
    const { path, ids } = withCommits(2);
    git(path, 'branch', 'trunk', ids[0] as string);
    const repo = await open(path);
    git(path, 'symbolic-ref', 'refs/heads/main', 'refs/heads/trunk');
    expect(await repo.head()).toBe(ids[0]);
    git(path, 'pack-refs', '--all');
    expect(await repo.head()).toBe(ids[0]);
  });
});

describe('a ref’s files', () => {
  const OID = 'ab'.repeat(20);

  function files(own: string | null, packed: string): string {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'refs/heads'), { recursive: true });
    if (own !== null) writeFileSync(join(folder, 'refs/heads/main'), own);
    writeFileSync(join(folder, 'packed-refs'), packed);
    return folder;
  }
  const read = (own: string | null, packed = '') => readRef(files(own, packed), 'refs/heads/main');

  it('tell its commit, or that there is none', () => {
    expect(read(`${OID}\n`, `${'cd'.repeat(20)} refs/heads/main\n`)).toBe(OID);
    expect(read(null, `# pack-refs with: peeled fully-peeled sorted \n${OID} refs/heads/main\n`)).toBe(OID);
    expect(read(null, `${OID} refs/heads/main\n${OID} refs/heads/main2\n`)).toBe(OID);
    expect(read(null, `${OID} refs/heads/main2\n${OID} refs/heads/a/refs/heads/main\n`)).toBeNull();
    expect(read(null)).toBeNull();
  });

  it('leave to git what they don’t tell', () => {
    expect(read('ref: refs/heads/other\n')).toBeUndefined();
    expect(read('')).toBeUndefined();
    expect(read(null, 'cut refs/heads/main\n')).toBeUndefined();
    const linked = files(null, '');
    symlinkSync('nowhere', join(linked, 'refs/heads/main'));
    expect(readRef(linked, 'refs/heads/main')).toBeUndefined();
  });

  it('are not looked for where refs are kept otherwise', () => {
    const folder = files(null, `${OID} refs/ctx/pending\n`);
    renameSync(join(folder, 'refs/heads'), join(folder, 'was-heads'));
    expect(readRef(folder, 'refs/ctx/pending')).toBeUndefined();
    writeFileSync(join(folder, 'refs/heads'), 'this repository uses the reftable format\n');
    for (const ref of ['refs/heads/main', 'refs/ctx/pending']) expect(readRef(folder, ref)).toBeUndefined();
  });
});
