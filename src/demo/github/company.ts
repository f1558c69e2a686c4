import {
  comment,
  createIssue,
  createPullRequest,
  createRepository,
  emptyGithub,
  fileList,
  oidOf,
} from './edits.ts';
import type { GithubWorkspace } from './workspace.ts';

const MORNING = '2026-03-02T07:30:00Z';

/** The GitHub of Fernhollow, on a Monday morning: the same records and ids each time. */
export function companyGithub(): GithubWorkspace {
  const workspace = emptyGithub(
    'mina-okafor',
    [
      { kind: 'Organization', login: 'fernhollow', databaseId: 1000, name: 'Fernhollow' },
      { kind: 'User', login: 'mina-okafor', databaseId: 1001, name: 'Mina Okafor' },
      { kind: 'User', login: 'jlindqvist', databaseId: 1002, name: 'Jonas Lindqvist' },
    ],
    '2025-12-01T07:00:00Z',
  );
  createRepository(workspace, { name: 'fernhollow/storefront', files: { 'README.md': '# Storefront\n' } });
  createIssue(workspace, 'fernhollow/storefront', { title: 'Basket forgets a line', body: 'Two tabs.' });
  const files = [
    { path: 'src/basket.ts', change: 'MODIFIED', additions: 3, deletions: 1, patch: '@@ -1 +1 @@' },
  ] as const;
  const author = { name: 'Mina Okafor', email: 'mina@fernhollow.example', login: 'mina-okafor' };
  createPullRequest(workspace, 'fernhollow/storefront', {
    title: 'Keep the line',
    body: 'Closes #1',
    head: 'keep-line',
    commits: [{ oid: oidOf('1'), message: 'Keep the line', author, committedAt: '2026-02-02T07:30:00Z' }],
    files: fileList(files),
  });
  comment(workspace, 'fernhollow/storefront', 2, { by: 'jlindqvist', body: 'Thanks!' });
  workspace.now = Date.parse(MORNING);
  return workspace;
}
