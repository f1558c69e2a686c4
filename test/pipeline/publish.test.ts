import { expect, test, vi } from 'vitest';
import * as edits from '../../src/demo/workspace/edits.ts';
import { startContext, type TestContext } from '../harness/context.ts';
import { documentsAt, git as run } from '../harness/git.ts';

vi.setConfig({ testTimeout: 60_000 });

const git = (path: string, ...args: string[]) => run(path, args).toString().trim();

/** A remote with a first build of both sources, and two clones of it. */
async function startRunners(context: TestContext) {
  const [remote, one, two] = [await context.folder(), await context.folder(), await context.folder()];
  git(remote, 'init', '--quiet', '--bare', '--initial-branch=main');
  await context.build({ path: one, remote });
  const start = (path: string, only: 'confluence' | 'jira', commit?: 'per-revision') =>
    context.build({ path, remote, only: [only], ...(commit && { commit }) });
  git(two, 'clone', '--quiet', remote, '.');
  const sound = (path: string) => {
    git(path, 'fsck', '--strict', '--no-dangling');
    expect(git(path, 'status', '--porcelain')).toBe('');
  };
  return { remote, one, two, start, sound };
}

test('R8 runners that read a source each lose nothing of one another', async () => {
  await using context = await startContext();
  const { workspace } = context;
  const { remote, one, two, start, sound } = await startRunners(context);
  const page = edits.pageIdByTitle(workspace, 'ENG', 'Guide');
  edits.retitlePage(workspace, page, 'Guidebook', { by: 'acc-2' });
  edits.editIssue(workspace, 'SHOP-2', { summary: 'Speed up more', by: 'acc-2' });
  await start(one, 'confluence');
  const first = git(remote, 'rev-parse', 'main');
  await start(two, 'jira', 'per-revision');
  expect(git(remote, 'merge-base', first, 'main')).toBe(first);
  expect(git(remote, 'log', '--format=%an: %s', `${first}..main`)).toMatch(
    /^context-sync: .+\nBo: SHOP-2: summary Speed up → Speed up more$/,
  );
  expect(git(two, 'rev-parse', 'HEAD')).toBe(git(remote, 'rev-parse', 'main'));
  sound(two);
  // A ticket that links to the page follows its new name, although its runner did not read the page.
  expect([...documentsAt(two)].sort()).toEqual([...(await context.fresh())].sort());
  await start(one, 'jira');
  expect((await start(two, 'confluence')).report.commit).toBeNull();
  // The other way round: a run that links tickets anew has not read them.
  edits.editIssue(workspace, 'OPS-1', { summary: 'Rotate all keys', by: 'acc-2' });
  edits.retitlePage(workspace, page, 'Handbook', { by: 'acc-2' });
  await start(one, 'jira');
  const { report } = await start(two, 'confluence');
  expect(report.commit).toBe(git(remote, 'rev-parse', 'main'));
  sound(two);
  expect([...documentsAt(two)].sort()).toEqual([...(await context.fresh())].sort());
});

test('R8 four runners push at once, and the branch has what each brought', async () => {
  await using context = await startContext();
  const { workspace } = context;
  const { remote, start, sound } = await startRunners(context);
  const page = edits.pageIdByTitle(workspace, 'ENG', 'Guide');
  const clones = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const path = await context.folder();
      git(path, 'clone', '--quiet', remote, '.');
      return path;
    }),
  );
  edits.editPage(workspace, page, { body: '<p>New.</p>' });
  edits.transitionIssue(workspace, 'SHOP-2', 'Done');
  await Promise.all(clones.map((path, n) => start(path, n % 2 === 0 ? 'confluence' : 'jira')));
  const last = await context.folder();
  git(last, 'clone', '--quiet', remote, '.');
  sound(last);
  expect([...documentsAt(last)].sort()).toEqual([...(await context.fresh())].sort());
});

test.each(['per-run', 'per-revision'] as const)(
  'R8 runners that meet at an empty remote lose nothing of one another: %s',
  async (commit) => {
    const told = commit === 'per-revision' && { history: { since: 'all' } };
    await using context = await startContext({ confluence: { ...told }, jira: { ...told } });
    const [remote, one, two] = [await context.folder(), await context.folder(), await context.folder()];
    git(remote, 'init', '--quiet', '--bare', '--initial-branch=main');
    const start = (path: string, only: 'confluence' | 'jira') =>
      context.build({ path, remote, only: [only], commit });
    for (const path of [one, two]) git(path, 'clone', '--quiet', remote, '.');
    await start(one, 'confluence');
    const first = git(remote, 'rev-parse', 'main');
    const { report } = await start(two, 'jira');
    expect(report.commit).toBe(git(remote, 'rev-parse', 'main'));
    expect(git(remote, 'merge-base', first, 'main')).toBe(first);
    expect(Number(git(remote, 'rev-list', '--count', `${first}..main`))).toBe(1 + report.revisions);
    expect(report.revisions > 0).toBe(commit === 'per-revision');
    git(two, 'fsck', '--strict', '--no-dangling');
    expect(git(two, 'status', '--porcelain')).toBe('');
    expect([...documentsAt(two)].sort()).toEqual([...(await context.fresh())].sort());
    for (const only of ['confluence', 'jira'] as const)
      expect((await start(two, only)).report.commit).toBeNull();
  },
);

test('R8 a history that was replaced is not brought back', async () => {
  await using context = await startContext({ sources: ['jira'] });
  const { remote, two, start } = await startRunners(context);
  edits.transitionIssue(context.workspace, 'SHOP-2', 'Done');
  await start(two, 'jira');
  const tree = git(remote, 'rev-parse', 'main^{tree}');
  const other = git(remote, '-c', 'user.name=A', '-c', 'user.email=a@b', 'commit-tree', tree, '-m', 'Purged');
  git(remote, 'update-ref', 'refs/heads/main', other);
  edits.editIssue(context.workspace, 'SHOP-2', { summary: 'Other' });
  await expect(start(two, 'jira')).rejects.toMatchObject({ code: 'git.push-rejected' });
  expect(git(remote, 'rev-parse', 'main')).toBe(other);
});

test('R8 a person’s own commit is left to that person', async () => {
  await using context = await startContext({ sources: ['jira'] });
  const { remote, one, two, start } = await startRunners(context);
  edits.transitionIssue(context.workspace, 'SHOP-2', 'Done');
  await start(one, 'jira');
  git(two, '-c', 'user.name=A', '-c', 'user.email=a@b', 'commit', '--quiet', '--allow-empty', '-m', 'Mine');
  const before = git(remote, 'rev-parse', 'main');
  await expect(start(two, 'jira')).rejects.toMatchObject({ code: 'git.push-rejected' });
  expect(git(remote, 'rev-parse', 'main')).toBe(before);
});
