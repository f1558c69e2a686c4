import { comment, merge, resolveThread, review } from './edits.ts';
import { itemOf, repositoryNamed } from './journal.ts';
import type { GithubWorkspace, PullRequest } from './workspace.ts';

const STOREFRONT = 'fernhollow/storefront';

/** What the company does on the morning on which `applyMorning` changes its pages and tickets: the pickup is merged. */
export function applyGithubMorning(workspace: GithubWorkspace): void {
  const pull = pullCalled(workspace, 'Choose pickup in the basket');
  const { number } = pull;
  for (const thread of pull.threads)
    if (thread.resolvedBy === undefined)
      resolveThread(workspace, STOREFRONT, number, { thread: thread.id, by: 'priya-raman' });
  review(workspace, STOREFRONT, number, { state: 'APPROVED', body: 'Ready. Go.', by: 'priya-raman' });
  merge(workspace, STOREFRONT, number, { by: 'mina-okafor' });
  comment(workspace, STOREFRONT, pullCalled(workspace, 'Discount lines in the order').number, {
    body: `Finance has answered. This goes after #${number}.`,
    by: 'jlindqvist',
  });
}

function pullCalled(workspace: GithubWorkspace, title: string): PullRequest {
  const repository = repositoryNamed(workspace, STOREFRONT);
  for (let number = 1; number <= repository.lastNumber; number += 1) {
    if (repository.items.get(number)?.title !== title) continue;
    const item = itemOf(repository, number);
    if (item.kind === 'pull') return item;
  }
  throw new Error(`no pull request of ${STOREFRONT} is called ${title}`);
}
