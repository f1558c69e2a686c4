import { type Check, type GithubWorkspace, type Item, nameOf, type Repository } from './workspace.ts';

/** The repository of this name, now or formerly; undefined where the token may not see it. Case does not matter. */
export function findRepository(
  { repositories }: GithubWorkspace,
  owner: string,
  name: string,
): { readonly repository: Repository; readonly renamed: boolean } | undefined {
  const wanted = `${owner}/${name}`.toLowerCase();
  const readable = [...repositories.values()].filter((repository) => repository.readable);
  const named = readable.find((repository) => nameOf(repository).toLowerCase() === wanted);
  if (named !== undefined) return { repository: named, renamed: false };
  const former = readable.find(({ formerNames }) =>
    formerNames.some((each) => each.toLowerCase() === wanted),
  );
  return former === undefined ? undefined : { repository: former, renamed: true };
}

/** Everybody who has to do with it: authors, assignees, who commented, who is asked to review, who is mentioned. */
export function involved(item: Item): ReadonlySet<string | null> {
  const reviewers = item.kind === 'pull' ? item.reviewRequests : [];
  const reviews = item.kind === 'pull' ? item.reviews.map(({ author }) => author) : [];
  const comments = item.comments.map(({ author }) => author);
  return new Set([item.author, ...item.assignees, ...reviewers, ...reviews, ...comments]);
}

/** The commit that pull requests are based on: one for each repository, since only their own are kept. */
export const baseOid = ({ databaseId }: Repository): string => databaseId.toString(16).padStart(40, '0');

/** https://docs.github.com/en/rest/pulls/pulls#list-pull-requests-files: no more are listed. */
export const LISTED_FILES = 3_000;

export function rollupState(checks: readonly Check[]): 'SUCCESS' | 'FAILURE' | 'ERROR' | 'PENDING' {
  const states = checks.map(stateOf);
  for (const state of ['ERROR', 'FAILURE', 'PENDING'] as const) if (states.includes(state)) return state;
  return 'SUCCESS';
}

function stateOf(check: Check): 'SUCCESS' | 'FAILURE' | 'ERROR' | 'PENDING' {
  if (check.kind === 'status') return check.state;
  if (check.conclusion === null) return 'PENDING';
  return ['SUCCESS', 'NEUTRAL', 'SKIPPED'].includes(check.conclusion) ? 'SUCCESS' : 'FAILURE';
}
