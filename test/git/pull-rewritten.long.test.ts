import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { git } from './fixture.ts';
import { append, expectSettled, hasObjectWith, newWorld, purged, SECRET } from './pull-fixture.ts';

describe('R10 a history that a purge has replaced', () => {
  it('may be shorter than the former one', async () => {
    const world = await purged();
    world.onHost('config', 'core.logAllRefUpdates', 'false');
    const first = world.onHost('rev-parse', 'HEAD~1').trim();
    git(world.bare, 'update-ref', 'refs/heads/main', first);
    await expect(world.pull()).rejects.toMatchObject({ code: 'pull.rewritten' });
    await world.pull({ acceptRewrite: true });
    expectSettled(world, first);
    expect(hasObjectWith(world.host, SECRET)).toBe(false);
  });

  it('is known as such after a fetch by hand too', async () => {
    const world = await purged();
    world.onHost('fetch', '-q', 'origin');
    await expect(world.pull()).rejects.toMatchObject({ code: 'pull.rewritten' });
    await world.pull({ acceptRewrite: true });
    expectSettled(world, world.head);
    expect([hasObjectWith(world.host, SECRET), existsSync(join(world.host, '.git/FETCH_HEAD'))]).toEqual([
      false,
      false,
    ]);
  });

  it('is refused where the clone has commits of its own, which are named', async () => {
    const world = await purged();
    world.onHost('commit', '-q', '--allow-empty', '-m', 'Mine');
    const mine = world.onHost('rev-parse', 'HEAD').trim();
    const refused = world.pull({ acceptRewrite: true });
    await expect(refused).rejects.toMatchObject({ code: 'pull.rewritten-with-commits', kind: 'guard' });
    await expect(refused).rejects.toThrow(`on the former one: ${mine.slice(0, 10)}.`);
    expect(world.onHost('rev-parse', 'HEAD').trim()).toBe(mine);
  });

  it('is refused where an edit would be lost; nothing is forgotten then', async () => {
    const world = await purged();
    append(world.host, 'jira/secret.md', 'mine\n');
    await expect(world.pull({ acceptRewrite: true })).rejects.toMatchObject({ code: 'git.local-edits' });
    expect(world.onHost('rev-parse', 'HEAD').trim()).toBe(world.old);
    world.onHost('checkout', '-q', '--', '.');
    await world.pull({ acceptRewrite: true });
    expectSettled(world, world.head);
  });

  it('leaves what a person’s tag or stash holds, says so, and removes it when that is gone', async () => {
    const world = await purged();
    world.onHost('tag', 'mine');
    const { problems } = await world.pull({ acceptRewrite: true });
    expect(problems).toMatchObject([
      { code: 'pull.not-forgotten', kind: 'partial', params: { holders: ['refs/tags/mine'] } },
    ]);
    expect(await world.pull()).toMatchObject({ problems: [{ code: 'pull.not-forgotten' }] });
    world.onHost('tag', '-d', 'mine');
    expect(await world.pull()).toMatchObject({ problems: [] });
    expectSettled(world, world.head);
    expect(hasObjectWith(world.host, SECRET)).toBe(false);
  });

  it('is refused by a partial clone, in which git keeps what came from its remote', async () => {
    const world = newWorld();
    const old = world.publish({ 'jira/secret.md': `${SECRET}\n` });
    git(world.root, 'clone', '-q', '--filter=blob:none', world.url, world.host);
    world.replace({ 'jira/secret.md': null });
    await expect(world.pull({ acceptRewrite: true })).rejects.toMatchObject({ code: 'pull.keeps-objects' });
    expect(world.onHost('rev-parse', 'HEAD').trim()).toBe(old);
  });
});
