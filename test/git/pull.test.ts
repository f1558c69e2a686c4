import { execFileSync } from 'node:child_process';
import { existsSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lockRepo } from '../../src/git/lock.ts';
import { contentOf, git, put } from './fixture.ts';
import {
  append,
  expectSettled,
  FIRST,
  filesOn,
  hasObjectWith,
  newWorld,
  purged,
  SECRET,
} from './pull-fixture.ts';

describe('a pull', () => {
  it('makes the clone, and brings it forward from then on', async () => {
    const world = newWorld();
    const first = git(world.author, 'rev-parse', 'HEAD').trim();
    const made = await world.pull({ remote: world.url });
    expect(made).toMatchObject({ path: world.host, before: null, after: first, commits: 1, ahead: 0 });
    expect(made.changes.map(({ path }) => path).sort()).toEqual(Object.keys(FIRST).sort());
    expect(made.contentDate.getTime()).toBe(Number(git(world.author, 'log', '-1', '--format=%ct')) * 1000);
    expectSettled(world, first);
    expect(filesOn(world.host)).toEqual(FIRST);

    world.publish({ 'jira/five.md': 'five\n' });
    const next = world.publish({
      'jira/four.md': null,
      'INDEX.md': 'changed\n',
      'jira/five.md/in.md': 'in\n',
      'jira/five.md': null,
    });
    const result = await world.pull();
    expect(result).toMatchObject({ before: first, after: next, commits: 2, rewritten: false, problems: [] });
    expect(result.changes.map(({ path }) => path).sort()).toEqual([
      'INDEX.md',
      'jira/five.md/in.md',
      'jira/four.md',
    ]);
    expectSettled(world, next);
    expect(filesOn(world.host)).toEqual(filesOn(world.author));
    expect(world.onHost('rev-parse', 'origin/main').trim()).toBe(next);
    expect(await world.pull()).toMatchObject({ before: next, after: next, commits: 0, changes: [] });
  });

  it('R11 replaces each file as a whole: who has one open reads it to its end', async () => {
    const world = newWorld();
    await world.pull({ remote: world.url });
    const file = join(world.host, 'INDEX.md');
    const before = statSync(file, { bigint: true });
    world.publish({ 'INDEX.md': 'other\n' });
    await world.pull();
    expect(statSync(file, { bigint: true }).ino).not.toBe(before.ino);
    expect(contentOf(world.host, 'INDEX.md')).toBe('other\n');
  });

  it('waits for nobody: of two at once the second is refused, and names the first', async () => {
    const world = newWorld();
    await world.pull({ remote: world.url });
    await using _lock = await lockRepo(join(world.host, '.git'));
    await expect(world.pull()).rejects.toMatchObject({ code: 'git.locked', params: { pid: process.pid } });
  });

  it('R14 writes nothing into folders that lead elsewhere', async () => {
    const world = newWorld();
    await world.pull({ remote: world.url });
    const head = git(world.author, 'rev-parse', 'HEAD').trim();
    const blob = git(world.author, 'rev-parse', 'HEAD:INDEX.md').trim();
    const treeOf = (entry: string, oid: string): string => {
      const input = Buffer.concat([Buffer.from(`${entry}\0`), Buffer.from(oid, 'hex')]);
      const args = ['hash-object', '-t', 'tree', '-w', '--literally', '--stdin'];
      return execFileSync('git', args, { cwd: world.bare, input, encoding: 'utf8' }).trim();
    };
    const other = join(world.root, 'other');
    for (const name of ['..', '.git', 'GIT~1']) {
      const tree = treeOf(`40000 ${name}`, treeOf('100644 in.md', blob));
      const commit = git(world.bare, 'commit-tree', tree, '-p', head, '-m', 'Bad').trim();
      git(world.bare, 'update-ref', 'refs/heads/main', commit);
      const refused = { code: 'pull.bad-path', params: { path: `${name}/in.md` } };
      await expect(world.pull()).rejects.toMatchObject(refused);
      await expect(world.pull({ path: other, remote: world.url })).rejects.toMatchObject(refused);
    }
    const made = [join(world.root, 'in.md'), join(world.host, '.git/in.md'), join(other, '.git/HEAD')];
    expect(made.filter((path) => existsSync(path))).toEqual([]);
    expect([world.onHost('rev-parse', 'HEAD').trim(), world.onHost('status', '--porcelain')]).toEqual([
      head,
      '',
    ]);
  });
});

describe('a person’s work', () => {
  it('stops a pull that would replace it, and is named', async () => {
    const world = newWorld();
    await world.pull({ remote: world.url });
    const head = world.onHost('rev-parse', 'HEAD').trim();
    append(world.host, 'INDEX.md', 'mine\n');
    put(world.host, 'jira/new.md', 'mine\n');
    rmSync(join(world.host, 'jira/four.md'));
    append(world.host, 'confluence/ENG/one.md', 'mine\n');
    put(world.host, 'notes.txt', 'mine\n');
    const [status, files] = [world.onHost('status', '--porcelain'), filesOn(world.host)];
    world.publish({ 'INDEX.md': 'theirs\n', 'jira/new.md': 'theirs\n', 'jira/four.md': 'theirs\n' });
    await expect(world.pull()).rejects.toMatchObject({
      code: 'git.local-edits',
      kind: 'guard',
      params: { paths: ['INDEX.md', 'jira/four.md', 'jira/new.md'] },
    });
    expect([world.onHost('status', '--porcelain'), filesOn(world.host)]).toEqual([status, files]);
    expect(world.onHost('rev-parse', 'HEAD').trim()).toBe(head);
    expect(world.onHost('for-each-ref', 'refs/ctx')).toBe('');
  });
});

describe('R10 a history that a purge has replaced', () => {
  it('is refused, with what to do; accepted, it takes the place of the former one, of which nothing stays', async () => {
    const world = await purged();
    const refused = world.pull();
    await expect(refused).rejects.toMatchObject({ code: 'pull.rewritten', kind: 'guard' });
    await expect(refused).rejects.toMatchObject({
      hint: expect.stringContaining('ctx pull --accept-rewrite'),
    });
    expect(world.onHost('rev-parse', 'HEAD').trim()).toBe(world.old);
    expect(world.onHost('status', '--porcelain')).toBe('');
    await expect(world.pull()).rejects.toMatchObject({ code: 'pull.rewritten' });

    const result = await world.pull({ acceptRewrite: true });
    expect(result).toMatchObject({ before: world.old, after: world.head, rewritten: true, problems: [] });
    expectSettled(world, world.head);
    expect(filesOn(world.host)).toEqual(filesOn(world.author));
    expect(hasObjectWith(world.host, SECRET)).toBe(false);
    expect(world.onHost('log', '-g', '--all', '--format=%H')).not.toContain(world.old);
    expect(await world.pull({ acceptRewrite: true })).toMatchObject({ rewritten: false, commits: 0 });
  });
});
