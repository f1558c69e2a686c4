import { expect, test, vi } from 'vitest';
import * as edits from '../../../src/demo/github/edits.ts';
import { readDocument } from '../../../src/frontmatter/read.ts';
import { type GithubContext, startGithub } from './harness.ts';
import { openPull, PLATFORM, STOREFRONT, smallGithub } from './small-github.ts';

vi.setConfig({ testTimeout: 60_000 });

/** Paths of documents, without their common folder. */
function paths(context: GithubContext): string[] {
  return [...context.documents()]
    .flatMap(([path, text]) => (readDocument(text) ? [path.replace(/^github\/fernhollow-/, '')] : []))
    .sort();
}

function factsOf(context: GithubContext, end: string) {
  const [, text] = [...context.documents()].find(([path]) => path.endsWith(end)) ?? [];
  return readDocument(text ?? '')?.facts;
}

const SMALL = [
  'storefront/discussions/0005-which-font.md',
  'storefront/issues/0001-basket-forgets-a-line.md',
  'storefront/issues/0002-search-is-slow.md',
  'storefront/issues/0003-spelling.md',
  'storefront/overview.md',
  'storefront/pulls/0004-keep-the-line.md',
  'storefront/releases/v1-0-0.md',
];

test('each kind has its folder, and what has a number bears it', async () => {
  await using context = await startGithub({ workspace: smallGithub() });
  const { errors, report } = await context.build();
  expect(errors).toEqual([]);
  expect(report.sources[0]).toMatchObject({ status: 'ok', added: 7 });
  expect(paths(context)).toEqual(SMALL);
  expect(factsOf(context, '0004-keep-the-line.md')).toMatchObject({
    ...{ type: 'pull-request', key: `${STOREFRONT}#4`, status: 'open', author: 'mina-okafor' },
    fields: { repository: STOREFRONT, number: 4, closes: ['#1'], files: 1, additions: 3, deletions: 1 },
  });
  expect(context.text('0004-keep-the-line.md')).toContain('[#1](../issues/0001-basket-forgets-a-line.md)');
});

test('a second run commits nothing and reads no document; a full one writes the same', async () => {
  await using context = await startGithub({ workspace: smallGithub() });
  await context.build();
  context.calls();
  const again = await context.build();
  expect(again.report.commit).toBeNull();
  expect(context.calls()).toEqual([
    ...['Connect', 'Overview', 'Accounts', `/repos/${STOREFRONT}/issues`, 'PullStates', 'ChangedDiscussions'],
    ...['AllReleases', `/repos/${STOREFRONT}/readme`],
  ]);
  expect((await context.build({ full: true })).report.commit).toBeNull();
});

test('discussions are listed until they are older than what is known, and no page more', async () => {
  const workspace = smallGithub();
  const discuss = (title: string) => {
    workspace.now += 24 * 60 * 60 * 1000;
    edits.createDiscussion(workspace, STOREFRONT, { title, body: 'Any.', category: 'ideas' });
  };
  for (const title of ['One', 'Two', 'Three', 'Four', 'Five', 'Six']) discuss(title);
  await using context = await startGithub({ workspace, pageLimit: 2 });
  await context.build();
  for (const title of ['Seven', 'Eight']) discuss(title);
  context.calls();
  const { changes } = await context.build();
  expect(changes.map(({ title }) => title).sort()).toEqual(['Eight', 'Seven']);
  // The second page has the last one that is known, and an older one.
  expect(context.calls().filter((call) => call === 'ChangedDiscussions')).toHaveLength(2);
});

