import { describe, expect, test } from 'vitest';
import { openRepo } from '../../src/git/open.ts';
import type { Addition } from '../../src/git/repo.ts';
import { AUTHOR, collect, git, temporaryFolder } from './fixture.ts';

const DAYS = ['2026-03-01', '2026-03-02', '2026-03-03', '2026-03-04'] as const;

describe.each(['git', 'isomorphic-git'] as const)('additions, by %s', (engine) => {
  const open = (path: string) => openRepo({ path, branch: 'main', engine });

  test('are all files that came or were renamed below the folder, the first ones first', async () => {
    const repo = await open(temporaryFolder());
    expect(await collect(repo.additions('wiki'))).toEqual([]);
    await history(repo);
    expect((await collect(repo.additions('wiki'))).map(told)).toEqual([
      '2026-03-01 wiki/a.md',
      '2026-03-01 wiki/ü/b c.md',
      '2026-03-02 wiki/ü/d.md',
      '2026-03-04 wiki/a.md',
    ]);
    const [first] = await collect(repo.additions('wiki'));
    const [blob] = await collect(repo.read([first as Addition]));
    expect(Buffer.from(blob?.content ?? []).toString()).toBe('one');
    expect(await collect(repo.additions('wik'))).toEqual([]);
  });

  test('say where a shallow clone cuts the history', async () => {
    const origin = temporaryFolder();
    await history(await open(origin));
    const path = temporaryFolder();
    git(path, 'clone', '-q', '--depth', '2', `file://${origin}`, '.');
    expect((await collect((await open(path)).additions('wiki'))).map(told)).toEqual([
      '2026-03-03 wiki/ü/b c.md cut',
      '2026-03-03 wiki/ü/d.md cut',
      '2026-03-04 wiki/a.md',
    ]);
  });
});

async function history(repo: Awaited<ReturnType<typeof openRepo>>): Promise<void> {
  const steps: Record<string, string | null>[] = [
    { 'wiki/a.md': 'one', 'wiki/ü/b c.md': 'two', 'wikis/x.md': 'x', 'top.md': 'top' },
    { 'wiki/a.md': 'one again', 'wiki/ü/d.md': 'three' },
    { 'wiki/a.md': null },
    { 'wiki/a.md': 'back' },
  ];
  for (const [n, files] of steps.entries()) {
    const changes = Object.entries(files).map(([path, content]) => ({ path, content }));
    const date = new Date(`${DAYS[n]}T10:00:00Z`);
    await repo.commit({ changes, message: `Run ${n}`, author: AUTHOR, date });
  }
}

const told = ({ path, date, isCut }: Addition) =>
  `${date.toISOString().slice(0, 10)} ${path}${isCut ? ' cut' : ''}`;
