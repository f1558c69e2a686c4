import { createHash } from 'node:crypto';
import type { RootContent } from 'mdast';
import { bulletList, link, text } from '../nodes.ts';
import type { CompleteState } from './complete.ts';
import { nameOf } from './people.ts';
import type { CheckContext } from './schema.ts';
import { present } from './writing.ts';

/** https://docs.github.com/en/graphql/reference/enums#checkconclusionstate and #statusstate */
const FAILED = new Set(['FAILURE', 'ERROR', 'TIMED_OUT', 'STARTUP_FAILURE', 'ACTION_REQUIRED', 'CANCELLED']);

export interface FailedCheck {
  readonly name: string;
  readonly result: string;
  readonly said: string;
  readonly url: string | undefined;
}

export function failedChecks(contexts: readonly CheckContext[]): FailedCheck[] {
  return contexts
    .filter(({ conclusion, state }) => FAILED.has(conclusion ?? state ?? ''))
    .map(({ name, context, conclusion, state, title, description, detailsUrl, targetUrl }) => ({
      name: name ?? context ?? 'unnamed',
      result: (conclusion ?? state ?? '').toLowerCase().replaceAll('_', ' '),
      said: title ?? description ?? '',
      url: detailsUrl ?? targetUrl ?? undefined,
    }))
    .sort((a, b) => (a.name === b.name ? (a.said < b.said ? -1 : 1) : a.name < b.name ? -1 : 1));
}

export function checkBlocks(checks: readonly FailedCheck[]): RootContent[] {
  if (checks.length === 0) return [];
  const lines = checks.map(({ name, result, said, url }) => [
    url && /^https?:/.test(url) ? link(url, name) : text(name),
    text(` · ${result}${said ? ` · ${said}` : ''}`),
  ]);
  return [bulletList(lines)];
}

/**
 * Stands for all of an open pull request that changes without a new `updatedAt`: its checks, its threads' flags, its reviewers,
 * and what follows from commits of others. Equal for what a run compares and for what it reads whole.
 */
export function digestOf({ node, threads, checks }: CompleteState): string {
  const state = [
    node.headRefOid,
    [node.additions, node.deletions, node.changedFiles],
    node.reviewDecision ?? null,
    node.statusCheckRollup?.state ?? null,
    failedChecks(checks).map(({ name, result, said, url }) => [name, result, said, url ?? null]),
    threads.map(({ id, isResolved, isOutdated }) => [id, isResolved, isOutdated]),
    present(node.closingIssuesReferences).map(({ url }) => url ?? null),
    present(node.reviewRequests).map(({ requestedReviewer }) => nameOf(requestedReviewer)),
  ];
  return createHash('sha256').update(JSON.stringify(state)).digest('hex').slice(0, 12);
}
