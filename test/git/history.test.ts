import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openHistory } from '../../src/git/history.ts';
import { openRepo } from '../../src/git/open.ts';
import type { ContextRepo } from '../../src/git/repo.ts';
import { git, put, temporaryFolder } from './fixture.ts';

/** A history with two roots, merges, odd authors, messages and names. */
async function oddHistory(format: string): Promise<ContextRepo> {
  const path = join(temporaryFolder(), 'repo');
  git(temporaryFolder(), 'init', '-q', '-b', 'main', `--object-format=${format}`, path);
  put(path, 'a "quoted" \\ name.md', 'one');
  put(path, 'ordner/ä.md', 'zwei');
  git(path, 'add', '.');
  git(path, 'commit', '-qm', 'Root\n\nwith: lines\n\n\n', '--cleanup=verbatim');
  git(path, 'switch', '-qc', 'side');
  put(path, 'side.md', 'side');
  git(path, 'add', '.');
  git(
    path,
    '-c',
    'i18n.commitEncoding=ISO-8859-1',
    'commit',
    '-qm',
    'Größe',
    '--author=Ä Ö <a@b>',
    '--date=1 +0545',
  );
  git(path, 'switch', '-q', '--orphan', 'other');
  put(path, 'other.md', 'other');
  git(path, 'add', 'other.md');
  git(path, 'commit', '-q', '--allow-empty-message', '-m', '');
  git(path, 'switch', '-q', 'main');
  git(path, 'commit', '-q', '--allow-empty', '-m', 'Empty');
  git(path, 'merge', '-q', '--no-ff', '-m', 'Side', 'side');
  git(path, 'merge', '-q', '--no-ff', '-m', 'Both', '--allow-unrelated-histories', 'other');
  put(path, 'last.md', 'last');
  git(path, 'add', '.');
  git(path, 'commit', '-qm', 'Last');
  return openRepo({ path, branch: 'main' });
}

test.each(['sha1', 'sha256'])('commits that are written as they are keep their ids (%s)', async (format) => {
  const repo = await oddHistory(format);
  const history = await openHistory(repo);
  const head = (await repo.head()) as string;
  await using writer = history.writer();
  for (const commit of await history.commitsOf(head)) await writer.commit(commit, { changes: [] });
  expect(await writer.end(head)).toBe(head);
});

test('a walk gives every tree, whatever the order of the commits is', async () => {
  const repo = await oddHistory('sha1');
  const history = await openHistory(repo);
  const commits = await history.commits();
  expect(commits.map(({ id }) => id).sort()).toEqual(
    git(repo.path, 'rev-list', '--all').trim().split('\n').sort(),
  );
  const tree = new Map<string, string>();
  for await (const { commit, differences } of history.trees([...commits, ...commits.toReversed()])) {
    for (const { path, new: entry } of differences) {
      if (entry === null) tree.delete(path);
      else tree.set(path, entry.oid);
    }
    const listed = git(repo.path, 'ls-tree', '-r', '-z', commit.id);
    const found = [...tree].map(([path, oid]) => `100644 blob ${oid}\t${path}`).sort();
    expect(found).toEqual(
      listed
        .split('\0')
        .filter((line) => line !== '')
        .sort(),
    );
  }
});

test('a change goes through the whole history: paths, messages, signatures, and what is empty then', async () => {
  const repo = await oddHistory('sha1');
  const { path } = repo;
  const own = git(path, 'cat-file', 'commit', 'HEAD');
  const signed = own.replace(
    '\n\n',
    '\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n -----END PGP SIGNATURE-----\n\n',
  );
  const { stdout } = spawnSync('git', ['hash-object', '-t', 'commit', '-w', '--stdin'], {
    cwd: path,
    input: signed,
  });
  git(path, 'reset', '-q', stdout.toString().trim());
  const history = await openHistory(repo);
  const head = (await repo.head()) as string;
  await using writer = history.writer();
  const oid = await writer.blob(Buffer.from('new'));
  for (const commit of await history.commitsOf(head)) {
    const last = commit.id === head;
    await writer.commit(commit, {
      changes: [
        { path: 'last.md', entry: null },
        { path: 'a "quoted" \\ name.md', entry: { mode: '100644', oid } },
      ],
      ...(last && { message: Buffer.from('Nothing left\n'), dropIfOnly: '.ctx/state' }),
    });
  }
  const next = await writer.end(head);
  expect(writer.dropped).toBe(1);
  await repo.moveTo(next);
  expect(git(path, 'log', '-1', '--format=%s')).toBe('Both\n');
  expect(git(path, 'status', '--porcelain')).toBe('');
  expect(git(path, 'fsck', '--strict', '--full', '--no-dangling')).toBe('');
  for (const id of git(path, 'rev-list', 'HEAD').trim().split('\n'))
    expect(git(path, 'show', `${id}:a "quoted" \\ name.md`)).toBe('new');
  expect(git(path, 'log', '--format=%G?', next)).not.toMatch(/[^N\n]/);
});

test('a commit with new state alone is left out, one with more is kept with its state', async () => {
  const path = join(temporaryFolder(), 'repo');
  const repo = await openRepo({ path, branch: 'main' });
  for (const [state, text] of [
    ['1', 'a'],
    ['2', 'b'],
    ['3', 'b'],
  ] as const) {
    put(path, '.ctx/state/x.yaml', state);
    put(path, 'secret.md', `${state}${text}`);
    put(path, 'other.md', text);
    git(path, 'add', '.');
    git(path, 'commit', '-qm', state);
  }
  const history = await openHistory(repo);
  const head = (await repo.head()) as string;
  await using writer = history.writer();
  for (const commit of await history.commitsOf(head))
    await writer.commit(commit, { changes: [{ path: 'secret.md', entry: null }], dropIfOnly: '.ctx/state' });
  await repo.moveTo(await writer.end(head));
  expect(git(path, 'log', '--format=%s').trim().split('\n')).toEqual(['2', '1']);
  expect(git(path, 'show', 'HEAD:.ctx/state/x.yaml')).toBe('2');
  expect(git(path, 'status', '--porcelain')).toBe('');
});
