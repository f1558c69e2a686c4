import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lockRepo } from '../../src/git/lock.ts';
import { openRepo } from '../../src/git/open.ts';
import type { PullStep } from '../../src/git/pull.ts';
import { git, put } from './fixture.ts';
import type { PullOrder } from './pull-child.ts';
import {
  expectSettled,
  filesOn,
  hasObjectWith,
  newWorld,
  purged,
  SECRET,
  type World,
} from './pull-fixture.ts';

const CHILD = join(import.meta.dirname, 'pull-child.ts');

function crash({ host }: World, step: PullStep, count: number, acceptRewrite = false): void {
  const order: PullOrder = { path: host, acceptRewrite, step, count };
  const { signal, stderr } = spawnSync(process.execPath, [CHILD], {
    input: JSON.stringify(order),
    encoding: 'utf8',
  });
  expect({ signal, stderr }).toEqual({ signal: 'SIGKILL', stderr: '' });
}

describe('R2 a pull that is killed is completed by the next one', () => {
  it.each<[PullStep, number]>([
    ['fetched', 1],
    ['remembered', 1],
    ['intent', 1],
    ['file', 1],
    ['file', 3],
    ['work-tree', 1],
    ['index', 1],
    ['branch', 1],
    ['dropped', 1],
    ['forgotten', 1],
  ])('after step %s (%i)', async (step, count) => {
    const world = newWorld();
    await world.pull({ remote: world.url });
    put(world.host, 'notes.txt', 'mine\n');
    const next = world.publish({
      'INDEX.md': 'changed\n',
      'jira/four.md': null,
      'jira/four.md/in.md': 'in\n',
      'confluence/ENG/deep/two.md': null,
    });
    crash(world, step, count);
    await world.pull();
    expect(filesOn(world.host)).toEqual({ ...filesOn(world.author), 'notes.txt': 'mine\n' });
    rmSync(join(world.host, 'notes.txt'));
    expectSettled(world, next);
  });

  it('or by a build', async () => {
    const world = newWorld();
    await world.pull({ remote: world.url });
    const next = world.publish({ 'INDEX.md': 'changed\n', 'jira/new.md': 'new\n' });
    crash(world, 'file', 1);
    const repo = await openRepo({ path: world.host, branch: 'main' });
    const lock = await lockRepo(repo.gitDir);
    expect(await repo.recover()).toBe('completed');
    lock.release();
    expectSettled(world, next);
  });
});

describe('R2 R10 a replaced history that was being taken over when it was killed', () => {
  it.each<[PullStep, number]>([
    ['fetched', 1],
    ['noted', 1],
    ['remembered', 1],
    ['intent', 1],
    ['file', 2],
    ['index', 1],
    ['branch', 1],
    ['dropped', 1],
    ['forgotten', 1],
  ])('after step %s (%i) is forgotten by the next pull', async (step, count) => {
    const world = await purged();
    crash(world, step, count, true);
    const isMoved = ['intent', 'file', 'index', 'branch', 'dropped', 'forgotten'].includes(step);
    // Once it is on its way it needs no leave any more, and no remote.
    if (isMoved) rmSync(join(world.bare, 'HEAD'));
    const next = world.pull({ acceptRewrite: !isMoved });
    if (isMoved) await expect(next).rejects.toMatchObject({ code: 'git.remote-unreachable' });
    else await next;
    if (isMoved) {
      writeFileSync(join(world.bare, 'HEAD'), 'ref: refs/heads/main\n');
      await world.pull();
    }
    expectSettled(world, world.head);
    expect(hasObjectWith(world.host, SECRET)).toBe(false);
  });
});

describe('R2 a clone that is killed', () => {
  it('at any time leaves no repository, or one that the next pull completes', async () => {
    const world = newWorld();
    const many = Object.fromEntries(
      Array.from({ length: 400 }, (_, i) => [`jira/${i % 20}/${i}.md`, `${i}\n`.repeat(50)]),
    );
    const head = world.publish(many);
    const order = { path: world.host, remote: world.url, acceptRewrite: false, step: 'none', count: 1 };
    const killedAfter = async (wait: number) => {
      rmSync(world.host, { recursive: true, force: true });
      const child = spawn(process.execPath, [CHILD], { stdio: ['pipe', 'ignore', 'inherit'] });
      child.stdin.end(JSON.stringify(order));
      const timer = setTimeout(() => child.kill('SIGKILL'), wait);
      const [, signal] = await once(child, 'close');
      clearTimeout(timer);
      const isRepository = existsSync(join(world.host, '.git/HEAD'));
      const isDraft = !isRepository && existsSync(join(world.host, '.git'));
      // Without HEAD it must not be a repository to git either, nor hold anything but the draft.
      if (existsSync(world.host) && !isRepository)
        expect(() => git(world.host, 'rev-parse', '--git-dir')).toThrow(/not a git repository/);
      await world.pull({ remote: world.url });
      expect(filesOn(world.host)).toEqual(filesOn(world.author));
      expectSettled(world, head);
      return signal === null ? 'ended' : isRepository ? 'begun' : isDraft ? 'draft' : 'nothing';
    };
    const seen = new Set<string>();
    let [before, after] = [0, Number.POSITIVE_INFINITY];
    const tell = (state: string, wait: number) => {
      seen.add(state);
      if (state === 'nothing') before = Math.max(before, wait);
      else after = Math.min(after, wait);
    };
    for (let wait = 150; !seen.has('ended'); wait *= 1.3) tell(await killedAfter(wait), wait);
    // A draft is there for a moment only, between nothing and the rest.
    for (let tries = 0; tries < 20 && !seen.has('draft'); tries += 1) {
      const wait = before + (after - before) * Math.random();
      tell(await killedAfter(wait), wait);
    }
    expect([...seen]).toEqual(expect.arrayContaining(['draft', 'ended']));
  });

  it('whose HEAD was lost is left alone: it may be a person’s', async () => {
    const world = newWorld();
    await world.pull({ remote: world.url });
    rmSync(join(world.host, '.git/HEAD'));
    for (const path of Object.keys(filesOn(world.host))) rmSync(join(world.host, path));
    for (const folder of ['confluence', 'jira']) rmSync(join(world.host, folder), { recursive: true });
    mkdirSync(join(world.host, '.git/ctx'), { recursive: true });
    await expect(world.pull({ remote: world.url })).rejects.toThrow(/not a git repository/);
    expect(existsSync(join(world.host, '.git/objects'))).toBe(true);
  });
});
