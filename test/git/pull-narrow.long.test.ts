import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseCone } from '../../src/git/cone.ts';
import { git, put } from './fixture.ts';
import {
  append,
  expectSettled,
  FIRST,
  filesOn,
  hasObjectWith,
  newWorld,
  type World,
} from './pull-fixture.ts';

const cloned = (world: World, ...options: string[]): void => {
  git(world.root, 'clone', '-q', ...options, world.url, world.host);
};

/** Blobs that a partial clone has not got. */
const missing = (world: World): string[] =>
  world
    .onHost('rev-list', '--objects', '--missing=print', 'HEAD')
    .split('\n')
    .filter((line) => line.startsWith('?'));

describe('a shallow clone', () => {
  it('goes forward and stays shallow', async () => {
    const world = newWorld();
    for (const text of ['1', '2', '3']) world.publish({ 'INDEX.md': text });
    cloned(world, '--depth', '1');
    for (const text of ['4', '5']) world.publish({ 'INDEX.md': text });
    const next = world.publish({ 'jira/six.md': 'six\n' });
    expect(await world.pull()).toMatchObject({ commits: 3, rewritten: false });
    expectSettled(world, next);
    expect(world.onHost('rev-list', '--count', 'HEAD').trim()).toBe('4');
    expect(filesOn(world.host)).toEqual(filesOn(world.author));
  });

  it('R10 forgets a replaced history as any other', async () => {
    const world = newWorld();
    world.publish({ 'jira/secret.md': 'quetzal\n' });
    cloned(world, '--depth', '1');
    const head = world.replace({ 'jira/secret.md': null });
    await expect(world.pull()).rejects.toMatchObject({ code: 'pull.rewritten' });
    await world.pull({ acceptRewrite: true });
    expectSettled(world, head);
    expect(hasObjectWith(world.host, 'quetzal')).toBe(false);
  });
});

describe('a partial clone', () => {
  it('gets the blobs of changed files at once, and no others', async () => {
    const world = newWorld();
    cloned(world, '--filter=blob:none');
    world.publish({ 'jira/four.md': 'between\n', 'INDEX.md': 'between too\n' });
    const next = world.publish({
      'jira/four.md': 'last\n',
      'INDEX.md': 'last too\n',
      'jira/five.md': 'five\n',
    });
    await world.pull();
    expect(filesOn(world.host)).toEqual(filesOn(world.author));
    expect(missing(world)).toHaveLength(2);
    expect(world.onHost('status', '--porcelain')).toBe('');
    expect(world.onHost('rev-parse', 'HEAD').trim()).toBe(next);
    world.onHost('fsck', '--strict');
    // One pack of commits and one of contents: of the clone, and of the pull.
    expect(world.onHost('count-objects', '-v')).toMatch(/^packs: 4$/m);
  });
});

describe.each([['--cone'], ['--sparse-index']])('a sparse checkout (%s)', (form) => {
  const sparse = async (...options: string[]): Promise<World> => {
    const world = newWorld();
    cloned(world, '--sparse', ...options);
    world.onHost('sparse-checkout', 'set', '--cone', ...(form === '--cone' ? [] : [form]), 'jira');
    return world;
  };

  it('gets the files of its folders, and of the others notes only what they are', async () => {
    const world = await sparse('--filter=blob:none');
    expect(Object.keys(filesOn(world.host))).toEqual(['INDEX.md', 'jira/ASSIGNED/three.md', 'jira/four.md']);
    const before = missing(world).length;
    const next = world.publish({
      'jira/new/five.md': 'five\n',
      'jira/four.md': null,
      'confluence/ENG/one.md': 'changed\n',
      'confluence/ENG/deep/two.md': null,
      'confluence/OPS/new.md': 'new\n',
      'INDEX.md': 'changed too\n',
    });
    await world.pull();
    expectSettled(world, next);
    expect(filesOn(world.host)).toEqual({
      'INDEX.md': 'changed too\n',
      'jira/ASSIGNED/three.md': FIRST['jira/ASSIGNED/three.md'],
      'jira/new/five.md': 'five\n',
    });
    const folded = /^S confluence\/(ENG\/)?$/m.test(world.onHost('ls-files', '--sparse', '-t'));
    expect(folded).toBe(form === '--sparse-index');
    const skipped = world
      .onHost('ls-files', '-t')
      .split('\n')
      .filter((line) => line.startsWith('S '));
    expect(skipped).toEqual(['S confluence/ENG/one.md', 'S confluence/OPS/new.md']);
    // What is outside of the cone was not fetched: two more contents that are elsewhere.
    expect(missing(world)).toHaveLength(before + 2);
    world.onHost('sparse-checkout', 'disable');
    expect(filesOn(world.host)).toEqual(filesOn(world.author));
  });

  it('keeps a person’s file that lies outside of its folders, and says when it is in the way', async () => {
    const world = await sparse();
    put(world.host, 'confluence/ENG/new.md', 'mine\n');
    const head = world.onHost('rev-parse', 'HEAD').trim();
    const status = world.onHost('status', '--porcelain', '--untracked-files=all');
    world.publish({ 'confluence/ENG/new.md': 'theirs\n' });
    await expect(world.pull()).rejects.toMatchObject({
      code: 'git.local-edits',
      params: { paths: ['confluence/ENG/new.md'] },
    });
    expect(world.onHost('status', '--porcelain', '--untracked-files=all')).toBe(status);
    expect(world.onHost('rev-parse', 'HEAD').trim()).toBe(head);
  });
});

it('a sparse checkout by patterns is refused, with how to make it one by folders', async () => {
  const world = newWorld();
  cloned(world);
  world.onHost('sparse-checkout', 'set', '--no-cone', '*.md');
  append(world.host, 'jira/four.md', '');
  world.publish({ 'INDEX.md': 'changed\n' });
  await expect(world.pull()).rejects.toMatchObject({ code: 'git.sparse-patterns', kind: 'usage' });
});

describe('parseCone on what git writes', () => {
  it('holds what git checks out', () => {
    const world = newWorld();
    const odd = 'o*dd [x] \\ "q"';
    world.publish({
      'a/1.md': '1',
      'a/b/2.md': '2',
      'a/b/c/3.md': '3',
      'a/d/4.md': '4',
      'ab/5.md': '5',
      [`${odd}/6.md`]: '6',
      'o1dd x \\ "q"/7.md': '7',
    });
    cloned(world);
    const all = git(world.author, 'ls-files', '-z').split('\0').filter(Boolean);
    for (const folders of [
      [],
      ['a/b'],
      ['a/b/c', 'jira'],
      ['a', 'a/b'],
      [odd],
      ['confluence/ENG/deep', 'a/d'],
    ]) {
      world.onHost('sparse-checkout', 'set', '--cone', '--skip-checks', ...folders);
      const cone = parseCone(readFileSync(join(world.host, '.git/info/sparse-checkout'), 'utf8'));
      expect(all.filter((path) => cone?.holds(path)).sort()).toEqual(Object.keys(filesOn(world.host)));
    }
  });
});
