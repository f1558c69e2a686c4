import * as edits from '../../../src/demo/github/edits.ts';
import type { GithubWorkspace } from '../../../src/demo/github/workspace.ts';

export const STOREFRONT = 'fernhollow/storefront';
export const PLATFORM = 'fernhollow/platform';

/** Two repositories with some of everything. */
export function smallGithub(): GithubWorkspace {
  const workspace = edits.emptyGithub(
    'mina-okafor',
    [
      { kind: 'Organization', login: 'fernhollow', databaseId: 1000, name: 'Fernhollow' },
      { kind: 'User', login: 'mina-okafor', databaseId: 1001, name: 'Mina Okafor' },
      { kind: 'User', login: 'jlindqvist', databaseId: 1002, name: 'Jonas Lindqvist' },
      { kind: 'Bot', login: 'renovate', databaseId: 1003, name: null },
    ],
    '2026-01-05T07:00:00Z',
  );
  const label = (name: string) => ({ name, color: 'ededed', description: null });
  for (const name of [STOREFRONT, PLATFORM])
    edits.createRepository(workspace, {
      name,
      description: 'What it is',
      labels: ['bug', 'urgent'].map(label),
      milestones: [{ title: 'Spring', description: null, state: 'OPEN', dueOn: null }],
      categories: [{ name: 'Ideas', slug: 'ideas', emoji: ':bulb:', description: '', answerable: true }],
      files: { 'README.md': '# About\n' },
    });
  for (const title of ['Basket forgets a line', 'Search is slow', 'Spelling'])
    edits.createIssue(workspace, STOREFRONT, { title, body: 'It is so.', labels: ['bug'] });
  openPull(workspace, STOREFRONT, 'Keep the line', 'Closes #1');
  edits.comment(workspace, STOREFRONT, 4, { body: 'Thanks!', by: 'jlindqvist' });
  edits.createIssue(workspace, PLATFORM, { title: 'Disk fills up', body: 'See fernhollow/storefront#2' });
  edits.createDiscussion(workspace, STOREFRONT, { title: 'Which font?', body: 'Any.', category: 'ideas' });
  edits.publishRelease(workspace, STOREFRONT, { tag: 'v1.0.0', name: 'First', body: 'With #4' });
  return workspace;
}

/** Returns the number. */
export function openPull(workspace: GithubWorkspace, name: string, title: string, body: string): number {
  const author = { name: 'Mina Okafor', email: 'mina@fernhollow.example', login: 'mina-okafor' };
  return edits.createPullRequest(workspace, name, {
    ...{ title, body, head: title.toLowerCase().replaceAll(' ', '-') },
    commits: [{ oid: edits.oidOf(title), message: title, author, committedAt: '2026-01-05T07:30:00Z' }],
    files: edits.fileList([
      { path: 'src/basket.ts', change: 'MODIFIED', additions: 3, deletions: 1, patch: '@@ -1 +1 @@' },
    ]),
  });
}
