import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contentOf, git, put } from './fixture.ts';
import { append, expectSettled, FIRST, newWorld } from './pull-fixture.ts';

describe('a pull', () => {
  it('brings links, executable files and submodules as git does', async () => {
    const world = newWorld();
    await world.pull({ remote: world.url });
    put(world.author, 'run.sh', '#!/bin/sh\n');
    chmodSync(join(world.author, 'run.sh'), 0o755);
    symlinkSync('../INDEX.md', join(world.author, 'jira/link.md'));
    const outside = join(world.root, 'outside');
    mkdirSync(outside);
    symlinkSync(outside, join(world.author, 'folder'));
    git(world.author, 'update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},module`);
    mkdirSync(join(world.author, 'module'));
    const next = world.publish({
      '.gitmodules': '[submodule "module"]\n\tpath = module\n\turl = ../module.git\n',
    });
    await world.pull();
    expectSettled(world, next);
    expect(statSync(join(world.host, 'run.sh')).mode & 0o777).toBe(0o777 & ~process.umask());
    expect(readlinkSync(join(world.host, 'jira/link.md'))).toBe('../INDEX.md');
    expect(lstatSync(join(world.host, 'module')).isDirectory()).toBe(true);

    // As a clone too, and back to files.
    await world.pull({ path: join(world.root, 'other'), remote: world.url });
    expect(git(join(world.root, 'other'), 'status', '--porcelain')).toBe('');
    chmodSync(join(world.author, 'run.sh'), 0o644);
    rmSync(join(world.author, 'jira/link.md'));
    rmSync(join(world.author, 'folder'));
    rmSync(join(world.author, 'module'), { recursive: true });
    const last = world.publish({ 'folder/in.md': 'in\n', 'jira/link.md': 'text\n', module: 'file\n' });
    await world.pull();
    expectSettled(world, last);
    expect(contentOf(world.host, 'INDEX.md')).toBe(FIRST['INDEX.md']);
    expect([readdirSync(outside), contentOf(world.host, 'folder/in.md')]).toEqual([[], 'in\n']);
  });

  it('takes the address that is given, by name, path or URL, and knows the origin by its address', async () => {
    const world = newWorld();
    await world.pull({ remote: world.bare });
    expect(world.onHost('remote', 'get-url', 'origin').trim()).toBe(world.bare);
    world.onHost('remote', 'add', 'mirror', world.url);
    for (const [remote, tracking] of [
      ['mirror', 'refs/remotes/mirror/main'],
      [world.bare, 'refs/remotes/origin/main'],
    ] as const) {
      const next = world.publish({ 'INDEX.md': `${remote}\n` });
      await world.pull({ remote });
      expectSettled(world, next);
      expect(world.onHost('rev-parse', tracking).trim()).toBe(next);
    }
  });

  it('says what is missing: an address, a branch, a remote that answers', async () => {
    const { pull, url, host, root } = newWorld();
    await expect(pull()).rejects.toMatchObject({ code: 'pull.no-remote', kind: 'usage' });
    await expect(pull({ remote: url, branch: 'docs' })).rejects.toMatchObject({ code: 'pull.no-branch' });
    await expect(pull({ remote: join(root, 'none') })).rejects.toMatchObject({
      code: 'git.remote-unreachable',
    });
    await pull({ remote: url });
    git(host, 'remote', 'remove', 'origin');
    await expect(pull()).rejects.toMatchObject({ code: 'pull.no-remote' });
    await expect(pull({ remote: join(root, 'none') })).rejects.toMatchObject({
      code: 'git.remote-unreachable',
    });
    await pull({ fallback: url });
    git(host, 'switch', '-q', '-c', 'docs');
    await expect(pull({ branch: 'docs' })).rejects.toMatchObject({ code: 'pull.no-branch' });
  });

  it('needs git, and says so', async () => {
    const { pull, url } = newWorld();
    const { PATH } = process.env;
    process.env.PATH = '/nonexistent';
    try {
      await expect(pull({ remote: url })).rejects.toMatchObject({ code: 'git.not-found', kind: 'usage' });
    } finally {
      process.env.PATH = PATH;
    }
  });
});

describe('a person’s work', () => {
  it('that a pull does not touch stays: edited, staged, untracked', async () => {
    const world = newWorld();
    await world.pull({ remote: world.url });
    append(world.host, 'jira/four.md', 'mine\n');
    put(world.host, 'staged.md', 'mine\n');
    world.onHost('add', 'staged.md');
    put(world.host, 'notes.txt', 'mine\n');
    const next = world.publish({ 'INDEX.md': 'theirs\n' });
    await world.pull();
    expect(world.onHost('rev-parse', 'HEAD').trim()).toBe(next);
    expect(world.onHost('status', '--porcelain')).toBe(' M jira/four.md\nA  staged.md\n?? notes.txt\n');
  });

  it('that is committed stays: ahead of the remote it is counted, beside it the pull is refused', async () => {
    const world = newWorld();
    await world.pull({ remote: world.url });
    put(world.host, 'mine.md', 'mine\n');
    world.onHost('add', 'mine.md');
    world.onHost('commit', '-qm', 'Mine');
    const mine = world.onHost('rev-parse', 'HEAD').trim();
    expect(await world.pull()).toMatchObject({ before: mine, after: mine, ahead: 1 });
    world.publish({ 'INDEX.md': 'theirs\n' });
    const refused = world.pull({ acceptRewrite: true });
    await expect(refused).rejects.toMatchObject({ code: 'pull.diverged', kind: 'guard' });
    await expect(refused).rejects.toThrow(mine.slice(0, 10));
    expectSettled(world, mine);
  });
});
