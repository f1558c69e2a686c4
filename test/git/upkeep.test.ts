import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openRepo } from '../../src/git/open.ts';
import type { Revision } from '../../src/git/repo.ts';
import { AUTHOR, commit, DATE, git, temporaryFolder } from './fixture.ts';

async function* revisions(from: number, count: number): AsyncGenerator<Revision> {
  for (let n = from; n < from + count; n += 1) {
    const changes = [{ path: `docs/${n % 10}.md`, content: `${n}\n`.repeat(200) }];
    yield { changes, message: `m ${n}`, author: AUTHOR, date: new Date(DATE.getTime() + n * 1000) };
  }
}

const run = { changes: [], message: 'run', author: AUTHOR, date: DATE };

test('which commits changed which paths is noted once there are many commits, and goes on', async () => {
  const path = temporaryFolder();
  const repo = await openRepo({ path, branch: 'main', engine: 'git' });
  const info = join(repo.gitDir, 'objects', 'info');
  await commit(repo, { 'a.md': 'a' });
  await repo.maintain();
  expect(existsSync(join(info, 'commit-graph'))).toBe(false);
  const made = await repo.commit({ ...run, revisions: revisions(0, 120) });
  await repo.maintain({ revisions: made?.revisions ?? 0 });
  // https://git-scm.com/docs/gitformat-commit-graph: the index of the filters of changed paths.
  expect(readFileSync(join(info, 'commit-graph')).includes('BIDX')).toBe(true);
  await repo.commit({ ...run, revisions: revisions(120, 120) });
  await repo.maintain();
  const layers = readdirSync(join(info, 'commit-graphs')).filter((name) => name.endsWith('.graph'));
  expect(layers.length).toBeGreaterThan(0);
  for (const layer of layers)
    expect(readFileSync(join(info, 'commit-graphs', layer)).includes('BIDX')).toBe(true);
  git(path, 'commit-graph', 'verify');
  git(path, 'fsck', '--strict');
  expect(git(path, 'log', '--format=%s', '-2', '--', 'docs/3.md')).toBe('m 233\nm 223\n');
});

test('a replay is packed anew: as whole versions, it would stay as large as all of them', async () => {
  const path = temporaryFolder();
  const repo = await openRepo({ path, branch: 'main', engine: 'git' });
  const size = () => Number(/size-pack: (\d+)/.exec(git(path, 'count-objects', '-v'))?.[1]);
  const made = await repo.commit({ ...run, revisions: revisions(0, 1000) });
  const before = size();
  await repo.maintain({ revisions: made?.revisions ?? 0 });
  expect(git(path, 'count-objects', '-v')).toMatch(/^count: 0\n[\s\S]*packs: 1\n/);
  expect(size()).toBeLessThan(before);
  git(path, 'fsck', '--strict');
});

test('loose objects are packed once there are many of them', async () => {
  const path = temporaryFolder();
  const repo = await openRepo({ path, branch: 'main', engine: 'git' });
  const packs = () => Number(/packs: (\d+)/.exec(git(path, 'count-objects', '-v'))?.[1]);
  // git looks at the ids that begin with these two digits alone.
  const counted = Array.from({ length: 12_000 }, (_, n) => `${n}`).filter((content) =>
    createHash('sha1').update(`blob ${content.length}\0${content}`).digest('hex').startsWith('17'),
  );
  const files = (contents: readonly string[]) =>
    Object.fromEntries(contents.map((content) => [`${content}.md`, content]));
  await commit(repo, files(counted.slice(0, 20)));
  await repo.maintain();
  expect(packs()).toBe(0);
  await commit(repo, files(counted.slice(20, 30)));
  await repo.maintain();
  expect(packs()).toBe(1);
});
