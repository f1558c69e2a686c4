import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openRepo } from '../../src/git/open.ts';
import { commit, contentOf, git, temporaryFolder } from './fixture.ts';
import { serveRepositories } from './http-remote.ts';

describe.each(['git', 'isomorphic-git'] as const)('remotes over %s', (engine) => {
  const setUp = async () => {
    const root = temporaryFolder();
    git(root, 'init', '-q', '--bare', '-b', 'main', 'remote.git');
    const url = `${await serveRepositories(root)}/remote.git`;
    const open = (name: string, remote: string | null = url) =>
      openRepo({ path: join(root, name), branch: 'main', engine, remote });
    return { root, bare: join(root, 'remote.git'), url, open };
  };

  it('pushes forward, and an absent repository is cloned', async () => {
    const { bare, open, url } = await setUp();
    const first = await open('first');
    const made = await commit(first, { 'a.md': 'a' });
    await first.push({ remote: 'origin', branch: 'main' });
    expect(git(bare, 'rev-parse', 'main').trim()).toBe(made?.id);

    const second = await open('second');
    expect([await second.head(), contentOf(second.path, 'a.md')]).toEqual([made?.id, 'a']);
    expect(git(second.path, 'status', '--porcelain')).toBe('');
    const next = await commit(second, { 'b.md': 'b' });
    await second.push({ remote: url, branch: 'main' });
    expect(git(bare, 'rev-parse', 'main').trim()).toBe(next?.id);
    git(bare, 'fsck', '--strict');
  });

  it('refuses to push when the remote moved, and leaves both as they are', async () => {
    const { bare, open } = await setUp();
    const first = await open('first');
    await commit(first, { 'a.md': 'a' });
    await first.push({ remote: 'origin', branch: 'main' });
    const second = await open('second');
    const theirs = await commit(second, { 'b.md': 'b' });
    await second.push({ remote: 'origin', branch: 'main' });

    const mine = await commit(first, { 'c.md': 'c' });
    await expect(first.push({ remote: 'origin', branch: 'main' })).rejects.toMatchObject({
      code: 'git.push-rejected',
      kind: 'failed',
    });
    expect([git(bare, 'rev-parse', 'main').trim(), await first.head()]).toEqual([theirs?.id, mine?.id]);
  });

  it('keeps an origin that is set, and sets one that is not', async () => {
    const { root, open } = await setUp();
    const path = join(root, 'mine');
    git(root, 'init', '-q', '-b', 'main', 'mine');
    await open('mine', 'http://127.0.0.1:1/one.git');
    await open('mine', 'http://127.0.0.1:1/two.git');
    expect(git(path, 'remote', 'get-url', 'origin').trim()).toBe('http://127.0.0.1:1/one.git');
  });

  it('names an unreachable remote without its credentials', async () => {
    const { open } = await setUp();
    const remote = 'http://user:hunter2@127.0.0.1:1/x.git';
    const absent = await open('absent', remote).catch((error: unknown) => error);
    expect(absent).toMatchObject({ code: 'git.remote-unreachable' });
    const repo = await open('local', null);
    await commit(repo, { 'a.md': 'a' });
    const failed = await repo.push({ remote, branch: 'main' }).catch((error: unknown) => error);
    expect(failed).toMatchObject({ code: 'git.push-failed' });
    for (const error of [absent, failed] as Error[]) {
      expect(`${error.message}${JSON.stringify(error)}${error.stack}${String(error.cause)}`).not.toContain(
        'hunter2',
      );
      expect(error.message).toContain('127.0.0.1:1/x.git');
    }
  });
});

describe('remotes without http', () => {
  it('are pushed to by git, by path and by name', async () => {
    const root = temporaryFolder();
    git(root, 'init', '-q', '--bare', '-b', 'main', 'remote.git');
    const remote = join(root, 'remote.git');
    const repo = await openRepo({ path: join(root, 'repo'), branch: 'main', engine: 'git', remote });
    const made = await commit(repo, { 'a.md': 'a' });
    await repo.push({ remote, branch: 'docs' });
    await repo.push({ remote: 'origin', branch: 'main' });
    expect(git(remote, 'rev-parse', 'main', 'docs').trim()).toBe(`${made?.id}\n${made?.id}`);
    const relative = await openRepo({ path: join(root, 'clone'), branch: 'main', remote: '../remote.git' });
    expect(await relative.head()).toBe(made?.id);
    expect(git(relative.path, 'remote', 'get-url', 'origin').trim()).toBe(remote);
  });

  it('are refused by isomorphic-git, in words', async () => {
    const root = temporaryFolder();
    const repo = await openRepo({ path: join(root, 'repo'), branch: 'main', engine: 'isomorphic-git' });
    await commit(repo, { 'a.md': 'a' });
    await expect(repo.push({ remote: join(root, 'x'), branch: 'main' })).rejects.toThrow(
      /only http and https/,
    );
  });
});
