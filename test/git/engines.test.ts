import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openRepo } from '../../src/git/open.ts';
import type { Revision } from '../../src/git/repo.ts';
import { AUTHOR, collect, commit, DATE, git, put, temporaryFolder } from './fixture.ts';

describe('engines', () => {
  it('make the same commits', async () => {
    const ids = await Promise.all(
      (['git', 'isomorphic-git'] as const).map(async (engine) => {
        const repo = await openRepo({ path: temporaryFolder(), branch: 'main', engine });
        await commit(repo, { 'a.md': 'a', 'b/c.md': 'c', 'b.md': 'b', 'ü/x.md': 'x' }, 'One\n\nBody  \n\n');
        await commit(repo, { 'b/c.md': null, 'a.md': 'a2', b: 'file' }, 'Two\n\nContext-Sources: x');
        async function* revisions(): AsyncGenerator<Revision> {
          for (const [n, content] of ['a3', null, 'a4'].entries()) {
            const date = new Date(Date.UTC(2025, n, 1));
            const changes = [{ path: 'a.md', content }];
            yield {
              changes,
              message: `Version ${n}`,
              author: { name: 'Zoë', email: 'z@site.example' },
              date,
            };
          }
        }
        const changes = [{ path: 'd/e.md', content: 'e' }];
        const run = { revisions: revisions(), changes, message: 'Three', author: AUTHOR, date: DATE };
        return (await repo.commit(run))?.id;
      }),
    );
    expect(ids[0]).toBe(ids[1]);
  });

  it('work on each other’s repositories', async () => {
    const path = temporaryFolder();
    for (const [i, engine] of (['git', 'isomorphic-git', 'git', 'isomorphic-git'] as const).entries()) {
      const repo = await openRepo({ path, branch: 'main', engine });
      expect(await repo.localEdits(['a.md'])).toEqual([]);
      await commit(repo, { 'a.md': `run ${i}`, [`f${i}.md`]: 'f' });
      expect(git(path, 'status', '--porcelain')).toBe('');
    }
    git(path, 'fsck', '--strict');
  });

  it('SHA-256: git writes it, isomorphic-git refuses it', async () => {
    const path = temporaryFolder();
    git(path, 'init', '-q', '-b', 'main', '--object-format=sha256');
    const repo = await openRepo({ path, branch: 'main', engine: 'git' });
    const made = await commit(repo, { 'a.md': 'a' });
    expect(made?.id).toHaveLength(64);
    expect(await commit(repo, { 'a.md': 'a' })).toBeNull();
    expect(git(path, 'status', '--porcelain')).toBe('');
    git(path, 'fsck', '--strict');
    const attempt = openRepo({ path, branch: 'main', engine: 'isomorphic-git' });
    await expect(attempt).rejects.toMatchObject({ code: 'git.unsupported', kind: 'usage' });
  });

  it('isomorphic-git refuses an index that it would misread', async () => {
    const path = temporaryFolder();
    git(path, 'init', '-q', '-b', 'main');
    put(path, 'a.md', 'a');
    git(path, 'add', '.');
    git(path, 'commit', '-qm', 'One');
    git(path, 'update-index', '--index-version', '4');
    const repo = await openRepo({ path, branch: 'main', engine: 'isomorphic-git' });
    await expect(commit(repo, { 'b.md': 'b' })).rejects.toThrow(/an index of version 4/);
    expect(git(path, 'status', '--porcelain')).toBe('');
  });

  it('isomorphic-git keeps what a person has noted in the index', async () => {
    const path = temporaryFolder();
    const repo = await openRepo({ path, branch: 'main', engine: 'isomorphic-git' });
    await commit(repo, { 'a.md': 'a', 'b.md': 'b' });
    put(path, 'later.md', 'to be added');
    git(path, 'add', '--intent-to-add', 'later.md');
    git(path, 'update-index', '--assume-unchanged', 'b.md');
    const noted = () => git(path, 'ls-files', '-v', 'b.md', 'later.md') + git(path, 'status', '--porcelain');
    const before = noted();
    await commit(repo, { 'a.md': 'a2', 'x/y.md': 'y' });
    expect(noted()).toBe(before);
    expect(before).toBe('h b.md\nH later.md\n A later.md\n');
  });

  it('isomorphic-git names a blob that a crash cut short', async () => {
    const path = temporaryFolder();
    const repo = await openRepo({ path, branch: 'main', engine: 'isomorphic-git' });
    await commit(repo, { 'a.md': 'some text that is long enough to be cut' });
    const [entry] = await collect(repo.tree());
    const oid = entry?.oid ?? '';
    truncateSync(join(path, '.git/objects', oid.slice(0, 2), oid.slice(2)), 20);
    await expect(collect(repo.read(repo.tree()))).rejects.toMatchObject({
      code: 'git.missing-object',
      params: { path: 'a.md', oid },
    });
  });
});