test('what changed is read, with what it mentions, and nothing else', async () => {
  const workspace = smallGithub();
  await using context = await startGithub({ workspace });
  await context.build();
  edits.comment(workspace, STOREFRONT, 4, { body: 'Like #2', by: 'jlindqvist' });
  const { changes } = await context.build();
  expect(changes.map(({ path }) => path.replace(/.*\//, '')).sort()).toEqual([
    '0002-search-is-slow.md',
    '0004-keep-the-line.md',
  ]);
  expect(context.text('0002-search-is-slow.md')).toMatch(/jlindqvist mentioned this in \[#4\]/);
});

test('what GitHub changes without telling is compared: threads, checks, names of labels and of people', async () => {
  const workspace = smallGithub();
  await using context = await startGithub({ workspace });
  const { threads } = edits.review(workspace, STOREFRONT, 4, {
    ...{ state: 'CHANGES_REQUESTED', body: 'Not yet', by: 'jlindqvist' },
    threads: [
      { path: 'src/basket.ts', line: 3, diffHunk: '@@ -1,3 +1,3 @@\n a\n-b\n+c\n d\n e', body: 'Why?' },
    ],
  });
  await context.build();
  expect(context.text('0004-keep-the-line.md')).toContain('#### Line 3\n\n```diff\n-b\n+c\n d\n e\n```');
  edits.resolveThread(workspace, STOREFRONT, 4, { thread: threads[0] ?? 0, by: 'mina-okafor' });
  expect((await context.build()).changes).toHaveLength(1);
  expect(context.text('0004-keep-the-line.md')).toContain('#### Line 3 (resolved by mina-okafor)');
  edits.setCheck(workspace, STOREFRONT, 4, { check: 'lint', conclusion: 'FAILURE' });
  expect((await context.build()).changes).toHaveLength(1);
  expect(context.text('0004-keep-the-line.md')).toMatch(/## Checks\n\n- \[?lint/);
  expect(factsOf(context, '0004-keep-the-line.md')?.fields).toMatchObject({
    ...{ failing_checks: ['lint'], checks: 'failure', unresolved_threads: 0 },
    review_decision: 'changes_requested',
  });
  const repository = [...workspace.repositories.values()][0];
  const bug = repository?.labels[0];
  if (repository && bug) {
    const labels = [{ ...bug, name: 'defect' }, ...repository.labels.slice(1)];
    workspace.repositories.set(repository.databaseId, { ...repository, labels });
    for (const number of [1, 2, 3]) {
      const item = repository.items.get(number);
      if (item) repository.items.put({ ...item, labels: ['defect'] });
    }
  }
  expect((await context.build()).changes).toHaveLength(3);
  expect(factsOf(context, '0003-spelling.md')?.labels).toEqual(['defect']);
  expect((await context.build()).report.commit).toBeNull();
  expect([...context.documents()].sort()).toEqual([...(await context.fresh())].sort());
});

test('R1 what is deleted or transferred goes when GitHub says so, and what mentions it is read again', async () => {
  const workspace = smallGithub();
  await using context = await startGithub({ workspace, config: { repositories: ['fernhollow/*'] } });
  await context.build();
  edits.deleteIssue(workspace, STOREFRONT, 3);
  edits.transferIssue(workspace, STOREFRONT, 1, { to: PLATFORM });
  edits.deleteDiscussion(workspace, STOREFRONT, 5);
  edits.deleteRelease(workspace, STOREFRONT, 'v1.0.0');
  context.calls();
  const { errors } = await context.buildConfirming();
  expect(errors).toEqual([]);
  expect(context.calls()).toContain(`/repos/${STOREFRONT}/issues/3`);
  expect(paths(context)).toEqual([
    'platform/issues/0001-disk-fills-up.md',
    'platform/issues/0002-basket-forgets-a-line.md',
    'platform/overview.md',
    'storefront/issues/0002-search-is-slow.md',
    'storefront/overview.md',
    'storefront/pulls/0004-keep-the-line.md',
  ]);
  expect([...context.documents()].sort()).toEqual([...(await context.fresh())].sort());
});

test('R6 a listing that lost half of its items removes nothing', async () => {
  const workspace = smallGithub();
  await using context = await startGithub({ workspace });
  await context.build();
  const before = paths(context);
  edits.comment(workspace, STOREFRONT, 1, { body: 'News' });
  for (const kind of ['empty-page', 'lost-page', 'cut-listing', 'repeated-page'] as const) {
    context.simulator.faults.add({ fault: { kind }, path: /\/issues\?/, times: 2 });
    await context.build();
    expect(paths(context), kind).toEqual(before);
    context.simulator.faults.clear();
  }
  await context.build();
  expect([...context.documents()].sort()).toEqual([...(await context.fresh())].sort());
});

test('R7 a repository that is renamed keeps its documents, and links to them lead to their new places', async () => {
  const workspace = smallGithub();
  await using context = await startGithub({ workspace, config: { repositories: [STOREFRONT, PLATFORM] } });
  await context.build();
  const ids = [...context.documents().values()].flatMap((text) => readDocument(text)?.facts.id ?? []).sort();
  edits.renameRepository(workspace, STOREFRONT, 'shop');
  const { changes, errors } = await context.build();
  expect(errors).toEqual([]);
  expect(changes.filter(({ kind }) => kind === 'renamed')).toHaveLength(7);
  expect(paths(context)).toContain('shop/pulls/0004-keep-the-line.md');
  expect(
    [...context.documents().values()].flatMap((text) => readDocument(text)?.facts.id ?? []).sort(),
  ).toEqual(ids);
  expect([...context.documents()].sort()).toEqual([...(await context.fresh())].sort());
});

test('R1 a repository that is lost keeps its documents, and the others are read', async () => {
  const workspace = smallGithub();
  await using context = await startGithub({ workspace, config: { repositories: [STOREFRONT, PLATFORM] } });
  await context.build();
  const before = paths(context);
  edits.loseAccess(workspace, STOREFRONT);
  edits.comment(workspace, PLATFORM, 1, { body: 'Still' });
  const lost = await context.build();
  expect(lost.errors.map(({ message }) => message)).toEqual([
    `github: repository ${STOREFRONT} is not there, or the token may not see it.`,
  ]);
  expect(lost.changes).toHaveLength(1);
  expect(paths(context)).toEqual(before);
  edits.regainAccess(workspace, STOREFRONT);
  expect((await context.build()).errors).toEqual([]);
  expect(paths(context)).toEqual(before);
});

test('what the configuration no longer asks for goes, with a confirmation', async () => {
  await using context = await startGithub({
    workspace: smallGithub(),
    config: { repositories: [STOREFRONT, PLATFORM] },
  });
  await context.build();
  const config = { repositories: [STOREFRONT], include: ['issues', 'pulls'] as const };
  const held = await context.build({ config: { ...config, include: [...config.include] } });
  expect(held.errors.map(({ kind }) => kind)).toEqual(held.errors.map(() => 'guard'));
  await context.buildConfirming({ config: { ...config, include: [...config.include] } });
  expect(paths(context)).toEqual(SMALL.filter((path) => /issues|pulls/.test(path)));
});

test('exclude leaves out by name and by id, and unknown documents too', async () => {
  const workspace = smallGithub();
  await using context = await startGithub({ workspace });
  await context.build();
  const id = factsOf(context, '0002-search-is-slow.md')?.id ?? '';
  const config = { exclude: [`${STOREFRONT}#1`, id, `${STOREFRONT}#6`] };
  edits.createIssue(workspace, STOREFRONT, { title: 'Secret' });
  await context.build({ config });
  const left = SMALL.filter((path) => !/000[12]-/.test(path));
  expect(paths(context)).toEqual(left);
  context.calls();
  edits.comment(workspace, STOREFRONT, 1, { body: 'Nobody reads this' });
  expect((await context.build({ config })).report.commit).toBeNull();
  expect(context.calls()).not.toContain('AllIssues');
  expect([...context.documents()].sort()).toEqual([...(await context.fresh({ config }))].sort());
});

test('a first build reads what is open or was updated lately, and the rest when it changes', async () => {
  const workspace = smallGithub();
  edits.close(workspace, STOREFRONT, 2, { reason: 'NOT_PLANNED' });
  workspace.now += 100 * 86_400_000;
  edits.close(workspace, STOREFRONT, 3);
  const config = { days: 30, include: ['issues', 'pulls'] as ('issues' | 'pulls')[] };
  await using context = await startGithub({ workspace, config });
  await context.build();
  expect(paths(context).map((path) => path.slice(-9))).toEqual(['a-line.md', 'elling.md', 'e-line.md']);
  context.calls();
  await context.build();
  expect(context.calls()).not.toContain('AllIssues');
  edits.comment(workspace, STOREFRONT, 2, { body: 'Again' });
  await context.build();
  expect(paths(context)).toHaveLength(4);
  context.calls();
  await context.build();
  expect(context.calls()).not.toContain('AllIssues');
});

test('views find documents in any repository, and tell so in the frontmatter', async () => {
  const workspace = smallGithub();
  edits.createIssue(workspace, PLATFORM, { title: 'By another', by: 'jlindqvist' });
  const views = { MINE: 'author:@me is:open', BUGS: 'label:bug' };
  await using context = await startGithub({ workspace, config: { views } });
  await context.build();
  expect(paths(context)).toEqual(['platform/issues/0001-disk-fills-up.md', ...SMALL]);
  expect(factsOf(context, '0001-disk-fills-up.md')).toMatchObject({
    views: ['MINE'],
    fields: { only_in_views: true },
  });
  expect(factsOf(context, '0001-basket-forgets-a-line.md')?.views).toEqual(['MINE', 'BUGS']);
  expect((await context.build()).report.commit).toBeNull();
  edits.comment(workspace, PLATFORM, 1, { body: 'Full again', by: 'jlindqvist' });
  expect((await context.build()).changes).toHaveLength(1);
  // It left the view, of which others stay.
  edits.close(workspace, PLATFORM, 1);
  const { errors } = await context.build();
  expect(errors).toEqual([]);
  expect(paths(context)).toEqual(SMALL);
});

test('a search that is refused is told as such, and keeps what it held', async () => {
  const workspace = smallGithub();
  const config = { repositories: [], views: { MINE: 'author:@me' } };
  await using context = await startGithub({ workspace, config });
  await context.build();
  const before = paths(context);
  expect(before.length).toBeGreaterThan(3);
  context.simulator.faults.add({
    fault: { kind: 'refusal', error: 'Validation Failed' },
    path: /\/search\//,
    times: 1,
  });
  const { errors } = await context.build();
  expect(errors.map(({ message }) => message)).toEqual([
    'github: the search of view MINE was refused: Validation Failed',
  ]);
  expect(paths(context)).toEqual(before);
});

test('a pull request with thousands of files is told by folders, with a warning', async () => {
  const workspace = smallGithub();
  const many = openPull(workspace, STOREFRONT, 'Format all', 'All of it');
  const repository = [...workspace.repositories.values()][0];
  const pull = repository?.items.get(many);
  if (pull?.kind === 'pull')
    repository?.items.put({
      ...pull,
      files: {
        ...{ count: 3200, additions: 3200, deletions: 0 },
        at: (index) => ({
          path: `src/m${index % 3}/f${index}.ts`,
          change: 'MODIFIED',
          additions: 1,
          deletions: 0,
        }),
      },
    });
  await using context = await startGithub({ workspace });
  const { errors, warnings } = await context.build();
  expect(errors).toEqual([]);
  expect(warnings.map(({ constructs }) => constructs)).toEqual([['files']]);
  const text = context.text('format-all.md');
  expect(text).toContain('| src/m0 (1000 files) | 1000 | 0 |');
  expect(text).toContain('GitHub tells no more than 3000 files; 200 are not counted here.');
  expect(factsOf(context, 'format-all.md')?.fields?.files).toBe(3200);
});
